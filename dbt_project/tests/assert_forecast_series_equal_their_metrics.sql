-- A row is a day on which a series shows something else than the metrics of sales and ads do.
with

days as (
    select
        series.store_id,
        series.level,
        series.measure,
        series.entity,
        days.day,
        days.observed
    from {{ ref('int_forecast__days') }} as days
    inner join {{ ref('int_forecast__series') }} as series on days.series_id = series.series_id
    where days.observed <> 0
),

store_days as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'day'
),

category_days as (
    select * from {{ ref('sales__metrics_by_category') }}
    where period_type = 'day'
),

platform_days as (
    select * from {{ ref('ads__metrics_by_platform') }}
    where period_type = 'day'
),

metrics as (
    select
        store_id, 'store' as level, 'revenue' as measure, 'total' as entity, period_start as day,
        total_revenue as value
    from store_days
    union all
    select
        store_id, 'store' as level, 'orders' as measure, 'total' as entity, period_start as day,
        orders_count as value
    from store_days
    union all
    select
        store_id, 'store' as level, 'units' as measure, 'total' as entity, period_start as day,
        total_units_sold as value
    from store_days
    union all
    select
        store_id, 'category' as level, 'revenue' as measure, category as entity,
        period_start as day, total_revenue as value
    from category_days
    union all
    select
        store_id, 'category' as level, 'units' as measure, category as entity,
        period_start as day, total_units_sold as value
    from category_days
    union all
    select
        store_id, 'channel' as level, 'revenue' as measure, channel as entity,
        period_start as day, total_revenue as value
    from {{ ref('sales__metrics_by_channel') }}
    where period_type = 'day'
    union all
    select
        store_id, 'sku' as level, 'units' as measure, sku as entity, period_start as day,
        total_units_sold as value
    from {{ ref('sales__metrics_by_product') }}
    where period_type = 'day'
    union all
    select
        store_id, 'platform' as level, 'spend' as measure, platform as entity,
        period_start as day, total_ad_spend as value
    from platform_days
    union all
    select
        store_id, 'platform' as level, 'conversions' as measure, platform as entity,
        period_start as day, conversions as value
    from platform_days
    union all
    select
        store_id, 'platform' as level, 'revenue' as measure, platform as entity,
        period_start as day, revenue_from_ads as value
    from platform_days
),

metric_days as (
    select * from metrics
    where store_id <> 'all' and value <> 0
),

final as (
    select
        coalesce(days.store_id, metric_days.store_id) as store_id,
        coalesce(days.level, metric_days.level) as level,
        coalesce(days.measure, metric_days.measure) as measure,
        coalesce(days.entity, metric_days.entity) as entity,
        coalesce(days.day, metric_days.day) as day,
        days.observed,
        metric_days.value
    from days
    full outer join metric_days
        on days.store_id = metric_days.store_id
        and days.level = metric_days.level
        and days.measure = metric_days.measure
        and days.entity = metric_days.entity
        and days.day = metric_days.day
    where abs(coalesce(days.observed, 0) - coalesce(metric_days.value, 0)) > 0.0001
)

select * from final
