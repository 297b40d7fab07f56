-- How much of a SKU a location held at an instant, as the shop itself says: the rows of a file, or
-- the daily snapshots of a Shopify shop. What is not available is reserved, whatever it is called.
-- Where a shop has no snapshot up to the run, the first one after it speaks for the day of the run
-- (is_ahead): who looks at a day on the morning after has read the shop then.
with

file_states as (
    select * from {{ ref('stg_files__inventory') }}
),

levels as (
    select * from {{ ref('stg_shopify__inventory_levels') }}
),

items as (
    select * from {{ ref('int_stock__items') }}
),

locations as (
    select * from {{ ref('stg_shopify__locations') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

shops as (
    select store_id from {{ ref('stg_shopify__shop') }}
),

snapshots as (
    select
        levels.store_id,
        items.sku,
        coalesce(locations.location_name, levels.location_id) as warehouse_location,
        levels.snapshot_date,
        items.is_tracked,
        max(levels.captured_at) as captured_at,
        sum(case when levels.state = 'on_hand' then levels.quantity else 0 end)
            as quantity_on_hand,
        sum(case when levels.state = 'available' then levels.quantity else 0 end)
            as quantity_available
    from levels
    inner join items
        on levels.store_id = items.store_id
        and levels.inventory_item_id = items.inventory_item_id
    left join locations
        on levels.store_id = locations.store_id
        and levels.location_id = locations.location_id
    group by
        levels.store_id,
        items.sku,
        coalesce(locations.location_name, levels.location_id),
        levels.snapshot_date,
        items.is_tracked
),

-- A snapshot of a day that was read on another one tells how that day ended.
unioned as (
    select
        snapshots.store_id,
        snapshots.sku,
        snapshots.warehouse_location,
        snapshots.captured_at as stated_at,
        snapshots.snapshot_date as stated_day,
        snapshots.quantity_on_hand,
        snapshots.quantity_on_hand - snapshots.quantity_available as quantity_reserved,
        snapshots.quantity_available,
        snapshots.is_tracked,
        true as is_snapshot,
        {{ shop_date('snapshots.captured_at', 'stores.time_zone') }} <> snapshots.snapshot_date
            as is_closing
    from snapshots
    inner join stores on snapshots.store_id = stores.store_id
    union all
    select
        file_states.store_id,
        file_states.sku,
        coalesce(file_states.warehouse_location, 'main') as warehouse_location,
        file_states.last_updated as stated_at,
        {{ shop_date('file_states.last_updated', 'stores.time_zone') }} as stated_day,
        file_states.quantity_on_hand,
        coalesce(
            file_states.quantity_reserved,
            file_states.quantity_on_hand - file_states.quantity_available,
            0
        ) as quantity_reserved,
        coalesce(
            file_states.quantity_available,
            file_states.quantity_on_hand - coalesce(file_states.quantity_reserved, 0)
        ) as quantity_available,
        true as is_tracked,
        false as is_snapshot,
        false as is_closing
    from file_states
    inner join stores on file_states.store_id = stores.store_id
    left join shops on file_states.store_id = shops.store_id
    where shops.store_id is null
),

compared as (
    select
        *,
        stated_day > {{ as_of_date() }} as is_ahead,
        min(stated_day) over (partition by store_id, sku, warehouse_location) as first_stated_day,
        row_number() over (
            partition by store_id, sku, warehouse_location order by stated_day, stated_at
        ) as state_number
    from unioned
),

known as (
    select * from compared
    where
        not is_ahead
        or (is_snapshot and state_number = 1 and first_stated_day > {{ as_of_date() }})
),

final as (
    select
        store_id,
        sku,
        warehouse_location,
        stated_at,
        case when is_ahead then {{ as_of_date() }} else stated_day end as stated_day,
        {{ count_of('quantity_on_hand') }} as quantity_on_hand,
        {{ count_of('quantity_reserved') }} as quantity_reserved,
        {{ count_of('quantity_available') }} as quantity_available,
        is_tracked,
        is_snapshot,
        is_closing,
        is_ahead,
        row_number() over (
            partition by store_id, sku, warehouse_location
            order by stated_at desc, quantity_on_hand desc, quantity_available desc
        ) as latest_rank,
        row_number() over (
            partition by store_id, sku, warehouse_location, stated_day
            order by stated_at desc, quantity_on_hand desc, quantity_available desc
        ) as latest_rank_of_day
    from known
)

select * from final
