"""What somebody does to orders by hand, after the shop was generated; the books follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import duckdb

from sandbox.shop.spec import ShopSpec

TOUCH = """
insert into main.order_touches
select order_id, ?, ?, ? from main.orders where order_id in (select unnest(?))
"""

GOODWILL = """
create or replace temp table goodwill as
select
    orders.order_id,
    orders.order_id + 16 + coalesce(earlier.refund_count, 0) as refund_id,
    not (orders.is_test or orders.cancelled_at is not null or orders.deleted_at is not null)
        as is_valid,
    payments.parent_id,
    coalesce(payments.gateway, orders.payment_gateway) as gateway
from main.orders
left join (
    select order_id, count(*) as refund_count from main.refunds group by order_id
) as earlier on orders.order_id = earlier.order_id
left join (
    select order_id, min(transaction_id) as parent_id, arg_min(gateway, transaction_id) as gateway
    from main.transactions
    where kind in ('SALE', 'CAPTURE') and status = 'SUCCESS'
    group by order_id
) as payments on orders.order_id = payments.order_id
where orders.order_id in (select unnest($order_ids));

insert into main.refunds
select refund_id, order_id, $at, $note, $amount from goodwill;

insert into main.refund_adjustments
select refund_id * 2 + 1, refund_id, order_id, 'REFUND_DISCREPANCY', -$amount, 0 from goodwill;

insert into main.transactions
select refund_id, order_id, parent_id, refund_id, 'REFUND', 'SUCCESS', gateway, $amount, 0, $at
from goodwill
"""

# What one order stands for in the books, by the day on which it was booked.
BOOKED = """
with

chosen as (
    select * from main.orders
    where order_id = $order_id and not is_test and cancelled_at is null and deleted_at is null
),

removed as (
    select line_id, sum(quantity) as quantity, sum(subtotal) as subtotal, sum(tax_amount) as tax
    from main.refund_lines
    where order_id = $order_id and restock_type = 'CANCEL'
    group by line_id
),

discounts as (
    select line_id, sum(amount) as amount
    from main.line_discounts
    where order_id = $order_id
    group by line_id
),

lines as (
    select
        lines.quantity - coalesce(removed.quantity, 0) as quantity,
        lines.unit_price,
        lines.tax_amount as tax,
        lines.quantity * lines.unit_price - coalesce(discounts.amount, 0)
        - coalesce(removed.subtotal, 0) as amount,
        case when chosen.taxes_included then lines.tax_amount - coalesce(removed.tax, 0) else 0 end
            as included
    from main.order_lines as lines
    inner join chosen on lines.order_id = chosen.order_id
    left join removed on lines.line_id = removed.line_id
    left join discounts on lines.line_id = discounts.line_id
    where not lines.is_gift_card
),

line_sums as (
    select
        coalesce(sum(
            quantity * unit_price
            * case when amount = 0 then 1 else 1 - included / cast(amount as double) end
        ), 0) as gross,
        coalesce(sum(amount - included), 0) as net,
        coalesce(sum(tax), 0) as tax,
        coalesce(sum(quantity), 0) as units
    from lines
),

shipping as (
    select
        coalesce(sum(
            discounted_price - case when chosen.taxes_included then tax_amount else 0 end
        ), 0) as price,
        coalesce(sum(tax_amount), 0) as tax
    from main.shipping_lines
    inner join chosen on shipping_lines.order_id = chosen.order_id
),

returned as (
    select
        refund_id,
        sum(subtotal - case when chosen.taxes_included then tax_amount else 0 end) as amount
    from main.refund_lines
    inner join chosen on refund_lines.order_id = chosen.order_id
    where restock_type <> 'CANCEL'
    group by refund_id
),

adjusted as (
    select refund_id, sum(amount) as amount
    from main.refund_adjustments
    where order_id = $order_id
    group by refund_id
),

booked as (
    select
        chosen.processed_at as happened_at,
        line_sums.gross,
        line_sums.gross - line_sums.net as discounts,
        0 as returns,
        shipping.price as shipping,
        line_sums.tax + shipping.tax as tax,
        0 as adjustments,
        1 as orders,
        line_sums.units
    from chosen, line_sums, shipping
    union all
    select
        refunds.processed_at, 0, 0, coalesce(returned.amount, 0), 0, 0,
        coalesce(adjusted.amount, 0), 0, 0
    from main.refunds
    inner join chosen on refunds.order_id = chosen.order_id
    left join returned on refunds.refund_id = returned.refund_id
    left join adjusted on refunds.refund_id = adjusted.refund_id
)

select * from booked
"""

BOOK = """
update main.truth_ledger_daily set
    gross_sales = gross_sales + $gross,
    discounts = discounts + $discounts,
    returns = returns + $returns,
    net_sales = net_sales + $gross - $discounts - $returns,
    shipping = shipping + $shipping,
    tax = tax + $tax,
    refund_adjustments = refund_adjustments + $adjustments,
    orders = orders + $orders,
    units = units + $units
where day = $day
"""

NEW_DAY = """
insert into main.truth_ledger_daily
select $day, 0, 0, 0, 0, 0, 0, 0, 0, 0
where not exists (select 1 from main.truth_ledger_daily where day = $day)
"""

BOOK_COLUMNS = (
    "gross", "discounts", "returns", "shipping", "tax", "adjustments", "orders", "units",
)  # fmt: skip


def touch(
    con: duckdb.DuckDBPyConnection, order_ids: Sequence[int], at: datetime, tag: str, note: str
) -> None:
    """Gives orders a tag and a note."""
    con.execute(TOUCH, [at, tag, note, list(order_ids)])


def pay_back(
    con: duckdb.DuckDBPyConnection, spec: ShopSpec, order_ids: Sequence[int], at: datetime,
    amount: Decimal, note: str,
) -> None:  # fmt: skip
    """A refund without lines for each order."""
    values = {"order_ids": list(order_ids), "at": at, "note": note, "amount": amount}
    for statement in GOODWILL.split(";"):
        used = {name: value for name, value in values.items() if f"${name}" in statement}
        con.execute(statement, used)
    valid = con.execute("select count(*) from goodwill where is_valid").fetchone()
    book(con, spec, at, adjustments=-amount * (valid[0] if valid else 0))


def delete(con: duckdb.DuckDBPyConnection, spec: ShopSpec, order_id: int, at: datetime) -> None:
    """Takes an order out of the shop and out of its books."""
    for happened_at, *amounts in con.execute(BOOKED, {"order_id": order_id}).fetchall():
        values = zip(BOOK_COLUMNS, amounts, strict=True)
        book(con, spec, happened_at, **{name: -Decimal(str(value)) for name, value in values})
    con.execute("update main.orders set deleted_at = ? where order_id = ?", [at, order_id])
    con.execute("insert into main.deletions values ('ORDER', ?, ?)", [order_id, at])


def book(con: duckdb.DuckDBPyConnection, spec: ShopSpec, at: datetime, **amounts: Decimal) -> None:
    """Adds amounts to the day in which an instant lies, in the shop's zone."""
    day = at.replace(tzinfo=UTC).astimezone(spec.zone).date()
    con.execute(NEW_DAY, {"day": day})
    zeros = dict.fromkeys(BOOK_COLUMNS, Decimal(0))
    con.execute(BOOK, {"day": day, **zeros, **amounts})
