"""A shop's landing, end to end against the replica of its API."""

import logging
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dlt_pipelines import shopify
from dlt_pipelines.errors import LandingError
from dlt_pipelines.shopify.tables import TABLES
from storehouse import warehouse
from tests.dlt_pipelines.shopify_shops import (
    BY_ORDER,
    LATER,
    column,
    contents,
    in_currency,
    land,
    load_ids,
    raw,
    serving,
    shop_rows,
    shop_value,
    small_shop,
    state_of,
)
from tests.small_warehouse import duckdb_settings

# Raw tables and the shop's tables whose rows they hold, one for one.
ONE_FOR_ONE = {
    "shop": "shop",
    "locations": "locations",
    "products": "products",
    "product_variants": "variants",
    "inventory_items": "variants",
    "customers": "customers",
    "orders": "orders",
    "order_lines": "order_lines",
    "order_line_discounts": "line_discounts",
    "order_discount_applications": "discount_applications",
    "order_shipping_lines": "shipping_lines",
    "order_transactions": "transactions",
    "refunds": "refunds",
    "refund_lines": "refund_lines",
    "fulfillments": "fulfillments",
    "returns": "returns",
    "return_lines": "return_lines",
    "exchange_lines": "exchange_lines",
    "deletions": "deletions",
}
UNCHANGED = ("orders", "order_lines", "customers", "products", "product_variants")
SCOPES = frozenset(
    {"read_orders", "read_all_orders", "read_products", "read_customers", "read_inventory"}
)


@pytest.fixture(scope="module")
def first_landing(tmp_path_factory):
    """A warehouse that holds the small shop as of its end; copied, never changed."""
    settings = duckdb_settings(tmp_path_factory.mktemp("landed"))
    with serving(small_shop()) as sandbox:
        land(settings, sandbox)
    return settings


@pytest.fixture(scope="module")
def landed_contents(first_landing):
    """All raw rows of the small shop."""
    return contents(first_landing)


@pytest.fixture
def landed(first_landing, settings):
    """A warehouse of this test's own that holds the small shop."""
    shutil.copy(first_landing.duckdb_path, settings.duckdb_path)
    return settings


def touched(shop, count):
    """Ten orders, say, tagged by hand at LATER."""
    ids = [order_id for (order_id,) in shop_rows(shop, "select order_id from live.orders")]
    shop.touch_orders(ids[:count], LATER)
    return [str(order_id) for order_id in ids[:count]]


def test_every_record_of_the_shop_lands_once(landed):
    shop = small_shop()
    for table, source in ONE_FOR_ONE.items():
        expected = shop_value(shop, f"select count(*) from live.{source}")
        assert len(raw(landed, table)) == expected, table
    assert raw(landed, "rejected") == []


def test_reading_by_pages_lands_the_same_rows_as_bulk(landed, make_settings, tmp_path):
    by_pages = make_settings(duckdb_path=tmp_path / "by_pages.duckdb")
    with serving(small_shop()) as sandbox:
        land(by_pages, sandbox, read_by="paged")
        assert not sandbox.requests.bulk
    in_bulk, in_pages = contents(landed), contents(by_pages)
    for name in in_bulk:
        assert in_bulk[name] == in_pages[name], name


def test_postgresql_holds_the_same_rows_as_duckdb(landed_contents, make_settings, postgres_env):
    settings = make_settings(warehouse="postgres")
    with serving(small_shop()) as sandbox:
        land(settings, sandbox)
        assert contents(settings) == landed_contents
        assert land(settings, sandbox)["orders"].rows_landed == 0


def test_postgresql_loses_what_a_changed_order_lost(make_settings, postgres_env):
    settings, shop = make_settings(warehouse="postgres"), small_shop(orders=60)
    with serving(shop) as sandbox:
        land(settings, sandbox)
        order_id = int(column(settings, "order_discount_applications", "order_id")[0])
        shop.con.execute("delete from main.discount_applications where order_id = ?", [order_id])
        shop.touch_orders([order_id], LATER)
        sandbox.move(LATER + timedelta(hours=1))
        assert land(settings, sandbox)["orders"].rows_landed == 1
    assert str(order_id) not in column(settings, "order_discount_applications", "order_id")


