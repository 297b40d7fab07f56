-- How the forecasts of every kept run did: each period that is over beside what came in exactly the
-- days that the forecast was of. Of SKUs the 30, 60 and 90 days alone: orders are placed by those
-- sums, and a day of one SKU is mostly none or one. A sum is the difference of two running totals,
-- since many runs forecast the same days.
with

forecasts as (
    select * from {{ ref('stg_ml__forecasts') }}
    where
        as_of_date <= {{ as_of_date() }}
        and period_end <= {{ as_of_date() }}
        and (
            level in ('store', 'category', 'channel')
            or (level = 'sku' and period_type = 'horizon')
        )
),

calendar as (
    select * from {{ ref('core__calendar') }}
    where day <= {{ as_of_date() }}
),

measured_days as (
    select * from {{ ref('int_sales__measured_days') }}
),

series as (
    select
        store_id,
        level,
        measure,
        entity,
        min(period_start) as first_day
    from forecasts
    group by store_id, level, measure, entity
),

series_days as (
    select
        series.store_id,
        series.level,
        series.measure,
        series.entity,
        calendar.day,
        coalesce(measured_days.amount, 0) as amount
    from series
    inner join calendar on series.first_day <= calendar.day
    left join measured_days
        on series.store_id = measured_days.store_id
        and series.level = measured_days.level
        and series.measure = measured_days.measure
        and series.entity = measured_days.entity
        and calendar.day = measured_days.day
),

running as (
    select
        *,
        sum(amount) over (
            partition by store_id, level, measure, entity order by day
            rows between unbounded preceding and current row
        ) as total
    from series_days
),

compared as (
    select
        forecasts.store_id,
        forecasts.level,
        forecasts.measure,
        forecasts.entity,
        forecasts.period_type,
        forecasts.period_start,
        forecasts.period_end,
        forecasts.days,
        {{ dbt.datediff('forecasts.as_of_date', 'forecasts.period_end', 'day') }} as days_ahead,
        {{ decimal('forecasts.forecast') }} as forecast,
        {{ decimal('forecasts.lower_80') }} as lower_80,
        {{ decimal('forecasts.upper_80') }} as upper_80,
        {{ decimal('forecasts.lower_95') }} as lower_95,
        {{ decimal('forecasts.upper_95') }} as upper_95,
        {{ decimal('last_days.total - first_days.total + first_days.amount') }} as actual,
        forecasts.model,
        forecasts.as_of_date
    from forecasts
    inner join running as first_days
        on forecasts.store_id = first_days.store_id
        and forecasts.level = first_days.level
        and forecasts.measure = first_days.measure
        and forecasts.entity = first_days.entity
        and forecasts.period_start = first_days.day
    inner join running as last_days
        on forecasts.store_id = last_days.store_id
        and forecasts.level = last_days.level
        and forecasts.measure = last_days.measure
        and forecasts.entity = last_days.entity
        and forecasts.period_end = last_days.day
),

final as (
    select
        store_id,
        level,
        measure,
        entity,
        period_type,
        period_start,
        period_end,
        days,
        days_ahead,
        forecast,
        lower_80,
        upper_80,
        lower_95,
        upper_95,
        actual,
        {{ decimal('forecast - actual') }} as error,
        {{ change_pct('forecast', 'actual') }} as error_pct,
        actual between lower_80 and upper_80 as is_within_80,
        actual between lower_95 and upper_95 as is_within_95,
        model,
        as_of_date
    from compared
)

select * from final
