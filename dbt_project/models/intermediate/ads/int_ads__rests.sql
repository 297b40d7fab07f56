-- What a campaign's day has beyond the rows of each level that the campaign is told at, be it
-- nothing: platforms leave rows out below the campaign (deleted ads, hidden search terms). A figure
-- that the campaign or the level does not tell has no rest, nor has reach, which does not add up.
with

converted as (
    select * from {{ ref('int_ads__converted') }}
),

children as (
    select
        *,
        coalesce(audience_type, '') as kind
    from converted
    where level not in ('campaign', 'row')
),

-- Some reports do not tell the platforms of one source apart: Meta's by age say nothing of Facebook
-- and Instagram. Their rest is that of the whole campaign, on the platform that they stand with.
told_levels as (
    select
        source,
        store_id,
        level,
        kind,
        count(distinct platform) as platform_count,
        max(platform) as only_platform,
        {{ counted_ad_figures() }}
    from children
    group by source, store_id, level, kind
),

campaign_levels as (
    select distinct
        children.source,
        children.store_id,
        children.campaign_id,
        children.level,
        children.kind,
        case when told_levels.platform_count = 1 then told_levels.only_platform end
            as only_platform
    from children
    inner join told_levels
        on children.source = told_levels.source
        and children.store_id = told_levels.store_id
        and children.level = told_levels.level
        and children.kind = told_levels.kind
),

campaign_rows as (
    select
        converted.*,
        campaign_levels.level as child_level,
        campaign_levels.kind,
        coalesce(campaign_levels.only_platform, converted.platform) as child_platform
    from converted
    inner join campaign_levels
        on converted.source = campaign_levels.source
        and converted.store_id = campaign_levels.store_id
        and converted.campaign_id = campaign_levels.campaign_id
    where converted.level = 'campaign'
),

campaign_days as (
    select
        source,
        store_id,
        child_platform as platform,
        account_id,
        campaign_id,
        date,
        currency,
        child_level as level,
        kind,
        max(attribution_window) as attribution_window,
        {{ dbt.bool_or('is_partial') }} as is_partial,
        {{ summed_ad_figures() }},
        {{ decimal('sum(spend_original)') }} as spend_original,
        {{ decimal('sum(revenue_original)') }} as revenue_original
    from campaign_rows
    group by
        source, store_id, child_platform, account_id, campaign_id, date, currency, child_level, kind
),

child_days as (
    select
        source,
        store_id,
        platform,
        campaign_id,
        date,
        currency,
        level,
        kind,
        {{ summed_ad_figures() }},
        {{ decimal('sum(spend_original)') }} as spend_original,
        {{ decimal('sum(revenue_original)') }} as revenue_original
    from children
    group by source, store_id, platform, campaign_id, date, currency, level, kind
),

final as (
    select
        campaign_days.source,
        campaign_days.store_id,
        campaign_days.platform,
        campaign_days.account_id,
        campaign_days.campaign_id,
        campaign_days.date,
        campaign_days.currency,
        campaign_days.attribution_window,
        campaign_days.is_partial,
        campaign_days.level,
        nullif(campaign_days.kind, '') as audience_type,
        {{ rest_of_ad_figures('campaign_days', 'child_days', 'told_levels') }}
    from campaign_days
    inner join told_levels
        on campaign_days.source = told_levels.source
        and campaign_days.store_id = told_levels.store_id
        and campaign_days.level = told_levels.level
        and campaign_days.kind = told_levels.kind
    left join child_days
        on campaign_days.source = child_days.source
        and campaign_days.store_id = child_days.store_id
        and campaign_days.platform = child_days.platform
        and campaign_days.campaign_id = child_days.campaign_id
        and campaign_days.date = child_days.date
        and campaign_days.currency = child_days.currency
        and campaign_days.level = child_days.level
        and campaign_days.kind = child_days.kind
)

select * from final
