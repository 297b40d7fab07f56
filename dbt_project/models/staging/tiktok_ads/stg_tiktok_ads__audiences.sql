with

source as (
    select * from {{ source('raw_tiktok_ads', 'audiences') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        audience_id,
        name as audience_name,
        audience_type,
        _dlt_load_id as load_id
    from source
)

select * from final
