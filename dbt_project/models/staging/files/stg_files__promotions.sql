with

source as (
    select * from {{ source('raw_files', 'promotions') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        promotion_id,
        coalesce(sku, '') as sku,
        discount_type,
        discount_value,
        start_date,
        end_date,
        _dlt_load_id as load_id
    from source
)

select * from final
