-- Whose each order is. A guest's order is that of the visitor of the (latest) visit that led to it.
with

orders as (
    select * from {{ ref('core__orders') }}
),

sessions as (
    select
        *,
        row_number() over (
            partition by store_id, order_id
            order by started_at desc, {{ by_text('session_id') }}
        ) as visit_rank
    from {{ ref('core__sessions') }}
    where order_id is not null
),

final as (
    select
        orders.store_id,
        orders.order_id,
        {{ customer_key(
            'coalesce(orders.customer_id, sessions.customer_id)',
            'sessions.visitor_id',
            'orders.order_id',
            "''",
        ) }} as customer_key,
        orders.customer_id,
        orders.order_date,
        orders.order_day,
        orders.is_test,
        orders.is_deleted,
        orders.is_valid
    from orders
    left join sessions
        on orders.store_id = sessions.store_id
        and orders.order_id = sessions.order_id
        and sessions.visit_rank = 1
)

select * from final
