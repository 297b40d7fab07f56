-- A row is a SKU whose reorder point, where the shop sets none and its lead time is known, is not
-- that of its metrics.
with

metrics as (
    select * from {{ ref('inventory__metrics_by_product') }}
    where period_type = 'all_time' and reorder_point is not null
),

stock_status as (
    select * from {{ ref('inventory__stock_status') }}
    where reorder_point_source = 'demand'
),

final as (
    select
        stock_status.store_id,
        stock_status.sku,
        stock_status.reorder_point,
        metrics.reorder_point as reorder_point_of_metrics
    from stock_status
    inner join metrics
        on stock_status.store_id = metrics.store_id
        and stock_status.sku = metrics.sku
    where stock_status.reorder_point <> metrics.reorder_point
)

select * from final
