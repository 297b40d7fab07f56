-- One row for each SKU and location: what is there as of the run. Items that a Shopify shop does
-- not track are shown as it tells them, and no figure counts them.
with

stock_daily as (
    select * from {{ ref('core__stock_daily') }}
    where day = {{ as_of_date() }}
),

movements as (
    select
        store_id,
        sku,
        warehouse_location,
        max(last_moved_at) as last_moved_at
    from {{ ref('int_stock__movements') }}
    group by store_id, sku, warehouse_location
),

states as (
    select * from {{ ref('int_stock__states') }}
    where latest_rank = 1
),

final as (
    select
        stock_daily.store_id,
        stock_daily.sku,
        stock_daily.warehouse_location,
        stock_daily.closing as quantity_on_hand,
        stock_daily.reserved as quantity_reserved,
        stock_daily.available as quantity_available,
        case
            when states.stated_at is null or movements.last_moved_at > states.stated_at
                then movements.last_moved_at
            else states.stated_at
        end as last_updated,
        true as is_tracked
    from stock_daily
    left join movements
        on stock_daily.store_id = movements.store_id
        and stock_daily.sku = movements.sku
        and stock_daily.warehouse_location = movements.warehouse_location
    left join states
        on stock_daily.store_id = states.store_id
        and stock_daily.sku = states.sku
        and stock_daily.warehouse_location = states.warehouse_location
    union all
    select
        store_id,
        sku,
        warehouse_location,
        quantity_on_hand,
        quantity_reserved,
        quantity_available,
        stated_at as last_updated,
        is_tracked
    from states
    where not is_tracked
)

select * from final
