-- One word for the stock of each SKU. More than sells in `overstock_days`, at the pace of the last
-- days or of the year, whichever is faster, is overstock; what came in of late has time to sell.
with

positions as (
    select * from {{ ref('int_inventory__positions') }}
),

paced as (
    select
        *,
        {{ overstock_point('recent_units', 'annual_demand') }} as overstock_point
    from positions
),

judged as (
    select
        *,
        quantity_on_hand > overstock_point
        and (
            recent_units > 0
            or coalesce(days_without_sale >= {{ var('velocity_window_days') }}, false)
        ) as is_overstocked
    from paced
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
        {{ stock_status(
            'quantity_available', 'safety_stock', 'reorder_point', 'is_dead', 'is_overstocked'
        ) }} as stock_status,
        quantity_on_hand,
        quantity_reserved,
        quantity_available,
        on_order_units,
        next_delivery_date,
        unit_cost,
        stock_value,
        average_daily_units,
        days_of_inventory,
        safety_stock,
        reorder_point,
        overstock_point,
        case
            when has_own_reorder_point then 'product'
            else 'demand'
        end as reorder_point_source,
        last_sale_date,
        first_received_date,
        days_without_sale
    from judged
)

select * from final
