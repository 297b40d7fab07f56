-- What should have arrived by now and has not, the longest overdue first.
with

late_orders as (
    select * from {{ ref('inventory__late_orders') }}
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by days_late desc, {{ by_text('po_id') }}, {{ by_text('sku') }}
        ) as late_rank,
        po_id,
        sku,
        product_name,
        supplier_id,
        supplier_name,
        warehouse_location,
        open_units,
        {{ rounded('open_value') }} as open_value,
        order_date,
        expected_delivery_date,
        days_late
    from late_orders
)

select * from final
