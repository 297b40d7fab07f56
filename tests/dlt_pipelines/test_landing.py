"""What a run leaves in the warehouse: raw tables, the load log, and where the next one goes on."""

import logging
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from unittest.mock import Mock

import dlt
import pyarrow as pa
import pytest
from dlt.load import Load

from dlt_pipelines import landing
from dlt_pipelines.errors import LandingError
from dlt_pipelines.files.tables import RAW_TABLES
from dlt_pipelines.load_log import Tally
from dlt_pipelines.shopify import tables as shopify_tables
from dlt_pipelines.tables import table
from storehouse import warehouse
from storehouse.settings import Settings
from tests.dlt_pipelines.conftest import raw

PRODUCTS = "sku,brand\nA,X\nB,Y\n"
CUSTOMERS = "customer_id,city\nC1,Rome\n"
START = datetime(2026, 3, 8, 5, 0, tzinfo=UTC)


def orders_since(seen: list[str | None], last: int) -> landing.BuildSource:
    """A source of orders numbered to `last`; `seen` is told where each run began."""

    def build(tally: Tally) -> Any:
        @dlt.source(name="shopify")
        def shopify() -> Any:
            @dlt.resource(**shopify_tables.ORDERS.hints())
            def orders(at: Any = dlt.sources.incremental("updated_at")) -> Any:  # noqa: B008
                seen.append(at.last_value and at.last_value.date().isoformat())
                yield from landing.rows(
                    {"store_id": "S", "id": str(day), "updated_at": datetime(2026, 3, day)}
                    for day in range(1, last + 1)
                )

            return orders

        return shopify()

    return build


def failing(message: str) -> landing.BuildSource:
    def build(tally: Tally) -> Any:
        @dlt.source(name="shopify")
        def shopify() -> Any:
            @dlt.resource(**shopify_tables.ORDERS.hints())
            def orders() -> Any:
                yield {"store_id": "S", "id": "1"}
                raise LandingError(message, "orders")

            return orders

        return shopify()

    return build


def log(settings: Settings) -> list[dict[str, Any]]:
    return warehouse.arrow(
        settings, f"select * from {warehouse.relation(settings, 'ops.loads')}"
    ).to_pylist()


def test_every_row_carries_its_file_its_line_and_its_load(prepared, land_files):
    loads = land_files(prepared, {"products.csv": PRODUCTS})
    assert raw(prepared, "products", "sku", "_file", "_line", "_dlt_load_id") == [
        ("A", "products.csv", 2, loads[0].load_id),
        ("B", "products.csv", 3, loads[0].load_id),
    ]


def test_a_table_in_the_folder_replaces_the_landed_one_and_others_stay(prepared, land_files):
    land_files(prepared, {"products.csv": PRODUCTS, "customers.csv": CUSTOMERS})
    land_files(prepared, {"products.csv": "sku\nC\n"})
    assert raw(prepared, "products", "sku") == [("C",)]
    assert raw(prepared, "customers", "customer_id") == [("C1",)]


def test_a_file_of_a_header_alone_empties_its_table(prepared, land_files):
    land_files(prepared, {"products.csv": PRODUCTS})
    land_files(prepared, {"products.csv": "sku\n"})
    assert raw(prepared, "products", "sku") == []


def test_an_unknown_column_becomes_a_column_of_the_raw_table(prepared, land_files):
    land_files(prepared, {"products.csv": "sku,Shelf No\nA,07\n"})
    assert raw(prepared, "products", "sku", "shelf_no") == [("A", "07")]
    land_files(prepared, {"products.csv": "sku\nA\n"})
    assert raw(prepared, "products", "sku", "shelf_no") == [("A", None)]


def test_rejected_rows_are_those_of_the_files_that_stand_in_the_tables(prepared, land_files):
    land_files(
        prepared,
        {
            "products.csv": "sku,unit_cost\nA,cheap\n",
            "customers.csv": "customer_id,created_at\nC1,never\n",
        },
    )
    land_files(prepared, {"products.csv": "sku,unit_cost\nA,1.50\n"})
    assert raw(prepared, "rejected", "table_name", "_file", "_line") == [
        ("customers", "customers.csv", 2)
    ]


