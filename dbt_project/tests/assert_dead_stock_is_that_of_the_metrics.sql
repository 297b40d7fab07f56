-- A row is a store whose dead stock, SKU by SKU, is not what its metrics tell of. Fewer than none
-- of a SKU is no dead stock.
with

metrics as (
    select
        store_id,
        sum(case when dead_stock_units > 0 then dead_stock_units else 0 end) as units
    from {{ ref('inventory__metrics_by_product') }}
    where period_type = 'all_time' and store_id <> 'all'
    group by store_id
),

dead_stock as (
    select
        store_id,
        sum(quantity_on_hand) as units
    from {{ ref('inventory__dead_stock') }}
    where is_dead
    group by store_id
),

final as (
    select
        metrics.store_id,
        metrics.units as units_of_metrics,
        dead_stock.units as units_of_skus
    from metrics
    left join dead_stock on metrics.store_id = dead_stock.store_id
    where metrics.units <> coalesce(dead_stock.units, 0)
)

select * from final
