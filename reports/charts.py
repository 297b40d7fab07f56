"""The charts beside the report tables: each store's revenue so far, and as it is forecast."""

import logging
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from reports.files import Exported, exported_file
from storehouse import warehouse
from storehouse.settings import Settings

log = logging.getLogger(__name__)

FORECAST = "sales.forecast"
FOLDER = "charts"
FORMATS = ("svg", "png")
EXPECTED = ("forecast", "lower_80", "upper_80", "lower_95", "upper_95")


def write_charts(settings: Settings, as_of: date, folder: Path) -> list[Exported]:
    """Draw every store that has a forecast of that day into `<folder>/charts`."""
    days = _rows(settings, as_of, "day")
    if days.empty:
        log.info("No chart: %s holds no forecast as of %s.", FORECAST, as_of)
        return []
    drawn = [
        _write(settings, str(store_id), expected, as_of, folder)
        for store_id, expected in days.groupby("store_id", sort=True)
    ]
    return [chart for chart in drawn if chart]


def _rows(settings: Settings, as_of: date, period_type: str) -> pd.DataFrame:
    """The revenue that stores expect by period, sorted; empty without a forecast of that day."""
    if not warehouse.exists(settings, FORECAST):
        return pd.DataFrame()
    frame = warehouse.read_table(
        settings,
        FORECAST,
        ["store_id", "period_start", "days", *EXPECTED],
        f"as_of_date = date '{as_of}' and period_type = '{period_type}' "
        "and level = 'store' and measure = 'revenue'",
    ).to_pandas()
    frame["day"] = pd.to_datetime(frame["period_start"])
    frame[list(EXPECTED)] = frame[list(EXPECTED)].astype(float)
    return frame.sort_values(["store_id", "day", "days"], ignore_index=True)


def _write(
    settings: Settings, store_id: str, expected: pd.DataFrame, as_of: date, folder: Path
) -> Exported | None:
    from reports import drawing  # matplotlib takes a second that an export without charts saves

    history = _history(settings, store_id, as_of)
    if history.empty:
        log.info("No chart of %s: nothing was sold up to %s.", store_id, as_of)
        return None
    name, unit = _store(settings, store_id)
    forecast = drawing.Forecast(
        store_name=name,
        unit=unit,
        as_of=as_of,
        history=history,
        expected=expected,
        total=_total(_rows(settings, as_of, "horizon"), store_id, unit),
    )
    figure = drawing.draw(forecast)
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    paths = [folder / FOLDER / f"revenue_forecast_{quote(store_id, '')}.{kind}" for kind in FORMATS]
    for path in paths:
        drawing.save(figure, path)
    log.info("%s: %s days of %s drawn", FOLDER, len(expected), name)
    files = tuple(exported_file(path, folder) for path in paths)
    return Exported(paths[0].stem, drawing.title(forecast), "daily", len(expected), files)


def _store(settings: Settings, store_id: str) -> tuple[str, str]:
    """The store's name, and the currency that figures are in."""
    stores = warehouse.read_table(
        settings, "core.stores", ["store_id", "store_name", "reporting_currency"]
    ).to_pylist()
    found = next(store for store in stores if store["store_id"] == store_id)
    return found["store_name"] or store_id, found["reporting_currency"]


def _history(settings: Settings, store_id: str, as_of: date) -> pd.DataFrame:
    frame = warehouse.read_table(
        settings,
        "sales.metrics",
        ["store_id", "period_start", "total_revenue"],
        f"period_type = 'day' and period_start <= date '{as_of}'",
    ).to_pandas()
    frame = frame[frame["store_id"] == store_id]
    days = pd.to_datetime(frame["period_start"])
    history = pd.DataFrame({"day": days, "value": frame["total_revenue"].astype(float)})
    return history.sort_values("day", ignore_index=True)


def _total(horizons: pd.DataFrame, store_id: str, unit: str) -> str:
    """What all of the forecast days bring together, in words."""
    rows = horizons[horizons["store_id"] == store_id] if len(horizons) else horizons
    if rows.empty:
        return ""
    whole = rows.iloc[-1]
    return (
        f"{whole['forecast']:,.0f} {unit} expected in {whole['days']} days; "
        f"80 % certain to lie between {whole['lower_80']:,.0f} and {whole['upper_80']:,.0f}"
    )
