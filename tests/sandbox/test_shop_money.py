"""The made-up shop's amounts add up to the cent."""

from collections import defaultdict
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import numpy as np

from sandbox.shop.money import share_of_units, share_out
from tests.sandbox.small_shops import ordinary_shop, rows, value

CENT = Decimal("0.01")

LINES = """
select lines.*, coalesce(sum(discounts.amount), 0) as discount
from order_lines as lines left join line_discounts as discounts using (line_id)
group by all
"""


def array(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_the_largest_remainders_take_the_cents_left_over():
    # 1.00 over 3.00 : 3.00 : 1.00 = 42.857, 42.857, 14.285: two cents are left for the first two.
    assert share_out(array(100), array(300, 300, 100), array(0, 0, 0)).tolist() == [43, 43, 14]
    # Two groups do not mix: 0.05 over equal thirds, and 0.10 over one line.
    parts = share_out(array(5, 10), array(70, 70, 70, 99), array(0, 0, 0, 1))
    assert parts.tolist() == [2, 2, 1, 10]


def test_units_taken_back_one_by_one_carry_the_whole_total():
    total, units = array(100, 100, 100), array(3, 3, 3)
    parts = share_of_units(total, units, array(0, 1, 2), array(1, 1, 1))
    assert parts.tolist() == [33, 34, 33]


def test_order_discounts_are_shared_out_by_largest_remainder():
    """Worked out again with decimals, for each order with a code or a discount by hand."""
    query = f"""
        with lines as ({LINES}), applied as (
            select order_id, application_index, value_type, value
            from discount_applications
            where kind <> 'AUTOMATIC' and target_type = 'LINE_ITEM'
        )
        select
            lines.order_id, value_type, value, is_gift_card or added_at is not null,
            quantity * unit_price - coalesce(automatic.amount, 0), coalesce(whole.amount, 0)
        from lines
        join applied using (order_id)
        left join line_discounts as whole
            on lines.line_id = whole.line_id
            and applied.application_index = whole.application_index
        left join line_discounts as automatic
            on lines.line_id = automatic.line_id
            and applied.application_index > automatic.application_index
        order by lines.order_id, lines.position"""
    orders = defaultdict(list)
    for order_id, *line in rows(ordinary_shop(), query):
        orders[order_id].append(line)
    assert len(orders) > 100
    for lines in orders.values():
        kind, number = lines[0][0], lines[0][1]
        amounts = [Decimal(0) if line[2] else line[3] for line in lines]
        subtotal = sum(amounts)
        total = min(number, subtotal)
        if kind == "PERCENTAGE":
            total = (subtotal * number / 100).quantize(CENT, ROUND_HALF_UP)
        exact = [total * amount / subtotal if subtotal else Decimal(0) for amount in amounts]
        parts = [part.quantize(CENT, ROUND_FLOOR) for part in exact]
        by_remainder = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
        for at in by_remainder[: int((total - sum(parts)) / CENT)]:
            parts[at] += CENT
        assert [line[4] for line in lines] == parts


def test_an_automatic_discount_is_the_per_cent_of_its_line():
    query = """
        select count(*), count(*) filter (
            where discounts.amount <> round(quantity * unit_price * value / 100, 2)
        )
        from line_discounts as discounts
        join discount_applications as applied using (order_id, application_index)
        join order_lines using (line_id)
        where kind = 'AUTOMATIC'"""
    count, wrong = rows(ordinary_shop(), query)[0]
    assert count > 500
    assert wrong == 0


def test_a_discount_is_never_larger_than_its_line():
    query = f"select count(*) from ({LINES}) where discount > quantity * unit_price or discount < 0"
    assert value(ordinary_shop(), query) == 0


def test_a_line_that_comes_back_whole_gives_its_net_and_its_tax_back():
    query = f"""
        with lines as ({LINES}), taken as (
            select line_id, sum(quantity) as quantity, sum(subtotal) as subtotal,
                sum(tax_amount) as tax, count(*) as parts
            from refund_lines
            group by line_id
        )
        select
            count(*),
            count(*) filter (where parts > 1),
            count(*) filter (where taken.subtotal <> lines.quantity * unit_price - discount),
            count(*) filter (where taken.tax <> lines.tax_amount)
        from taken join lines using (line_id)
        where taken.quantity = lines.quantity"""
    whole, in_parts, wrong_net, wrong_tax = rows(ordinary_shop(), query)[0]
    assert whole > 100
    assert in_parts > 5
    assert (wrong_net, wrong_tax) == (0, 0)


def test_no_more_units_come_back_than_were_sold():
    query = """
        select count(*)
        from (select line_id, sum(quantity) as taken from refund_lines group by line_id)
        join order_lines using (line_id)
        where taken > quantity"""
    assert value(ordinary_shop(), query) == 0


def test_a_refund_is_the_sum_of_its_lines_and_adjustments():
    query = """
        with lines as (
            select refund_id, sum(subtotal) as subtotal, sum(tax_amount) as tax
            from refund_lines group by refund_id
        ), adjustments as (
            select refund_id, sum(amount) as amount, sum(tax_amount) as tax
            from refund_adjustments group by refund_id
        )
        select count(*)
        from refunds
        join orders using (order_id)
        left join lines using (refund_id)
        left join adjustments using (refund_id)
        where financial_status <> 'VOIDED' and total_refunded
            <> coalesce(subtotal, 0) - coalesce(adjustments.amount, 0)
            + case when taxes_included then 0
                else coalesce(lines.tax, 0) - coalesce(adjustments.tax, 0) end"""
    assert value(ordinary_shop(), query) == 0


def test_paid_orders_are_paid_to_the_cent():
    query = f"""
        with totals as (
            select order_id, sum(
                quantity * unit_price - discount
                + case when taxes_included then 0 else tax_amount end
            ) as amount
            from ({LINES}) as lines join orders using (order_id)
            group by order_id
        ), shipping as (
            select order_id, discounted_price
                + case when taxes_included then 0 else tax_amount end as amount
            from shipping_lines join orders using (order_id)
        ), paid as (
            select order_id, sum(amount) as amount
            from transactions
            where kind in ('SALE', 'CAPTURE') and status = 'SUCCESS'
            group by order_id
        )
        select count(*)
        from orders
        join totals using (order_id)
        left join shipping using (order_id)
        left join paid using (order_id)
        where financial_status not in ('PENDING', 'VOIDED')
        and totals.amount + coalesce(shipping.amount, 0) <> coalesce(paid.amount, 0)"""
    assert value(ordinary_shop(), query) == 0


def test_no_order_gives_back_more_than_was_paid():
    query = """
        select count(*) from (
            select
                coalesce(sum(amount) filter (where kind in ('SALE', 'CAPTURE')), 0) as paid,
                coalesce(sum(amount) filter (where kind = 'REFUND'), 0) as refunded
            from transactions where status = 'SUCCESS' group by order_id
        ) where refunded > paid"""
    assert value(ordinary_shop(), query) == 0


def test_tax_is_the_rate_on_the_net_or_in_it():
    query = f"""
        select count(*) from ({LINES}) as lines join orders using (order_id)
        where abs(tax_amount - (quantity * unit_price - discount) * tax_rate
            / case when taxes_included then 1 + tax_rate else 1 end) > 0.0050001"""
    assert value(ordinary_shop(), query) == 0
