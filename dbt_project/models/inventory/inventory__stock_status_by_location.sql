-- One word for the stock of each SKU at each location. Whether a SKU is dead is seen over all its
-- locations; one that sells nothing of it has too much where the whole SKU is overstocked.
with

needs as (
    select * from {{ ref('int_stock__location_needs') }}
),

inventory as (
    select * from {{ ref('core__inventory') }}
),

stock_today as (
    select * from {{ ref('core__stock_daily') }}
    where day = {{ as_of_date() }}
),

skus as (
    select * from {{ ref('inventory__stock_status') }}
),

judged as (
    select
        needs.*,
        inventory.quantity_reserved,
        skus.product_name,
        skus.category,
        skus.brand,
        skus.supplier_id,
        skus.product_status,
        skus.stock_status as sku_status,
        stock_today.unit_cost,
        stock_today.stock_value,
        skus.stock_status = 'dead' and needs.on_hand > 0 as is_dead,
        {{ overstock_point('needs.recent_units', 'needs.annual_units') }} as overstock_point
    from needs
    inner join inventory
        on needs.store_id = inventory.store_id
        and needs.sku = inventory.sku
        and needs.warehouse_location = inventory.warehouse_location
    inner join skus
        on needs.store_id = skus.store_id
        and needs.sku = skus.sku
    left join stock_today
        on needs.store_id = stock_today.store_id
        and needs.sku = stock_today.sku
        and needs.warehouse_location = stock_today.warehouse_location
),

compared as (
    select
        *,
        on_hand > overstock_point
        and (annual_units > 0 or sku_status = 'overstock') as is_overstocked
    from judged
),

final as (
    select
        store_id,
        sku,
        warehouse_location,
        product_name,
        category,
        brand,
        supplier_id,
        product_status,
        {{ stock_status(
            'available', 'safety_stock', 'reorder_point', 'is_dead', 'is_overstocked'
        ) }} as stock_status,
        sku_status,
        on_hand as quantity_on_hand,
        {{ count_of('quantity_reserved') }} as quantity_reserved,
        available as quantity_available,
        on_order_units,
        unit_cost,
        stock_value,
        average_daily_units,
        {{ days_of_stock('on_hand', 'recent_units') }} as days_of_inventory,
        safety_stock,
        reorder_point,
        overstock_point,
        surplus_units,
        shortage_units
    from compared
)

select * from final
