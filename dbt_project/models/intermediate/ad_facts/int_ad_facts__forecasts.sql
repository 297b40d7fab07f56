-- What the latest run expects of each platform's spend, conversions and revenue, side by side.
with

forecasts as (
    select * from {{ ref('stg_ml__forecasts') }}
    where level = 'platform'
),

latest as (
    select * from {{ ref('int_forecast_runs__latest') }}
),

final as (
    select
        forecasts.store_id,
        forecasts.entity as platform,
        forecasts.period_type,
        forecasts.period_start,
        forecasts.period_end,
        max(forecasts.days) as days,
        {{ ad_forecasts_side_by_side() }},
        forecasts.as_of_date
    from forecasts
    inner join latest
        on forecasts.store_id = latest.store_id
        and forecasts.level = latest.level
        and forecasts.as_of_date = latest.as_of_date
    group by
        forecasts.store_id,
        forecasts.entity,
        forecasts.period_type,
        forecasts.period_start,
        forecasts.period_end,
        forecasts.as_of_date
)

select * from final
