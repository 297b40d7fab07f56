with

source as (
    select * from {{ source('raw_custom_api', 'accounts') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        platform,
        currency_code as currency,
        time_zone,
        _dlt_load_id as load_id
    from source
)

select * from final