def test_line_amounts_are_exact_in_the_currencies_of_shop_and_customer(settings):
    shop = small_shop(abroad_share=0.5)
    with serving(shop) as sandbox:
        land(settings, sandbox)
    landed = {row["id"]: row for row in raw(settings, "order_lines")}
    expected = shop_rows(
        shop,
        "select line_id, unit_price, lines.quantity, presentment_rate, presentment_currency "
        "from live.order_lines as lines inner join live.orders using (order_id)",
    )
    currencies = Counter()
    for line_id, price, quantity, rate, currency in expected:
        line, decimals = landed[str(line_id)], 0 if currency == "JPY" else 2
        currencies[currency] += 1
        assert line["original_unit_price_amount"] == price
        assert line["original_total_amount"] == price * quantity
        assert line["original_unit_price_presentment_amount"] == in_currency(price, rate, decimals)
    assert {"USD", "JPY", "EUR"} <= currencies.keys()


def test_payments_and_refunds_add_up_to_the_shops_own(landed):
    shop = small_shop()
    sums = {
        ("order_transactions", "transaction_amount"): "sum(amount) from live.transactions",
        ("refunds", "total_refunded_amount"): "sum(total_refunded) from live.refunds",
        ("refund_lines", "subtotal_amount"): "sum(subtotal) from live.refund_lines",
        ("order_line_discounts", "allocated_amount"): "sum(amount) from live.line_discounts",
        ("order_shipping_lines", "tax_amount"): "sum(tax_amount) from live.shipping_lines",
    }
    for (table, amount), query in sums.items():
        expected = shop_value(shop, f"select {query}")
        assert expected != 0
        assert sum(column(landed, table, amount)) == expected, table


def test_rows_belong_to_the_shop_by_its_handle(settings):
    with serving(small_shop(myshopify_domain="north.myshopify.com")) as sandbox:
        land(settings, sandbox)
    for table in TABLES:
        assert set(column(settings, table.name, "store_id")) <= {"north"}


def test_an_empty_shop_gives_every_table(settings):
    with serving(small_shop(orders=0)) as sandbox:
        land(settings, sandbox)
    for table in TABLES:
        columns = warehouse.read_table(settings, f"raw_shopify.{table.name}").column_names
        assert set(table.columns) <= set(columns), table.name
    assert raw(settings, "orders") == []
    assert len(raw(settings, "shop")) == 1


def test_a_second_run_lands_nothing_of_what_stayed_the_same(landed):
    with serving(small_shop()) as sandbox:
        before = {name: load_ids(landed, name) for name in UNCHANGED}
        sandbox.requests.reset()
        loads = land(landed, sandbox)
        assert {name: load_ids(landed, name) for name in UNCHANGED} == before
        assert not sandbox.requests.bulk
        assert sandbox.requests.records["orders"] < 20
    assert all(loads[name].rows_landed == 0 for name in (*UNCHANGED, *BY_ORDER))


def test_ten_changed_orders_are_the_only_ones_that_land_again(landed):
    with serving(small_shop()) as sandbox:
        before = load_ids(landed, "orders")
        changed = touched(sandbox.shop, 10)
        sandbox.move(LATER + timedelta(hours=1))
        loads = land(landed, sandbox)
    after = load_ids(landed, "orders")
    assert loads["orders"].rows_landed == 10
    assert sorted(key for key in after if after[key] != before[key]) == sorted(changed)


def test_a_changed_order_replaces_itself_and_its_parts_without_duplicates(landed):
    shop = small_shop()
    order_id = shop_value(
        shop, "select min(order_id) from live.orders where financial_status = 'PAID'"
    )
    with serving(shop) as sandbox:
        shop.touch_orders([order_id], LATER, tag="vip", goodwill=Decimal("1.50"))
        sandbox.move(LATER + timedelta(hours=1))
        land(landed, sandbox)
    ids = column(landed, "orders", "id")
    assert len(ids) == len(set(ids))
    (order,) = [row for row in raw(landed, "orders") if row["id"] == str(order_id)]
    assert order["tags"].endswith("vip")
    assert order["total_refunded_amount"] == Decimal("1.50")
    for table, source in ONE_FOR_ONE.items():
        if table in BY_ORDER:
            expected = shop_value(shop, f"select count(*) from live.{source}")
            assert len(raw(landed, table)) == expected, table


def test_an_order_whose_last_discount_is_gone_loses_it(landed):
    shop = small_shop()
    order_id = shop_value(shop, "select min(order_id) from live.discount_applications")
    with serving(shop) as sandbox:
        shop.con.execute("delete from main.line_discounts where order_id = ?", [order_id])
        shop.con.execute("delete from main.discount_applications where order_id = ?", [order_id])
        shop.touch_orders([order_id], LATER)
        sandbox.move(LATER + timedelta(hours=1))
        loads = land(landed, sandbox)
    assert str(order_id) in column(landed, "order_lines", "order_id")
    assert str(order_id) not in column(landed, "order_line_discounts", "order_id")
    assert str(order_id) not in column(landed, "order_discount_applications", "order_id")
    assert loads["order_discount_applications"].rows_landed == 0


