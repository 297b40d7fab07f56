with

source as (
    select * from {{ source('raw_files', 'purchase_orders') }}
),

stores as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        {{ file_store_id('source.store_id') }} as store_id,
        source.po_id,
        source.sku,
        source.supplier_id,
        source.warehouse_location,
        source.quantity_ordered,
        source.quantity_received,
        source.unit_cost,
        {{ instant('source.order_date', time_zone()) }} as order_date,
        source.expected_delivery_date,
        source.actual_delivery_date,
        source.status,
        source._dlt_load_id as load_id
    from source
    left join stores on source.store_id = stores.store_id
)

select * from final
