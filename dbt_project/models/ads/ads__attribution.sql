-- One row an order, touch and model: the part of the order that the model gives the touch. Parts
-- are rounded, and the last touch of the order that has one takes the rest: credits add up to 1
-- and amounts to those of the order, exactly. A touch without credit has no row.
with

orders as (
    select * from {{ ref('int_attribution__orders') }}
),

weights as (
    select * from {{ ref('int_attribution__weights') }}
),

models as (
    select * from {{ ref('int_attribution__models') }}
),

summed as (
    select
        *,
        sum(weight) over touches_of_order as order_weight,
        max(touch_number) over touches_of_order as last_touch_number
    from weights
    window touches_of_order as (partition by store_id, order_id, model)
),

shared as (
    select
        *,
        {{ safe_divide('weight', 'order_weight') }} as share,
        touch_number = last_touch_number as is_last
    from summed
),

credited as (
    select
        *,
        case
            when is_last
                then 1 - (sum(share) over (partition by store_id, order_id, model) - share)
            else share
        end as credit
    from shared
),

parts as (
    select
        orders.*,
        credited.touchpoint_id,
        credited.model,
        credited.channel,
        credited.campaign_id,
        credited.credit,
        credited.is_last,
        {{ decimal('orders.revenue * credited.credit') }} as revenue_part,
        {{ decimal('orders.cost_of_goods_sold * credited.credit') }} as cost_part
    from credited
    inner join orders
        on credited.store_id = orders.store_id
        and credited.order_id = orders.order_id
),

whole as (
    select
        *,
        sum(revenue_part) over parts_of_order as revenue_of_parts,
        sum(cost_part) over parts_of_order as cost_of_parts
    from parts
    window parts_of_order as (partition by store_id, order_id, model)
),

attributed as (
    select
        store_id,
        order_id,
        touchpoint_id,
        model,
        channel,
        campaign_id,
        credit,
        case when is_last then revenue - (revenue_of_parts - revenue_part) else revenue_part end
            as revenue,
        case
            when is_last then cost_of_goods_sold - (cost_of_parts - cost_part) else cost_part
        end as cost_of_goods_sold,
        has_cost,
        is_new_customer,
        order_day
    from whole
    union all
    select
        orders.store_id,
        orders.order_id,
        'unattributed' as touchpoint_id,
        models.model,
        'unattributed' as channel,
        null as campaign_id,
        1 as credit,
        orders.revenue,
        orders.cost_of_goods_sold,
        orders.has_cost,
        orders.is_new_customer,
        orders.order_day
    from orders
    inner join models on orders.store_id = models.store_id
    where not orders.has_touches
),

final as (
    select
        store_id,
        order_id,
        touchpoint_id,
        model,
        channel,
        campaign_id,
        order_day,
        cast(credit as {{ type_ratio() }}) as credit,
        {{ decimal('revenue') }} as revenue,
        {{ decimal('cost_of_goods_sold') }} as cost_of_goods_sold,
        has_cost,
        is_new_customer
    from attributed
)

select * from final
