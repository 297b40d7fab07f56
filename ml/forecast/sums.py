"""Weeks, months and horizons: sums of the day forecasts, with intervals of their own.

The forecast of a sum is the sum of the forecasts. Its interval is not the sum of intervals, since
errors of one day partly make up for those of another, and partly not: so it is told by the errors
of sums of as many days in the backtest, where these lie in the same band of the horizon. Where the
backtest reaches less far than the sum, errors are taken from the longest sums that it has, as if
every day erred alike. Weeks begin on Monday; weeks and months are cut to the days forecast.
"""

import numpy as np
import pandas as pd

from ml.forecast.errors import Errors, backtest_errors
from ml.forecast.intervals import (
    HORIZONS,
    LEVEL,
    Classes,
    Levels,
    all_levels,
    bands,
    bounded,
    classes,
    floors,
    reaches,
    scaled_errors,
)

KEY = ["store_id", "level", "measure", "entity", "warehouse_location"]
BOUNDS = ["lower_80", "upper_80", "lower_95", "upper_95", "lower", "upper"]
COLUMNS = [
    *KEY,
    "period_type",
    "period_start",
    "period_end",
    "days",
    "forecast",
    *BOUNDS,
    "interval_pct",
    "model",
]

SHORTER = (30, 7, 1)  # lengths to fall back on
# A store's sums of days err in the shape of those of its categories: both near the normal one.
SHAPES = ("sku", "platform")

Array = np.ndarray


def forecast_rows(
    future: pd.DataFrame,
    backtest: pd.DataFrame,
    history: pd.DataFrame,
    series: pd.DataFrame,
    level: float = LEVEL,
) -> pd.DataFrame:
    """Days, weeks, months and horizons of each series, as raw_ml.forecasts holds them.

    `future` are the days that `intervals.with_intervals` gives, with model; `backtest` is that of
    the published forecasts; `series` holds the key columns of each unique_id.
    """
    days = future.assign(period_type="day", period_start=future["ds"], period_end=future["ds"])
    rows = pd.concat(
        [days.assign(days=1), sums(future, backtest, history, series, level)], ignore_index=True
    )
    return rows.merge(series[["unique_id", *KEY]], on="unique_id")[COLUMNS]


def sums(
    future: pd.DataFrame,
    backtest: pd.DataFrame,
    history: pd.DataFrame,
    series: pd.DataFrame,
    level: float = LEVEL,
) -> pd.DataFrame:
    """Weeks, months and horizons with their intervals, by unique_id."""
    wide = future.pivot(index="unique_id", columns="ds", values="forecast")
    periods = _periods(pd.DatetimeIndex(wide.columns))
    errors = backtest_errors(backtest, history)
    known = errors.ids.get_indexer(wide.index)
    floor = np.append(floors(errors), np.nan)[known]
    reach = _reaches(periods, errors, series, level)[:, :, :, known]
    rows = _rows(wide, periods).merge(
        future.drop_duplicates("unique_id")[["unique_id", "model"]], on="unique_id"
    )
    by_row = reach.transpose(3, 0, 1, 2).reshape(len(rows), 2, reach.shape[2])
    lowest = np.repeat(floor, len(periods)) * rows["days"].to_numpy()
    return bounded(rows, lowest, by_row, level)


def _rows(wide: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """The sum of each series (in rows, the slower index) over each period."""
    number = np.arange(wide.shape[1]) + 1
    within = (number[:, None] >= periods["first"].to_numpy()) & (
        number[:, None] <= periods["last"].to_numpy()
    )
    summed = wide.to_numpy(dtype=float) @ within
    rows = pd.concat([periods] * len(wide), ignore_index=True) if len(wide) else periods[:0]
    return rows.assign(
        unique_id=np.repeat(wide.index.to_numpy(), len(periods)), forecast=summed.ravel()
    )


def _periods(days: pd.DatetimeIndex) -> pd.DataFrame:
    """All sums over these days; first and last are days of the horizon, counted from one."""
    of = pd.DataFrame({"ds": days, "day": np.arange(1, len(days) + 1)})
    spans = [
        ("week", of.groupby(days.to_period("W-SUN"))),
        ("month", of.groupby(days.to_period("M"))),
    ]
    for horizon in HORIZONS:
        if horizon <= len(days):
            spans.append(("horizon", of[:horizon].groupby(np.zeros(horizon))))
    parts = [
        groups.agg(
            period_start=("ds", "min"),
            period_end=("ds", "max"),
            days=("ds", "size"),
            first=("day", "min"),
            last=("day", "max"),
        ).assign(period_type=name)
        for name, groups in spans
    ]
    return pd.concat(parts, ignore_index=True)


def _reaches(periods: pd.DataFrame, errors: Errors, series: pd.DataFrame, level: float) -> Array:
    """Reach of each period's interval, shape (periods, 2, levels, series + one without)."""
    levels = all_levels(level)
    groups = classes(errors, series, SHAPES)
    found = np.full((len(periods), 2, len(levels), len(errors.ids) + 1), np.nan)
    cells: dict[tuple[int, int], Array] = {}
    of_period = bands((periods["first"] + periods["last"]).to_numpy() / 2)
    for number, cell in enumerate(zip(periods["days"].tolist(), of_period.tolist(), strict=True)):
        if cell not in cells:
            cells[cell] = _reach(errors, *cell, groups, levels)
        found[number, :, :, :-1] = cells[cell]
    return found


def _reach(errors: Errors, days: int, band: int, groups: Classes, levels: Levels) -> Array:
    """Reach of sums of so many days in a band; without such errors, of those that there are."""
    scaled, middles = _scaled_sums(errors, days)
    reach = reaches(scaled[:, :, bands(middles) == band], groups, levels, _apart(errors, days))
    for length in (days, *SHORTER):
        if np.isfinite(reach).all() or length > days:
            continue
        longest = reaches(_scaled_sums(errors, length)[0], groups, levels, _apart(errors, length))
        reach = np.where(np.isfinite(reach), reach, np.sqrt(days / length) * longest)
    return reach


def _apart(errors: Errors, days: int) -> float:
    """Share of the origins whose sums of so many days do not overlap."""
    if not len(errors.cutoffs):
        return 1.0
    span = (errors.cutoffs[-1] - errors.cutoffs[0]).days + errors.forecast.shape[2]
    return min(1.0, span / days / len(errors.cutoffs))


def _scaled_sums(errors: Errors, days: int) -> tuple[Array, Array]:
    """Errors of sums of so many days, shape (series, origins, sums), and the sums' middles."""
    count = max(errors.forecast.shape[2] - days + 1, 0)
    if not count:
        return np.empty((*errors.forecast.shape[:2], 0)), np.empty(0)
    actual, forecast = _windows(errors.actual, days), _windows(errors.forecast, days)
    return scaled_errors(actual, forecast, floors(errors) * days), np.arange(count) + (days + 1) / 2


def _windows(values: Array, days: int) -> Array:
    return np.lib.stride_tricks.sliding_window_view(values, days, axis=2).sum(axis=3)
