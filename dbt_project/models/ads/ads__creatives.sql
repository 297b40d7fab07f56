-- Each ad on each platform that showed it: what it is made of, what it did over the last 30 and 90
-- days, and its place among the ads of its platform. Every day counts, as in ads.metrics.
with

sums as (
    select * from {{ ref('int_ad_facts__creative_periods') }}
),

ads as (
    select * from {{ ref('core__ads') }}
),

campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

copy as (
    select * from {{ ref('stg_ml__ad_copy') }}
),

rated as (
    select
        *,
        {{ percent('clicks', 'impressions') }} as click_through_rate,
        {{ safe_divide('revenue', 'spend') }} as return_on_ad_spend,
        {{ has_enough_clicks('impressions', 'clicks') }} as has_enough_data
    from sums
),

final as (
    select
        rated.store_id,
        rated.source,
        rated.platform,
        rated.campaign_id,
        rated.ad_id,
        rated.period_type,
        ads.ad_group_id,
        campaigns.campaign_name,
        ads.ad_name,
        ads.format,
        ads.headline,
        ads.body,
        ads.call_to_action,
        ads.landing_page,
        ads.status,
        cast(copy.sentiment as {{ type_ratio() }}) as sentiment,
        coalesce(copy.sentiment_label, 'unknown') as sentiment_label,
        {{ count_of('rated.impressions') }} as impressions,
        {{ count_of('rated.clicks') }} as clicks,
        rated.click_through_rate,
        {{ decimal('rated.spend') }} as spend,
        cast(rated.conversions as {{ type_ratio() }}) as conversions,
        {{ percent('rated.conversions', 'rated.clicks') }} as conversion_rate,
        {{ safe_divide('rated.spend', 'rated.conversions') }} as cost_per_acquisition,
        {{ decimal('rated.revenue') }} as revenue,
        rated.return_on_ad_spend,
        {{ percent('rated.settled_spend', 'rated.spend') }} as settled_spend_pct,
        {{ creative_rank('rated.click_through_rate') }} as ctr_rank,
        {{ creative_rank('rated.return_on_ad_spend') }} as roas_rank,
        rated.has_enough_data,
        ads.created_on
    from rated
    inner join ads
        on rated.store_id = ads.store_id
        and rated.source = ads.source
        and rated.campaign_id = ads.campaign_id
        and rated.ad_id = ads.ad_id
    left join campaigns
        on ads.store_id = campaigns.store_id
        and ads.source = campaigns.source
        and ads.campaign_id = campaigns.campaign_id
    left join copy
        on ads.store_id = copy.store_id
        and ads.campaign_id = copy.campaign_id
        and ads.ad_group_id = copy.ad_group_id
        and ads.ad_id = copy.ad_id
)

select * from final
