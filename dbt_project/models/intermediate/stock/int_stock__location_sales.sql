-- What each location sold of a SKU itself: its pace, how much that varies, and its share of the
-- SKU. Days before the first movement have no row and count as days without a sale.
with

stock_daily as (
    select
        *,
        {{ dbt.datediff('day', as_of_date(), 'day') }} as days_ago,
        -sold as units
    from {{ ref('core__stock_daily') }}
    where day <= {{ as_of_date() }}
),

sold as (
    select
        store_id,
        sku,
        warehouse_location,
        sum(case when days_ago < {{ var('velocity_window_days') }} then units else 0 end)
            as recent_units,
        sum(case when days_ago < {{ var('demand_window_days') }} then units else 0 end)
            as window_units,
        sum(case when days_ago < {{ var('demand_window_days') }} then units * units else 0 end)
            as window_squares,
        sum(case when days_ago < 365 then units else 0 end) as annual_units
    from stock_daily
    group by store_id, sku, warehouse_location
),

shared as (
    select
        *,
        sum(greatest(annual_units, 0)) over (partition by store_id, sku) as sku_units,
        count(*) over (partition by store_id, sku) as location_count
    from sold
),

final as (
    select
        store_id,
        sku,
        warehouse_location,
        {{ count_of('greatest(recent_units, 0)') }} as recent_units,
        {{ count_of('annual_units') }} as annual_units,
        case
            when sku_units > 0 then {{ safe_divide('greatest(annual_units, 0)', 'sku_units') }}
            else {{ safe_divide(1, 'location_count') }}
        end as demand_share,
        {{ safe_divide('greatest(recent_units, 0)', var('velocity_window_days')) }}
            as average_daily_units,
        cast({{ daily_units_deviation('window_units', 'window_squares') }} as {{ type_ratio() }})
            as daily_units_deviation
    from shared
)

select * from final
