with

source as (
    select * from {{ source('raw_files', 'suppliers') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        supplier_id,
        supplier_name,
        country,
        lead_time_days,
        _dlt_load_id as load_id
    from source
)

select * from final
