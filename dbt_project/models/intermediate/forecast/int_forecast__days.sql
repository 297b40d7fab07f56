-- Every day of every series, days without a sale too. The units of categories and stores are those
-- of their SKUs, what stock-outs hid included.
with

series as (
    select * from {{ ref('int_forecast__series') }}
),

calendar as (
    select * from {{ ref('core__calendar') }}
),

sku_days as (
    select * from {{ ref('int_forecast__sku_days') }}
),

measured as (
    select * from {{ ref('int_forecast__measured') }}
),

category_days as (
    select
        store_id,
        category,
        day,
        sum(y) as y,
        sum(observed) as observed
    from sku_days
    group by store_id, category, day
),

summed as (
    select
        store_id,
        level,
        measure,
        entity,
        day,
        coalesce(expected, value) as y,
        value as observed,
        expected is not null as is_censored
    from measured
    union all
    select
        store_id,
        'category' as level,
        'units' as measure,
        category as entity,
        day,
        y,
        observed,
        false as is_censored
    from category_days
    union all
    select
        store_id,
        'store' as level,
        'units' as measure,
        'total' as entity,
        day,
        sum(y) as y,
        sum(observed) as observed,
        false as is_censored
    from category_days
    group by store_id, day
),

all_days as (
    select
        series.series_id,
        calendar.day,
        coalesce(summed.y, 0) as y,
        coalesce(summed.observed, 0) as observed,
        coalesce(summed.is_censored, false) as is_censored
    from series
    inner join calendar on calendar.day between series.first_day and series.last_day
    left join summed
        on series.store_id = summed.store_id
        and series.level = summed.level
        and series.measure = summed.measure
        and series.entity = summed.entity
        and calendar.day = summed.day
    where series.level <> 'sku'
    union all
    select
        {{ forecast_series_id('store_id', "'sku'", "'units'", 'sku') }} as series_id,
        day,
        y,
        observed,
        is_censored
    from sku_days
),

final as (
    select
        series_id,
        cast(y as {{ type_double() }}) as y,
        cast(observed as {{ type_double() }}) as observed,
        is_censored,
        day
    from all_days
)

select * from final
