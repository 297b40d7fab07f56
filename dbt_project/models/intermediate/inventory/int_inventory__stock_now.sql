-- The stock of each tracked SKU of a store over all its locations, and what it is worth.
with

inventory as (
    select
        store_id,
        sku,
        {{ count_of('sum(quantity_on_hand)') }} as quantity_on_hand,
        {{ count_of('sum(quantity_reserved)') }} as quantity_reserved,
        {{ count_of('sum(quantity_available)') }} as quantity_available
    from {{ ref('core__inventory') }}
    where is_tracked
    group by store_id, sku
),

stock_today as (
    select
        store_id,
        sku,
        {{ decimal('max(unit_cost)') }} as unit_cost,
        {{ decimal('sum(stock_value)') }} as stock_value
    from {{ ref('core__stock_daily') }}
    where day = {{ as_of_date() }}
    group by store_id, sku
),

final as (
    select
        inventory.store_id,
        inventory.sku,
        inventory.quantity_on_hand,
        inventory.quantity_reserved,
        inventory.quantity_available,
        stock_today.unit_cost,
        stock_today.stock_value
    from inventory
    left join stock_today
        on inventory.store_id = stock_today.store_id
        and inventory.sku = stock_today.sku
)

select * from final
