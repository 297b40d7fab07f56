with

source as (
    select * from {{ source('raw_files', 'exchanges') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        return_id,
        original_sku,
        exchange_sku,
        exchange_order_id,
        additional_payment,
        _dlt_load_id as load_id
    from source
)

select * from final
