with

source as (
    select * from {{ source('raw_amazon_ads', 'accounts') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        account_name,
        lower(account_kind) as account_kind,
        marketplace_id,
        country_code as country,
        currency_code as currency,
        time_zone,
        is_payment_method_valid,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
