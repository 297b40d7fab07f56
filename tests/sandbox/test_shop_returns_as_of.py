"""`Shop.at` shows returns as they stood; the spreadsheet tells what was known of them."""

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox.shop import Shop
from sandbox.shop.planning import write_planning
from tests.sandbox.small_shops import new_shop, rows, value

STEPS = (
    "requested_at", "approved_at", "declined_at", "canceled_at", "received_at", "inspected_at",
    "closed_at",
)  # fmt: skip
SECOND = timedelta(seconds=1)
RETURN = """
select status, approved_at, received_at, inspected_at, refund_id, closed_at,
    processing_cost is null, shipping_cost is null
from live.returns where return_id = ?
"""
LINES = """
select bool_and(disposition is not null), bool_and(condition is not null),
    bool_and(restocked_value is not null), bool_and(refund_line_id is not null)
from live.return_lines where return_id = ?
"""


@pytest.fixture(scope="module")
def shop() -> Shop:
    """Its instant is moved by the tests, its content is not."""
    return new_shop(orders=3_000, months=12, products=60)


def noon(shop: Shop, days_before_end: int) -> datetime:
    return shop.spec.end_at - timedelta(days=days_before_end, hours=12)


def a_return(shop: Shop, condition: str) -> dict[str, Any]:
    """The first return with all its steps of which the condition is true."""
    found = shop.con.execute(
        f"""select returns.*, refunds.processed_at from main.returns
        left join main.refunds using (refund_id) where {condition} order by return_id limit 1"""
    )
    names = [column[0] for column in found.description]
    return dict(zip(names, found.fetchall()[0], strict=True))


@pytest.mark.parametrize("step", STEPS)
def test_nothing_of_the_future_is_seen(shop, step):
    now = noon(shop, 100)
    assert value(shop, f"select max({step}) from main.returns") > now
    shop.at(now)
    assert value(shop, f"select max({step}) from live.returns") <= now


@pytest.mark.parametrize("table", ["returns", "return_lines", "exchange_lines", "return_reasons"])
def test_everything_is_seen_at_the_end(shop, table):
    shop.at()
    query = f"""
        select count(*) from (
            (from live.{table} except all from main.{table})
            union all (from main.{table} except all from live.{table})
        )"""
    assert value(shop, f"select count(*) from live.{table}") > 0
    assert value(shop, query) == 0


@pytest.mark.parametrize("table", ["return_lines", "exchange_lines"])
def test_what_belongs_to_a_return_is_seen_with_it(shop, table):
    shop.at(noon(shop, 100))
    query = f"select count(*) from live.{table} {{}} join live.returns using (return_id)"
    assert value(shop, query.format("")) > 0
    assert value(shop, query.format("anti")) == 0


def test_a_return_goes_from_request_to_refund_to_closing(shop):
    """Each status begins at the instant of its step, each figure with what makes it known."""
    chosen = a_return(
        shop,
        "return_type = 'refund' and status = 'CLOSED' and returns.closed_at > processed_at"
        " and approved_at > requested_at and received_at > approved_at",
    )
    return_id, approved = chosen["return_id"], chosen["approved_at"]
    received, inspected = chosen["received_at"], chosen["inspected_at"]
    shop.at(chosen["requested_at"] - SECOND)
    assert rows(shop, RETURN, return_id) == []
    shop.at(chosen["requested_at"])
    assert rows(shop, RETURN, return_id) == [
        ("REQUESTED", None, None, None, None, None, True, True)
    ]
    shop.at(approved)
    assert rows(shop, RETURN, return_id) == [("OPEN", approved, None, None, None, None, True, True)]
    shop.at(received)
    assert rows(shop, RETURN, return_id) == [
        ("OPEN", approved, received, None, None, None, True, False)
    ]
    assert rows(shop, LINES, return_id) == [(False, False, False, False)]
    shop.at(inspected)
    assert rows(shop, RETURN, return_id) == [
        ("OPEN", approved, received, inspected, None, None, False, False)
    ]
    assert rows(shop, LINES, return_id) == [(True, True, True, False)]
    shop.at(chosen["processed_at"])
    assert rows(shop, RETURN, return_id) == [
        ("OPEN", approved, received, inspected, chosen["refund_id"], None, False, False)
    ]
    assert rows(shop, LINES, return_id) == [(True, True, True, True)]
    shop.at(chosen["closed_at"])
    assert rows(shop, RETURN, return_id)[0][0] == "CLOSED"


