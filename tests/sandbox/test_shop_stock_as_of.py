"""Stock as of an instant: levels, papers and the spreadsheets follow `Shop.at`."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sandbox.shop import Shop
from sandbox.shop.planning import write_planning
from tests.sandbox.small_shops import new_shop, ordinary_shop, rows, value

STATES = "available + committed + reserved + damaged + safety_stock + quality_control"


@pytest.fixture(scope="module")
def shop() -> Shop:
    """Its instant is moved by the tests, its content is not."""
    return new_shop(orders=3_000, months=12, products=60)


@pytest.fixture(params=[0, 1, 60, 200])
def now(request: pytest.FixtureRequest, shop: Shop) -> datetime:
    """The end, or noon some days before it."""
    days = request.param
    shop.at(shop.spec.end_at - timedelta(days=days, hours=12) if days else None)
    return shop.now


def test_on_hand_is_the_sum_of_the_movements_up_to_now(shop, now):
    query = """
        select count(*), count(*) filter (where on_hand <> coalesce(moved.units, 0)), sum(on_hand)
        from live.inventory_levels
        left join (
            select inventory_item_id, location_id, sum(quantity) as units
            from main.stock_movements where moved_at <= ? group by all
        ) as moved using (inventory_item_id, location_id)"""
    levels, differing, on_hand = rows(shop, query, now)[0]
    assert levels > 300
    assert differing == 0
    assert on_hand > 500


def test_states_of_stock_add_up_to_what_is_on_hand(shop, now):
    query = f"select count(*) from live.inventory_levels where on_hand <> {STATES}"
    assert value(shop, query) == 0
    query = """
        select least(min(reserved), min(damaged), min(safety_stock), min(quality_control),
            min(committed), min(incoming)) from live.inventory_levels"""
    assert value(shop, query) == 0


def test_units_of_orders_that_wait_are_committed(shop, now):
    query = """
        with waiting as (
            select inventory_item_id, location_id,
                sum(order_lines.quantity - coalesce(removed.units, 0)) as units
            from live.orders
            join live.order_lines using (order_id)
            join live.order_locations using (order_id)
            join live.variants using (variant_id)
            left join (
                select line_id, sum(quantity) as units from live.refund_lines
                where restock_type = 'CANCEL' group by line_id
            ) as removed using (line_id)
            where orders.fulfillment_status = 'UNFULFILLED' and cancelled_at is null and tracked
            group by all having units > 0
        )
        select sum(waiting.units), count(*) filter (
            where coalesce(waiting.units, 0) <> coalesce(levels.committed, 0)
        )
        from waiting
        full join live.inventory_levels as levels using (inventory_item_id, location_id)"""
    committed, differing = rows(shop, query)[0]
    assert committed > 5
    assert differing == 0


def test_what_is_ordered_or_under_way_is_incoming(shop, now):
    query = """
        with coming as (
            select variant_id, location_id, quantity_ordered as units
            from live.purchase_orders where status = 'open'
            union all
            select variant_id, to_location_id, quantity
            from live.transfers where received_at is null
        )
        select
            (select sum(units) from coming join live.variants using (variant_id)),
            (select sum(incoming) from live.inventory_levels)"""
    coming, incoming = rows(shop, query)[0]
    assert coming == incoming > 0


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("stock_movements", "moved_at"),
        ("fulfillments", "created_at"),
        ("transfers", "shipped_at"),
        ("transfers", "received_at"),
        ("stock_counts", "counted_at"),
        ("purchase_orders", "received_at"),
        ("inventory_levels", "updated_at"),
    ],
)
def test_nothing_of_the_future_is_seen(shop, table, column):
    shop.at(shop.spec.end_at - timedelta(days=100))
    latest = value(shop, f"select max({column}) from main.{table}")
    assert value(shop, f"select max({column}) from live.{table}") <= shop.now < latest


def test_an_order_is_open_until_its_goods_come(shop):
    po_id, variant_id, received_at, units = rows(
        shop,
        """select po_id, variant_id, received_at, quantity_received from main.purchase_orders
        where status = 'short' order by po_id limit 1""",
    )[0]
    seen = """
        select status, quantity_received, delivered_on is null from live.purchase_orders
        where po_id = ? and variant_id = ?"""
    shop.at(received_at - timedelta(seconds=1))
    assert rows(shop, seen, po_id, variant_id) == [("open", 0, True)]
    shop.at(received_at)
    assert rows(shop, seen, po_id, variant_id) == [("short", units, False)]


def test_an_order_is_unfulfilled_until_it_ships(shop):
    order_id, shipped_at = rows(
        shop, "select order_id, created_at from main.fulfillments order by order_id limit 1"
    )[0]
    seen = """
        select fulfillment_status, fulfillment_id is not null
        from live.orders left join live.fulfillments using (order_id) where order_id = ?"""
    shop.at(shipped_at - timedelta(seconds=1))
    assert rows(shop, seen, order_id) == [("UNFULFILLED", False)]
    shop.at(shipped_at)
    assert rows(shop, seen, order_id) == [("FULFILLED", True)]


def test_each_tracked_or_untracked_item_has_a_level_at_each_place_that_is_used():
    query = """
        select count(*), (
            select 3 * count(*) from live.variants join live.products using (product_id)
            where not is_gift_card
        )
        from live.inventory_levels join live.locations using (location_id)
        where is_active"""
    levels, expected = rows(ordinary_shop(), query)[0]
    assert levels == expected


def test_the_table_of_levels_is_that_of_the_end():
    shop = new_shop()
    query = "select count(*) from (from main.inventory_levels except from live.inventory_levels)"
    assert value(shop, query) == 0
    assert value(shop, "select count(*) from main.inventory_levels") > 0


def sheet(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sheets(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written 60 days before the end; the shop stays there."""
    folder = tmp_path_factory.mktemp("sheets")
    shop.at(shop.spec.end_at - timedelta(days=60, hours=12))
    write_planning(shop, folder)
    return folder


