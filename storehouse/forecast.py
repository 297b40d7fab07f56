"""`storehouse forecast`: the steps of a forecast by hand, and what stores expect, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from rich.console import Console
from rich.table import Table

from storehouse import warehouse
from storehouse.settings import Settings, SettingsError, parse_level
from storehouse.status import place
from storehouse.steps import Run, Step, forecast_steps
from storehouse.warehouse import WarehouseError

LEVELS = ("store", "category", "channel", "sku", "platform")
MEASURES = ("revenue", "orders", "units")
HORIZONS = (30, 60, 90)
MOST_DAYS = 365


@dataclass(frozen=True)
class Asked:
    """What the options say, as they were typed."""

    as_of: str | None
    horizon: int
    level: str | None
    only: str | None


def plan(settings: Settings, asked: Asked) -> tuple[str, list[Step]]:
    """The day and the steps; SettingsError or WarehouseError where they cannot be run."""
    if not 1 <= asked.horizon <= MOST_DAYS:
        raise SettingsError(f"--horizon is {asked.horizon}; it must be from 1 to {MOST_DAYS} days.")
    level = parse_level(asked.level, "--level") if asked.level else settings.forecast_level
    options = ["--horizon", str(asked.horizon), "--level", str(level)]
    if asked.only is not None:
        options += ["--only", ",".join(_levels(asked.only))]
    day = _day(asked.as_of, _built(settings)).isoformat()
    return day, forecast_steps(settings, Run(day, settings.sources), options)


def _levels(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names or set(names) - set(LEVELS):
        raise SettingsError(f"--only is {text!r}; it takes {', '.join(LEVELS)}.")
    return names


def _built(settings: Settings) -> date:
    """The day that the warehouse was built for."""
    if settings.warehouse == "duckdb" and not settings.duckdb_path.exists():
        raise WarehouseError(f"There is no warehouse at {place(settings)} yet: storehouse run")
    if not all(warehouse.exists(settings, name) for name in ("core.orders", "core.periods")):
        raise WarehouseError(f"Nothing is built in {place(settings)} yet: storehouse run")
    orders = warehouse.arrow(
        settings, f"select count(*) from {warehouse.relation(settings, 'core.orders')}"
    )
    if not orders.column(0)[0].as_py():
        raise WarehouseError(f"No order has landed in {place(settings)} yet: storehouse run")
    today = warehouse.read_table(
        settings, "core.periods", ["period_start"], "period_type = 'today'"
    )
    return pd.Timestamp(today.column(0)[0].as_py()).date()


def _day(text: str | None, built: date) -> date:
    if text is None:
        return built
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"--as-of is {text!r}; it must be a day such as 2026-03-31.") from None
    if day > built:
        raise SettingsError(
            f"--as-of is {day}, but the warehouse was built for {built}: "
            f"storehouse run --as-of {day} comes first."
        )
    return day


def show(console: Console, settings: Settings, as_of: str) -> None:
    """Print what each store expects of the next days, by which model, and how well it did."""
    expected = _expected(settings, as_of)
    if expected.empty:
        console.print(f"No store has a forecast as of {as_of}.", highlight=False)
    else:
        console.print(_table(expected, _measured(settings, as_of), as_of), highlight=False)
    charts = sorted((settings.exports_dir / as_of / "charts").glob("*.png"))
    for name, found in (("Charts", charts), ("Warehouse", [place(settings)])):
        for path in found:
            console.print(f"{name:9}  {path}", highlight=False, markup=False, soft_wrap=True)


def _expected(settings: Settings, as_of: str) -> pd.DataFrame:
    """The sums over the next 30, 60 and 90 days, or the days asked for, of every store."""
    columns = ("store_id", "measure", "days", "forecast", "lower_80", "upper_80")
    return warehouse.read_table(
        settings,
        "sales.forecast",
        columns,
        f"as_of_date = date '{as_of}' and level = 'store' and period_type = 'horizon'",
    ).to_pandas()


def _measured(settings: Settings, as_of: str) -> pd.DataFrame:
    """How the models of stores did on the past, at the longest horizon that was tested."""
    columns = ("store_id", "measure", "model", "horizon_days", "wape", "is_chosen", "is_published")
    frame = warehouse.read_table(
        settings,
        "ops.forecast_accuracy",
        columns,
        f"as_of_date = date '{as_of}' and level = 'store'",
    ).to_pandas()
    longest = frame.groupby(["store_id", "measure"])["horizon_days"].transform("max")
    return frame[frame["horizon_days"] == longest]


def _table(expected: pd.DataFrame, measured: pd.DataFrame, as_of: str) -> Table:
    horizons = sorted(expected["days"].unique())
    table = Table(
        title=f"\nWhat stores expect after {as_of}, with the interval of 80 %",
        title_justify="left", box=None, pad_edge=False,
    )  # fmt: skip
    table.add_column("Store")
    table.add_column("")
    for days in horizons:
        table.add_column(f"next {days} days", justify="right")
    table.add_column("model")
    table.add_column("WAPE %", justify="right")
    table.add_column("seasonal naive", justify="right")
    for store_id in sorted(expected["store_id"].unique()):
        for measure in MEASURES:
            rows = _of(expected, store_id, measure).set_index("days")
            told = _of(measured, store_id, measure)
            if len(rows):
                cells = [_sum(rows.loc[days]) if days in rows.index else "" for days in horizons]
                table.add_row(store_id, measure.capitalize(), *cells, *_accuracy(told))
    return table


def _of(frame: pd.DataFrame, store_id: str, measure: str) -> pd.DataFrame:
    return frame[(frame["store_id"] == store_id) & (frame["measure"] == measure)]


def _sum(row: pd.Series) -> str:
    return f"{row['forecast']:,.0f}  ({row['lower_80']:,.0f} to {row['upper_80']:,.0f})"


def _accuracy(told: pd.DataFrame) -> tuple[str, str, str]:
    """The chosen model, the error of what is published, and that of the seasonal naive model."""
    naive = told[told["model"] == "seasonal_naive"]
    chosen, published = told[told["is_chosen"]], told[told["is_published"]]
    return (_first(chosen["model"]), _first(published["wape"]), _first(naive["wape"]))


def _first(values: Sequence[object] | pd.Series) -> str:
    found = list(values)
    if not found or found[0] is None or found[0] != found[0]:
        return ""
    return found[0] if isinstance(found[0], str) else f"{found[0]:.1f}"
