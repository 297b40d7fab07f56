-- Every SKU with a transaction or a state in a period, and when and how much of it to order. Each
-- store orders for itself: the total of several stores has no reorder point and order quantity.
with

entity_days as (
    select * from {{ ref('int_inventory__days') }}
),

receipts as (
    select * from {{ ref('int_inventory__receipts') }}
),

{{ inventory_metrics(['sku']) }},

terms as (
    select * from {{ ref('int_stock__terms') }}
),

forecast as (
    select * from {{ ref('int_inventory__demand_forecast') }}
    where
        {{ dbt.datediff(as_of_date(), 'day', 'day') }}
        between 1 and {{ var('coverage_horizon_days') }}
),

single_stores as (
    select
        stores.store_id,
        single.store_id as single_store_id
    from stores
    inner join stores as single
        on not single.is_total
        and (stores.store_id = single.store_id or (stores.is_total and stores.store_count = 1))
),

forecast_sums as (
    select
        store_id,
        sku,
        sum(units) as units
    from forecast
    group by store_id, sku
    union all
    select
        'all' as store_id,
        sku,
        sum(units) as units
    from forecast
    group by sku
),

measured as (
    select
        metrics.*,
        entity_days.recent_units,
        entity_days.annual_units,
        entity_days.unit_cost,
        {{ daily_units_deviation('entity_days.window_units', 'entity_days.window_squares') }}
            as daily_units_deviation,
        terms.lead_time_days,
        terms.safety_stock_level,
        terms.demand_since,
        case when metrics.elapsed_end = {{ as_of_date() }} then forecast_sums.units end
            as forecast_units
    from metrics
    left join single_stores on metrics.store_id = single_stores.store_id
    left join entity_days
        on single_stores.single_store_id = entity_days.store_id
        and metrics.sku = entity_days.sku
        and metrics.elapsed_end = entity_days.day
    left join terms
        on single_stores.single_store_id = terms.store_id
        and metrics.sku = terms.sku
    left join forecast_sums
        on metrics.store_id = forecast_sums.store_id
        and metrics.sku = forecast_sums.sku
),

planned as (
    select
        *,
        {{ annual_demand('annual_units', 'demand_since', 'elapsed_end') }} as annual_demand,
        {{ safety_units('safety_stock_level', 'daily_units_deviation', 'lead_time_days') }}
            as safety_units
    from measured
),

final as (
    select
        store_id,
        sku,
        period_type,
        period_start,
        period_end,
        elapsed_end,
        days_elapsed,
        current_stock_quantity,
        stock_value,
        average_stock_value,
        opening_stock_quantity,
        units_received,
        units_sold,
        cost_of_goods_sold,
        days_of_inventory,
        {{ safe_divide('current_stock_quantity', 'forecast_units') }} as stock_coverage,
        inventory_turnover_ratio,
        inventory_turnover_annualized,
        sell_through_rate,
        sell_through_on_available,
        dead_stock_units,
        dead_stock_percentage,
        stockout_sku_days,
        sellable_sku_days,
        stockout_rate,
        average_lead_time,
        inventory_velocity,
        {{ safe_divide('recent_units', var('velocity_window_days')) }} as average_daily_units,
        cast(daily_units_deviation as {{ type_ratio() }}) as daily_units_deviation,
        annual_demand,
        lead_time_days,
        {{ rounded_up('safety_units') }} as safety_stock,
        {{ reorder_point('recent_units', 'lead_time_days', 'safety_units') }} as reorder_point,
        {{ economic_order_quantity('annual_demand', 'unit_cost') }} as economic_order_quantity,
        is_complete
    from planned
)

select * from final