@pytest.fixture
def then(shop: Shop) -> datetime:
    shop.at(shop.spec.end_at - timedelta(days=60, hours=12))
    return shop.now


def test_the_sheet_of_movements_holds_all_but_sales_and_returns(shop, sheets, then):
    found = sheet(sheets, "inventory_transactions")
    expected = rows(
        shop,
        """select kind, count(*), sum(quantity) from main.stock_movements
        where moved_at <= ? group by kind""",
        then,
    )
    sums = {kind: (count, units) for kind, count, units in expected}
    for kind, parts in {
        "purchase": ["PURCHASE"],
        "transfer": ["TRANSFER_IN", "TRANSFER_OUT"],
        "adjustment": ["OPENING", "ADJUSTMENT"],
    }.items():
        units = [int(row["quantity"]) for row in found if row["transaction_type"] == kind]
        assert len(units) == sum(sums[part][0] for part in parts)
        assert sum(units) == sum(sums[part][1] for part in parts)
    assert {row["transaction_type"] for row in found} == {"purchase", "transfer", "adjustment"}
    assert max(row["transaction_date"] for row in found) <= f"{then.isoformat()}Z"
    assert {row["warehouse_location"] for row in found} == {
        "Warehouse", "West Warehouse", "Flagship Store"
    }  # fmt: skip


def test_the_sheet_of_purchase_orders_holds_those_that_were_placed(shop, sheets, then):
    found = sheet(sheets, "purchase_orders")
    received = value(
        shop,
        "select sum(quantity) from main.stock_movements where kind = 'PURCHASE' and moved_at <= ?",
        then,
    )
    assert sum(int(row["quantity_received"]) for row in found) == received
    assert max(row["order_date"] for row in found) <= then.date().isoformat()
    is_open = {row["status"]: row["actual_delivery_date"] == "" for row in found}
    assert is_open == {"open": True, "received": False, "short": False}
    keys = [(row["po_id"], row["sku"]) for row in found]
    assert len(set(keys)) == len(keys)


def test_the_sheets_of_transfers_and_counts_hold_what_was_done(shop, sheets, then):
    for name, table, column, instant in (
        ("transfers", "transfers", "shipped_at", "transfer_date"),
        ("stock_counts", "stock_counts", "counted_at", "counted_at"),
    ):
        found = sheet(sheets, name)
        done = rows(
            shop,
            f"""select strftime({column}, '%Y-%m-%dT%H:%M:%SZ') from main.{table}
            where {column} <= ? order by 1""",
            then,
        )
        assert sorted(row[instant] for row in found) == [moment for (moment,) in done]
    moved = {row["transfer_id"]: int(row["quantity"]) for row in sheet(sheets, "transfers")}
    booked = {
        row["reference_id"]: -int(row["quantity"])
        for row in sheet(sheets, "inventory_transactions")
        if row["transaction_type"] == "transfer" and int(row["quantity"]) < 0
    }
    assert moved == booked


def test_all_suppliers_are_in_their_sheet(sheets):
    found = sheet(sheets, "suppliers")
    assert len(found) == 24
    assert all(int(row["lead_time_days"]) > 0 for row in found)
