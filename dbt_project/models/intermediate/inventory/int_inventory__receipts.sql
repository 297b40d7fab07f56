-- Lines of purchase orders that arrived, with what the SKU belongs to.
with

purchase_orders as (
    select * from {{ ref('core__purchase_orders') }}
    where is_received
),

products as (
    select * from {{ ref('core__products') }}
),

final as (
    select
        purchase_orders.store_id,
        purchase_orders.po_id,
        purchase_orders.sku,
        coalesce(products.category, 'unknown') as category,
        coalesce(products.brand, 'unknown') as brand,
        coalesce(purchase_orders.supplier_id, 'unknown') as supplier_id,
        purchase_orders.actual_delivery_date as day,
        purchase_orders.lead_time_days
    from purchase_orders
    left join products
        on purchase_orders.store_id = products.store_id
        and purchase_orders.sku = products.sku
)

select * from final
