-- A row is a store's day on which sales.metrics counts other orders than core.orders has.
with

orders as (
    select * from {{ ref('core__orders') }}
),

metrics as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'day' and store_id <> 'all'
),

placed as (
    select
        store_id,
        order_day,
        count(*) as orders_count
    from orders
    where is_valid and order_day <= {{ as_of_date() }}
    group by store_id, order_day
),

final as (
    select
        coalesce(metrics.store_id, placed.store_id) as store_id,
        coalesce(metrics.period_start, placed.order_day) as day,
        metrics.orders_count as orders_in_metrics,
        placed.orders_count as orders_in_core
    from metrics
    full outer join placed
        on metrics.store_id = placed.store_id
        and metrics.period_start = placed.order_day
    where
        metrics.store_id is null
        or metrics.orders_count <> coalesce(placed.orders_count, 0)
)

select * from final
