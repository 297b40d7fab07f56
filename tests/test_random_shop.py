"""Every period of a random shop against figures worked out with pandas by their definitions."""

import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dlt_pipelines import landing
from storehouse import warehouse
from storehouse.settings import Settings
from tests.dbt_project.dbt_runs import Dbt
from tests.random_shop import ad_figures, figures, files, return_figures, stock_figures
from tests.random_shop.stores import AS_OF, REPORTING
from tests.small_warehouse import duckdb_settings

KINDS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
WINDOWS = {"last_7_days": 7, "last_30_days": 30, "last_90_days": 90, "last_365_days": 365}


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return files.tables(seed=20250226)


@pytest.fixture(scope="module")
def ads(frames: dict[str, pd.DataFrame]) -> ad_figures.Ads:
    return ad_figures.ads(frames)


@pytest.fixture(scope="module")
def books(frames: dict[str, pd.DataFrame], ads: ad_figures.Ads) -> figures.Books:
    known = figures.books(frames)
    spent = pd.DataFrame(ads.rows)[["store_id", "day", "spend"]].rename(columns={"spend": "amount"})
    return replace(known, expenses=pd.concat([known.expenses, spent]))


@pytest.fixture(scope="module")
def returned(frames: dict[str, pd.DataFrame]) -> return_figures.Returned:
    return return_figures.returned(frames)


@pytest.fixture(scope="module")
def stock(
    frames: dict[str, pd.DataFrame], books: figures.Books, returned: return_figures.Returned
) -> stock_figures.Stock:
    return stock_figures.stock(frames, books, returned)


