{#- From sales lines, for each value of one of their attributes: `entity_sales` holds the measures,
    `entity_orders` one row an order. -#}
{% macro sales_entity_orders(key) -%}
lines as (
    select * from {{ ref('int_sales__lines') }}
),

orders as (
    select * from {{ ref('int_sales__orders') }}
),

entity_sales as (
    select
        store_id,
        {{ key }},
        order_day,
        1 as line_count,
        covered_line as covered_line_count,
        costed_line as costed_line_count,
        units,
        gross_sales,
        discounts,
        revenue,
        cost_of_goods_sold
    from lines
),

order_keys as (
    select distinct
        store_id,
        {{ key }},
        order_id
    from lines
),

entity_orders as (
    select
        order_keys.*,
        orders.order_day,
        orders.customer_id,
        orders.first_order_day,
        orders.has_several_products
    from order_keys
    inner join orders
        on order_keys.store_id = orders.store_id
        and order_keys.order_id = orders.order_id
)
{%- endmacro %}
