-- Every sales figure of each store, and of all stores together, in each period.
with

entity_orders as (
    select * from {{ ref('int_sales__orders') }}
),

entity_sales as (
    select * from {{ ref('int_sales__orders') }}
),

beside as (
    select * from {{ ref('int_sales__store_days') }}
),

{{ sales_metrics([]) }},

metrics as (
    {{ sales_metrics_and_total([]) }}
),

beside_sums as (
    select
        beside.store_id,
        range_days.range_start,
        range_days.range_end,
        sum(beside.shipping_amount) as shipping_amount,
        sum(beside.tax_amount) as tax_amount,
        sum(beside.returns_value) as returns_value,
        sum(beside.refund_adjustments) as refund_adjustments,
        sum(beside.marketing_spend) as marketing_spend
    from beside
    inner join range_days on beside.day = range_days.day
    group by beside.store_id, range_days.range_start, range_days.range_end
),

final as (
    select
        metrics.store_id,
        metrics.period_type,
        metrics.period_start,
        metrics.period_end,
        metrics.days_elapsed,
        metrics.gross_sales,
        metrics.discounts,
        metrics.total_revenue,
        {{ decimal('coalesce(beside_sums.returns_value, 0)') }} as returns_value,
        {{ decimal('metrics.total_revenue - coalesce(beside_sums.returns_value, 0)') }}
            as net_sales,
        {{ decimal('coalesce(beside_sums.refund_adjustments, 0)') }} as refund_adjustments,
        {{ decimal('coalesce(beside_sums.shipping_amount, 0)') }} as shipping_amount,
        {{ decimal('coalesce(beside_sums.tax_amount, 0)') }} as tax_amount,
        metrics.cost_of_goods_sold,
        metrics.gross_profit,
        metrics.gross_margin_pct,
        metrics.cost_coverage_pct,
        metrics.orders_count,
        metrics.total_units_sold,
        metrics.customers_count,
        metrics.average_order_value,
        metrics.revenue_per_customer,
        metrics.items_per_order,
        metrics.cross_sell_rate,
        metrics.sales_velocity,
        metrics.sales_growth_rate,
        metrics.year_over_year_growth,
        metrics.new_customers,
        metrics.returning_customers,
        metrics.new_customers_pct,
        metrics.returning_customers_pct,
        metrics.repeat_purchase_rate,
        metrics.purchase_frequency,
        metrics.customer_lifespan_years,
        metrics.customer_lifetime_value,
        {{ decimal('coalesce(beside_sums.marketing_spend, 0)') }} as marketing_spend,
        {{ safe_divide('coalesce(beside_sums.marketing_spend, 0)', 'metrics.new_customers') }}
            as customer_acquisition_cost,
        metrics.is_complete
    from metrics
    left join beside_sums
        on metrics.store_id = beside_sums.store_id
        and metrics.period_start = beside_sums.range_start
        and metrics.elapsed_end = beside_sums.range_end
)

select * from final
