-- How each model that was tried did on the past of each series, and how what is published did.
with

accuracy as (
    select * from {{ ref('stg_ml__forecast_accuracy') }}
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
        {{ decimal('mae') }} as mae,
        {{ decimal('rmse') }} as rmse,
        cast(mape as {{ type_ratio() }}) as mape,
        cast(smape as {{ type_ratio() }}) as smape,
        cast(wape as {{ type_ratio() }}) as wape,
        cast(mase as {{ type_ratio() }}) as mase,
        {{ decimal('bias') }} as bias,
        cast(coverage_80 as {{ type_ratio() }}) as coverage_80,
        cast(coverage_95 as {{ type_ratio() }}) as coverage_95,
        origins,
        days,
        is_chosen,
        is_published,
        as_of_date
    from accuracy
)

select * from final
