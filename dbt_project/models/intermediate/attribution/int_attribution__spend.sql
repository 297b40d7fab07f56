-- What each channel and campaign cost on each day: the ad platforms' spend, and what touches cost
-- by themselves where their campaign is none of a platform.
with

ad_performance as (
    select * from {{ ref('core__ad_performance') }}
),

campaign_channels as (
    select * from {{ ref('int_attribution__campaign_channels') }}
),

touchpoints as (
    select * from {{ ref('core__touchpoints') }}
    where cost is not null
),

known_campaigns as (
    select
        store_id,
        campaign_id
    from {{ ref('core__ad_campaigns') }}
    group by store_id, campaign_id
),

spent as (
    select
        ad_performance.store_id,
        campaign_channels.channel,
        ad_performance.campaign_id,
        ad_performance.date as day,
        ad_performance.spend
    from ad_performance
    inner join campaign_channels
        on ad_performance.store_id = campaign_channels.store_id
        and ad_performance.platform = campaign_channels.platform
        and ad_performance.campaign_id = campaign_channels.campaign_id
    union all
    select
        touchpoints.store_id,
        touchpoints.channel,
        touchpoints.campaign_id,
        touchpoints.touch_day as day,
        touchpoints.cost as spend
    from touchpoints
    left join known_campaigns
        on touchpoints.store_id = known_campaigns.store_id
        and touchpoints.campaign_id = known_campaigns.campaign_id
    where known_campaigns.campaign_id is null
),

final as (
    select
        store_id,
        channel,
        campaign_id,
        day,
        {{ decimal('sum(spend)') }} as spend
    from spent
    where day <= {{ as_of_date() }}
    group by store_id, channel, campaign_id, day
)

select * from final
