with

source as (
    select * from {{ source('raw_google_ads', 'keyword_daily') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        date,
        campaign_id,
        ad_group_id,
        criterion_id,
        keyword,
        match_type,
        search_impression_share,
        search_rank_lost_impression_share,
        search_top_impression_share,
        search_absolute_top_impression_share,
        historical_quality_score,
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