def test_items_may_belong_to_orders_of_an_earlier_run(prepared, land_files):
    land_files(prepared, {"orders.csv": "order_id,order_date,order_status\n1,2026-03-08,pending\n"})
    items = "order_id,sku,quantity,unit_price\n1,A,1,2\n2,A,1,2\n"
    [load] = land_files(prepared, {"order_items.csv": items})
    assert raw(prepared, "order_items", "order_id") == [("1",)]
    assert load.rows_rejected == 1


def test_the_load_log_has_a_row_for_each_table_of_the_folder(prepared, land_files):
    products = "sku,unit_cost\nA,1\nA,2\nB,cheap\nC,\n"
    land_files(prepared, {"products.csv": products, "suppliers.csv": "supplier_id\n"})
    told = [
        (row["table_name"], row["rows_landed"], row["rows_rejected"], row["keys_repeated"])
        for row in sorted(log(prepared), key=lambda row: row["table_name"])
    ]
    assert told == [("products", 2, 1, 1), ("suppliers", 0, 0, 0)]
    assert {(row["source"], row["status"], row["message"]) for row in log(prepared)} == {
        ("files", "loaded", None)
    }


def test_a_bad_file_changes_nothing_and_is_logged(prepared, land_files):
    land_files(prepared, {"customers.csv": CUSTOMERS})
    with pytest.raises(LandingError):
        land_files(prepared, {"customers.csv": "customer_id\nC2\n", "products.csv": "brand\nX\n"})
    assert raw(prepared, "customers", "customer_id") == [("C1",)]
    failed = [row for row in log(prepared) if row["status"] == "failed"]
    assert [(row["table_name"], row["message"]) for row in failed] == [
        ("products", "products.csv lacks the required column sku.")
    ]


def test_progress_is_told_in_one_line_a_table(prepared, land_files, caplog):
    caplog.set_level(logging.INFO, logger="dlt_pipelines")
    land_files(prepared, {"products.csv": "sku,unit_cost\nA,1\nA,2\nB,cheap\n"})
    assert "raw_files.products: 1 rows, 1 rejected, 1 repeated keys" in caplog.messages


def test_prepare_makes_every_raw_table_with_every_column(prepared):
    for source, tables in landing.raw_tables().items():
        for declared in tables:
            landed = warehouse.read_table(prepared, f"raw_{source}.{declared.name}")
            assert set(declared.columns) | {"_dlt_load_id"} <= set(landed.column_names)
    assert len(RAW_TABLES) == 34


def test_prepare_makes_an_empty_load_log(prepared):
    assert log(prepared) == []


def test_prepare_has_nothing_to_do_the_second_time(prepared):
    assert landing.prepare(prepared) == ()


def test_prepare_adds_what_the_declarations_have_gained(prepared, land_files, monkeypatch):
    land_files(prepared, {"products.csv": PRODUCTS})
    wider = table("products", "sku", sku="text", shelf="text")
    monkeypatch.setattr(landing, "declared", lambda: {"files": (wider,)})
    assert landing.prepare(prepared) == ("raw_files.products",)
    assert raw(prepared, "products", "sku", "shelf") == [("A", None), ("B", None)]


def test_the_next_run_begins_where_the_last_one_ended(prepared):
    seen: list[str | None] = []
    landing.run(prepared, "shopify", orders_since(seen, last=2))
    landing.run(prepared, "shopify", orders_since(seen, last=3))
    assert seen == [None, "2026-03-02"]


def test_a_fresh_clone_goes_on_from_what_the_warehouse_knows(prepared):
    seen: list[str | None] = []
    landing.run(prepared, "shopify", orders_since(seen, last=2))
    shutil.rmtree(prepared.state_dir)
    landing.run(prepared, "shopify", orders_since(seen, last=3))
    assert seen == [None, "2026-03-02"]


def test_a_new_warehouse_is_filled_from_the_start_whatever_the_state_folder_holds(
    prepared, make_settings, tmp_path
):
    seen: list[str | None] = []
    landing.run(prepared, "shopify", orders_since(seen, last=2))
    other = make_settings(duckdb_path=tmp_path / "other.duckdb")
    landing.run(other, "shopify", orders_since(seen, last=2))
    assert seen == [None, None]


