with

source as (
    select * from {{ source('raw_ml', 'forecasts') }}
),

final as (
    select
        store_id,
        level,
        measure,
        entity,
        warehouse_location,
        period_type,
        period_start,
        period_end,
        days,
        forecast,
        lower_80,
        upper_80,
        lower_95,
        upper_95,
        lower,
        upper,
        interval_pct,
        model,
        as_of_date
    from source
)

select * from final
