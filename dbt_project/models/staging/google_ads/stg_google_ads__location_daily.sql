with

source as (
    select * from {{ source('raw_google_ads', 'location_daily') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        date,
        campaign_id,
        country_id,
        impressions,
        clicks,
        {{ google_micros('cost_micros') }} as spend,
        interactions,
        engagements,
        video_views,
        view_through_conversions,
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
