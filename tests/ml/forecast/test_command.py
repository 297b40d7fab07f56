"""`python -m ml.forecast`: from the views of int_forecast to raw_ml."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ml.forecast import __main__ as command
from ml.forecast.tables import TABLES
from storehouse import engines, warehouse
from storehouse.warehouse import WarehouseError
from tests.small_warehouse import put

AS_OF = date(2026, 3, 31)
SERIES = [("store", "revenue", "total", 40), ("platform", "spend", "google", 7)]


@pytest.fixture(params=["duckdb", "postgres"])
def shop(request, settings, monkeypatch):
    """A store of forty days and a platform of seven, on either engine."""
    monkeypatch.setenv("DUCKDB_PATH", str(settings.duckdb_path))
    if request.param == "postgres":
        request.getfixturevalue("postgres_env")
        settings = replace(settings, warehouse="postgres")
    make_raw_tables(settings)
    put_series(settings)
    return settings


def make_raw_tables(settings):
    """The tables that `prepare` makes for forecasts, alone."""
    types = {"double": "double precision", "bool": "boolean"}
    for table in TABLES:
        columns = {**table.columns, "_dlt_load_id": "text"}.items()
        declared = ", ".join(f"{name} {types.get(kind, kind)}" for name, kind in columns)
        warehouse.execute(
            settings,
            f"create schema if not exists raw_ml; create table raw_ml.{table.name} ({declared})",
        )


def put_series(settings):
    ids = [f"main|{level}|{measure}|{entity}|" for level, measure, entity, _ in SERIES]
    levels, measures, entities, lengths = (list(part) for part in zip(*SERIES, strict=True))
    put(
        settings,
        "int_forecast.series",
        series_id=ids,
        store_id=["main"] * 2,
        level=levels,
        measure=measures,
        entity=entities,
        warehouse_location=[""] * 2,
        category=[None] * 2,
        first_day=[AS_OF - timedelta(days=days - 1) for days in lengths],
        last_day=[AS_OF] * 2,
    )
    days = [
        (name, AS_OF - timedelta(days=back))
        for name, length in zip(ids, lengths, strict=True)
        for back in range(length)
    ]
    put(
        settings,
        "int_forecast.days",
        series_id=[name for name, _ in days],
        day=[day for _, day in days],
        y=[10.0] * len(days),
        observed=[10.0] * len(days),
        is_censored=[False] * len(days),
    )
    plan = [AS_OF + timedelta(days=ahead) for ahead in range(-40, 120)]
    put(
        settings,
        "int_forecast.regressors",
        store_id=["main"] * len(plan),
        day=plan,
        price_index=[1.0] * len(plan),
        discount_rate=[0.0] * len(plan),
        ad_spend=[0.0] * len(plan),
        season_plan=[None] * len(plan),
        is_promotion=[False] * len(plan),
        is_peak=[False] * len(plan),
    )
    put(
        settings,
        "int_forecast.location_shares",
        store_id=["main"],
        sku=["A"],
        warehouse_location=["x"],
        share=[1.0],
    )
    put(settings, "core.stores", store_id=["main"], country=["US"])
    put(
        settings,
        "seeds.forecast_scenarios",
        scenario=["realistic"],
        kind=["range"],
        quantile_pct=[50.0],
        price_change_pct=[0.0],
        discount_change_pct=[0.0],
        ad_spend_change_pct=[0.0],
    )


def written(settings, name):
    return warehouse.read_table(settings, f"raw_ml.{name}").to_pylist()


def run(day=AS_OF, *words):
    return command.main(["--as-of", str(day), *words])


def days_of(settings, as_of):
    return [
        row
        for row in written(settings, "forecasts")
        if row["period_type"] == "day" and row["as_of_date"] == as_of
    ]


def test_forecasts_choices_and_the_day_of_the_run_are_written(shop, caplog):
    caplog.set_level("INFO", logger="ml.forecast")
    assert run(AS_OF, "--horizon", "30") == 0
    days = days_of(shop, AS_OF)
    assert [row["forecast"] for row in days] == [10.0] * 30
    assert min(row["period_start"] for row in days) == AS_OF + timedelta(days=1)
    choices = {row["level"]: row for row in written(shop, "forecast_choices")}
    assert (choices["store"]["model"], choices["store"]["status"]) == ("window_average", "forecast")
    assert (choices["platform"]["model"], choices["platform"]["status"]) == (None, "no_forecast")
    assert "forecast: 2 of 2 series" in caplog.messages
    assert caplog.messages[-1].startswith("37 forecasts of 1 series to 30 days after 2026-03-31")


def test_the_same_day_is_replaced_and_other_days_stay(shop):
    for day in (AS_OF - timedelta(days=1), AS_OF, AS_OF):
        assert run(day, "--horizon", "30") == 0
    assert len(written(shop, "forecast_scenarios")) == 2 * 30
    assert len(days_of(shop, AS_OF)) == len(days_of(shop, AS_OF - timedelta(days=1))) == 30
    assert {row["as_of_date"] for row in written(shop, "forecast_choices")} == {AS_OF}


def test_of_locations_former_runs_keep_their_sums_over_the_horizons(shop):
    for day in (AS_OF - timedelta(days=1), AS_OF + timedelta(days=1)):
        for kind in ("day", "week", "month", "horizon"):
            warehouse.execute(
                shop,
                "insert into raw_ml.forecasts (level, period_type, as_of_date) "
                f"values ('location', '{kind}', date '{day}')",
            )
    assert run(AS_OF, "--horizon", "30") == 0
    left = [
        ((row["as_of_date"] - AS_OF).days, row["period_type"])
        for row in written(shop, "forecasts")
        if row["level"] == "location"
    ]
    assert sorted(left) == [
        (-1, "horizon"), (1, "day"), (1, "horizon"), (1, "month"), (1, "week")
    ]  # fmt: skip


def test_a_run_that_ends_while_writing_leaves_all_as_it_was(shop, monkeypatch):
    assert run(AS_OF, "--horizon", "30") == 0
    before = {table.name: written(shop, table.name) for table in TABLES}
    engine = engines.ENGINES[shop.warehouse]
    whole = engine._write

    def killed(self, connection, one):
        if one.name == "raw_ml.forecast_choices":
            raise KeyboardInterrupt
        whole(self, connection, one)

    monkeypatch.setattr(engine, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        run(AS_OF, "--horizon", "60")
    assert {table.name: written(shop, table.name) for table in TABLES} == before


def test_a_shop_without_series_writes_tables_without_rows(shop):
    assert run() == 0
    for name in ("series", "days", "regressors", "location_shares"):
        warehouse.execute(shop, f"delete from int_forecast.{name}")
    assert run() == 0
    assert [row for table in TABLES for row in written(shop, table.name)] == []


def test_levels_that_are_not_asked_for_keep_what_they_have(shop):
    assert run(AS_OF, "--only", "platform") == 0
    assert {row["level"] for row in written(shop, "forecast_choices")} == {"platform"}
    assert run(AS_OF, "--only", "store") == 0
    assert run(AS_OF, "--only", "platform") == 0
    assert {row["level"] for row in written(shop, "forecast_choices")} == {"platform", "store"}
    assert len(days_of(shop, AS_OF)) == len(written(shop, "forecast_scenarios")) == 90


def test_the_level_is_that_of_the_settings_or_of_the_command(shop, monkeypatch):
    monkeypatch.setenv("FORECAST_LEVEL", "85")
    assert run() == 0
    assert {row["interval_pct"] for row in written(shop, "forecasts")} == {85.0}
    assert run(AS_OF, "--level", "99") == 0
    assert {row["interval_pct"] for row in written(shop, "forecasts")} == {99.0}


@pytest.mark.parametrize(
    "words", [("--horizon", "0"), ("--level", "20"), ("--only", "shelf"), ("--horizon", "x")]
)
def test_what_cannot_be_asked_for_is_refused(words, capsys):
    with pytest.raises(SystemExit):
        command.main(list(words))
    assert repr(words[1]) in capsys.readouterr().err


def test_series_that_are_not_built_are_told_in_one_line(settings, monkeypatch, caplog):
    monkeypatch.setenv("DUCKDB_PATH", str(settings.duckdb_path))
    make_raw_tables(settings)
    assert run() == 1
    assert "series" in caplog.messages[-1]
    with pytest.raises(WarehouseError):
        command.read(settings, AS_OF, command.LEVELS)
