with

source as (
    select * from {{ source('raw_files', 'stock_counts') }}
),

stores as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        {{ file_store_id('source.store_id') }} as store_id,
        source.sku,
        source.warehouse_location,
        source.counted_quantity,
        {{ instant('source.counted_at', time_zone()) }} as counted_at,
        source._dlt_load_id as load_id
    from source
    left join stores on source.store_id = stores.store_id
)

select * from final
