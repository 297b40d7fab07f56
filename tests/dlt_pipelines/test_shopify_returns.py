"""Deliveries and returns of a shop, landed from the replica of its API."""

import logging
import shutil
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

import pytest

from dlt_pipelines.shopify import paged
from tests.dlt_pipelines.shopify_shops import (
    LATER,
    column,
    contents,
    land,
    raw,
    serving,
    shop_rows,
    shop_value,
    small_shop,
)
from tests.small_warehouse import duckdb_settings

ALL = frozenset(
    {"read_orders", "read_all_orders", "read_products", "read_customers", "read_inventory",
     "read_locations", "read_returns", "read_fulfillments"}
)  # fmt: skip
OF_RETURNS = ("returns", "return_lines", "exchange_lines", "return_dispositions")


def shop_with_returns():
    """Enough orders for returns of every kind; one was declined, one of goods never sent."""
    shop = small_shop(orders=600)
    (declined, _), (unsent, order_id) = shop_rows(
        shop,
        "select return_id, order_id from live.returns where status = 'OPEN' order by 1 limit 2",
    )
    shop.con.execute(
        "update main.returns set declined_at = requested_at, decline_reason = 'final_sale', "
        "decline_note = 'Sorry' where return_id = ?",
        [declined],
    )
    shop.con.execute(
        "update main.returns set return_shipping_fee = 4.5 where return_type = 'refund'"
    )
    shop.con.execute("delete from main.fulfillments where order_id = ?", [order_id])
    assert unsent != declined
    return shop


@pytest.fixture(scope="module")
def first_landing(tmp_path_factory):
    settings = duckdb_settings(tmp_path_factory.mktemp("returns"))
    with serving(shop_with_returns()) as sandbox:
        land(settings, sandbox)
    return settings


@pytest.fixture(scope="module")
def landed_contents(first_landing):
    return contents(first_landing)


@pytest.fixture
def landed(first_landing, settings):
    """A warehouse of this test's own that holds the shop."""
    shutil.copy(first_landing.duckdb_path, settings.duckdb_path)
    return settings


def landed_rows(settings, table, *columns):
    return sorted((tuple(row[name] for name in columns) for row in raw(settings, table)), key=str)


def expected(shop, query):
    """What the shop itself says, ids as text and instants in UTC."""
    return sorted(shop_rows(shop, f"set TimeZone = 'UTC'; {query}"), key=str)


def plain(rows):
    """Instants without their zone, which is UTC."""
    return [
        tuple(cell.replace(tzinfo=None) if hasattr(cell, "tzinfo") else cell for cell in row)
        for row in rows
    ]


def test_deliveries_are_those_of_the_shop(landed):
    shop = shop_with_returns()
    columns = ("id", "order_id", "location_id", "status", "created_at")
    assert plain(landed_rows(landed, "fulfillments", *columns)) == expected(
        shop,
        "select fulfillment_id::text, order_id::text, location_id::text, status, created_at "
        "from live.fulfillments",
    )


def test_units_still_to_be_sent_are_those_of_orders_without_a_delivery(landed):
    shop = shop_with_returns()
    waiting = {order for (order,) in landed_rows(landed, "fulfillments", "order_id")}
    for line in raw(landed, "order_lines"):
        to_send = 0 if line["order_id"] in waiting else line["current_quantity"]
        assert line["unfulfilled_quantity"] == to_send
    assert 0 < len(waiting) < shop_value(shop, "select count(*) from live.orders")


def test_returns_of_every_status_are_those_of_the_shop(landed):
    shop = shop_with_returns()
    columns = ("id", "order_id", "name", "status", "created_at", "request_approved_at", "closed_at",
               "decline_reason", "decline_note", "return_shipping_fee_amount")  # fmt: skip
    assert plain(landed_rows(landed, "returns", *columns)) == expected(
        shop,
        "select return_id::text, order_id::text, name, status, requested_at, approved_at, "
        "closed_at, upper(decline_reason), decline_note, "
        "nullif(return_shipping_fee, 0)::decimal(28, 6) from live.returns",
    )
    assert {"OPEN", "CLOSED", "DECLINED"} <= set(column(landed, "returns", "status"))


def test_lines_of_returns_are_those_of_the_shop(landed):
    shop = shop_with_returns()
    columns = ("id", "return_id", "order_id", "order_line_id", "quantity", "reason_handle",
               "reason_note", "customer_note")  # fmt: skip
    assert landed_rows(landed, "return_lines", *columns) == expected(
        shop,
        "select return_line_id::text, return_id::text, order_id::text, "
        "case when order_id in (select order_id from live.fulfillments) then line_id::text end, "
        "quantity, reason_handle, nullif(reason_note, ''), nullif(customer_note, '') "
        "from live.return_lines",
    )
    assert None in column(landed, "return_lines", "order_line_id")


