-- What each SKU is worth, of each store and of all together: the cost of what sold in the last
-- `inventory_abc_window_days`, and the stock of today.
with

lines as (
    select * from {{ ref('int_sales__lines') }}
    where
        {{ dbt.datediff('order_day', as_of_date(), 'day') }}
        < {{ var('inventory_abc_window_days') }}
),

positions as (
    select * from {{ ref('int_inventory__positions') }}
),

amounts as (
    select
        store_id,
        sku,
        units,
        cost_of_goods_sold,
        revenue,
        1 as lines_count,
        0 as quantity_on_hand,
        0 as stock_value
    from lines
    union all
    select
        store_id,
        sku,
        0 as units,
        0 as cost_of_goods_sold,
        0 as revenue,
        0 as lines_count,
        quantity_on_hand,
        coalesce(stock_value, 0) as stock_value
    from positions
),

store_values as (
    select
        store_id,
        sku,
        sum(units) as units,
        sum(cost_of_goods_sold) as consumption_value,
        sum(revenue) as revenue,
        sum(quantity_on_hand) as quantity_on_hand,
        sum(stock_value) as stock_value
    from amounts
    group by store_id, sku
    having sum(lines_count) > 0 or sum(quantity_on_hand) > 0
),

all_values as (
    select * from store_values
    union all
    select
        'all' as store_id,
        sku,
        sum(units) as units,
        sum(consumption_value) as consumption_value,
        sum(revenue) as revenue,
        sum(quantity_on_hand) as quantity_on_hand,
        sum(stock_value) as stock_value
    from store_values
    group by sku
),

final as (
    select
        store_id,
        sku,
        {{ count_of('units') }} as units,
        {{ decimal('consumption_value') }} as consumption_value,
        {{ decimal('revenue') }} as revenue,
        {{ count_of('quantity_on_hand') }} as quantity_on_hand,
        {{ decimal('stock_value') }} as stock_value
    from all_values
)

select * from final
