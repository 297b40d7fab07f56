-- The last thirteen weeks, each beside the one before. An unfinished week is held against the same
-- days of the week before.
with

weeks as (
    select * from {{ ref('sales__metrics') }}
    where
        period_type = 'week'
        and period_start > {{ add_days(-91, as_of_date()) }}
),

comparisons as (
    select * from {{ ref('metrics__kpis') }}
    where period_type = 'week'
),

final as (
    select
        weeks.store_id,
        {{ as_of_date() }} as as_of_date,
        weeks.period_start as week_start,
        weeks.period_end as week_end,
        weeks.is_complete,
        weeks.days_elapsed,
        {{ rounded('weeks.total_revenue') }} as revenue,
        {{ rounded('revenue_before.previous_value') }} as revenue_week_before,
        {{ rounded('weeks.sales_growth_rate') }} as revenue_change_pct,
        {{ rounded('weeks.year_over_year_growth') }} as revenue_vs_last_year_pct,
        weeks.orders_count,
        {{ rounded('orders_before.change_pct') }} as orders_change_pct,
        weeks.total_units_sold as units_sold,
        {{ rounded('units_before.change_pct') }} as units_change_pct,
        {{ rounded('weeks.average_order_value') }} as average_order_value,
        {{ rounded('weeks.items_per_order') }} as items_per_order,
        {{ rounded('weeks.gross_profit') }} as gross_profit,
        {{ rounded('weeks.gross_margin_pct') }} as gross_margin_pct,
        {{ rounded('weeks.returns_value') }} as returns_value,
        {{ rounded('weeks.net_sales') }} as net_sales
    from weeks
    left join comparisons as revenue_before
        on weeks.store_id = revenue_before.store_id
        and weeks.period_start = revenue_before.period_start
        and revenue_before.metric_id = 'sales.total_revenue'
    left join comparisons as orders_before
        on weeks.store_id = orders_before.store_id
        and weeks.period_start = orders_before.period_start
        and orders_before.metric_id = 'sales.orders_count'
    left join comparisons as units_before
        on weeks.store_id = units_before.store_id
        and weeks.period_start = units_before.period_start
        and units_before.metric_id = 'sales.total_units_sold'
)

select * from final
