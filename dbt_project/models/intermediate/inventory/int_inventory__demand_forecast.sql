-- The units that the latest run expects of each SKU on the days after the as-of date. A run that
-- does not reach over the whole of `coverage_horizon_days` tells nothing: part of the demand would
-- look like all of it.
with

forecasts as (
    select * from {{ ref('stg_ml__forecasts') }}
    where
        level = 'sku'
        and period_type = 'day'
        and period_start > {{ as_of_date() }}
),

latest as (
    select * from {{ ref('int_forecast_runs__latest') }}
),

days as (
    select
        forecasts.store_id,
        forecasts.entity as sku,
        forecasts.period_start as day,
        forecasts.forecast as units,
        max(forecasts.period_start) over (partition by forecasts.store_id) as last_day
    from forecasts
    inner join latest
        on forecasts.store_id = latest.store_id
        and forecasts.level = latest.level
        and forecasts.as_of_date = latest.as_of_date
),

final as (
    select
        store_id,
        sku,
        day,
        cast(units as {{ type_ratio() }}) as units
    from days
    where last_day >= {{ add_days(var('coverage_horizon_days'), as_of_date()) }}
)

select * from final
