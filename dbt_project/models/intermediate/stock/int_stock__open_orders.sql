-- Lines of purchase orders whose goods are still to come.
with

purchase_orders as (
    select * from {{ ref('core__purchase_orders') }}
    where
        order_date <= {{ as_of_date() }}
        and not is_received
        and coalesce(lower(status), 'open') not in ('cancelled', 'canceled', 'closed')
),

final as (
    select
        store_id,
        po_id,
        sku,
        supplier_id,
        coalesce(warehouse_location, 'main') as warehouse_location,
        {{ count_of('quantity_ordered - coalesce(quantity_received, 0)') }} as open_units,
        unit_cost,
        order_date,
        expected_delivery_date,
        coalesce(expected_delivery_date < {{ as_of_date() }}, false) as is_overdue
    from purchase_orders
    where quantity_ordered > coalesce(quantity_received, 0)
)

select * from final
