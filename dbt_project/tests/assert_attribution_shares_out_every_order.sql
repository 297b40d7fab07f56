-- A row is an order whose credits by a model do not add up to 1, its amounts not to its own, or
-- that a model of its store leaves out.
with

orders as (
    select * from {{ ref('int_attribution__orders') }}
),

models as (
    select * from {{ ref('int_attribution__models') }}
),

shared as (
    select
        store_id,
        order_id,
        model,
        sum(credit) as credit,
        sum(revenue) as revenue,
        sum(cost_of_goods_sold) as cost_of_goods_sold
    from {{ ref('ads__attribution') }}
    group by store_id, order_id, model
),

final as (
    select
        orders.store_id,
        orders.order_id,
        models.model,
        shared.credit,
        shared.revenue,
        orders.revenue as order_revenue
    from orders
    inner join models on orders.store_id = models.store_id
    left join shared
        on orders.store_id = shared.store_id
        and orders.order_id = shared.order_id
        and models.model = shared.model
    where
        shared.order_id is null
        or shared.credit <> 1
        or shared.revenue <> orders.revenue
        or shared.cost_of_goods_sold <> orders.cost_of_goods_sold
)

select * from final