def test_a_full_refresh_forgets_the_cursor_and_duplicates_nothing(prepared):
    seen: list[str | None] = []
    landing.run(prepared, "shopify", orders_since(seen, last=2))
    landing.run(prepared, "shopify", orders_since(seen, last=2), full_refresh=True)
    landing.run(prepared, "shopify", orders_since(seen, last=2))
    assert seen == [None, None, "2026-03-02"]
    ids = warehouse.read_table(prepared, "raw_shopify.orders", ["id"])["id"].to_pylist()
    assert sorted(ids) == ["1", "2"]


def test_a_source_that_fails_half_way_lands_nothing_and_keeps_its_cursor(prepared):
    seen: list[str | None] = []
    landing.run(prepared, "shopify", orders_since(seen, last=2))
    with pytest.raises(LandingError, match="The token was refused"):
        landing.run(prepared, "shopify", failing("The token was refused."))
    landing.run(prepared, "shopify", orders_since(seen, last=2))
    assert seen == [None, "2026-03-02"]
    assert [row["message"] for row in log(prepared) if row["status"] == "failed"] == [
        "The token was refused."
    ]


def test_an_error_of_a_library_is_told_in_one_line():
    problem = landing.readable("shopify", ValueError("first line\nsecond line"))
    assert str(problem) == "shopify cannot be landed: ValueError: first line"


def test_a_skipped_table_is_logged_with_the_reason(prepared):
    def build(tally: Tally) -> Any:
        tally.skipped["customers"] = "the token lacks read_customers"
        return orders_since([], last=1)(tally)

    loads = landing.run(prepared, "shopify", build, now=lambda: START)
    told = {load.table_name: (load.status, load.message) for load in loads}
    assert told == {
        "orders": ("loaded", None),
        "customers": ("skipped_no_scope", "the token lacks read_customers"),
    }
    assert {row["started_at"] for row in log(prepared)} == {START}


def test_rows_of_one_merge_key_are_replaced_together(prepared):
    def lines(*given: tuple[str, str, bool | None]) -> Callable[[Tally], Any]:
        orders, ids, cleared = zip(*given, strict=True)
        arrow = pa.table(
            {
                "store_id": ["S"] * len(given),
                "order_id": list(orders),
                "id": list(ids),
                "_cleared": pa.array(cleared, pa.bool_()),
            }
        )

        def build(tally: Tally) -> Any:
            tally.cleared["order_lines"] = sum(map(bool, cleared))
            resource = dlt.resource([arrow], **shopify_tables.ORDER_LINES.hints())
            return dlt.source(lambda: resource, name="shopify")()

        return build

    landing.run(prepared, "shopify", lines(("1", "a", None), ("1", "b", None), ("2", "c", None)))
    [load] = landing.run(prepared, "shopify", lines(("1", "d", None), ("2", "", True)))
    left = warehouse.read_table(prepared, "raw_shopify.order_lines", ["order_id", "id"])
    assert left.to_pylist() == [{"order_id": "1", "id": "d"}]
    assert load.rows_landed == 1


def test_rows_that_a_run_appended_before_it_died_do_not_come_twice(prepared, monkeypatch):
    def build(tally: Tally) -> Any:
        rejected = [{"store_id": "S", "table_name": "orders", "reason": "no id", "record": "{}"}]
        resource = dlt.resource(rejected, **shopify_tables.REJECTED.hints())
        return dlt.source(lambda: resource, name="shopify")()

    with monkeypatch.context() as patch:
        patch.setattr(Load, "complete_package", Mock(side_effect=OSError("the disk is full")))
        with pytest.raises(LandingError, match="the disk is full"):
            landing.run(prepared, "shopify", build)
    assert warehouse.read_table(prepared, "raw_shopify.rejected").num_rows == 1
    landing.run(prepared, "shopify", build)
    assert warehouse.read_table(prepared, "raw_shopify.rejected").num_rows == 1