def test_restocking_fees_of_a_return_add_up_to_the_shops_own(landed):
    shop, fees = shop_with_returns(), defaultdict(Decimal)
    for row in raw(landed, "return_lines"):
        fees[row["return_id"]] += row["restocking_fee_amount"] or 0
    wanted = expected(
        shop,
        "select return_id::text, restocking_fee::decimal(28, 6) from live.returns "
        "where order_id in (select order_id from live.fulfillments) and restocking_fee > 0",
    )
    assert len(wanted) > 3
    assert sorted((key, fee) for key, fee in fees.items() if fee) == wanted


def test_what_was_sent_in_exchange_is_that_of_the_shop(landed):
    shop = shop_with_returns()
    columns = ("id", "return_id", "order_id", "variant_id", "quantity")
    assert landed_rows(landed, "exchange_lines", *columns) == expected(
        shop,
        "select exchange_line_id::text, return_id::text, order_id::text, variant_id::text, "
        "quantity from live.exchange_lines",
    )


def test_what_became_of_returned_goods_is_that_of_the_shop(landed):
    shop = shop_with_returns()
    columns = ("return_id", "order_id", "order_line_id", "kind", "quantity", "created_at")
    found = landed_rows(landed, "return_dispositions", *columns)
    decided = [row for row in found if row[3] != "PROCESSING_REQUIRED"]
    assert plain(decided) == expected(
        shop,
        "select return_id::text, order_id::text, line_id::text, disposition, quantity, "
        "disposed_at from live.return_lines where disposition is not null "
        "and order_id in (select order_id from live.fulfillments)",
    )
    assert {"RESTOCKED", "NOT_RESTOCKED"} <= {row[3] for row in found}


def test_refunds_know_the_return_that_they_settle(landed):
    shop = shop_with_returns()
    assert landed_rows(landed, "refunds", "id", "return_id") == expected(
        shop,
        "select refunds.refund_id::text, returns.return_id::text from live.refunds as refunds "
        "left join live.returns as returns using (refund_id)",
    )


@pytest.mark.parametrize(
    ("read_by", "fault"),
    [
        ("bulk", {"kind": "cut_page", "times": 2, "match": "Storehouse_Return("}),
        ("bulk", {"kind": "http_5xx", "times": 2, "match": "Storehouse_ReverseFulfillmentOrder("}),
        ("paged", {"kind": "throttled", "times": 2, "match": "Storehouse_Return_"}),
        ("paged", {"kind": "cut_page", "times": 2, "match": "Storehouse_InventoryItem_"}),
    ],
    ids=str,
)
def test_pages_of_one_are_drained_to_the_last_whatever_goes_wrong(
    settings, landed_contents, read_by, fault, monkeypatch
):
    monkeypatch.setattr(paged, "INNER_PAGE", 1)
    monkeypatch.setattr(paged, "IDS_INNER_PAGE", 1)
    monkeypatch.setattr(paged, "DRAIN_PAGE", 1)
    with serving(shop_with_returns()) as sandbox:
        sandbox.faults(**fault)
        land(settings, sandbox, read_by=read_by)
        assert not sandbox.api.faults.take(fault["kind"], fault["match"])
    found = contents(settings)
    for name in found:
        assert found[name] == landed_contents[name], name


def test_a_return_that_moves_on_replaces_what_it_was(landed):
    shop = shop_with_returns()
    ((return_id, order_id),) = shop_rows(
        shop,
        "select return_id, any_value(order_id) from live.return_lines "
        "where disposition is not null group by return_id order by 1 limit 1",
    )
    with serving(shop) as sandbox:
        shop.con.execute("update main.returns set name = 'new' where return_id = ?", [return_id])
        shop.con.execute("delete from main.return_lines where return_id = ?", [return_id])
        shop.touch_orders([order_id], LATER)
        sandbox.move(LATER + timedelta(hours=1))
        loads = land(landed, sandbox)
        landed_again = f"from live.returns where order_id = {order_id}"
        assert loads["returns"].rows_landed == shop_value(shop, f"select count(*) {landed_again}")
    (name,) = [row["name"] for row in raw(landed, "returns") if row["id"] == str(return_id)]
    assert name == "new"
    assert str(return_id) not in column(landed, "return_lines", "return_id")
    assert str(return_id) not in column(landed, "return_dispositions", "return_id")


def test_without_its_scope_nothing_of_a_return_lands_and_nothing_is_lost(landed, caplog):
    caplog.set_level(logging.WARNING)
    shop, before = shop_with_returns(), contents(landed)
    ids = [order_id for (order_id,) in shop_rows(shop, "select order_id from live.returns")]
    with serving(shop, scopes=ALL - {"read_returns", "read_fulfillments"}) as sandbox:
        shop.touch_orders(ids, LATER)
        sandbox.move(LATER + timedelta(hours=1))
        loads = land(landed, sandbox)
    assert loads["orders"].rows_landed == len(set(ids))
    assert {loads[name].message for name in OF_RETURNS} == {
        "the token lacks the scope read_returns"
    }
    assert loads["fulfillments"].status == "skipped_no_scope"
    assert "returns, return_lines, exchange_lines, return_dispositions: not landed" in caplog.text
    for name in (*OF_RETURNS, "fulfillments"):
        assert contents(landed)[name] == before[name], name
