{#- `entity_orders` from sales lines: one row for each order and each value of a line's
    attribute. -#}
{% macro sales_entity_orders(key) -%}
lines as (
    select * from {{ ref('int_sales__lines') }}
),

orders as (
    select * from {{ ref('int_sales__orders') }}
),

line_sums as (
    select
        store_id,
        {{ key }},
        order_id,
        count(*) as line_count,
        sum(covered_line) as covered_line_count,
        sum(costed_line) as costed_line_count,
        sum(units) as units,
        sum(gross_sales) as gross_sales,
        sum(discounts) as discounts,
        sum(revenue) as revenue,
        sum(cost_of_goods_sold) as cost_of_goods_sold
    from lines
    group by store_id, {{ key }}, order_id
),

entity_orders as (
    select
        line_sums.*,
        orders.order_day,
        orders.customer_id,
        orders.first_order_day,
        orders.has_several_products
    from line_sums
    inner join orders
        on line_sums.store_id = orders.store_id
        and line_sums.order_id = orders.order_id
)
{%- endmacro %}
