-- What the orders and returns of a store's files say that stock did, where the store brings no such
-- transactions. A return, of which only the day is known, counts from the day's beginning.
with

order_items as (
    select * from {{ ref('core__order_items') }}
    where is_valid and not is_gift_card
),

orders as (
    select * from {{ ref('core__orders') }}
),

return_items as (
    select * from {{ ref('core__return_items') }}
    where is_counted and resaleable
),

stores as (
    select * from {{ ref('int_stock__told_by_files') }}
    where not is_shopify
),

homes as (
    select * from {{ ref('int_stock__home_locations') }}
),

final as (
    select
        order_items.store_id,
        {{ dbt.concat(["'sale-'", 'order_items.order_item_id']) }} as transaction_id,
        order_items.sku,
        homes.warehouse_location,
        'sale' as transaction_type,
        -order_items.quantity as quantity,
        order_items.unit_cost,
        order_items.order_id as reference_id,
        orders.order_date as transaction_date,
        order_items.order_day as transaction_day,
        'order' as origin
    from order_items
    inner join stores
        on order_items.store_id = stores.store_id
        and not stores.has_sales
    inner join orders
        on order_items.store_id = orders.store_id
        and order_items.order_id = orders.order_id
    inner join homes
        on order_items.store_id = homes.store_id
        and order_items.sku = homes.sku
    union all
    select
        return_items.store_id,
        {{ dbt.concat(["'return-'", 'return_items.return_item_id']) }} as transaction_id,
        return_items.sku,
        homes.warehouse_location,
        'return' as transaction_type,
        return_items.quantity_returned as quantity,
        cast(null as {{ dbt.type_numeric() }}) as unit_cost,
        return_items.return_id as reference_id,
        {{ day_start('return_items.return_date', 'stores.time_zone') }} as transaction_date,
        return_items.return_date as transaction_day,
        'return' as origin
    from return_items
    inner join stores
        on return_items.store_id = stores.store_id
        and not stores.has_returns
    inner join homes
        on return_items.store_id = homes.store_id
        and return_items.sku = homes.sku
)

select * from final
