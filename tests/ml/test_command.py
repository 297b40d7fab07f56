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
    put_ads(settings)
    put_journeys(settings)
    return settings


def put_ads(settings):
    """Two ads beside each other on two days, of which one is over; no curve can be told."""
    put(
        settings,
        "core.ad_performance",
        store_id=["s"] * 3,
        platform=["google"] * 3,
        campaign_id=["c"] * 3,
        ad_group_id=["g"] * 3,
        ad_id=["1", "2", "2"],
        date=[AS_OF, AS_OF, date(2026, 4, 1)],
        impressions=[2_000, 3_000, 9],
        clicks=[20, 60, 9],
        conversions=[1.5, 2.0, 9.0],
        spend=[10.0, 20.0, 9.0],
        revenue=[30.0, 40.0, 9.0],
        is_settled=[True] * 3,
        is_unallocated=[False] * 3,
    )
    put(
        settings,
        "core.ads",
        store_id=["s"],
        campaign_id=["c"],
        ad_group_id=["g"],
        ad_id=["1"],
        headline=["The best jacket"],
        body=[None],
    )
    put(
        settings,
        "seeds.ad_budget_limits",
        platform=["*"],
        minimum_daily_spend=[None],
        maximum_daily_spend=[None],
        most_cut_pct=[50.0],
        most_rise_pct=[50.0],
    )


def put_journeys(settings):
    """Three journeys by mail, of which two end in an order."""
    put(
        settings,
        "int_touches.steps",
        store_id=["s"] * 3,
        from_step=["(start)", "email", "email"],
        to_step=["email", "(conversion)", "(no conversion)"],
        steps=[3, 2, 1],
    )
    put(
        settings,
        "int_touches.channel_sets",
        store_id=["s"],
        channel_set=["email"],
        channel=["email"],
        conversions=[2],
    )


def learned(settings, name):
    return warehouse.read_table(settings, f"raw_ml.{name}").to_pylist()


def test_every_task_writes_its_tables_as_of_the_day_of_the_run(shop):
    assert command.main(["--as-of", "2026-03-31"]) == 0
    (sent,) = learned(shop, "allocation")
    assert (sent["from_location"], sent["to_location"], sent["units"]) == ("x", "y", 3)
    assert (float(sent["transfer_cost"]), sent["as_of_date"]) == (4.5, AS_OF)
    (told,) = learned(shop, "reason_texts")
    assert (told["return_item_id"], told["sentiment_label"]) == ("1a", "negative")
    (copy,) = learned(shop, "ad_copy")
    assert (copy["ad_id"], copy["sentiment_label"]) == ("1", "positive")
    rates = {row["measure"]: row["rate"] for row in learned(shop, "ab_tests")}
    assert rates["click_through_rate"] == pytest.approx(0.02)
    (curve,) = learned(shop, "response_curves")
    assert (curve["status"], curve["daily_spend"]) == ("too_few_days", 30.0)


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
    for task in TASKS.values():
        for source in task.reads.values():
            warehouse.execute(shop, f"delete from {source.relation}")
    assert command.main(["--as-of", "2026-03-31"]) == 0
    assert [
        row for task in TASKS.values() for t in task.writes for row in learned(shop, t.name)
    ] == []


def test_a_core_that_is_not_built_is_told_in_one_line(settings, monkeypatch, caplog):
    monkeypatch.setenv("DUCKDB_PATH", str(settings.duckdb_path))
    landing.prepare(settings)
    assert command.main(["allocation", "--as-of", "2026-03-31"]) == 1
    assert "location_needs" in caplog.messages[-1]
