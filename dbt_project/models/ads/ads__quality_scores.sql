-- Each keyword's quality score today, beside what it spent over the last 90 days.
with

keywords as (
    select * from {{ ref('core__ad_keywords') }}
    where quality_score is not null
),

spent as (
    select
        store_id,
        platform,
        campaign_id,
        ad_group_id,
        keyword,
        match_type,
        impressions,
        clicks,
        total_ad_spend,
        cost_per_click
    from {{ ref('ads__metrics_by_keyword') }}
    where period_type = 'last_90_days'
),

scored as (
    select
        keywords.store_id,
        keywords.platform,
        keywords.campaign_id,
        keywords.ad_group_id,
        keywords.keyword,
        keywords.match_type,
        keywords.status,
        keywords.quality_score,
        coalesce(spent.impressions, 0) as impressions,
        coalesce(spent.clicks, 0) as clicks,
        {{ decimal('coalesce(spent.total_ad_spend, 0)') }} as total_ad_spend,
        spent.cost_per_click
    from keywords
    left join spent
        on keywords.store_id = spent.store_id
        and keywords.platform = spent.platform
        and keywords.campaign_id = spent.campaign_id
        and keywords.ad_group_id = spent.ad_group_id
        and keywords.keyword = spent.keyword
        and coalesce(keywords.match_type, '') = coalesce(spent.match_type, '')
),

campaigns as (
    select
        store_id,
        campaign_id,
        {{ safe_divide('sum(quality_score * impressions)', 'sum(impressions)') }}
            as campaign_quality_score
    from scored
    group by store_id, campaign_id
),

final as (
    select
        scored.store_id,
        scored.platform,
        scored.campaign_id,
        scored.ad_group_id,
        scored.keyword,
        scored.match_type,
        scored.status,
        {{ count_of('scored.quality_score') }} as quality_score,
        case
            when scored.quality_score <= 3 then 'poor'
            when scored.quality_score <= 6 then 'fair'
            else 'good'
        end as quality,
        scored.impressions,
        scored.clicks,
        scored.cost_per_click,
        scored.total_ad_spend,
        {{ percent(
            'scored.total_ad_spend',
            'sum(scored.total_ad_spend) over (partition by scored.store_id, scored.platform)'
        ) }} as share_of_spend_pct,
        campaigns.campaign_quality_score
    from scored
    inner join campaigns
        on scored.store_id = campaigns.store_id
        and scored.campaign_id = campaigns.campaign_id
)

select * from final
