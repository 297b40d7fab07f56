"""The books that the generator keeps equal what the tables of the shop say."""

from decimal import Decimal

import pytest

from sandbox.shop import Shop
from tests.sandbox.small_shops import new_shop, ordinary_shop, rows, value

# The books once more, from the tables alone. Tax that prices include is taken out.
BOOKS = """
with

valid as (
    select *, cast(timezone('{zone}', timezone('UTC', processed_at)) as date) as day
    from orders
    where not is_test and cancelled_at is null and deleted_at is null
),

days_of_refunds as (
    select *, cast(timezone('{zone}', timezone('UTC', processed_at)) as date) as refund_day
    from refunds
),

sold as (
    select
        valid.day,
        lines.quantity - coalesce(removed.units, 0) as units,
        lines.unit_price,
        lines.quantity * lines.unit_price
        - coalesce((select sum(amount) from line_discounts as d where d.line_id = lines.line_id), 0)
        - coalesce(removed.subtotal, 0) as amount,
        case when taxes_included then lines.tax_amount - coalesce(removed.tax, 0) else 0 end
            as inside
    from order_lines as lines
    join valid using (order_id)
    left join (
        select line_id, sum(quantity) as units, sum(subtotal) as subtotal, sum(tax_amount) as tax
        from refund_lines where restock_type = 'CANCEL' group by line_id
    ) as removed using (line_id)
    where not is_gift_card
),

booked as (
    select day,
        units * unit_price * (1 - coalesce(inside / nullif(cast(amount as double), 0), 0)) as gross,
        amount - inside as net, 0 as returns, 0 as shipping, 0 as tax, 0 as adjusted,
        0 as orders, units
    from sold
    union all
    select day, 0, 0, 0, 0, tax_amount, 0, 0, 0 from order_lines join valid using (order_id)
    union all
    select day, 0, 0, 0, discounted_price - case when taxes_included then tax_amount else 0 end,
        tax_amount, 0, 0, 0
    from shipping_lines join valid using (order_id)
    union all
    select refund_day, 0, 0, subtotal - case when taxes_included then tax_amount else 0 end,
        0, 0, 0, 0, 0
    from refund_lines join days_of_refunds using (refund_id)
    join valid on refund_lines.order_id = valid.order_id
    where restock_type <> 'CANCEL'
    union all
    select refund_day, 0, 0, 0, 0, 0, amount, 0, 0
    from refund_adjustments join days_of_refunds using (refund_id)
    join valid on refund_adjustments.order_id = valid.order_id
    union all
    select day, 0, 0, 0, 0, 0, 0, 1, 0 from valid
)

select day, sum(gross), sum(gross) - sum(net), sum(returns), sum(net) - sum(returns),
    sum(shipping), sum(tax), sum(adjusted), sum(orders), sum(units)
from booked group by day order by day
"""

COLUMNS = """day, gross_sales, discounts, returns, net_sales, shipping, tax, refund_adjustments,
    orders, units"""


def assert_books_agree(shop: Shop) -> None:
    """Every day's amounts are the same to the cent; days without anything may be left out."""
    again = rows(shop, BOOKS.format(zone=shop.spec.time_zone))
    kept = rows(
        shop,
        f"""select {COLUMNS} from truth_ledger_daily
        where gross_sales <> 0 or returns <> 0 or refund_adjustments <> 0 or orders <> 0
        order by day""",
    )
    assert [day for day, *_ in kept] == [day for day, *_ in again if any(_)]
    for (_, *amounts), (_, *others) in zip(kept, again, strict=True):
        numbers = [float(amount) for amount in others]
        assert [float(amount) for amount in amounts] == pytest.approx(numbers, abs=0.001)


def test_the_books_agree_with_the_tables():
    assert_books_agree(ordinary_shop())


def test_the_books_agree_where_prices_include_tax():
    spec = {"currency_code": "GBP", "country_code": "GB", "time_zone": "Europe/London"}
    assert_books_agree(new_shop(orders=1_500, **spec))


def test_the_books_agree_in_yen():
    spec = {"currency_code": "JPY", "country_code": "JP", "time_zone": "Asia/Tokyo"}
    assert_books_agree(new_shop(orders=1_500, **spec))


def test_net_sales_are_gross_less_discounts_less_returns():
    query = """select count(*) from truth_ledger_daily
        where net_sales <> gross_sales - discounts - returns"""
    assert value(ordinary_shop(), query) == 0


def test_every_local_day_has_a_row():
    assert value(ordinary_shop(), "select count(*) from truth_ledger_daily") == 791


def test_the_books_forget_a_deleted_order():
    shop = new_shop()
    order_id = value(
        shop,
        """select min(order_id) from refund_lines join orders using (order_id)
        where restock_type = 'RETURN' and not is_test""",
    )
    shop.delete_order(order_id, shop.spec.end_at)
    assert_books_agree(shop)


def test_the_books_know_of_goodwill():
    shop = new_shop()
    chosen = [row[0] for row in rows(shop, "select order_id from orders where not is_test limit 3")]
    before = value(shop, "select sum(refund_adjustments) from truth_ledger_daily")
    valid = value(
        shop,
        """select count(*) from orders
        where cancelled_at is null and deleted_at is null and order_id in (select unnest(?))""",
        chosen,
    )
    shop.touch_orders(chosen, shop.spec.end_at, goodwill=Decimal("2.50"))
    after = value(shop, "select sum(refund_adjustments) from truth_ledger_daily")
    assert after - before == Decimal("-2.50") * valid
    assert_books_agree(shop)
