-- What each location needs of a SKU: thresholds from what it sold itself. What the shop sets for
-- the whole SKU is shared out by the units that each location sold (evenly where none sold).
with

inventory as (
    select * from {{ ref('core__inventory') }}
    where is_tracked
),

products as (
    select * from {{ ref('core__products') }}
),

demand as (
    select * from {{ ref('int_stock__demand') }}
),

on_order as (
    select
        store_id,
        sku,
        warehouse_location,
        sum(open_units) as on_order_units
    from {{ ref('int_stock__open_orders') }}
    group by store_id, sku, warehouse_location
),

sales as (
    select * from {{ ref('int_stock__location_sales') }}
),

measured as (
    select
        inventory.store_id,
        inventory.sku,
        inventory.warehouse_location,
        inventory.quantity_on_hand,
        inventory.quantity_available,
        coalesce(on_order.on_order_units, 0) as on_order_units,
        coalesce(sales.recent_units, 0) as recent_units,
        coalesce(sales.annual_units, 0) as annual_units,
        coalesce(sales.demand_share, 0) as demand_share,
        coalesce(sales.average_daily_units, 0) as average_daily_units,
        coalesce(sales.daily_units_deviation, 0) as daily_units_deviation,
        coalesce(demand.lead_time_days, {{ var('default_lead_time_days') }}) as lead_time_days,
        products.safety_stock_level,
        products.reorder_point as own_reorder_point,
        coalesce(products.status, 'active') <> 'discontinued' as is_reorderable
    from inventory
    left join products
        on inventory.store_id = products.store_id
        and inventory.sku = products.sku
    left join demand
        on inventory.store_id = demand.store_id
        and inventory.sku = demand.sku
    left join sales
        on inventory.store_id = sales.store_id
        and inventory.sku = sales.sku
        and inventory.warehouse_location = sales.warehouse_location
    left join on_order
        on inventory.store_id = on_order.store_id
        and inventory.sku = on_order.sku
        and inventory.warehouse_location = on_order.warehouse_location
),

buffered as (
    select
        *,
        {{ safety_units(
            'safety_stock_level * demand_share', 'daily_units_deviation', 'lead_time_days'
        ) }} as safety_units
    from measured
),

thresholds as (
    select
        *,
        {{ rounded_up('safety_units') }} as safety_stock,
        {{ rounded_up(
            'coalesce(own_reorder_point * demand_share, '
            ~ 'average_daily_units * lead_time_days + safety_units)'
        ) }} as reorder_point
    from buffered
),

final as (
    select
        store_id,
        sku,
        warehouse_location,
        {{ count_of('quantity_on_hand') }} as on_hand,
        {{ count_of('quantity_available') }} as available,
        {{ count_of('on_order_units') }} as on_order_units,
        recent_units,
        annual_units,
        demand_share,
        average_daily_units,
        daily_units_deviation,
        {{ safe_divide('lead_time_days', 1) }} as lead_time_days,
        safety_stock,
        reorder_point,
        greatest(
            {{ count_of('quantity_available') }} - reorder_point
            - {{ rounded_up('average_daily_units * ' ~ var('surplus_cover_days')) }},
            0
        ) as surplus_units,
        case
            when is_reorderable
                then greatest(
                    reorder_point - {{ count_of('quantity_available') }}
                    - {{ count_of('on_order_units') }},
                    0
                )
            else 0
        end as shortage_units
    from thresholds
)

select * from final
