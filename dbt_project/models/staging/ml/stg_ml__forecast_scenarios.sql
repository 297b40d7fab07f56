with

source as (
    select * from {{ source('raw_ml', 'forecast_scenarios') }}
),

final as (
    select
        store_id,
        measure,
        scenario,
        kind,
        day,
        forecast,
        base_forecast,
        price_change_pct,
        discount_change_pct,
        ad_spend_change_pct,
        effect_pct,
        reason,
        as_of_date
    from source
)

select * from final