@pytest.mark.parametrize(
    ("status", "step", "before"),
    [("DECLINED", "declined_at", "REQUESTED"), ("CANCELED", "canceled_at", "OPEN")],
)
def test_a_request_that_fails_was_open_before(shop, status, step, before):
    chosen = a_return(shop, f"status = '{status}' and {step} > requested_at")
    query = "select status, decline_reason from live.returns where return_id = ?"
    shop.at(chosen[step] - SECOND)
    assert rows(shop, query, chosen["return_id"]) == [(before, None)]
    shop.at(chosen[step])
    assert rows(shop, query, chosen["return_id"]) == [(status, chosen["decline_reason"])]


@pytest.mark.parametrize("step", ["requested_at", "approved_at", "inspected_at", "closed_at"])
def test_a_step_of_a_return_changes_its_order(shop, step):
    chosen = a_return(shop, f"status = 'CLOSED' and {step} is not null")
    shop.at(chosen[step])
    query = "select updated_at from live.orders where order_id = ?"
    assert value(shop, query, chosen["order_id"]) == chosen[step]


def test_a_deleted_order_takes_its_returns_along():
    shop = new_shop(orders=800)
    order_id = value(shop, "select min(order_id) from returns")
    shop.delete_order(order_id, shop.now)
    for table in ("returns", "return_lines"):
        assert value(shop, f"select count(*) from live.{table} where order_id = ?", order_id) == 0


def sheet(shop: Shop, folder: Path) -> list[dict[str, str]]:
    write_planning(shop, folder)
    with (folder / "returns.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_spreadsheet_holds_each_return_that_was_received(shop, tmp_path):
    shop.at()
    found = sheet(shop, tmp_path)
    expected = rows(
        shop,
        """select cast(return_id as text), cast(processing_cost as text),
            cast(shipping_cost as text), cast(restocking_fee as text), inspection_notes
        from main.returns where received_at is not null order by return_id""",
    )
    columns = ("return_id", "processing_cost", "shipping_cost", "restocking_fee")
    assert len(found) > 100
    assert [tuple(row[name] for name in columns) for row in found] == [
        tuple(cell or "" for cell in row[:4]) for row in expected
    ]
    assert [row["inspection_notes"] for row in found] == [row[4] or "" for row in expected]


def test_the_days_in_the_spreadsheet_are_local_and_in_order(shop, tmp_path):
    """A parcel that arrives at 02:30 UTC is noted on the day before in New York."""
    shop.at()
    found = {int(row["return_id"]): row for row in sheet(shop, tmp_path)}
    late = rows(
        shop,
        """select return_id, received_at from main.returns
        where hour(received_at) between 1 and 3""",
    )
    assert late
    for return_id, received_at in late:
        local_day = received_at.date() - timedelta(days=1)
        assert found[return_id]["received_date"] == local_day.isoformat()
    for row in found.values():
        names = ("return_date", "received_date", "inspection_date")
        days = [row[name] for name in names] + [row["refund_date"], row["exchange_processed_date"]]
        written = [day for day in days if day]
        assert written == sorted(written)
        assert not (row["refund_date"] and row["exchange_processed_date"])


def test_the_spreadsheet_knows_nothing_of_the_future(shop, tmp_path):
    now = noon(shop, 100)
    shop.at(now)
    found = sheet(shop, tmp_path)
    received = value(shop, "select count(*) from main.returns where received_at <= ?", now)
    assert len(found) == received > 50
    today = now.date().isoformat()
    assert all(row["received_date"] <= today >= row["refund_date"] for row in found)
    assert any(not row["refund_date"] and not row["exchange_processed_date"] for row in found)


def test_a_shop_without_returns_has_an_empty_spreadsheet(tmp_path):
    assert sheet(new_shop(orders=0, products=0), tmp_path) == []
