"""What must be summed up to show the shop as of an instant: tables `live.<name>_state`.

By order: updated_at, financial status, tags and note. By variant, product and customer: the latest
event after creation. `{now}` stands for the instant.
"""

ORDER_STATE = """
with

deleted as (
    select order_id from main.orders where deleted_at <= {now}
),

paid as (
    select
        order_id,
        coalesce(sum(amount) filter (where kind in ('SALE', 'CAPTURE')), 0) as captured,
        coalesce(sum(amount) filter (where kind = 'REFUND'), 0) as refunded,
        bool_or(kind = 'VOID') as is_voided
    from main.transactions
    where status = 'SUCCESS' and processed_at <= {now}
    group by order_id
),

payments as (
    select order_id, max(processed_at) as happened_at
    from main.transactions
    where processed_at <= {now}
    group by order_id
),

refunded as (
    select order_id, max(processed_at) as happened_at
    from main.refunds
    where processed_at <= {now}
    group by order_id
),

returned as (
    select order_id, max(happened_at) as happened_at
    from (
        unpivot main.returns
        on requested_at, approved_at, declined_at, canceled_at, received_at, inspected_at, closed_at
        into name step value happened_at
    )
    where happened_at <= {now}
    group by order_id
),

touched as (
    select
        order_id,
        max(touched_at) as happened_at,
        string_agg(tag, ', ' order by touched_at) as tags,
        arg_max(note, touched_at) as note
    from main.order_touches
    where touched_at <= {now}
    group by order_id
)

select
    orders.order_id,
    greatest(
        orders.created_at,
        case when orders.edited_at <= {now} then orders.edited_at end,
        case when orders.cancelled_at <= {now} then orders.cancelled_at end,
        case when orders.closed_at <= {now} then orders.closed_at end,
        payments.happened_at,
        refunded.happened_at,
        returned.happened_at,
        touched.happened_at
    ) as updated_at,
    case
        when paid.is_voided then 'VOIDED'
        when paid.refunded > 0 and paid.refunded >= paid.captured then 'REFUNDED'
        when paid.refunded > 0 then 'PARTIALLY_REFUNDED'
        when paid.captured > 0 then 'PAID'
        when orders.financial_status = 'PAID' and payments.order_id is null then 'PAID'
        else 'PENDING'
    end as financial_status,
    touched.tags,
    touched.note
from main.orders
left join paid on orders.order_id = paid.order_id
left join payments on orders.order_id = payments.order_id
left join refunded on orders.order_id = refunded.order_id
left join returned on orders.order_id = returned.order_id
left join touched on orders.order_id = touched.order_id
where
    orders.created_at <= {now}
    and orders.order_id not in (select order_id from deleted)
order by orders.order_id
"""

VARIANT_STATE = """
with changes as (
    select variant_id, effective_at as happened_at
    from main.price_changes
    where effective_at <= {now}
    union all
    select cost_history.variant_id, cast(cost_history.effective_date as timestamp)
    from main.cost_history
    inner join main.variants on cost_history.variant_id = variants.variant_id
    where
        cast(cost_history.effective_date as timestamp) <= {now}
        and cost_history.effective_date > variants.created_at
)

select variant_id, max(happened_at) as happened_at
from changes
group by variant_id
"""

PRODUCT_STATE = """
with changes as (
    select variants.product_id, variant_state.happened_at
    from live.variant_state
    inner join main.variants on variant_state.variant_id = variants.variant_id
    union all
    select product_id, changed_at
    from main.product_titles
    where changed_at <= {now}
)

select product_id, max(happened_at) as happened_at
from changes
group by product_id
"""

CUSTOMER_STATE = """
select customer_id, max(created_at) as happened_at
from main.orders
where created_at <= {now} and customer_id is not null
group by customer_id
"""

# In the order in which they refer to each other.
STATES = {
    "order_state": ORDER_STATE,
    "variant_state": VARIANT_STATE,
    "product_state": PRODUCT_STATE,
    "customer_state": CUSTOMER_STATE,
}
