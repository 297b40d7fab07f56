-- What to order of each SKU that the shop goes on selling, and by when. Due is what has, with the
-- units on order, fallen below its reorder point, and what sells and is neither there nor on order.
with

positions as (
    select
        *,
        quantity_available + on_order_units as inventory_position,
        greatest(
            coalesce(
                {{ rounded_up('nullif(economic_order_quantity, 0)') }},
                {{ rounded_up('average_daily_units * ' ~ var('reorder_cover_days')) }}
            ),
            1
        ) as lot,
        case
            when economic_order_quantity > 0 then 'economic_order_quantity'
            when average_daily_units > 0 then 'days_of_cover'
            else 'up_to_reorder_point'
        end as quantity_basis
    from {{ ref('int_inventory__positions') }}
    where is_reorderable
),

suppliers as (
    select * from {{ ref('core__suppliers') }}
),

forecast_terms as (
    select * from {{ ref('int_inventory__forecast_terms') }}
),

dated as (
    select
        *,
        inventory_position < reorder_point
        or (inventory_position <= 0 and annual_demand > 0) as is_due,
        {{ days_until_stockout('quantity_available', 'recent_units') }} as days_until_stockout,
        {{ rounded_down(
            days_of_stock('inventory_position - reorder_point', 'recent_units')
        ) }} as days_until_due
    from positions
),

sized as (
    select
        *,
        {{ pack_up('lot', 'order_multiple', 'minimum_order_quantity') }} as order_quantity,
        case
            when is_due
                then {{ pack_up(
                    'lot * greatest(' ~ rounded_up(
                        safe_divide('reorder_point - inventory_position', 'lot')
                    ) ~ ', 1)',
                    'order_multiple', 'minimum_order_quantity'
                ) }}
            else 0
        end as recommended_quantity,
        case
            when is_due then {{ as_of_date() }}
            when days_until_due <= {{ var('planning_horizon_days') }}
                then {{ add_days('cast(days_until_due as integer)', as_of_date()) }}
        end as order_by_date
    from dated
),

reasoned as (
    select
        *,
        case
            when is_due and quantity_available <= 0 then 'out_of_stock'
            when is_due and inventory_position < safety_stock then 'below_safety_stock'
            when is_due then 'below_reorder_point'
            when
                order_by_date <= {{ add_days(var('reorder_soon_days'), as_of_date()) }}
                then 'due_soon'
            when
                on_order_units > 0
                and (quantity_available < reorder_point or quantity_available <= 0)
                then 'on_order'
            when average_daily_units = 0 then 'no_recent_sales'
            else 'enough_stock'
        end as reason
    from sized
),

final as (
    select
        reasoned.store_id,
        reasoned.sku,
        reasoned.product_name,
        reasoned.category,
        reasoned.brand,
        reasoned.supplier_id,
        suppliers.supplier_name,
        reasoned.reason,
        {{ reorder_reason_text('reasoned') }} as reason_text,
        reasoned.quantity_basis,
        reasoned.quantity_available,
        reasoned.on_order_units,
        reasoned.inventory_position,
        reasoned.average_daily_units,
        reasoned.daily_units_deviation,
        reasoned.lead_time_days,
        reasoned.safety_stock,
        reasoned.reorder_point,
        reasoned.economic_order_quantity,
        reasoned.minimum_order_quantity,
        reasoned.order_multiple,
        reasoned.order_quantity,
        reasoned.recommended_quantity,
        reasoned.unit_cost,
        {{ decimal('reasoned.recommended_quantity * reasoned.unit_cost') }} as recommended_cost,
        reasoned.days_until_stockout,
        case
            when reasoned.days_until_stockout <= {{ var('planning_horizon_days') }}
                then {{ add_days(
                    'cast(' ~ rounded_down('reasoned.days_until_stockout') ~ ' as integer)',
                    as_of_date()
                ) }}
        end as stockout_date,
        reasoned.order_by_date,
        reasoned.next_delivery_date,
        forecast_terms.forecast_lead_time_units,
        forecast_terms.forecast_safety_stock,
        forecast_terms.suggested_reorder_point,
        reasoned.is_due,
        reasoned.has_overdue_order
    from reasoned
    left join suppliers
        on reasoned.store_id = suppliers.store_id
        and reasoned.supplier_id = suppliers.supplier_id
    left join forecast_terms
        on reasoned.store_id = forecast_terms.store_id
        and reasoned.sku = forecast_terms.sku
)

select * from final
