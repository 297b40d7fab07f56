-- What the latest forecast says of when to order each SKU: the units that sell while a delivery is
-- on its way, and the reserve for the forecast's own error over those days. That error is told by
-- the interval of the horizon nearest to the lead time, its upper side: too much demand runs stock
-- out, too little does not. 1.281551566 deviations of a normal error reach the end of an 80 %
-- interval; errors of days add up by the root of their number.
with

positions as (
    select
        store_id,
        sku,
        cast({{ rounded_up('lead_time_days') }} as integer) as lead_days
    from {{ ref('int_inventory__positions') }}
),

demand as (
    select * from {{ ref('int_inventory__demand_forecast') }}
),

forecasts as (
    select * from {{ ref('stg_ml__forecasts') }}
    where level = 'sku' and period_type = 'horizon'
),

latest as (
    select * from {{ ref('int_forecast_runs__latest') }}
),

needed as (
    select
        positions.store_id,
        positions.sku,
        positions.lead_days,
        sum(
            case
                when demand.day <= {{ add_days('positions.lead_days', as_of_date()) }}
                    then demand.units
                else 0
            end
        ) as units
    from positions
    inner join demand
        on positions.store_id = demand.store_id
        and positions.sku = demand.sku
    group by positions.store_id, positions.sku, positions.lead_days
    -- A longer lead time than the forecast reaches is not told of.
    having max(demand.day) >= {{ add_days('positions.lead_days', as_of_date()) }}
),

horizons as (
    select
        needed.*,
        forecasts.days,
        {{ safe_divide('forecasts.upper_80 - forecasts.forecast', '1.281551566') }} as deviation,
        row_number() over (
            partition by needed.store_id, needed.sku
            order by abs(forecasts.days - needed.lead_days), forecasts.days
        ) as distance_rank
    from needed
    inner join forecasts
        on needed.store_id = forecasts.store_id
        and needed.sku = forecasts.entity
    inner join latest
        on forecasts.store_id = latest.store_id
        and forecasts.level = latest.level
        and forecasts.as_of_date = latest.as_of_date
),

reserved as (
    select
        store_id,
        sku,
        units,
        {{ service_level_z() }}
        * deviation * {{ square_root(safe_divide('lead_days', 'days')) }} as safety_units
    from horizons
    where distance_rank = 1
),

final as (
    select
        store_id,
        sku,
        cast(units as {{ type_ratio() }}) as forecast_lead_time_units,
        {{ rounded_up('safety_units') }} as forecast_safety_stock,
        {{ rounded_up('units + safety_units') }} as suggested_reorder_point
    from reserved
)

select * from final
