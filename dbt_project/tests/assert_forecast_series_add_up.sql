-- A row is a store's day on which the series of a level do not add up to the store's: revenue of
-- categories and channels, units of categories and SKUs, as observed and as learned from.
with

series as (
    select * from {{ ref('int_forecast__series') }}
    where level in ('store', 'category', 'channel', 'sku') and measure in ('revenue', 'units')
),

days as (
    select * from {{ ref('int_forecast__days') }}
),

levels as (
    select
        series.store_id,
        series.measure,
        series.level,
        days.day,
        sum(days.y) as y,
        sum(days.observed) as observed
    from days
    inner join series on days.series_id = series.series_id
    group by series.store_id, series.measure, series.level, days.day
),

stores as (
    select * from levels
    where level = 'store'
),

parts as (
    select * from levels
    where level <> 'store'
),

final as (
    select
        coalesce(stores.store_id, parts.store_id) as store_id,
        coalesce(stores.measure, parts.measure) as measure,
        parts.level,
        coalesce(stores.day, parts.day) as day,
        stores.y as y_of_store,
        parts.y as y_of_parts,
        stores.observed as observed_of_store,
        parts.observed as observed_of_parts
    from parts
    full outer join stores
        on parts.store_id = stores.store_id
        and parts.measure = stores.measure
        and parts.day = stores.day
    where
        abs(coalesce(stores.y, 0) - coalesce(parts.y, 0)) > 0.0001
        or abs(coalesce(stores.observed, 0) - coalesce(parts.observed, 0)) > 0.0001
)

select * from final
