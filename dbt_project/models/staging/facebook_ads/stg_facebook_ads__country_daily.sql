with

source as (
    select * from {{ source('raw_facebook_ads', 'country_daily') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        date,
        campaign_id,
        country,
        spend,
        impressions,
        clicks,
        inline_link_clicks,
        reach,
        currency_code as currency,
        time_zone,
        attribution_window,
        fetched_on,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
