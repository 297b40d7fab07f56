-- Where a SKU of the files is taken from and put back when only its orders and returns tell: its
-- one location; of several `main`, else the first by name. A SKU without a location of its own
-- takes that of its store by the same rule, and `main` where the store has none.
with

states as (
    select distinct store_id, sku, warehouse_location from {{ ref('int_stock__states') }}
),

transactions as (
    select distinct
        store_id,
        sku,
        warehouse_location
    from {{ ref('stg_files__inventory_transactions') }}
),

sold as (
    select distinct store_id, sku from {{ ref('core__order_items') }}
),

returned as (
    select distinct store_id, sku from {{ ref('core__return_items') }}
),

places as (
    select * from states
    union distinct
    select * from transactions
),

sku_homes as (
    select
        store_id,
        sku,
        case
            when max(case when warehouse_location = 'main' then 1 else 0 end) = 1 then 'main'
            else min({{ by_text('warehouse_location') }})
        end as warehouse_location
    from places
    group by store_id, sku
),

store_homes as (
    select
        store_id,
        case
            when max(case when warehouse_location = 'main' then 1 else 0 end) = 1 then 'main'
            else min({{ by_text('warehouse_location') }})
        end as warehouse_location
    from places
    group by store_id
),

skus as (
    select * from sold
    union distinct
    select * from returned
),

final as (
    select
        skus.store_id,
        skus.sku,
        coalesce(sku_homes.warehouse_location, store_homes.warehouse_location, 'main')
            as warehouse_location
    from skus
    left join sku_homes
        on skus.store_id = sku_homes.store_id
        and skus.sku = sku_homes.sku
    left join store_homes on skus.store_id = store_homes.store_id
)

select * from final