@pytest.fixture(scope="module")
def built(frames: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("random_shop")
    files.write(frames, folder / "files")
    settings = replace(duckdb_settings(folder), reporting_currency=REPORTING)
    landing.prepare(settings)
    _land(settings, folder / "files")
    dbt = Dbt(settings, folder, str(AS_OF.date()))
    models = [f"+{schema}__metrics*" for schema in ("ads", "sales", "inventory", "returns")]
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


def _rows(settings: Settings, where: str, table: str = "sales.metrics") -> list[dict[str, Any]]:
    rows = warehouse.query(settings, f"select * from {table} where {where}")
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


@pytest.mark.parametrize("store_id", ["all", "ldn", "nyc"])
def test_every_inventory_metric_of_every_period_is_its_definition(
    built: Settings, stock: stock_figures.Stock, store_id: str
):
    rows = _rows(built, f"store_id = '{store_id}'", "inventory.metrics")
    kinds = {row["period_type"] for row in rows}
    assert kinds >= {*KINDS, *WINDOWS, "all_time", "month_to_date"}
    store = stock.of(store_id)
    assert _mistakes(rows, lambda row: stock_figures.period(store, *_days(row))) == {}


@pytest.mark.parametrize("store_id", ["ldn", "nyc"])
@pytest.mark.parametrize("kind", ["month", "last_30_days", "last_365_days"])
def test_every_sku_that_moved_is_stocked_and_planned_as_the_files_say(
    built: Settings, stock: stock_figures.Stock, store_id: str, kind: str
):
    where = f"store_id = '{store_id}' and period_type = '{kind}'"
    rows = _rows(built, where, "inventory.metrics_by_product")
    skus = {sku: stock.of_sku(store_id, sku) for _, sku in stock.of(store_id).by_sku}
    periods = {_days(row) for row in rows}
    assert {(row["sku"], *_days(row)) for row in rows} == {
        (sku, *days) for sku, part in skus.items() for days in periods if part.is_active(*days)
    }

    def expected(row: dict[str, Any]) -> dict[str, float]:
        part = skus[row["sku"]]
        planned = stock_figures.plan(stock, (store_id, row["sku"]), _end(row))
        return stock_figures.period(part, *_days(row)) | planned

    assert _mistakes(rows, expected) == {}
    assert {row["stock_coverage"] for row in rows} == {None}


def test_every_location_holds_what_its_movements_leave(built: Settings, stock: stock_figures.Stock):
    where = "store_id <> 'all' and period_type = 'month'"
    rows = _rows(built, where, "inventory.metrics_by_location")
    places = [(row["store_id"], row["sku"], row["warehouse_location"]) for row in rows]
    assert set(places) == set(stock.closings)
    wrong = {
        (*place, row["period_start"]): row["current_stock_quantity"]
        for place, row in zip(places, rows, strict=True)
        if not _same(row["current_stock_quantity"], stock.closings[place].get(_end(row), 0))
    }
    assert wrong == {}


def test_every_supplier_is_as_quick_as_its_deliveries(built: Settings, stock: stock_figures.Stock):
    rows = _rows(
        built, "store_id <> 'all' and period_type = 'quarter'", "inventory.metrics_by_supplier"
    )
    assert {row["supplier_id"] for row in rows} == {"sup0", "sup1", "sup2", "unknown"}

    def expected(row: dict[str, Any]) -> dict[str, float]:
        start, end = _days(row)
        days = [
            each["lead_time"]
            for each in stock.orders_received
            if (each["store_id"], each["supplier_id"]) == (row["store_id"], row["supplier_id"])
            and start <= each["day"] <= end
        ]
        return {"average_lead_time": figures.ratio(sum(days), len(days))}

    assert _mistakes(rows, expected) == {}


@pytest.mark.parametrize("store_id", ["all", "ldn", "nyc"])
def test_every_returns_metric_of_every_period_is_its_definition(
    built: Settings, books: figures.Books, returned: return_figures.Returned, store_id: str
):
    rows = _rows(built, f"store_id = '{store_id}'", "returns.metrics")
    kinds = {row["period_type"] for row in rows}
    assert kinds >= {*KINDS, *WINDOWS, "all_time", "month_to_date"}
    store, sold = returned.of(store_id), books.of(store_id)
    assert _mistakes(rows, lambda row: return_figures.period(store, sold, *_days(row))) == {}


@pytest.mark.parametrize("store_id", ["all", "ldn", "nyc"])
def test_every_sku_came_back_as_the_files_say(
    built: Settings, books: figures.Books, returned: return_figures.Returned, store_id: str
):
    where = f"store_id = '{store_id}' and period_type in ('quarter', 'last_90_days')"
    rows = _rows(built, where, "returns.metrics_by_product")
    assert len({row["sku"] for row in rows}) == 12
    names = ("returned_units", "return_rate", "return_value", "total_returns", "defect_rate")

    def expected(row: dict[str, Any]) -> dict[str, float]:
        lines = books.of(store_id).lines
        sold = replace(books, lines=lines[lines["sku"] == row["sku"]])
        back = returned.of(store_id).only(lambda line: line["sku"] == row["sku"])
        return {name: return_figures.period(back, sold, *_days(row))[name] for name in names}

    assert _mistakes(rows, expected) == {}


@pytest.mark.parametrize("store_id", ["all", "ldn", "nyc"])
def test_returns_and_units_of_every_reason_are_counted_whole_and_by_detail(
    built: Settings, returned: return_figures.Returned, store_id: str
):
    where = f"store_id = '{store_id}' and period_type in ('month', 'all_time')"
    told: dict[Any, Any] = {}
    for row in _rows(built, where, "returns.metrics_by_reason"):
        if not row["returns_count"]:  # a refund of another day's return, say
            continue
        counts = told.setdefault(_days(row), {})
        detail = None if pd.isna(row["return_reason_detail"]) else row["return_reason_detail"]
        counts[row["return_reason_category"], detail] = (
            row["returns_count"],
            row["returned_units"],
        )
    assert len(told) > 10
    store = returned.of(store_id)
    assert told == {days: return_figures.by_reason(store, *days) for days in told}


@pytest.mark.parametrize(
    ("table", "key", "of_header"),
    [
        ("channel", "channel", lambda header: header["channel"] or "unknown"),
        ("return_type", "return_type", lambda header: header["kind"]),
    ],
)
def test_returns_of_every_channel_and_type_are_its_part_of_all(
    built: Settings,
    books: figures.Books,
    returned: return_figures.Returned,
    table: str,
    key: str,
    of_header: Callable[[dict[str, Any]], str],
):
    where = "period_type in ('month', 'all_time')"
    rows = _rows(built, where, f"returns.metrics_by_{table}")
    kinds = {of_header(header) for header in returned.headers}
    assert {row[key] for row in rows} == kinds
    names = (
        *("total_returns", "returned_units", "return_value", "refund_amount", "recovered_value"),
        *("net_return_loss", "average_processing_time", "restocking_rate", "defect_rate"),
    )

    def expected(row: dict[str, Any]) -> dict[str, float]:
        part = returned.of(row["store_id"]).whole(lambda header: of_header(header) == row[key])
        told = return_figures.period(part, books.of(row["store_id"]), *_days(row))
        return {name: told[name] for name in names}

    assert _mistakes(rows, expected) == {}


@pytest.mark.parametrize("store_id", ["all", "ldn", "nyc"])
def test_every_ads_metric_of_every_period_is_its_definition(
    built: Settings, books: figures.Books, ads: ad_figures.Ads, store_id: str
):
    rows = _rows(built, f"store_id = '{store_id}'", "ads.metrics")
    kinds = {row["period_type"] for row in rows}
    assert kinds >= {*KINDS, *WINDOWS, "all_time", "month_to_date"}
    part, store = ads.of(store_id), books.of(store_id)

    def expected(row: dict[str, Any]) -> dict[str, float]:
        days = _days(row)
        told = ad_figures.period(part, store, *days)
        return told | ad_figures.budgeted(part, *days) | ad_figures.visited(part, *days)

    assert _mistakes(rows, expected) == {}
    (ever,) = [row for row in rows if row["period_type"] == "all_time"]
    assert [name for name in expected(ever) if pd.isna(ever[name])] == []


@pytest.mark.parametrize("store_id", ["all", "ldn", "nyc"])
@pytest.mark.parametrize("keys", [("platform",), ("platform", "campaign_id"), ("device_type",)])
def test_ads_of_every_platform_campaign_and_device_are_their_part_of_all(
    built: Settings,
    books: figures.Books,
    ads: ad_figures.Ads,
    store_id: str,
    keys: tuple[str, ...],
):
    table = "ads.metrics_by_" + keys[-1].removesuffix("_id").removesuffix("_type")
    where = f"store_id = '{store_id}' and period_type in ('week', 'month', 'all_time')"
    rows = _rows(built, where, table)
    part, store = ads.of(store_id), books.of(store_id)
    if keys == ("device_type",):  # what campaigns that tell devices leave out is told, too
        part = part.only(lambda row: row.get("campaign_id") in ("c0", "c2"))

    def of(row: dict[str, Any]) -> tuple[str, ...]:
        return tuple(row.get(key) or "unallocated" for key in keys)

    periods = {_days(row) for row in rows}
    known = {
        (*of(row), start, end)
        for row in part.rows
        for start, end in periods
        if start <= row["day"] <= end
    }
    assert {(*of(row), *_days(row)) for row in rows} == known

    def expected(row: dict[str, Any]) -> dict[str, float]:
        mine = part.only(lambda other: of(other) == of(row))
        told = ad_figures.period(mine, store, *_days(row))
        return told | (ad_figures.budgeted(mine, *_days(row)) if "platform" in keys else {})

    assert _mistakes(rows, expected) == {}


def _days(row: dict[str, Any]) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(row["period_start"]), _end(row)


def _mistakes(
    rows: list[dict[str, Any]], expected: Callable[[dict[str, Any]], dict[str, float]]
) -> dict[Any, Any]:
    """What rows say otherwise than expected, as (ours, theirs), by row and column."""
    keys = (
        *("store_id", "sku", "supplier_id", "channel", "platform", "campaign_id", "device_type"),
        *("period_type", "period_start"),
    )
    return {
        tuple(str(row[key]) for key in keys if key in row): wrong
        for row in rows
        if (wrong := _wrong(row, expected(row)))
    }
