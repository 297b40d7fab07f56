-- What every kept run up to the as-of date expects of a store, its categories and its channels.
with

forecasts as (
    select * from {{ ref('stg_ml__forecasts') }}
    where level in ('store', 'category', 'channel') and as_of_date <= {{ as_of_date() }}
),

latest as (
    select * from {{ ref('int_forecast_runs__latest') }}
),

final as (
    select
        forecasts.store_id,
        forecasts.level,
        forecasts.measure,
        forecasts.entity,
        forecasts.period_type,
        forecasts.period_start,
        forecasts.period_end,
        forecasts.days,
        {{ decimal('forecasts.forecast') }} as forecast,
        {{ decimal('forecasts.lower_80') }} as lower_80,
        {{ decimal('forecasts.upper_80') }} as upper_80,
        {{ decimal('forecasts.lower_95') }} as lower_95,
        {{ decimal('forecasts.upper_95') }} as upper_95,
        {{ decimal('forecasts.lower') }} as lower,
        {{ decimal('forecasts.upper') }} as upper,
        cast(forecasts.interval_pct as {{ type_ratio() }}) as interval_pct,
        forecasts.model,
        latest.as_of_date is not null as is_latest,
        forecasts.as_of_date
    from forecasts
    left join latest
        on forecasts.store_id = latest.store_id
        and forecasts.level = latest.level
        and forecasts.as_of_date = latest.as_of_date
)

select * from final
