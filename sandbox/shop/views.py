"""The shop as of an instant: views in the schema `live`, named and shaped like the tables of main.

`live.orders`, `live.products`, `live.variants` and `live.customers` carry `updated_at`, the latest
of the object's own events up to the instant. What happened later is not there.
"""

from __future__ import annotations

from datetime import datetime

import duckdb

from sandbox.shop.states import STATES
from sandbox.shop.stock_levels import LEVELS

PRODUCTS = """
with titles as (
    select
        product_id,
        arg_max(new_title, changed_at) filter (where changed_at <= {now}) as new_title,
        arg_min(old_title, changed_at) as first_title
    from main.product_titles
    group by product_id
)

select products.* replace (
    coalesce(titles.new_title, titles.first_title, products.title) as title,
    greatest(products.created_at, product_state.happened_at) as updated_at,
    cast(null as timestamp) as deleted_at
)
from main.products
left join titles on products.product_id = titles.product_id
left join live.product_state on products.product_id = product_state.product_id
where
    products.created_at <= {now}
    and coalesce(products.deleted_at > {now}, true)
"""

VARIANTS = """
with

prices as (
    select
        variant_id,
        arg_max(new_price, effective_at) filter (where effective_at <= {now}) as new_price,
        arg_min(old_price, effective_at) as first_price
    from main.price_changes
    group by variant_id
),

costs as (
    select
        variant_id,
        arg_max(unit_cost, effective_date) as unit_cost
    from main.cost_history
    where cast(effective_date as timestamp) <= {now}
    group by variant_id
)

select variants.* replace (
    coalesce(prices.new_price, prices.first_price, variants.price) as price,
    coalesce(costs.unit_cost, variants.unit_cost) as unit_cost,
    greatest(variants.created_at, variant_state.happened_at) as updated_at
)
from main.variants
inner join live.products on variants.product_id = products.product_id
left join prices on variants.variant_id = prices.variant_id
left join costs on variants.variant_id = costs.variant_id
left join live.variant_state on variants.variant_id = variant_state.variant_id
where variants.created_at <= {now}
"""

CUSTOMERS = """
select customers.* replace (
    greatest(customers.created_at, customer_state.happened_at) as updated_at
)
from main.customers
left join live.customer_state on customers.customer_id = customer_state.customer_id
where customers.created_at <= {now}
"""

ORDERS = """
select
    orders.* replace (
        case when orders.closed_at <= {now} then orders.closed_at end as closed_at,
        case when orders.cancelled_at <= {now} then orders.cancelled_at end as cancelled_at,
        case when orders.cancelled_at <= {now} then orders.cancel_reason end as cancel_reason,
        case when orders.edited_at <= {now} then orders.edited_at end as edited_at,
        cast(null as timestamp) as deleted_at,
        order_state.financial_status as financial_status,
        case
            when orders.closed_at <= {now} then orders.fulfillment_status
            else 'UNFULFILLED'
        end as fulfillment_status,
        concat_ws(', ', nullif(orders.tags, ''), order_state.tags) as tags,
        coalesce(order_state.note, orders.note) as note
    ),
    order_state.updated_at
from main.orders
inner join live.order_state on orders.order_id = order_state.order_id
"""

TODAY = """
    (select cast(timezone(time_zone, timezone('UTC', {now})) as date) from main.shop)
"""

IS_VISIBLE = """
    order_id <= {last_order}
    and order_id not in (select subject_id from live.deletions where subject_type = 'ORDER')
"""

OF_VISIBLE_REFUNDS = f"""
    {IS_VISIBLE}
    and refund_id in (select refund_id from main.refunds where processed_at <= {{now}})
"""

ORDER_LINES = f"""
select order_lines.* replace (
    case when gone.subject_id is null then order_lines.product_id end as product_id,
    case when gone.subject_id is null then order_lines.variant_id end as variant_id
)
from main.order_lines
left join live.deletions as gone
    on order_lines.product_id = gone.subject_id and gone.subject_type = 'PRODUCT'
where {IS_VISIBLE} and coalesce(order_lines.added_at <= {{now}}, true)
"""

RETURNS = f"""
select returns.* replace (
    case
        when declined_at <= {{now}} then 'DECLINED'
        when canceled_at <= {{now}} then 'CANCELED'
        when closed_at <= {{now}} then 'CLOSED'
        when approved_at <= {{now}} then 'OPEN'
        else 'REQUESTED'
    end as status,
    case when approved_at <= {{now}} then approved_at end as approved_at,
    case when declined_at <= {{now}} then declined_at end as declined_at,
    case when declined_at <= {{now}} then decline_reason end as decline_reason,
    case when declined_at <= {{now}} then decline_note end as decline_note,
    case when canceled_at <= {{now}} then canceled_at end as canceled_at,
    case when received_at <= {{now}} then received_at end as received_at,
    case when inspected_at <= {{now}} then inspected_at end as inspected_at,
    case when closed_at <= {{now}} then closed_at end as closed_at,
    case when refund_id in (select refund_id from live.refunds) then refund_id end as refund_id,
    case when approved_at <= {{now}} then restocking_fee end as restocking_fee,
    case when approved_at <= {{now}} then return_shipping_fee end as return_shipping_fee,
    case when received_at <= {{now}} then shipping_cost end as shipping_cost,
    case when inspected_at <= {{now}} then processing_cost end as processing_cost,
    case when inspected_at <= {{now}} then inspection_notes end as inspection_notes
)
from main.returns
where requested_at <= {{now}} and {IS_VISIBLE}
"""

