-- Which customer a visitor is: the one whom most of the visits and touches of the visitor name,
-- themselves or by their order. A customer with several devices is several visitors.
with

web_sessions as (
    select * from {{ ref('stg_files__web_sessions') }}
),

touchpoints as (
    select * from {{ ref('stg_files__touchpoints') }}
),

orders as (
    select * from {{ ref('core__orders') }}
),

named as (
    select
        web_sessions.store_id,
        web_sessions.visitor_id,
        coalesce(orders.customer_id, web_sessions.customer_id) as customer_id
    from web_sessions
    left join orders
        on web_sessions.store_id = orders.store_id
        and web_sessions.order_id = orders.order_id
    union all
    select
        store_id,
        visitor_id,
        customer_id
    from touchpoints
),

counted as (
    select
        store_id,
        visitor_id,
        customer_id,
        count(*) as times_named
    from named
    where visitor_id is not null and customer_id is not null
    group by store_id, visitor_id, customer_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id, visitor_id
            order by times_named desc, {{ by_text('customer_id') }}
        ) as customer_rank
    from counted
),

final as (
    select
        store_id,
        visitor_id,
        customer_id
    from ranked
    where customer_rank = 1
)

select * from final
