-- Every tracked SKU of a store as of the run: what is there, what is coming, how it sells, and the
-- thresholds: those that the shop sets, else those worked out from demand.
with

stock as (
    select * from {{ ref('int_inventory__stock_now') }}
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
        sum(open_units) as on_order_units,
        min(expected_delivery_date) as next_delivery_date,
        max(case when is_overdue then 1 else 0 end) = 1 as has_overdue_order
    from {{ ref('int_stock__open_orders') }}
    group by store_id, sku
),

history as (
    select * from {{ ref('int_inventory__history') }}
),

joined as (
    select
        stock.*,
        coalesce(products.product_name, stock.sku) as product_name,
        coalesce(products.category, 'unknown') as category,
        coalesce(products.brand, 'unknown') as brand,
        demand.supplier_id,
        coalesce(products.status, 'active') as product_status,
        products.order_multiple,
        products.minimum_order_quantity,
        products.current_price,
        products.minimum_price,
        products.reorder_point as own_reorder_point,
        demand.safety_stock as known_safety_stock,
        demand.reorder_point as known_reorder_point,
        coalesce(on_order.on_order_units, 0) as on_order_units,
        on_order.next_delivery_date,
        coalesce(on_order.has_overdue_order, false) as has_overdue_order,
        coalesce(demand.recent_units, 0) as recent_units,
        coalesce(demand.daily_units_deviation, 0) as daily_units_deviation,
        coalesce(demand.annual_demand, 0) as annual_demand,
        coalesce(demand.lead_time_days, {{ var('default_lead_time_days') }}) as lead_time_days,
        demand.economic_order_quantity,
        history.last_sale_date,
        history.first_received_date,
        history.days_without_sale
    from stock
    left join products
        on stock.store_id = products.store_id
        and stock.sku = products.sku
    left join demand
        on stock.store_id = demand.store_id
        and stock.sku = demand.sku
    left join on_order
        on stock.store_id = on_order.store_id
        and stock.sku = on_order.sku
    left join history
        on stock.store_id = history.store_id
        and stock.sku = history.sku
),

-- Where nobody knows how long a delivery takes, the default says.
buffered as (
    select
        *,
        coalesce(
            known_safety_stock,
            {{ rounded_up(safety_units('null', 'daily_units_deviation', 'lead_time_days')) }}
        ) as safety_stock
    from joined
),

paced as (
    select
        *,
        {{ safe_divide('recent_units', var('velocity_window_days')) }} as average_daily_units
    from buffered
),

final as (
    select
        store_id,
        sku,
        product_name,
        category,
        brand,
        supplier_id,
        product_status,
        quantity_on_hand,
        quantity_reserved,
        quantity_available,
        {{ count_of('on_order_units') }} as on_order_units,
        next_delivery_date,
        order_multiple,
        minimum_order_quantity,
        unit_cost,
        current_price,
        minimum_price,
        stock_value,
        {{ count_of('recent_units') }} as recent_units,
        average_daily_units,
        {{ safe_divide('daily_units_deviation', 1) }} as daily_units_deviation,
        {{ safe_divide('annual_demand', 1) }} as annual_demand,
        {{ safe_divide('lead_time_days', 1) }} as lead_time_days,
        safety_stock,
        coalesce(
            own_reorder_point,
            known_reorder_point,
            {{ rounded_up('average_daily_units * lead_time_days + safety_stock') }}
        ) as reorder_point,
        {{ safe_divide('economic_order_quantity', 1) }} as economic_order_quantity,
        {{ days_of_stock('quantity_on_hand', 'recent_units') }} as days_of_inventory,
        last_sale_date,
        first_received_date,
        days_without_sale,
        own_reorder_point is not null as has_own_reorder_point,
        has_overdue_order,
        product_status <> 'discontinued' as is_reorderable,
        coalesce(days_without_sale >= {{ var('dead_stock_days') }}, false)
        and first_received_date is not null
        and quantity_on_hand > 0 as is_dead
    from paced
)

select * from final
