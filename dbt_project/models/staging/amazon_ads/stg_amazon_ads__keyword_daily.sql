with

source as (
    select * from {{ source('raw_amazon_ads', 'keyword_daily') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        date,
        report,
        campaign_id,
        ad_group_id,
        keyword_id,
        coalesce(keyword, targeting) as keyword,
        match_type,
        keyword_type,
        impressions,
        clicks,
        cost as spend,
        currency_code as currency,
        time_zone,
        fetched_on,
        {{ utc('fetched_at') }} as fetched_at,
        _dlt_load_id as load_id
    from source
)

select * from final
