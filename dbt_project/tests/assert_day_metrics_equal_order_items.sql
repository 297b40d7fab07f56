-- A row is a store's day on which sales.metrics and the lines of its valid orders disagree.
with

order_items as (
    select * from {{ ref('core__order_items') }}
),

metrics as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'day' and store_id <> 'all'
),

sold as (
    select
        store_id,
        order_day,
        sum(quantity) as units,
        sum(total_amount) as revenue
    from order_items
    where is_valid and not is_gift_card and order_day <= {{ as_of_date() }}
    group by store_id, order_day
),

final as (
    select
        coalesce(metrics.store_id, sold.store_id) as store_id,
        coalesce(metrics.period_start, sold.order_day) as day,
        metrics.total_revenue,
        sold.revenue,
        metrics.total_units_sold,
        sold.units
    from metrics
    full outer join sold
        on metrics.store_id = sold.store_id
        and metrics.period_start = sold.order_day
    where
        metrics.store_id is null
        or metrics.total_revenue <> coalesce(sold.revenue, 0)
        or metrics.total_units_sold <> coalesce(sold.units, 0)
)

select * from final
