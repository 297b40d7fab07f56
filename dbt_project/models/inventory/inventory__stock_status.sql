-- One word for the stock of each SKU. Beyond `overstock_days` of supply is overstock, and so is
-- stock of which nothing sold in the velocity window, unless it came in within it.
with

positions as (
    select * from {{ ref('int_inventory__positions') }}
),

judged as (
    select
        *,
        case
            when average_daily_units > 0 then days_of_inventory > {{ var('overstock_days') }}
            else coalesce(days_without_sale >= {{ var('velocity_window_days') }}, false)
        end as is_overstocked
    from positions
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
        {{ rounded_up('average_daily_units * ' ~ var('overstock_days')) }} as overstock_point,
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
