-- The ten campaigns with the most revenue on the run's day. A Meta campaign has a row for each
-- platform that showed it; it is named after the one that it stands at.
with

days as (
    select * from {{ ref('ads__metrics_by_campaign') }}
    where period_type = 'day'
),

names as (
    select * from {{ ref('ads__campaign_ranking') }}
    where period_type = 'all_time'
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id
            order by
                coalesce(revenue_from_ads, 0) desc,
                total_ad_spend desc,
                {{ by_text('platform') }},
                {{ by_text('campaign_id') }}
        ) as revenue_rank
    from days
    where period_start = {{ as_of_date() }}
),

final as (
    select
        today.store_id,
        today.period_start as as_of_date,
        today.revenue_rank,
        today.platform,
        today.campaign_id,
        coalesce(names.campaign_name, meta.campaign_name, today.campaign_id) as campaign_name,
        {{ rounded('today.total_ad_spend') }} as spend,
        {{ rounded('today.revenue_from_ads') }} as revenue,
        {{ rounded('yesterday.revenue_from_ads') }} as revenue_yesterday,
        {{ rounded('last_week.revenue_from_ads') }} as revenue_last_week,
        {{ rounded('today.return_on_ad_spend') }} as return_on_ad_spend,
        {{ rounded('yesterday.return_on_ad_spend') }} as roas_yesterday,
        {{ rounded('last_week.return_on_ad_spend') }} as roas_last_week,
        {{ rounded('today.conversions') }} as conversions,
        {{ rounded('today.cost_per_acquisition') }} as cost_per_acquisition,
        today.impressions,
        today.clicks,
        {{ rounded('today.click_through_rate') }} as click_through_rate
    from ranked as today
    left join days as yesterday
        on today.store_id = yesterday.store_id
        and today.platform = yesterday.platform
        and today.campaign_id = yesterday.campaign_id
        and yesterday.period_start = {{ add_days(-1, 'today.period_start') }}
    left join days as last_week
        on today.store_id = last_week.store_id
        and today.platform = last_week.platform
        and today.campaign_id = last_week.campaign_id
        and last_week.period_start = {{ add_days(-7, 'today.period_start') }}
    left join names
        on today.store_id = names.store_id
        and today.platform = names.platform
        and today.campaign_id = names.campaign_id
    left join names as meta
        on today.store_id = meta.store_id
        and today.platform = 'instagram'
        and meta.platform = 'facebook'
        and today.campaign_id = meta.campaign_id
    where today.revenue_rank <= 10
)

select * from final
