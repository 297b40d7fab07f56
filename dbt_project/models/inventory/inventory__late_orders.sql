-- Lines of purchase orders whose goods should have come by now and have not.
with

open_orders as (
    select * from {{ ref('int_stock__open_orders') }}
    where is_overdue
),

products as (
    select * from {{ ref('core__products') }}
),

suppliers as (
    select * from {{ ref('core__suppliers') }}
),

final as (
    select
        open_orders.store_id,
        open_orders.po_id,
        open_orders.sku,
        coalesce(products.product_name, open_orders.sku) as product_name,
        open_orders.supplier_id,
        suppliers.supplier_name,
        open_orders.warehouse_location,
        open_orders.open_units,
        {{ decimal('open_orders.open_units * open_orders.unit_cost') }} as open_value,
        open_orders.order_date,
        open_orders.expected_delivery_date,
        {{ count_of(dbt.datediff('open_orders.expected_delivery_date', as_of_date(), 'day')) }}
            as days_late
    from open_orders
    left join products
        on open_orders.store_id = products.store_id
        and open_orders.sku = products.sku
    left join suppliers
        on open_orders.store_id = suppliers.store_id
        and open_orders.supplier_id = suppliers.supplier_id
)

select * from final
