with

source as (
    select * from {{ source('raw_ml', 'forecast_accuracy') }}
),

final as (
    select
        store_id,
        level,
        measure,
        entity,
        warehouse_location,
        model,
        horizon_days,
        mae,
        rmse,
        mape,
        smape,
        wape,
        mase,
        bias,
        coverage_80,
        coverage_95,
        origins,
        days,
        is_chosen,
        is_published,
        as_of_date
    from source
)

select * from final
