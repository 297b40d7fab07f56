-- The model that each series got in the latest run, and why; or why it got no forecast.
with

choices as (
    select * from {{ ref('stg_ml__forecast_choices') }}
),

final as (
    select
        store_id,
        level,
        measure,
        entity,
        warehouse_location,
        status,
        series_class,
        model,
        rule,
        reason,
        tried,
        history_days,
        first_day,
        last_day,
        cast(zero_days_pct as {{ type_ratio() }}) as zero_days_pct,
        censored_days,
        as_of_date
    from choices
)

select * from final
