-- A row is a platform in the last 30 or 90 days whose spend is not that of its ads and of what it
-- leaves unallocated, or an element of ads (over 90 days) that does not hold all of their spend.
with

performance as (
    select * from {{ ref('core__ad_performance') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where period_type in ('last_30_days', 'last_90_days') and not is_comparison
),

platforms as (
    select
        store_id,
        platform,
        period_type,
        total_ad_spend
    from {{ ref('ads__metrics_by_platform') }}
    where store_id <> 'all' and period_type in ('last_30_days', 'last_90_days')
),

creatives as (
    select
        store_id,
        platform,
        period_type,
        sum(spend) as spend
    from {{ ref('ads__creatives') }}
    group by store_id, platform, period_type
),

rests as (
    select
        performance.store_id,
        performance.platform,
        periods.period_type,
        sum(performance.spend) as spend
    from performance
    inner join periods on performance.date between periods.period_start and periods.elapsed_end
    where performance.is_unallocated or performance.ad_id is null
    group by performance.store_id, performance.platform, periods.period_type
),

elements as (
    select
        store_id,
        platform,
        element,
        sum(spend) as spend
    from {{ ref('ads__creative_elements') }}
    group by store_id, platform, element
),

final as (
    select
        platforms.store_id,
        platforms.platform,
        platforms.period_type as part,
        platforms.total_ad_spend as spend_of_whole,
        coalesce(creatives.spend, 0) + coalesce(rests.spend, 0) as spend_of_parts
    from platforms
    left join creatives
        on platforms.store_id = creatives.store_id
        and platforms.platform = creatives.platform
        and platforms.period_type = creatives.period_type
    left join rests
        on platforms.store_id = rests.store_id
        and platforms.platform = rests.platform
        and platforms.period_type = rests.period_type
    where
        abs(
            platforms.total_ad_spend - coalesce(creatives.spend, 0) - coalesce(rests.spend, 0)
        ) > 0.01
    union all
    select
        elements.store_id,
        elements.platform,
        elements.element as part,
        coalesce(creatives.spend, 0) as spend_of_whole,
        elements.spend as spend_of_parts
    from elements
    left join creatives
        on elements.store_id = creatives.store_id
        and elements.platform = creatives.platform
        and creatives.period_type = 'last_90_days'
    where
        elements.store_id <> 'all'
        and elements.platform <> 'all'
        and abs(elements.spend - coalesce(creatives.spend, 0)) > 0.01
        and {{ var('ad_window_days') }} = 90
)

select * from final
