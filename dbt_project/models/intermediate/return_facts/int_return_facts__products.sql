-- What each SKU is, and who delivers it: the product's supplier, else that of its latest purchase
-- order.
with

products as (
    select * from {{ ref('core__products') }}
),

purchase_orders as (
    select * from {{ ref('core__purchase_orders') }}
    where supplier_id is not null and order_date <= {{ as_of_date() }}
),

ranked as (
    select
        store_id,
        sku,
        supplier_id,
        row_number() over (
            partition by store_id, sku order by order_date desc, {{ by_text('po_id') }} desc
        ) as position
    from purchase_orders
),

final as (
    select
        products.store_id,
        products.sku,
        products.product_name,
        coalesce(products.category, 'unknown') as category,
        coalesce(products.brand, 'unknown') as brand,
        coalesce(products.supplier_id, ranked.supplier_id, 'unknown') as supplier_id,
        products.current_price,
        products.launch_date
    from products
    left join ranked
        on products.store_id = ranked.store_id
        and products.sku = ranked.sku
        and ranked.position = 1
)

select * from final
