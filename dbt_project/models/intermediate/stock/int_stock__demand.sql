-- How each product sells as of the run, and when and how much of it to order: what
-- `inventory.metrics_by_product` tells of every period, for the day of the run alone.
with

terms as (
    select * from {{ ref('int_stock__terms') }}
),

sales as (
    select
        *,
        {{ dbt.datediff('day', as_of_date(), 'day') }} as days_ago
    from {{ ref('int_stock__sales') }}
),

products as (
    select * from {{ ref('core__products') }}
),

unit_costs as (
    select * from {{ ref('int_stock__unit_costs') }}
    where {{ as_of_date() }} between valid_from and valid_to
),

sold as (
    select
        store_id,
        sku,
        sum(case when days_ago < {{ var('velocity_window_days') }} then units else 0 end)
            as recent_units,
        sum(case when days_ago < {{ var('demand_window_days') }} then units else 0 end)
            as window_units,
        sum(case when days_ago < {{ var('demand_window_days') }} then units * units else 0 end)
            as window_squares,
        sum(case when days_ago < 365 then units else 0 end) as annual_units
    from sales
    group by store_id, sku
),

measured as (
    select
        terms.*,
        coalesce(sold.recent_units, 0) as recent_units,
        coalesce(sold.annual_units, 0) as annual_units,
        {{ daily_units_deviation(
            'coalesce(sold.window_units, 0)', 'coalesce(sold.window_squares, 0)'
        ) }} as daily_units_deviation,
        coalesce(unit_costs.unit_cost, products.unit_cost) as unit_cost
    from terms
    inner join products
        on terms.store_id = products.store_id
        and terms.sku = products.sku
    left join sold
        on terms.store_id = sold.store_id
        and terms.sku = sold.sku
    left join unit_costs
        on terms.store_id = unit_costs.store_id
        and terms.sku = unit_costs.sku
),

planned as (
    select
        *,
        {{ annual_demand('annual_units', 'demand_since', as_of_date()) }} as annual_demand,
        {{ safety_units('safety_stock_level', 'daily_units_deviation', 'lead_time_days') }}
            as safety_units
    from measured
),

final as (
    select
        store_id,
        sku,
        supplier_id,
        {{ safe_divide('recent_units', var('velocity_window_days')) }} as average_daily_units,
        cast(daily_units_deviation as {{ type_ratio() }}) as daily_units_deviation,
        {{ count_of('recent_units') }} as recent_units,
        {{ count_of('annual_units') }} as units_365,
        annual_demand,
        lead_time_days,
        {{ rounded_up('safety_units') }} as safety_stock,
        {{ reorder_point('recent_units', 'lead_time_days', 'safety_units') }} as reorder_point,
        {{ economic_order_quantity('annual_demand', 'unit_cost') }} as economic_order_quantity,
        first_received_date
    from planned
)

select * from final
