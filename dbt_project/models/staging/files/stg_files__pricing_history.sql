with

source as (
    select * from {{ source('raw_files', 'pricing_history') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        sku,
        old_price,
        new_price,
        change_reason,
        created_by,
        effective_date,
        _dlt_load_id as load_id
    from source
)

select * from final
