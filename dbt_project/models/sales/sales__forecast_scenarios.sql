-- What every kept run up to the as-of date expects of a store if things go well or badly, and if
-- prices, promotions or ad spend were changed.
with

scenarios as (
    select * from {{ ref('stg_ml__forecast_scenarios') }}
    where as_of_date <= {{ as_of_date() }}
),

marked as (
    select
        *,
        max(as_of_date) over (partition by store_id) as latest_date
    from scenarios
),

final as (
    select
        store_id,
        measure,
        scenario,
        kind,
        day,
        {{ decimal('forecast') }} as forecast,
        {{ decimal('base_forecast') }} as base_forecast,
        cast(price_change_pct as {{ type_ratio() }}) as price_change_pct,
        cast(discount_change_pct as {{ type_ratio() }}) as discount_change_pct,
        cast(ad_spend_change_pct as {{ type_ratio() }}) as ad_spend_change_pct,
        cast(effect_pct as {{ type_ratio() }}) as effect_pct,
        reason,
        as_of_date = latest_date as is_latest,
        as_of_date
    from marked
)

select * from final
