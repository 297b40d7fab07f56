-- Valid orders up to the run's day with what their lines add up to; an order without lines counts.
with

orders as (
    select * from {{ ref('core__orders') }}
    where is_valid and order_day <= {{ as_of_date() }}
),

-- Read a second time for its few columns: that costs less than to keep the rows for two readers.
customer_orders as (
    select * from {{ ref('core__orders') }}
    where is_valid and order_day <= {{ as_of_date() }} and customer_id is not null
),

lines as (
    select * from {{ ref('int_sales__lines') }}
),

line_sums as (
    select
        store_id,
        order_id,
        count(*) as line_count,
        min(sku) <> max(sku) as has_several_products,
        sum(units) as units,
        sum(gross_sales) as gross_sales,
        sum(discounts) as discounts,
        sum(revenue) as revenue,
        sum(cost_of_goods_sold) as cost_of_goods_sold,
        sum(covered_line) as covered_line_count,
        sum(costed_line) as costed_line_count
    from lines
    group by store_id, order_id
),

first_orders as (
    select
        store_id,
        customer_id,
        min(order_day) as first_order_day
    from customer_orders
    group by store_id, customer_id
),

final as (
    select
        orders.store_id,
        orders.order_id,
        orders.customer_id,
        orders.order_day,
        orders.order_hour,
        orders.order_weekday,
        first_orders.first_order_day,
        coalesce(orders.channel, 'unknown') as channel,
        coalesce(orders.traffic_source, 'unknown') as traffic_source,
        coalesce(orders.device_type, 'unknown') as device_type,
        coalesce(orders.country, 'unknown') as country,
        coalesce(line_sums.has_several_products, false) as has_several_products,
        coalesce(line_sums.line_count, 0) as line_count,
        coalesce(line_sums.covered_line_count, 0) as covered_line_count,
        coalesce(line_sums.costed_line_count, 0) as costed_line_count,
        coalesce(line_sums.units, 0) as units,
        coalesce(line_sums.gross_sales, 0) as gross_sales,
        coalesce(line_sums.discounts, 0) as discounts,
        coalesce(line_sums.revenue, 0) as revenue,
        coalesce(line_sums.cost_of_goods_sold, 0) as cost_of_goods_sold,
        coalesce(orders.shipping_amount, 0) as shipping_amount,
        coalesce(orders.tax_amount, 0) as tax_amount
    from orders
    left join line_sums
        on orders.store_id = line_sums.store_id
        and orders.order_id = line_sums.order_id
    left join first_orders
        on orders.store_id = first_orders.store_id
        and orders.customer_id = first_orders.customer_id
)

select * from final