def test_a_full_refresh_over_old_rows_gives_what_a_first_run_gives(landed, make_settings, tmp_path):
    shop = small_shop()
    fresh = make_settings(duckdb_path=tmp_path / "fresh.duckdb")
    shop.con.execute("delete from main.line_discounts")
    shop.con.execute("delete from main.discount_applications")
    with serving(shop) as sandbox:
        land(landed, sandbox, full_refresh=True)
        land(fresh, sandbox)
    assert raw(fresh, "order_line_discounts") == []
    assert contents(landed) == contents(fresh)


def test_a_big_change_is_read_in_bulk_with_the_overlap_before_it(landed):
    shop = small_shop()
    with serving(shop) as sandbox:
        newest = shop_value(shop, "select max(updated_at) from live.orders")
        touched(shop, 10)
        sandbox.move(LATER + timedelta(hours=1))
        since = newest - timedelta(hours=1)
        expected = shop_rows(shop, f"select 1 from live.orders where updated_at >= '{since}'")
        sandbox.requests.reset()
        loads = land(landed, sandbox, bulk_threshold=9)
        assert dict(sandbox.requests.bulk) == {"orders": 1, "inventoryItems": 1}
    assert loads["orders"].rows_landed == len(expected)
    assert len(expected) < 20
    assert len(raw(landed, "orders")) == shop_value(shop, "select count(*) from live.orders")


def test_a_record_that_appears_late_is_found_within_the_overlap(landed):
    shop = small_shop()
    with serving(shop) as sandbox:
        before = load_ids(landed, "orders")
        newest = shop_value(shop, "select max(updated_at) from live.orders")
        order_id = shop_value(shop, "select min(order_id) from live.orders")
        shop.touch_orders([order_id], newest - timedelta(minutes=50))
        assert land(landed, sandbox, overlap_hours=0.5)["orders"].rows_landed == 0
        assert land(landed, sandbox, overlap_hours=1)["orders"].rows_landed == 1
    assert load_ids(landed, "orders")[str(order_id)] != before[str(order_id)]


def test_what_changed_just_now_is_left_to_the_next_run(landed):
    shop = small_shop()
    order_id = shop_value(shop, "select min(order_id) from live.orders")
    with serving(shop) as sandbox:
        shop.touch_orders([order_id], LATER)
        sandbox.move(LATER)
        now = LATER.replace(tzinfo=UTC) + timedelta(minutes=4)
        assert land(landed, sandbox, now=now)["orders"].rows_landed == 0
        later = now + timedelta(minutes=1)
        assert land(landed, sandbox, now=later)["orders"].rows_landed == 1


def test_deleted_objects_are_recorded(landed):
    shop = small_shop()
    order_id = shop_value(shop, "select min(order_id) from live.orders")
    with serving(shop) as sandbox:
        shop.delete_order(order_id, LATER)
        sandbox.move(LATER + timedelta(hours=1))
        assert land(landed, sandbox)["deletions"].rows_landed == 1
        deleted = shop_rows(shop, "select subject_type, subject_id, deleted_at from live.deletions")
    recorded = {
        (row["subject_type"], int(row["subject_id"]), row["deleted_at"].replace(tzinfo=None))
        for row in raw(landed, "deletions")
    }
    assert recorded == set(deleted)
    assert ("ORDER", order_id, LATER) in recorded
    assert str(order_id) in column(landed, "orders", "id")


@pytest.mark.parametrize(
    ("read_by", "fault"),
    [
        ("paged", {"kind": "http_429", "times": 2}),
        ("paged", {"kind": "http_5xx", "times": 3}),
        ("paged", {"kind": "throttled", "times": 2}),
        ("paged", {"kind": "cut_page", "times": 2, "match": "orders"}),
        ("paged", {"kind": "out_of_order", "times": 3}),
        ("bulk", {"kind": "http_5xx", "times": 3}),
        ("bulk", {"kind": "cut_file", "times": 2}),
        ("bulk", {"kind": "short_bulk", "times": 1}),
        ("bulk", {"kind": "bulk_failed", "times": 1}),
    ],
    ids=str,
)
def test_a_fault_on_the_way_costs_no_record(settings, landed_contents, read_by, fault):
    with serving(small_shop()) as sandbox:
        sandbox.faults(**fault)
        land(settings, sandbox, read_by=read_by)
        assert not sandbox.api.faults.take(fault["kind"], "orders")
    assert contents(settings) == landed_contents


