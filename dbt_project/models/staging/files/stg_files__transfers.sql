with

source as (
    select * from {{ source('raw_files', 'transfers') }}
),

stores as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        {{ file_store_id('source.store_id') }} as store_id,
        source.transfer_id,
        source.sku,
        source.from_location,
        source.to_location,
        source.quantity,
        source.transfer_cost,
        {{ instant('source.transfer_date', time_zone()) }} as transfer_date,
        source.received_date,
        source._dlt_load_id as load_id
    from source
    left join stores on source.store_id = stores.store_id
)

select * from final