RETURN_LINES = """
select return_lines.* replace (
    case when disposed_at <= {now} then condition end as condition,
    case when disposed_at <= {now} then disposition end as disposition,
    case when disposed_at <= {now} then location_id end as location_id,
    case when disposed_at <= {now} then disposed_at end as disposed_at,
    case when disposed_at <= {now} then restocked_value end as restocked_value,
    case when returns.refund_id is not null then refund_line_id end as refund_line_id
)
from main.return_lines
inner join live.returns on return_lines.return_id = returns.return_id
"""

PURCHASE_ORDERS = """
select purchase_orders.* replace (
    case when received_at <= {now} then quantity_received else 0 end as quantity_received,
    case when received_at <= {now} then delivered_on end as delivered_on,
    case when received_at <= {now} then status else 'open' end as status,
    case when received_at <= {now} then received_at end as received_at
)
from main.purchase_orders
where ordered_on <= {today}
"""

TRANSFERS = """
select transfers.* replace (
    case when received_at <= {now} then received_at end as received_at
)
from main.transfers
where shipped_at <= {now}
"""

# In the order in which they refer to each other.
VIEWS = {
    "deletions": "select * from main.deletions where deleted_at <= {now}",
    "shop": "select * from main.shop",
    "locations": "select * from main.locations",
    "suppliers": "select * from main.suppliers",
    "products": PRODUCTS,
    "product_titles": "select * from main.product_titles where changed_at <= {now}",
    "variants": VARIANTS,
    "price_changes": "select * from main.price_changes where effective_at <= {now}",
    "cost_history": "select * from main.cost_history where effective_date <= {now}",
    "promotions": "select * from main.promotions where starts_at <= {now}",
    "inventory_levels": "select * from live.stock_state",
    "stock_movements": "select * from main.stock_movements where moved_at <= {now}",
    "purchase_orders": PURCHASE_ORDERS,
    "transfers": TRANSFERS,
    "stock_counts": "select * from main.stock_counts where counted_at <= {now}",
    "customers": CUSTOMERS,
    "orders": ORDERS,
    "order_locations": f"select * from main.order_locations where {IS_VISIBLE}",
    "fulfillments": f"""
        select * from main.fulfillments where created_at <= {{now}} and {IS_VISIBLE}""",
    "order_touches": f"""
        select * from main.order_touches where touched_at <= {{now}} and {IS_VISIBLE}""",
    "order_lines": ORDER_LINES,
    "line_discounts": f"select * from main.line_discounts where {IS_VISIBLE}",
    "discount_applications": f"select * from main.discount_applications where {IS_VISIBLE}",
    "shipping_lines": f"select * from main.shipping_lines where {IS_VISIBLE}",
    "transactions": f"""
        select * from main.transactions where processed_at <= {{now}} and {IS_VISIBLE}""",
    "refunds": f"select * from main.refunds where processed_at <= {{now}} and {IS_VISIBLE}",
    "refund_lines": f"select * from main.refund_lines where {OF_VISIBLE_REFUNDS}",
    "refund_adjustments": f"select * from main.refund_adjustments where {OF_VISIBLE_REFUNDS}",
    "return_reasons": "select * from main.return_reasons",
    "returns": RETURNS,
    "return_lines": RETURN_LINES,
    "exchange_lines": """
        select * from main.exchange_lines
        where return_id in (select return_id from live.returns)""",
}


def last_order(con: duckdb.DuckDBPyConnection, now: datetime) -> int:
    """Ids grow with created_at, so that one number tells which orders are there."""
    row = con.execute(
        "select coalesce(max(order_id), 0) from main.orders where created_at <= ?", [now]
    ).fetchone()
    return int(row[0]) if row else 0


def show_as_of(con: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Makes the schema live show the shop as of `now` (naive UTC)."""
    instant = f"timestamp '{now.isoformat(sep=' ')}'"
    values = {
        "now": instant,
        "today": TODAY.format(now=instant),
        "last_order": str(last_order(con, now)),
    }
    con.execute("create schema if not exists live")
    for name, query in {**STATES, "stock_state": LEVELS}.items():
        con.execute(f"create or replace table live.{name} as {query.format(**values)}")
    for name, query in VIEWS.items():
        con.execute(f"create or replace view live.{name} as {query.format(**values)}")
