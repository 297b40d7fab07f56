with

source as (
    select * from {{ source('raw_google_ads', 'countries') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as country_id,
        name as country_name,
        country_code,
        _dlt_load_id as load_id
    from source
)

select * from final
