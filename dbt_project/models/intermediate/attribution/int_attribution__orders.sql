-- What is shared out over touches: what each valid order sold and cost, and whether it is the first
-- one of a known customer.
with

orders as (
    select * from {{ ref('int_sales__orders') }}
),

order_keys as (
    select * from {{ ref('int_touches__order_keys') }}
),

journeys as (
    select distinct
        store_id,
        order_id
    from {{ ref('int_touches__journeys') }}
    where order_id is not null
),

numbered as (
    select
        orders.*,
        order_keys.customer_key,
        order_keys.order_date,
        row_number() over (
            partition by orders.store_id, orders.customer_id
            order by order_keys.order_date, {{ by_text('orders.order_id') }}
        ) as order_number
    from orders
    inner join order_keys
        on orders.store_id = order_keys.store_id
        and orders.order_id = order_keys.order_id
),

final as (
    select
        numbered.store_id,
        numbered.order_id,
        numbered.customer_key,
        numbered.order_date,
        numbered.order_day,
        {{ decimal('numbered.revenue') }} as revenue,
        {{ decimal('numbered.cost_of_goods_sold') }} as cost_of_goods_sold,
        numbered.costed_line_count > 0 or numbered.line_count = 0 as has_cost,
        numbered.customer_id is not null and numbered.order_number = 1 as is_new_customer,
        journeys.order_id is not null as has_touches
    from numbered
    left join journeys
        on numbered.store_id = journeys.store_id
        and numbered.order_id = journeys.order_id
)

select * from final
