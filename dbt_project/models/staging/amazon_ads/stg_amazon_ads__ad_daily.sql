with

source as (
    select * from {{ source('raw_amazon_ads', 'ad_daily') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        date,
        report,
        campaign_id,
        ad_group_id,
        ad_id,
        coalesce(advertised_asin, promoted_asin) as asin,
        coalesce(advertised_sku, promoted_sku) as sku,
        impressions,
        clicks,
        cost as spend,
        video5_second_views as video_views,
        currency_code as currency,
        time_zone,
        fetched_on,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
