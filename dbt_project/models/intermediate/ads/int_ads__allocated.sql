-- Every report row, and what a campaign's day has beyond the rows of a level: platforms leave rows
-- out below the campaign (deleted ads, hidden search terms), so the rest is told as `unallocated`.
-- A figure that the campaign does not report, and reach, which does not add up, have no rest.
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

campaign_levels as (
    select distinct
        source,
        store_id,
        campaign_id,
        level,
        kind
    from children
),

campaign_days as (
    select
        source,
        store_id,
        platform,
        account_id,
        campaign_id,
        date,
        currency,
        max(attribution_window) as attribution_window,
        {{ dbt.bool_or('is_partial') }} as is_partial,
        {{ summed_ad_figures() }},
        {{ decimal('sum(spend_original)') }} as spend_original,
        {{ decimal('sum(revenue_original)') }} as revenue_original
    from converted
    where level = 'campaign'
    group by source, store_id, platform, account_id, campaign_id, date, currency
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

rests as (
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
        campaign_levels.level,
        nullif(campaign_levels.kind, '') as audience_type,
        {{ rest_of_ad_figures('campaign_days', 'child_days') }}
    from campaign_days
    inner join campaign_levels
        on campaign_days.source = campaign_levels.source
        and campaign_days.store_id = campaign_levels.store_id
        and campaign_days.campaign_id = campaign_levels.campaign_id
    left join child_days
        on campaign_days.source = child_days.source
        and campaign_days.store_id = child_days.store_id
        and campaign_days.platform = child_days.platform
        and campaign_days.campaign_id = child_days.campaign_id
        and campaign_days.date = child_days.date
        and campaign_days.currency = child_days.currency
        and campaign_levels.level = child_days.level
        and campaign_levels.kind = child_days.kind
),

unallocated as (
    select
        *,
        case when level in ('ad', 'keyword', 'search_term') then 'unallocated' end as ad_group_id,
        case when level = 'ad' then 'unallocated' end as ad_id,
        case when level = 'keyword' then 'unallocated' end as keyword,
        case when level = 'keyword' then 'unallocated' end as match_type,
        case when level = 'search_term' then 'unallocated' end as search_term,
        case when level = 'audience' then 'unallocated' end as audience,
        case when level = 'location' then 'unallocated' end as location,
        case when level = 'device' then 'unallocated' end as device_type,
        case when level = 'placement' then 'unallocated' end as placement,
        cast(null as {{ dbt.type_int() }}) as hour
    from rests
    where
        impressions <> 0
        or clicks <> 0
        or spend_original <> 0
        or conversions <> 0
        or revenue_original <> 0
        or video_views <> 0
        or engagements <> 0
        or add_to_carts <> 0
        or view_through_conversions <> 0
),

final as (
    {{ allocated_ad_rows('converted', 'false') }}
    union all
    {{ allocated_ad_rows('unallocated', 'true') }}
)

select * from final
