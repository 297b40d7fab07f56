-- Days and whole weeks on which ads spent money, as points of spend and what came of it: of each
-- campaign, each platform and each store, and of all stores together. A day counts once all of its
-- figures are settled, a week once all of its days are; over the last `correlation_days`.
with

campaign_days as (
    select
        store_id,
        source,
        campaign_platform,
        platform,
        campaign_id,
        day,
        {{ week_start('day') }} as week_start,
        spend,
        revenue,
        conversions,
        is_settled
    from {{ ref('int_ad_facts__campaign_days') }}
    where {{ dbt.datediff('day', as_of_date(), 'day') }} < {{ var('correlation_days') }}
),

levels as (
    select
        'campaign' as level,
        store_id,
        campaign_platform as platform,
        source,
        campaign_id,
        day,
        week_start,
        spend,
        revenue,
        conversions,
        is_settled
    from campaign_days
    union all
    select
        'platform' as level,
        store_id,
        platform,
        'all' as source,
        'all' as campaign_id,
        day,
        week_start,
        spend,
        revenue,
        conversions,
        is_settled
    from campaign_days
    union all
    select
        'store' as level,
        store_id,
        'all' as platform,
        'all' as source,
        'all' as campaign_id,
        day,
        week_start,
        spend,
        revenue,
        conversions,
        is_settled
    from campaign_days
),

all_levels as (
    select * from levels
    union all
    select
        level,
        'all' as store_id,
        platform,
        source,
        campaign_id,
        day,
        week_start,
        spend,
        revenue,
        conversions,
        is_settled
    from levels
    where level <> 'campaign'
),

points as (
    select
        store_id,
        level,
        platform,
        source,
        campaign_id,
        'day' as frequency,
        day as period_start,
        {{ decimal('sum(spend)') }} as spend,
        {{ decimal('sum(revenue)') }} as revenue,
        cast(sum(conversions) as {{ type_ratio() }}) as conversions
    from all_levels
    group by store_id, level, platform, source, campaign_id, day
    having not {{ dbt.bool_or('not is_settled') }}
    union all
    select
        store_id,
        level,
        platform,
        source,
        campaign_id,
        'week' as frequency,
        week_start as period_start,
        {{ decimal('sum(spend)') }} as spend,
        {{ decimal('sum(revenue)') }} as revenue,
        cast(sum(conversions) as {{ type_ratio() }}) as conversions
    from all_levels
    where
        {{ dbt.datediff('week_start', as_of_date(), 'day') }}
        between 6 and {{ var('correlation_days') }} - 1
    group by store_id, level, platform, source, campaign_id, week_start
    having not {{ dbt.bool_or('not is_settled') }}
),

final as (
    select * from points
    where spend > 0
)

select * from final
