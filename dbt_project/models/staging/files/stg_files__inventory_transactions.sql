with

source as (
    select * from {{ source('raw_files', 'inventory_transactions') }}
),

stores as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        {{ file_store_id('source.store_id') }} as store_id,
        source.transaction_id,
        source.sku,
        coalesce(source.warehouse_location, 'main') as warehouse_location,
        source.transaction_type,
        source.quantity,
        source.unit_cost,
        source.reference_id,
        {{ instant('source.transaction_date', time_zone()) }} as transaction_date,
        source.supplier_id,
        source.notes,
        source._dlt_load_id as load_id
    from source
    left join stores on source.store_id = stores.store_id
)

select * from final
