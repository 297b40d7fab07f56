-- What each ad did on each platform that showed it, over the last 30 and 90 days; an ad that never
-- was shown stands with its own platform.
with

ads as (
    select * from {{ ref('core__ads') }}
),

performance as (
    select * from {{ ref('core__ad_performance') }}
    where not is_unallocated and ad_id is not null and date <= {{ as_of_date() }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where period_type in ('last_30_days', 'last_90_days') and not is_comparison
),

shown as (
    select distinct
        store_id,
        source,
        platform,
        campaign_id,
        ad_id
    from performance
),

places as (
    select
        ads.store_id,
        ads.source,
        coalesce(shown.platform, ads.platform) as platform,
        ads.campaign_id,
        ads.ad_id,
        periods.period_type,
        periods.period_start,
        periods.elapsed_end
    from ads
    cross join periods
    left join shown
        on ads.store_id = shown.store_id
        and ads.source = shown.source
        and ads.campaign_id = shown.campaign_id
        and ads.ad_id = shown.ad_id
),

final as (
    select
        places.store_id,
        places.source,
        places.platform,
        places.campaign_id,
        places.ad_id,
        places.period_type,
        {{ count_of('coalesce(sum(performance.impressions), 0)') }} as impressions,
        {{ count_of('coalesce(sum(performance.clicks), 0)') }} as clicks,
        {{ decimal('coalesce(sum(performance.spend), 0)') }} as spend,
        {{ decimal(
            'coalesce(sum(case when performance.is_settled then performance.spend end), 0)'
        ) }} as settled_spend,
        cast(coalesce(sum(performance.conversions), 0) as {{ type_ratio() }}) as conversions,
        {{ decimal('coalesce(sum(performance.revenue), 0)') }} as revenue
    from places
    left join performance
        on places.store_id = performance.store_id
        and places.source = performance.source
        and places.platform = performance.platform
        and places.campaign_id = performance.campaign_id
        and places.ad_id = performance.ad_id
        and performance.date between places.period_start and places.elapsed_end
    group by
        places.store_id,
        places.source,
        places.platform,
        places.campaign_id,
        places.ad_id,
        places.period_type
)

select * from final
