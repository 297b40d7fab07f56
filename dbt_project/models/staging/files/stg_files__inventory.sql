with

source as (
    select * from {{ source('raw_files', 'inventory') }}
),

stores as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        {{ file_store_id('source.store_id') }} as store_id,
        source.sku,
        source.warehouse_location,
        source.quantity_on_hand,
        source.quantity_reserved,
        source.quantity_available,
        {{ instant('source.last_updated', time_zone()) }} as last_updated,
        source._dlt_load_id as load_id
    from source
    left join stores on source.store_id = stores.store_id
)

select * from final
