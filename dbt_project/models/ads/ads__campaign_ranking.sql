-- The campaigns of each store, and of all stores together, beside each other in each period, ranked
-- four ways, with the period before. Every day counts, as in ads.metrics: `settled_spend_pct` tells
-- how much of the spend lies on days whose conversions are final.
with

campaign_periods as (
    select * from {{ ref('int_ad_facts__campaign_periods') }}
),

campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

names as (
    select
        store_id,
        platform,
        campaign_id,
        min(campaign_name) as campaign_name,
        min(status) as status
    from campaigns
    group by store_id, platform, campaign_id
    union all
    select
        'all' as store_id,
        platform,
        campaign_id,
        min(campaign_name) as campaign_name,
        min(status) as status
    from campaigns
    group by platform, campaign_id
),

ranked as (
    select
        *,
        {{ campaign_rank(
            'return_on_ad_spend', ['case when has_enough_data then 0 else 1 end']
        ) }} as roas_rank,
        {{ campaign_rank('revenue') }} as revenue_rank,
        {{ campaign_rank('conversions') }} as conversions_rank,
        {{ campaign_rank('profit_from_ads') }} as profit_rank
    from campaign_periods
),

final as (
    select
        ranked.store_id,
        ranked.platform,
        ranked.campaign_id,
        ranked.period_type,
        ranked.period_start,
        names.campaign_name,
        names.status,
        {{ count_of('ranked.roas_rank') }} as roas_rank,
        {{ count_of('ranked.revenue_rank') }} as revenue_rank,
        {{ count_of('ranked.conversions_rank') }} as conversions_rank,
        {{ count_of('ranked.profit_rank') }} as profit_rank,
        {{ count_of('previous.roas_rank') }} as previous_roas_rank,
        {{ count_of('previous.revenue_rank') }} as previous_revenue_rank,
        {{ count_of('previous.conversions_rank') }} as previous_conversions_rank,
        {{ count_of('previous.profit_rank') }} as previous_profit_rank,
        {{ count_of('ranked.impressions') }} as impressions,
        {{ count_of('ranked.clicks') }} as clicks,
        {{ percent('ranked.clicks', 'ranked.impressions') }} as click_through_rate,
        {{ decimal('ranked.spend') }} as spend,
        cast(ranked.conversions as {{ type_ratio() }}) as conversions,
        {{ percent('ranked.conversions', 'ranked.clicks') }} as conversion_rate,
        {{ safe_divide('ranked.spend', 'ranked.conversions') }} as cost_per_acquisition,
        {{ decimal('ranked.revenue') }} as revenue,
        ranked.return_on_ad_spend,
        ranked.profit_from_ads,
        {{ decimal('previous.spend') }} as previous_spend,
        cast(previous.conversions as {{ type_ratio() }}) as previous_conversions,
        {{ decimal('previous.revenue') }} as previous_revenue,
        previous.return_on_ad_spend as previous_return_on_ad_spend,
        previous.profit_from_ads as previous_profit_from_ads,
        {{ change_pct('ranked.spend', 'previous.spend') }} as spend_change_pct,
        {{ change_pct('ranked.revenue', 'previous.revenue') }} as revenue_change_pct,
        {{ change_pct('ranked.return_on_ad_spend', 'previous.return_on_ad_spend') }}
            as roas_change_pct,
        {{ percent('ranked.settled_spend', 'ranked.spend') }} as settled_spend_pct,
        ranked.has_enough_data
    from ranked
    left join ranked as previous
        on ranked.store_id = previous.store_id
        and ranked.platform = previous.platform
        and ranked.campaign_id = previous.campaign_id
        and ranked.period_type = previous.period_type
        and ranked.period_start = previous.period_start
        and previous.is_previous
    left join names
        on ranked.store_id = names.store_id
        and ranked.platform = names.platform
        and ranked.campaign_id = names.campaign_id
    where not ranked.is_previous
)

select * from final
