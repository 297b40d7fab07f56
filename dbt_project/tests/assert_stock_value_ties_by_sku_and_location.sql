-- A row is a store whose stock over all time, by SKU, by location, by category, by brand or by
-- supplier, does not add up to that of its metrics.
with

parts as (
    select
        'sku' as part, store_id, current_stock_quantity as units, stock_value
    from {{ ref('inventory__metrics_by_product') }}
    where period_type = 'all_time'
    union all
    select
        'location' as part, store_id, current_stock_quantity as units, stock_value
    from {{ ref('inventory__metrics_by_location') }}
    where period_type = 'all_time'
    union all
    select
        'category' as part, store_id, current_stock_quantity as units, stock_value
    from {{ ref('inventory__metrics_by_category') }}
    where period_type = 'all_time'
    union all
    select
        'brand' as part, store_id, current_stock_quantity as units, stock_value
    from {{ ref('inventory__metrics_by_brand') }}
    where period_type = 'all_time'
    union all
    select
        'supplier' as part, store_id, current_stock_quantity as units, stock_value
    from {{ ref('inventory__metrics_by_supplier') }}
    where period_type = 'all_time'
),

sums as (
    select
        part,
        store_id,
        sum(units) as units,
        sum(stock_value) as stock_value
    from parts
    group by part, store_id
),

metrics as (
    select * from {{ ref('inventory__metrics') }}
    where period_type = 'all_time'
),

final as (
    select
        sums.part,
        metrics.store_id,
        metrics.stock_value,
        sums.stock_value as stock_value_of_parts
    from metrics
    inner join sums on metrics.store_id = sums.store_id
    where
        metrics.current_stock_quantity <> sums.units
        or metrics.stock_value <> sums.stock_value
)

select * from final
