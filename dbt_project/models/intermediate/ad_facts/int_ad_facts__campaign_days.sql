-- What each campaign did on each day and platform, and whether the platform is done with the day.
-- A Meta campaign spends on several platforms; `campaign_platform` is the one that it stands at.
with

campaign_rows as (
    select * from {{ ref('int_ad_facts__rows') }}
    where level = 'campaign'
),

performance as (
    select * from {{ ref('core__ad_performance') }}
),

campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

settling as (
    select
        store_id,
        source,
        campaign_id,
        date as day,
        {{ dbt.bool_or('not is_settled') }} as is_open
    from performance
    group by store_id, source, campaign_id, date
),

days as (
    select
        store_id,
        source,
        platform,
        campaign_id,
        day,
        {{ count_of('coalesce(sum(impressions), 0)') }} as impressions,
        {{ count_of('coalesce(sum(clicks), 0)') }} as clicks,
        {{ decimal('coalesce(sum(spend), 0)') }} as spend,
        cast(coalesce(sum(conversions), 0) as {{ type_ratio() }}) as conversions,
        {{ decimal('coalesce(sum(revenue), 0)') }} as revenue,
        {{ count_of('sum(engagements)') }} as engagements,
        {{ count_of('sum(engagement_impressions)') }} as engagement_impressions,
        {{ count_of('sum(video_views)') }} as video_views,
        {{ count_of('sum(video_impressions)') }} as video_impressions
    from campaign_rows
    group by store_id, source, platform, campaign_id, day
),

final as (
    select
        days.*,
        campaigns.platform as campaign_platform,
        campaigns.common_objective,
        campaigns.bidding,
        not coalesce(settling.is_open, true) as is_settled
    from days
    inner join campaigns
        on days.store_id = campaigns.store_id
        and days.source = campaigns.source
        and days.campaign_id = campaigns.campaign_id
    left join settling
        on days.store_id = settling.store_id
        and days.source = settling.source
        and days.campaign_id = settling.campaign_id
        and days.day = settling.day
)

select * from final
