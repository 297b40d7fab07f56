with

source as (
    select * from {{ source('raw_amazon_ads', 'campaign_daily_actions') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        date,
        report,
        campaign_id,
        action_type,
        attribution_window,
        quantity,
        value as action_value,
        currency_code as currency,
        fetched_on,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
