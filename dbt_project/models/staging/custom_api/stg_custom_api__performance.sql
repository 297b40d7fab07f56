with

source as (
    select * from {{ source('raw_custom_api', 'performance') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        date,
        position,
        campaign_id,
        impressions,
        clicks,
        spend,
        conversions,
        revenue,
        video_views,
        engagements,
        add_to_carts,
        device_type,
        location,
        ad_group_id,
        ad_id,
        keyword,
        currency,
        attribution_window,
        fetched_on,
        _dlt_load_id as load_id
    from source
)

select * from final
