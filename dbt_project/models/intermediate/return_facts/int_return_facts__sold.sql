-- What was sold day by day, along everything that returns are looked at by.
with

lines as (
    select * from {{ ref('int_sales__lines') }}
),

orders as (
    select * from {{ ref('int_sales__orders') }}
),

products as (
    select * from {{ ref('int_return_facts__products') }}
),

customers as (
    select * from {{ ref('int_return_facts__customers') }}
),

final as (
    select
        lines.store_id,
        lines.order_day as day,
        lines.sku,
        lines.category,
        lines.brand,
        products.supplier_id,
        coalesce(customers.customer_segment, 'guest') as customer_segment,
        orders.channel,
        {{ count_of('sum(lines.units)') }} as units,
        {{ decimal('sum(lines.revenue)') }} as revenue
    from lines
    inner join orders
        on lines.store_id = orders.store_id
        and lines.order_id = orders.order_id
    inner join products
        on lines.store_id = products.store_id
        and lines.sku = products.sku
    left join customers
        on lines.store_id = customers.store_id
        and lines.customer_id = customers.customer_id
    group by
        lines.store_id,
        lines.order_day,
        lines.sku,
        lines.category,
        lines.brand,
        products.supplier_id,
        coalesce(customers.customer_segment, 'guest'),
        orders.channel
)

select * from final
