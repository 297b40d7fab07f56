-- What ads did up to the run, at every level, as metrics add it up. A figure that a platform never
-- reports at a level is not zero there: engagements and additions to a cart count with all rows of
-- the platforms that report them, video views with those of the campaigns that do.
with

breakdowns as (
    select
        *,
        coalesce(audience_type, '') as kind
    from {{ ref('core__ad_breakdowns') }}
    where date <= {{ as_of_date() }}
),

campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

platforms as (
    select
        store_id,
        platform,
        level,
        kind,
        {{ dbt.bool_or('conversions is not null') }} as reports_conversions,
        {{ dbt.bool_or('revenue is not null') }} as reports_revenue,
        {{ dbt.bool_or('engagements is not null') }} as reports_engagements,
        {{ dbt.bool_or('add_to_carts is not null') }} as reports_carts
    from breakdowns
    where not is_unallocated
    group by store_id, platform, level, kind
),

video_campaigns as (
    select
        store_id,
        source,
        campaign_id,
        level,
        kind,
        {{ dbt.bool_or('video_views is not null') }} as reports_video
    from breakdowns
    where not is_unallocated
    group by store_id, source, campaign_id, level, kind
),

final as (
    select
        breakdowns.store_id,
        breakdowns.source,
        breakdowns.level,
        breakdowns.platform,
        breakdowns.campaign_id,
        campaigns.common_objective as objective,
        coalesce(breakdowns.ad_group_id, 'unknown') as ad_group_id,
        coalesce(breakdowns.ad_id, 'unknown') as ad_id,
        coalesce(breakdowns.keyword, 'unknown') as keyword,
        coalesce(breakdowns.match_type, 'unknown') as match_type,
        coalesce(breakdowns.search_term, 'unknown') as search_term,
        coalesce(breakdowns.audience_type, 'unknown') as audience_type,
        coalesce(breakdowns.audience, 'unknown') as audience,
        coalesce(breakdowns.location, 'unknown') as location,
        coalesce(breakdowns.device_type, 'unknown') as device_type,
        coalesce(breakdowns.placement, 'unknown') as placement,
        breakdowns.hour,
        breakdowns.date as day,
        breakdowns.impressions,
        breakdowns.clicks,
        breakdowns.spend,
        case when platforms.reports_conversions then coalesce(breakdowns.conversions, 0) end
            as conversions,
        case when platforms.reports_revenue then coalesce(breakdowns.revenue, 0) end as revenue,
        breakdowns.view_through_conversions,
        case when platforms.reports_engagements then coalesce(breakdowns.engagements, 0) end
            as engagements,
        case when platforms.reports_engagements then breakdowns.impressions end
            as engagement_impressions,
        case when video_campaigns.reports_video then coalesce(breakdowns.video_views, 0) end
            as video_views,
        case when video_campaigns.reports_video then breakdowns.impressions end
            as video_impressions,
        case when platforms.reports_carts then coalesce(breakdowns.add_to_carts, 0) end
            as add_to_carts,
        case when platforms.reports_carts then breakdowns.clicks end as cart_clicks
    from breakdowns
    inner join campaigns
        on breakdowns.store_id = campaigns.store_id
        and breakdowns.source = campaigns.source
        and breakdowns.campaign_id = campaigns.campaign_id
    left join platforms
        on breakdowns.store_id = platforms.store_id
        and breakdowns.platform = platforms.platform
        and breakdowns.level = platforms.level
        and breakdowns.kind = platforms.kind
    left join video_campaigns
        on breakdowns.store_id = video_campaigns.store_id
        and breakdowns.source = video_campaigns.source
        and breakdowns.campaign_id = video_campaigns.campaign_id
        and breakdowns.level = video_campaigns.level
        and breakdowns.kind = video_campaigns.kind
)

select * from final
