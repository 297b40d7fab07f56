with

source as (
    select * from {{ source('raw_facebook_ads', 'accounts') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        name as account_name,
        account_status,
        currency_code as currency,
        time_zone,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
