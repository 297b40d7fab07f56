-- Stock that has lain without a sale, by how long, with what to do about it.
with

positions as (
    select * from {{ ref('int_inventory__positions') }}
    where quantity_on_hand > 0 and days_without_sale >= {{ var('slow_stock_days') }}
),

staged as (
    select
        *,
        case
            when days_without_sale >= {{ var('stale_stock_days') }} then 3
            when days_without_sale >= {{ var('dead_stock_days') }} then 2
            else 1
        end as stage
    from positions
),

advised as (
    select
        *,
        case stage
            when 1 then {{ var('slow_stock_discount_pct') }}
            when 2 then {{ var('dead_stock_discount_pct') }}
            else {{ var('stale_stock_discount_pct') }}
        end as discount_pct,
        case stage
            when 1 then 'promote'
            when 2 then 'mark_down'
            else 'clear_out'
        end as advice
    from staged
),

priced as (
    select
        *,
        {{ decimal('current_price * (100 - discount_pct) / 100') }} as clearance_price
    from advised
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
        case stage
            when 1 then '{{ var("slow_stock_days") }}+'
            when 2 then '{{ var("dead_stock_days") }}+'
            else '{{ var("stale_stock_days") }}+'
        end as days_bucket,
        advice,
        case
            when advice = 'promote'
                then 'Show it again: in bundles, on the home page, in a newsletter.'
            when advice = 'mark_down' then 'Mark it down and order no more of it.'
            when clearance_price < unit_cost
                then 'Clear it out below cost, give it back to the supplier or write it off.'
            else 'Clear it out, or give it back to the supplier.'
        end as advice_text,
        quantity_on_hand,
        on_order_units,
        unit_cost,
        stock_value,
        {{ decimal('stock_value * ' ~ var('holding_cost_rate')) }} as yearly_holding_cost,
        current_price,
        {{ count_of('discount_pct') }} as discount_pct,
        clearance_price,
        {{ decimal('clearance_price * quantity_on_hand') }} as expected_revenue,
        {{ decimal('(clearance_price - unit_cost) * quantity_on_hand') }} as expected_profit,
        last_sale_date,
        first_received_date,
        days_without_sale,
        is_dead,
        coalesce(clearance_price < unit_cost, false) as is_below_cost,
        coalesce(clearance_price < minimum_price, false) as is_below_minimum_price
    from priced
)

select * from final
