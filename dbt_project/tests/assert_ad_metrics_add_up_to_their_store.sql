-- A row is a period in which campaigns, platforms or objectives do not add up to the store, or the
-- stores to the total of all.
with

metrics as (
    select * from {{ ref('ads__metrics') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where not is_comparison
),

parts as (
    select
        'campaign' as entity,
        store_id,
        period_type,
        period_start,
        total_ad_spend,
        impressions,
        clicks,
        conversions,
        revenue_from_ads
    from {{ ref('ads__metrics_by_campaign') }}
    union all
    select
        'platform' as entity,
        store_id,
        period_type,
        period_start,
        total_ad_spend,
        impressions,
        clicks,
        conversions,
        revenue_from_ads
    from {{ ref('ads__metrics_by_platform') }}
    union all
    select
        'objective' as entity,
        store_id,
        period_type,
        period_start,
        total_ad_spend,
        impressions,
        clicks,
        conversions,
        revenue_from_ads
    from {{ ref('ads__metrics_by_objective') }}
    union all
    select
        'store' as entity,
        'all' as store_id,
        period_type,
        period_start,
        total_ad_spend,
        impressions,
        clicks,
        conversions,
        revenue_from_ads
    from metrics
    where store_id <> 'all'
),

summed as (
    select
        entity,
        store_id,
        period_type,
        period_start,
        sum(total_ad_spend) as total_ad_spend,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(conversions) as conversions,
        sum(revenue_from_ads) as revenue_from_ads
    from parts
    group by entity, store_id, period_type, period_start
),

names as (
    select distinct entity from parts
),

final as (
    select
        names.entity,
        metrics.store_id,
        metrics.period_type,
        metrics.period_start,
        metrics.total_ad_spend as spend_of_store,
        summed.total_ad_spend as spend_of_parts
    from metrics
    inner join periods
        on metrics.period_type = periods.period_type
        and metrics.period_start = periods.period_start
    cross join names
    left join summed
        on metrics.store_id = summed.store_id
        and metrics.period_type = summed.period_type
        and metrics.period_start = summed.period_start
        and names.entity = summed.entity
    where
        (names.entity <> 'store' or metrics.store_id = 'all')
        and (
            metrics.total_ad_spend <> coalesce(summed.total_ad_spend, 0)
            or metrics.impressions <> coalesce(summed.impressions, 0)
            or metrics.clicks <> coalesce(summed.clicks, 0)
            or metrics.conversions <> coalesce(summed.conversions, 0)
            or metrics.revenue_from_ads <> coalesce(summed.revenue_from_ads, 0)
        )
)

select * from final
