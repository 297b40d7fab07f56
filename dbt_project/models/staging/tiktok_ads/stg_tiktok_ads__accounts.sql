with

source as (
    select * from {{ source('raw_tiktok_ads', 'accounts') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        name as account_name,
        company,
        status,
        country,
        currency_code as currency,
        time_zone,
        _dlt_load_id as load_id
    from source
)

select * from final
