-- What to do with each keyword's bid, by the last 90 days: a bid is worth what its clicks bring.
with

keyword_metrics as (
    select * from {{ ref('ads__metrics_by_keyword') }}
    where
        period_type = 'last_90_days'
        and keyword <> 'unallocated'
        and store_id <> 'all'
),

platforms as (
    select
        store_id,
        platform,
        return_on_ad_spend as platform_roas,
        cost_per_acquisition as platform_cpa
    from {{ ref('ads__metrics_by_platform') }}
    where period_type = 'last_90_days'
),

margins as (
    select
        store_id,
        gross_margin_pct / 100 as gross_margin
    from {{ ref('sales__metrics') }}
    where period_type = 'last_90_days'
),

keywords as (
    select
        store_id,
        platform,
        campaign_id,
        ad_group_id,
        keyword,
        match_type,
        max(bid) as bid,
        max(quality_score) as quality_score,
        max(status) as status
    from {{ ref('core__ad_keywords') }}
    group by store_id, platform, campaign_id, ad_group_id, keyword, match_type
),

joined as (
    select
        keyword_metrics.store_id,
        keyword_metrics.platform,
        keyword_metrics.campaign_id,
        keyword_metrics.ad_group_id,
        keyword_metrics.keyword,
        keyword_metrics.match_type,
        keywords.status,
        keywords.quality_score,
        keywords.bid,
        keyword_metrics.impressions,
        keyword_metrics.clicks,
        keyword_metrics.click_through_rate,
        keyword_metrics.cost_per_click,
        keyword_metrics.total_ad_spend,
        keyword_metrics.conversions,
        keyword_metrics.cost_per_acquisition,
        keyword_metrics.revenue_from_ads,
        keyword_metrics.return_on_ad_spend,
        platforms.platform_cpa,
        coalesce({{ safe_divide('1', 'margins.gross_margin') }}, platforms.platform_roas)
            as target_roas
    from keyword_metrics
    inner join platforms
        on keyword_metrics.store_id = platforms.store_id
        and keyword_metrics.platform = platforms.platform
    left join margins on keyword_metrics.store_id = margins.store_id
    left join keywords
        on keyword_metrics.store_id = keywords.store_id
        and keyword_metrics.platform = keywords.platform
        and keyword_metrics.campaign_id = keywords.campaign_id
        and keyword_metrics.ad_group_id = keywords.ad_group_id
        and keyword_metrics.keyword = keywords.keyword
        and coalesce(keyword_metrics.match_type, '') = coalesce(keywords.match_type, '')
),

judged as (
    select
        *,
        case
            when clicks < {{ var('keyword_minimum_clicks') }} then 'too_little_data'
            when coalesce(conversions, 0) = 0 and total_ad_spend >= platform_cpa then 'pause'
            when return_on_ad_spend >= 1.2 * target_roas and conversions >= 3 then 'bid_up'
            when return_on_ad_spend < 0.8 * target_roas then 'bid_down'
            else 'keep'
        end as action,
        {{ safe_divide('return_on_ad_spend', 'target_roas') }} as roas_ratio
    from joined
),

final as (
    select
        store_id,
        platform,
        campaign_id,
        ad_group_id,
        keyword,
        match_type,
        status,
        action,
        case action
            when 'too_little_data' then 'Too few clicks to tell.'
            when 'pause' then 'It has cost more than a purchase may, and sold nothing.'
            when 'bid_up' then 'Each unit of money brings back well above what pays.'
            when 'bid_down' then 'It brings back less than what pays.'
            else 'It brings back about what pays.'
        end as reason,
        quality_score,
        impressions,
        clicks,
        click_through_rate,
        cost_per_click,
        total_ad_spend,
        conversions,
        cost_per_acquisition,
        revenue_from_ads,
        return_on_ad_spend,
        target_roas,
        bid as current_bid,
        case
            when action = 'bid_up' and roas_ratio > 1.5 then {{ decimal('1.5 * bid') }}
            when action = 'bid_down' and roas_ratio < 0.5 then {{ decimal('0.5 * bid') }}
            when action in ('bid_up', 'bid_down') then {{ decimal('roas_ratio * bid') }}
        end as suggested_bid
    from judged
)

select * from final
