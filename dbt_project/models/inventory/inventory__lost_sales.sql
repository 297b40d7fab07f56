-- What was not sold while nothing was there: days on which a SKU closed with nothing available at
-- any location, at the pace of the days on which there was some, less what sold on them anyway.
with

stockouts as (
    select * from {{ ref('int_inventory__stockouts') }}
    where stockout_days > 0
),

positions as (
    select * from {{ ref('int_inventory__positions') }}
    where is_reorderable
),

backorders as (
    select * from {{ ref('int_stock__backorders') }}
),

measured as (
    select
        stockouts.*,
        positions.product_name,
        positions.category,
        positions.brand,
        positions.supplier_id,
        positions.unit_cost,
        backorders.sku is not null as takes_backorders,
        coalesce(
            {{ safe_divide('stockouts.revenue', 'stockouts.units') }}, positions.current_price
        ) as unit_price,
        {{ safe_divide('stockouts.units - stockouts.stockout_units', 'stockouts.in_stock_days') }}
            as daily_velocity
    from stockouts
    inner join positions
        on stockouts.store_id = positions.store_id
        and stockouts.sku = positions.sku
    left join backorders
        on stockouts.store_id = backorders.store_id
        and stockouts.sku = backorders.sku
),

estimated as (
    select
        *,
        case
            when takes_backorders then 0
            when daily_velocity is not null
                then greatest(daily_velocity * stockout_days - stockout_units, 0)
        end as lost_units
    from measured
),

final as (
    select
        store_id,
        sku,
        product_name,
        category,
        brand,
        supplier_id,
        stockout_days,
        in_stock_days,
        {{ percent('stockout_days', 'stockout_days + in_stock_days') }} as stockout_pct,
        units as units_sold,
        stockout_units as stockout_units_sold,
        daily_velocity,
        {{ decimal('unit_price') }} as unit_price,
        {{ safe_divide('lost_units', 1) }} as lost_units,
        {{ decimal('lost_units * unit_price') }} as lost_revenue,
        {{ decimal('lost_units * (unit_price - unit_cost)') }} as lost_gross_profit,
        last_stockout_date,
        last_stockout_date = {{ as_of_date() }} as is_out_now,
        takes_backorders
    from estimated
)

select * from final
