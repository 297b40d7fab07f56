-- The units that the latest run expects of each SKU, and of each location that holds it, on each
-- day after the as-of date.
with

forecasts as (
    select * from {{ ref('stg_ml__forecasts') }}
    where
        level in ('sku', 'location')
        and period_type = 'day'
        and period_start > {{ as_of_date() }}
),

latest as (
    select * from {{ ref('int_forecast_runs__latest') }}
),

final as (
    select
        forecasts.store_id,
        forecasts.entity as sku,
        case when forecasts.level = 'sku' then 'all' else forecasts.warehouse_location end
            as warehouse_location,
        forecasts.period_start as day,
        forecasts.level,
        {{ dbt.datediff(as_of_date(), 'forecasts.period_start', 'day') }} as days_ahead,
        cast(forecasts.forecast as {{ type_ratio() }}) as forecast_units,
        cast(forecasts.lower_80 as {{ type_ratio() }}) as lower_80,
        cast(forecasts.upper_80 as {{ type_ratio() }}) as upper_80,
        cast(forecasts.lower_95 as {{ type_ratio() }}) as lower_95,
        cast(forecasts.upper_95 as {{ type_ratio() }}) as upper_95,
        cast(forecasts.lower as {{ type_ratio() }}) as lower,
        cast(forecasts.upper as {{ type_ratio() }}) as upper,
        cast(forecasts.interval_pct as {{ type_ratio() }}) as interval_pct,
        forecasts.model,
        forecasts.as_of_date
    from forecasts
    inner join latest
        on forecasts.store_id = latest.store_id
        and forecasts.level = latest.level
        and forecasts.as_of_date = latest.as_of_date
)

select * from final
