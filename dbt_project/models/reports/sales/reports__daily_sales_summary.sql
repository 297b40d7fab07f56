-- The run's day beside the day before and the same weekday a week before.
with

days as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'day'
),

stores as (
    select * from {{ ref('core__stores') }}
),

final as (
    select
        today.store_id,
        stores.store_name,
        today.period_start as as_of_date,
        {{ rounded('today.total_revenue') }} as revenue,
        {{ rounded('yesterday.total_revenue') }} as revenue_yesterday,
        {{ rounded(change_pct('today.total_revenue', 'yesterday.total_revenue')) }}
            as revenue_vs_yesterday_pct,
        {{ rounded('last_week.total_revenue') }} as revenue_last_week,
        {{ rounded(change_pct('today.total_revenue', 'last_week.total_revenue')) }}
            as revenue_vs_last_week_pct,
        today.orders_count,
        yesterday.orders_count as orders_yesterday,
        {{ rounded(change_pct('today.orders_count', 'yesterday.orders_count')) }}
            as orders_vs_yesterday_pct,
        last_week.orders_count as orders_last_week,
        {{ rounded(change_pct('today.orders_count', 'last_week.orders_count')) }}
            as orders_vs_last_week_pct,
        today.total_units_sold as units_sold,
        yesterday.total_units_sold as units_yesterday,
        {{ rounded(change_pct('today.total_units_sold', 'yesterday.total_units_sold')) }}
            as units_vs_yesterday_pct,
        last_week.total_units_sold as units_last_week,
        {{ rounded(change_pct('today.total_units_sold', 'last_week.total_units_sold')) }}
            as units_vs_last_week_pct,
        {{ rounded('today.average_order_value') }} as average_order_value,
        {{ rounded('today.gross_profit') }} as gross_profit,
        {{ rounded('today.gross_margin_pct') }} as gross_margin_pct,
        {{ rounded('today.returns_value') }} as returns_value,
        {{ rounded('today.net_sales') }} as net_sales,
        today.new_customers,
        today.returning_customers
    from days as today
    inner join stores on today.store_id = stores.store_id
    left join days as yesterday
        on today.store_id = yesterday.store_id
        and yesterday.period_start = {{ add_days(-1, 'today.period_start') }}
    left join days as last_week
        on today.store_id = last_week.store_id
        and last_week.period_start = {{ add_days(-7, 'today.period_start') }}
    where today.period_start = {{ as_of_date() }}
)

select * from final
