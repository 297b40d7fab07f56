-- Every SKU and location that stock is known of, the first day that it is told for and what it
-- opened with. A history that an anchor lifts off zero goes back to the store's first day, of a
-- Shopify shop no further than the day on which the item was made.
with

levels as (
    select * from {{ ref('int_stock__levels') }}
),

anchors as (
    select * from {{ ref('int_stock__anchors') }}
    where is_first
),

stores as (
    select * from {{ ref('core__stores') }}
),

items as (
    select distinct
        store_id,
        sku,
        created_day
    from {{ ref('int_stock__items') }}
),

first_days as (
    select
        store_id,
        sku,
        warehouse_location,
        min(day) as first_day
    from levels
    group by store_id, sku, warehouse_location
),

final as (
    select
        first_days.store_id,
        first_days.sku,
        first_days.warehouse_location,
        case
            when coalesce(anchors.shift, 0) = 0 then first_days.first_day
            when items.created_day > first_days.first_day then first_days.first_day
            when items.created_day > stores.first_data_date then items.created_day
            when stores.first_data_date > first_days.first_day then first_days.first_day
            else stores.first_data_date
        end as first_day,
        coalesce(anchors.shift, 0) as opening,
        anchors.sku is not null as is_anchored
    from first_days
    inner join stores on first_days.store_id = stores.store_id
    left join anchors
        on first_days.store_id = anchors.store_id
        and first_days.sku = anchors.sku
        and first_days.warehouse_location = anchors.warehouse_location
    left join items
        on first_days.store_id = items.store_id
        and first_days.sku = items.sku
)

select * from final
