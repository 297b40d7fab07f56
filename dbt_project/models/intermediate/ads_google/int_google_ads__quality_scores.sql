-- The quality score of each keyword on each day that it was shown.
with

keywords as (
    select * from {{ ref('stg_google_ads__keyword_daily') }}
    where historical_quality_score is not null
),

final as (
    select
        store_id,
        account_id,
        campaign_id,
        ad_group_id,
        keyword,
        lower(match_type) as match_type,
        date,
        max(historical_quality_score) as quality_score
    from keywords
    group by store_id, account_id, campaign_id, ad_group_id, keyword, match_type, date
)

select * from final
