-- A customer's segment is the given one, else that of RFM; orders without a customer are guests'.
with

orders as (
    select * from {{ ref('int_sales__orders') }}
),

customers as (
    select * from {{ ref('sales__customers') }}
),

entity_orders as (
    select
        orders.*,
        coalesce(customers.customer_segment, customers.rfm_segment, 'guest') as customer_segment
    from orders
    left join customers
        on orders.store_id = customers.store_id
        and orders.customer_id = customers.customer_id
),

entity_sales as (
    select * from entity_orders
),

{{ sales_metrics(['customer_segment']) }},

metrics as (
    {{ sales_metrics_and_total(['customer_segment']) }}
)

select * from metrics
