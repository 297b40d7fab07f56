"""Every period of a random shop against figures worked out with pandas by their definitions."""

import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dlt_pipelines import landing
from storehouse import warehouse
from storehouse.settings import Settings
from tests.dbt_project.dbt_runs import Dbt
from tests.random_shop import figures, files
from tests.random_shop.stores import AS_OF, REPORTING
from tests.small_warehouse import duckdb_settings

KINDS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
WINDOWS = {"last_7_days": 7, "last_30_days": 30, "last_90_days": 90, "last_365_days": 365}


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return files.tables(seed=20250226)


@pytest.fixture(scope="module")
def books(frames: dict[str, pd.DataFrame]) -> figures.Books:
    return figures.books(frames)


@pytest.fixture(scope="module")
def built(frames: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("random_shop")
    files.write(frames, folder / "files")
    settings = replace(duckdb_settings(folder), reporting_currency=REPORTING)
    landing.prepare(settings)
    _land(settings, folder / "files")
    dbt = Dbt(settings, folder, str(AS_OF.date()))
    models = ("+sales__metrics", "+sales__metrics_by_product")
    done = dbt.run("build", "--resource-type", "model", "seed", "--select", *models)
    assert done.returncode == 0, done.stdout[-3000:]
    return settings


def _land(settings: Settings, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "dlt_pipelines", "files", str(folder)],
        env=os.environ
        | {"DUCKDB_PATH": str(settings.duckdb_path), "STATE_DIR": str(settings.state_dir)},
        check=True,
        capture_output=True,
    )


def _rows(settings: Settings, where: str) -> list[dict[str, Any]]:
    rows = warehouse.query(settings, f"select * from sales.metrics where {where}")
    return rows.to_dict("records")


def _end(row: dict[str, Any]) -> pd.Timestamp:
    return min(pd.Timestamp(row["period_end"]), AS_OF)


def _wrong(row: dict[str, Any], expected: dict[str, float]) -> dict[str, tuple[Any, float]]:
    return {
        name: (row[name], value) for name, value in expected.items() if not _same(row[name], value)
    }


def _same(ours: Any, theirs: float) -> bool:
    if ours is None or pd.isna(ours) or math.isnan(theirs):
        return (ours is None or pd.isna(ours)) and math.isnan(theirs)
    return math.isclose(float(ours), float(theirs), rel_tol=1e-6, abs_tol=2e-5)


@pytest.mark.parametrize("store_id", ["all", "ldn", "nyc"])
def test_every_metric_of_every_period_is_its_definition(
    built: Settings, books: figures.Books, store_id: str
):
    rows = _rows(built, f"store_id = '{store_id}'")
    kinds = {row["period_type"] for row in rows}
    assert kinds >= {*KINDS, *WINDOWS, "all_time", "month_to_date"}
    wrong = {
        (row["period_type"], row["period_start"]): mistakes
        for row in rows
        if (
            mistakes := _wrong(
                row,
                figures.period(books.of(store_id), pd.Timestamp(row["period_start"]), _end(row)),
            )
        )
    }
    assert wrong == {}


@pytest.mark.parametrize("store_id", ["all", "ldn", "nyc"])
def test_growth_compares_the_same_elapsed_days(
    built: Settings, books: figures.Books, store_id: str
):
    wrong = {}
    for kind, code in KINDS.items():
        for row in _rows(built, f"store_id = '{store_id}' and period_type = '{kind}'"):
            start, end = pd.Timestamp(row["period_start"]), _end(row)
            whole = pd.Timestamp(row["period_end"]) <= AS_OF
            before, year_before = _previous(start, code), _year_before(start, kind)
            expected = {
                "sales_growth_rate": figures.growth(
                    books.of(store_id), (start, end), _cut(before, code, start, end, whole)
                ),
                "year_over_year_growth": figures.growth(
                    books.of(store_id), (start, end), _cut(year_before, code, start, end, whole)
                ),
            }
            if mistakes := _wrong(row, expected):
                wrong[kind, start] = mistakes
    assert wrong == {}


def _previous(start: pd.Timestamp, code: str) -> pd.Timestamp:
    return (start.to_period(code) - 1).start_time


def _year_before(start: pd.Timestamp, kind: str) -> pd.Timestamp:
    if kind == "week":
        return start - pd.Timedelta(weeks=52)
    return start - pd.DateOffset(years=1)


def _cut(
    start: pd.Timestamp, code: str, now: pd.Timestamp, end: pd.Timestamp, whole: bool
) -> tuple[pd.Timestamp, pd.Timestamp]:
    last = start.to_period(code).end_time.normalize()
    return start, last if whole else min(last, start + (end - now))


@pytest.mark.parametrize(("kind", "days"), WINDOWS.items())
def test_a_window_is_compared_with_the_one_just_before_it(
    built: Settings, books: figures.Books, kind: str, days: int
):
    (row,) = _rows(built, f"store_id = 'all' and period_type = '{kind}'")
    start = AS_OF - pd.Timedelta(days=days - 1)
    assert pd.Timestamp(row["period_start"]) == start
    before = (start - pd.Timedelta(days=days), start - pd.Timedelta(days=1))
    assert _wrong(row, {"sales_growth_rate": figures.growth(books, (start, AS_OF), before)}) == {}


def test_every_sku_of_every_month_earns_what_its_lines_say(built: Settings, books: figures.Books):
    told = warehouse.query(
        built,
        "select store_id, sku, period_start, total_revenue, total_units_sold, orders_count, "
        "revenue_rank from sales.metrics_by_product where period_type = 'month'",
    )
    lines = books.lines.assign(month=books.lines["day"].dt.to_period("M").dt.start_time)
    both = pd.concat([lines, lines.assign(store_id="all")])
    sums = both.groupby(["store_id", "month", "sku"]).agg(
        revenue=("revenue", "sum"), units=("quantity", "sum"), orders=("order_id", "nunique")
    )
    ranked = sums.reset_index().sort_values(["revenue", "sku"], ascending=[False, True])
    ranked["rank"] = ranked.groupby(["store_id", "month"]).cumcount() + 1
    expected = ranked.set_index(["store_id", "sku", "month"])
    assert len(told) == len(expected) > 100
    for row in told.itertuples():
        known = expected.loc[(row.store_id, row.sku, pd.Timestamp(row.period_start))]
        assert _same(row.total_revenue, known["revenue"]), row
        assert (row.total_units_sold, row.orders_count) == (known["units"], known["orders"]), row
        assert row.revenue_rank == known["rank"], row


def test_gross_profit_takes_each_lines_cost_in_force_else_the_nearest(
    built: Settings, books: figures.Books
):
    lines = books.lines
    profit = (lines["revenue"] - lines["quantity"] * lines["cost"]).groupby(lines["sku"]).sum()
    told = warehouse.query(
        built,
        "select sku, gross_profit from sales.metrics_by_product "
        "where store_id = 'all' and period_type = 'all_time'",
    ).set_index("sku")["gross_profit"]
    assert len(profit) == 12
    assert {sku: told[sku] for sku in profit.index if not _same(told[sku], profit[sku])} == {}
