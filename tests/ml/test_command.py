"""`python -m ml`: from core tables to raw_ml."""

from dataclasses import replace
from datetime import date

import pytest

from dlt_pipelines import landing
from ml import __main__ as command
from ml.tasks import TASKS
from storehouse import warehouse
from tests.small_warehouse import put

AS_OF = date(2026, 3, 31)


@pytest.fixture(params=["duckdb", "postgres"])
def shop(request, settings, monkeypatch):
    """A shop with a shortage and four texts, of which one counts, on either engine."""
    monkeypatch.setenv("DUCKDB_PATH", str(settings.duckdb_path))
    if request.param == "postgres":
        request.getfixturevalue("postgres_env")
        settings = replace(settings, warehouse="postgres")
    landing.prepare(settings)
    put(
        settings,
        "int_stock.location_needs",
        store_id=["s", "s"],
        sku=["A", "A"],
        warehouse_location=["x", "y"],
        surplus_units=[5, 0],
        shortage_units=[0, 3],
    )
    put(
        settings,
        "int_stock.transfer_costs",
        store_id=["s"],
        from_location=["x"],
        to_location=["y"],
        unit_cost=[1.5],
    )
    put(
        settings,
        "core.return_items",
        store_id=["s"] * 4,
        return_id=["1", "2", "3", "4"],
        return_item_id=["1a", "2a", "3a", "4a"],
        sku=["A"] * 4,
        return_reason_category=["size_fit"] * 4,
        reason_text=["does not fit", "rejected", "tomorrow", None],
        is_counted=[True, False, True, True],
        return_date=[AS_OF, AS_OF, date(2026, 4, 1), AS_OF],
    )
    return settings


def learned(settings, name):
    return warehouse.read_table(settings, f"raw_ml.{name}").to_pylist()


def test_every_task_writes_its_tables_as_of_the_day_of_the_run(shop):
    assert command.main(["--as-of", "2026-03-31"]) == 0
    (sent,) = learned(shop, "allocation")
    assert (sent["from_location"], sent["to_location"], sent["units"]) == ("x", "y", 3)
    assert (float(sent["transfer_cost"]), sent["as_of_date"]) == (4.5, AS_OF)
    (told,) = learned(shop, "reason_texts")
    assert (told["return_item_id"], told["sentiment_label"]) == ("1a", "negative")


def test_a_second_run_puts_its_rows_in_the_place_of_the_first(shop):
    for _ in range(2):
        assert command.main(["allocation", "--as-of", "2026-03-31"]) == 0
    assert len(learned(shop, "allocation")) == 1
    assert learned(shop, "reason_texts") == []


def test_the_last_line_says_how_much_was_learned(shop, caplog):
    caplog.set_level("INFO", logger="ml")
    command.main(["allocation", "--as-of", "2026-03-31"])
    assert caplog.messages[-1] == "1 rows learned in 1 tables"


def test_tables_without_rows_are_learned_from_in_peace(shop):
    for name in ("int_stock.location_needs", "int_stock.transfer_costs", "core.return_items"):
        warehouse.execute(shop, f"delete from {name}")
    assert command.main(["--as-of", "2026-03-31"]) == 0
    assert [
        row for task in TASKS.values() for t in task.writes for row in learned(shop, t.name)
    ] == []


def test_a_core_that_is_not_built_is_told_in_one_line(settings, monkeypatch, caplog):
    monkeypatch.setenv("DUCKDB_PATH", str(settings.duckdb_path))
    landing.prepare(settings)
    assert command.main(["allocation", "--as-of", "2026-03-31"]) == 1
    assert "location_needs" in caplog.messages[-1]
