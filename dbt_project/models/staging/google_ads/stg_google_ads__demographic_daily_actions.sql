with

source as (
    select * from {{ source('raw_google_ads', 'demographic_daily_actions') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        date,
        campaign_id,
        ad_group_id,
        demographic,
        value,
        action_type,
        conversions,
        conversions_value,
        all_conversions,
        all_conversions_value,
        currency_code as currency,
        time_zone,
        attribution_window,
        fetched_on,
        _dlt_load_id as load_id
    from source
)

select * from final
