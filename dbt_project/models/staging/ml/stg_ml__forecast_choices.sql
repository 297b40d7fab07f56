with

source as (
    select * from {{ source('raw_ml', 'forecast_choices') }}
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
        zero_days_pct,
        censored_days,
        as_of_date
    from source
)

select * from final