def test_a_bulk_result_that_stays_short_stops_the_run_where_it_was(landed):
    with serving(small_shop()) as sandbox:
        before, cursor = contents(landed), state_of(landed)
        touched(sandbox.shop, 10)
        sandbox.move(LATER + timedelta(hours=1))
        sandbox.faults("short_bulk", times=99)
        with pytest.raises(LandingError, match=r"bulk result of \w+ is incomplete.*announced"):
            land(landed, sandbox, bulk_threshold=9)
        assert (contents(landed), state_of(landed)) == (before, cursor)
        sandbox.api.faults.clear()
        assert land(landed, sandbox, bulk_threshold=9)["orders"].rows_landed >= 10


def test_a_refused_token_is_one_line_and_leaves_the_warehouse_as_it_was(landed):
    with serving(small_shop()) as sandbox:
        before = contents(landed)
        with pytest.raises(LandingError) as refused:
            land(landed, sandbox, access_token="shpat_wrong")
    assert str(refused.value) == (
        "Shopify refused the token for 127.0.0.1 (HTTP 401): "
        "set SOURCES__SHOPIFY__ACCESS_TOKEN to valid values."
    )
    assert contents(landed) == before


def test_a_stream_without_scope_is_skipped_and_reported(settings, caplog):
    caplog.set_level(logging.WARNING)
    with serving(small_shop(orders=20), scopes=SCOPES - {"read_customers"}) as sandbox:
        loads = land(settings, sandbox)
    assert loads["customers"].status == "skipped_no_scope"
    assert loads["customers"].message == "the token lacks the scope read_customers"
    assert loads["locations"].status == "skipped_no_scope"
    assert loads["orders"].status == "loaded"
    assert set(column(settings, "orders", "customer_id")) == {None}
    assert "customers: not landed" in caplog.text


def test_a_token_that_sees_only_recent_orders_is_warned_about(settings, caplog):
    caplog.set_level(logging.WARNING)
    with serving(small_shop(orders=20), scopes=SCOPES - {"read_all_orders"}) as sandbox:
        land(settings, sandbox)
    assert "only orders of the last 60 days are visible" in caplog.text


def test_jobs_that_an_earlier_run_left_behind_are_cancelled(settings):
    started, hanging = [], []

    def first_ones_hang(job):
        started.append(job)
        if len(started) > 5:
            job()
        else:
            hanging.append(job)

    def too_long(_):
        raise TimeoutError("too long")

    def notice_cancelling(_):
        while hanging:
            hanging.pop()()

    with serving(small_shop(orders=20), bulk=first_ones_hang) as sandbox:
        with pytest.raises(LandingError, match="too long"):
            land(settings, sandbox, sleep=too_long)
        land(settings, sandbox, sleep=notice_cancelling)
        statuses = Counter(operation.status for operation in sandbox.api.bulk.operations.values())
    assert statuses == {"CANCELED": 5, "COMPLETED": 5}


def test_the_environment_names_the_shop(settings, monkeypatch):
    with serving(small_shop(orders=20)) as sandbox:
        monkeypatch.setenv("SOURCES__SHOPIFY__SHOP_URL", sandbox.url)
        monkeypatch.setenv("SOURCES__SHOPIFY__CLIENT_ID", sandbox.client_id)
        monkeypatch.setenv("SOURCES__SHOPIFY__CLIENT_SECRET", sandbox.client_secret)
        monkeypatch.delenv("SOURCES__SHOPIFY__ACCESS_TOKEN", raising=False)
        shopify.land(settings, now=lambda: datetime(2026, 8, 1, tzinfo=UTC))
    assert len(raw(settings, "orders")) == 20


def test_a_missing_shop_address_is_named(settings, monkeypatch):
    monkeypatch.delenv("SOURCES__SHOPIFY__SHOP_URL", raising=False)
    with pytest.raises(LandingError, match="SOURCES__SHOPIFY__SHOP_URL is not set"):
        shopify.land(settings)


@pytest.mark.parametrize(
    ("name", "value"), [("start_at", "last summer"), ("read_by", "magic")], ids=str
)
def test_a_setting_that_cannot_be_used_is_named(settings, name, value):
    with (
        serving(small_shop(orders=0)) as sandbox,
        pytest.raises(LandingError, match=f"SOURCES__SHOPIFY__{name.upper()} is '{value}'"),
    ):
        land(settings, sandbox, **{name: value})
