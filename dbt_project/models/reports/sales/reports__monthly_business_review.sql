-- The last thirteen months, each beside the month before and the month a year before.
with

months as (
    select * from {{ ref('sales__metrics') }}
    where
        period_type = 'month'
        and period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
),

comparisons as (
    select * from {{ ref('metrics__kpis') }}
    where
        period_type = 'month'
        and metric_id = 'sales.total_revenue'
),

final as (
    select
        months.store_id,
        {{ as_of_date() }} as as_of_date,
        months.period_start as month_start,
        months.is_complete,
        months.days_elapsed,
        {{ rounded('months.total_revenue') }} as revenue,
        {{ rounded('comparisons.previous_value') }} as revenue_month_before,
        {{ rounded('months.sales_growth_rate') }} as month_over_month_pct,
        {{ rounded('comparisons.last_year_value') }} as revenue_last_year,
        {{ rounded('months.year_over_year_growth') }} as year_over_year_pct,
        {{ rounded('months.returns_value') }} as returns_value,
        {{ rounded('months.net_sales') }} as net_sales,
        {{ rounded('months.gross_profit') }} as gross_profit,
        {{ rounded('months.gross_margin_pct') }} as gross_margin_pct,
        months.orders_count,
        months.total_units_sold as units_sold,
        {{ rounded('months.average_order_value') }} as average_order_value,
        months.customers_count,
        months.new_customers,
        months.returning_customers,
        {{ rounded('months.repeat_purchase_rate') }} as repeat_purchase_rate,
        {{ rounded('months.customer_lifetime_value') }} as customer_lifetime_value,
        {{ rounded('months.marketing_spend') }} as marketing_spend,
        {{ rounded('months.customer_acquisition_cost') }} as customer_acquisition_cost
    from months
    left join comparisons
        on months.store_id = comparisons.store_id
        and months.period_start = comparisons.period_start
)

select * from final
