-- A row is a campaign's day that a level does not add up to, although the campaign is told at this
-- level and the level tells the figure. Money may differ by the rounding of each row's conversion.
with

breakdowns as (
    select
        *,
        coalesce(audience_type, '') as kind
    from {{ ref('core__ad_breakdowns') }}
),

campaign_levels as (
    select distinct
        store_id,
        source,
        campaign_id,
        level,
        kind
    from breakdowns
    where level <> 'campaign'
),

summed as (
    select
        store_id,
        source,
        campaign_id,
        date,
        level,
        kind,
        count(*) as row_count,
        {{ summed_ad_figures() }}
    from breakdowns
    group by store_id, source, campaign_id, date, level, kind
),

final as (
    select
        campaigns.store_id,
        campaigns.source,
        campaigns.campaign_id,
        campaigns.date,
        campaign_levels.level,
        campaigns.spend as spend_of_campaign,
        levels.spend as spend_of_level
    from summed as campaigns
    inner join campaign_levels
        on campaigns.store_id = campaign_levels.store_id
        and campaigns.source = campaign_levels.source
        and campaigns.campaign_id = campaign_levels.campaign_id
    left join summed as levels
        on campaigns.store_id = levels.store_id
        and campaigns.source = levels.source
        and campaigns.campaign_id = levels.campaign_id
        and campaigns.date = levels.date
        and campaign_levels.level = levels.level
        and campaign_levels.kind = levels.kind
    where
        campaigns.level = 'campaign'
        and (
            campaigns.impressions <> coalesce(levels.impressions, 0)
            or campaigns.clicks <> coalesce(levels.clicks, 0)
            or abs(campaigns.spend - coalesce(levels.spend, 0))
            > 0.000001 * (1 + coalesce(levels.row_count, 0))
            or campaigns.conversions <> levels.conversions
            or abs(campaigns.revenue - levels.revenue) > 0.000001 * (1 + levels.row_count)
            or campaigns.video_views <> levels.video_views
            or campaigns.engagements <> levels.engagements
            or campaigns.add_to_carts <> levels.add_to_carts
        )
)

select * from final
