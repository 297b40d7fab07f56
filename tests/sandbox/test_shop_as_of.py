"""`Shop.at` shows the shop as it stood at an instant; what was done by hand shows, too."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from sandbox.shop import Shop
from sandbox.shop.views import VIEWS
from tests.sandbox.small_shops import new_shop, rows, value


@pytest.fixture(scope="module")
def shop() -> Shop:
    """Its instant is moved by the tests, its content is not."""
    return new_shop(orders=3_000, months=12, products=60)


def noon(shop: Shop, days_before_end: int) -> datetime:
    return shop.spec.end_at - timedelta(days=days_before_end, hours=12)


INSTANTS = [
    ("orders", "created_at"),
    ("orders", "closed_at"),
    ("orders", "cancelled_at"),
    ("orders", "edited_at"),
    ("products", "created_at"),
    ("customers", "updated_at"),
    ("order_lines", "added_at"),
    ("refunds", "processed_at"),
    ("transactions", "processed_at"),
    ("deletions", "deleted_at"),
    ("price_changes", "effective_at"),
    ("order_touches", "touched_at"),
]


@pytest.mark.parametrize(("table", "column"), INSTANTS)
def test_nothing_of_the_future_is_seen(shop, table, column):
    now = noon(shop, 100)
    assert value(shop, f"select max({column}) from main.{table}") > now
    shop.at(now)
    assert value(shop, f"select max({column}) from live.{table}") <= now


@pytest.mark.parametrize("table", ["orders", "products", "variants", "customers"])
def test_an_object_was_updated_between_its_creation_and_now(shop, table):
    now = noon(shop, 100)
    shop.at(now)
    query = f"""
        select min(updated_at >= created_at), max(updated_at) <= ?, max(updated_at) > ?
        from live.{table}"""
    assert rows(shop, query, now, noon(shop, 130)) == [(True, True, True)]


@pytest.mark.parametrize("table", ["orders", "products", "variants", "customers", "order_lines"])
def test_a_row_is_seen_once(shop, table):
    shop.at(noon(shop, 100))
    key = {"order_lines": "line_id"}.get(table, f"{table.removesuffix('s')}_id")
    query = f"select count(*) - count(distinct {key}) from live.{table}"
    assert value(shop, query) == 0


@pytest.mark.parametrize(
    "table",
    ["order_lines", "line_discounts", "discount_applications", "shipping_lines", "transactions"],
)
def test_what_belongs_to_an_order_is_seen_with_it(shop, table):
    shop.at(noon(shop, 100))
    hidden = f"select count(*) from live.{table} anti join live.orders using (order_id)"
    assert value(shop, hidden) == 0
    assert (
        0
        < value(shop, f"select count(*) from live.{table}")
        < value(shop, f"select count(*) from main.{table}")
    )


def test_lines_and_adjustments_of_a_refund_are_seen_with_it(shop):
    shop.at(noon(shop, 100))
    for table in ("refund_lines", "refund_adjustments"):
        hidden = f"select count(*) from live.{table} anti join live.refunds using (refund_id)"
        assert value(shop, hidden) == 0


@pytest.mark.parametrize("table", VIEWS)
def test_a_view_has_the_columns_of_its_table(shop, table):
    def columns(schema: str) -> list[str]:
        return [name for name, *_ in rows(shop, f"describe {schema}.{table}")]

    extra = ["updated_at"] if table == "orders" else []
    assert columns("live") == columns("main") + extra


def test_at_the_end_everything_is_seen_but_what_was_deleted(shop):
    shop.at()
    for table in ("customers", "refunds", "transactions"):
        deleted = f"""select count(*) from main.{table}"""
        if table != "customers":
            deleted += " where order_id not in (select subject_id from main.deletions)"
        assert value(shop, f"select count(*) from live.{table}") == value(shop, deleted)
    gone = "select count(*) from live.orders semi join main.deletions on order_id = subject_id"
    assert value(shop, gone) == 0


def test_the_status_at_the_end_is_the_final_one(shop):
    shop.at()
    query = """
        select count(*) from live.orders join main.orders as final using (order_id)
        where orders.financial_status <> final.financial_status"""
    assert value(shop, query) == 0


def test_an_order_that_is_refunded_later_is_still_paid(shop):
    order_id, refunded_at = rows(
        shop,
        """select order_id, min(main.refunds.processed_at)
        from main.refunds join main.orders using (order_id)
        where financial_status = 'REFUNDED' and cancelled_at is not null
        and main.refunds.total_refunded > 0
        group by all limit 1""",
    )[0]
    state = """
        select financial_status, cancelled_at is null, updated_at
        from live.orders where order_id = ?"""
    shop.at(refunded_at - timedelta(seconds=1))
    status, is_open, updated_at = rows(shop, state, order_id)[0]
    assert (status, is_open) == ("PAID", True)
    assert updated_at < refunded_at
    shop.at(refunded_at)
    assert rows(shop, state, order_id) == [("REFUNDED", False, refunded_at)]


def test_a_deleted_order_is_there_before_and_gone_after(shop):
    order_id, deleted_at = rows(
        shop,
        "select subject_id, deleted_at from main.deletions where subject_type = 'ORDER' limit 1",
    )[0]
    count = "select count(*) from live.orders where order_id = ?"
    shop.at(deleted_at - timedelta(seconds=1))
    assert value(shop, count, order_id) == 1
    shop.at(deleted_at)
    assert value(shop, count, order_id) == 0
    assert value(shop, "select count(*) from live.order_lines where order_id = ?", order_id) == 0
    assert value(shop, "select count(*) from live.deletions where subject_id = ?", order_id) == 1


def test_lines_of_a_deleted_product_keep_their_title_and_lose_their_product(shop):
    product_id, deleted_at = rows(
        shop,
        "select subject_id, deleted_at from main.deletions where subject_type = 'PRODUCT' limit 1",
    )[0]
    lines = """
        select bool_and(seen.product_id is null), bool_or(seen.title is null)
        from live.order_lines as seen join main.order_lines as sold using (line_id)
        where sold.product_id = ?"""
    shop.at(deleted_at - timedelta(seconds=1))
    assert rows(shop, lines, product_id) == [(False, False)]
    shop.at(deleted_at)
    assert rows(shop, lines, product_id) == [(True, False)]
    for table in ("products", "variants"):
        assert (
            value(shop, f"select count(*) from live.{table} where product_id = ?", product_id) == 0
        )


def test_a_variant_has_the_price_of_the_instant(shop):
    variant_id, old, new, changed_at = rows(
        shop,
        "select variant_id, old_price, new_price, effective_at from main.price_changes limit 1",
    )[0]
    price = "select price, updated_at from live.variants where variant_id = ?"
    shop.at(changed_at - timedelta(seconds=1))
    assert rows(shop, price, variant_id)[0][0] == old
    shop.at(changed_at)
    assert rows(shop, price, variant_id) == [(new, changed_at)]


def test_a_renamed_product_had_its_old_title_before(shop):
    product_id, old, new, changed_at = rows(shop, "select * from main.product_titles limit 1")[0]
    title = "select title from live.products where product_id = ?"
    shop.at(changed_at - timedelta(seconds=1))
    assert value(shop, title, product_id) == old
    shop.at(changed_at)
    assert value(shop, title, product_id) == new


def test_a_day_brings_new_and_changed_orders(shop):
    yesterday = noon(shop, 11)
    shop.at(noon(shop, 10))
    new, changed = rows(
        shop,
        """select count(*) filter (where created_at > ?), count(*) filter (where created_at <= ?)
        from live.orders where updated_at > ?""",
        yesterday,
        yesterday,
        yesterday,
    )[0]
    assert new > 0
    assert changed > 0


def test_an_instant_may_carry_a_zone(shop):
    shop.at(datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert shop.now == datetime(2026, 3, 1, 12)


def test_touched_orders_and_no_others_are_changed():
    shop = new_shop()
    before = dict(rows(shop, "select order_id, updated_at from live.orders"))
    chosen = sorted(before)[50:60]
    at = shop.now + timedelta(hours=1)
    shop.touch_orders(chosen, at, tag="vip", note="Call first")
    assert dict(rows(shop, "select order_id, updated_at from live.orders")) == before
    shop.at(at)
    after = dict(rows(shop, "select order_id, updated_at from live.orders"))
    assert after == {**before, **dict.fromkeys(chosen, at)}
    tags = rows(
        shop,
        "select distinct note, contains(tags, 'vip') from live.orders where updated_at = ?",
        at,
    )
    assert tags == [("Call first", True)]


def test_goodwill_refunds_money_without_lines():
    shop = new_shop()
    chosen = value(
        shop,
        """select min(order_id) from orders anti join refunds using (order_id)
        where financial_status = 'PAID' and not is_test""",
    )
    shop.touch_orders([chosen], shop.now, goodwill=Decimal("1.25"))
    refund_id, total = rows(
        shop, "select refund_id, total_refunded from live.refunds where order_id = ?", chosen
    )[0]
    assert total == Decimal("1.25")
    assert rows(
        shop, "select reason, amount from live.refund_adjustments where refund_id = ?", refund_id
    ) == [("REFUND_DISCREPANCY", Decimal("-1.25"))]
    assert rows(
        shop, "select kind, amount from live.transactions where refund_id = ?", refund_id
    ) == [("REFUND", Decimal("1.25"))]
    status = "select financial_status from live.orders where order_id = ?"
    assert value(shop, status, chosen) == "PARTIALLY_REFUNDED"


def test_an_order_deleted_by_hand_leaves_a_trace():
    shop = new_shop()
    order_id = value(shop, "select max(order_id) from live.orders")
    shop.delete_order(order_id, shop.now)
    assert value(shop, "select count(*) from live.orders where order_id = ?", order_id) == 0
    assert rows(
        shop, "select subject_type, deleted_at from live.deletions where subject_id = ?", order_id
    ) == [("ORDER", shop.now)]
