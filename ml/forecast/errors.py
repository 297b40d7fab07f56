"""What a backtest forecast and what came, in one block: series by origin by day of the horizon."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

Array = np.ndarray


@dataclass(frozen=True)
class Errors:
    """All arrays have shape (series, origins, horizon) and hold NaN where nothing is known."""

    ids: pd.Index
    cutoffs: pd.DatetimeIndex
    forecast: Array
    actual: Array
    open_actual: Array  # of days that were not censored


def backtest_errors(backtest: pd.DataFrame, history: pd.DataFrame) -> Errors:
    """A backtest (unique_id, cutoff, ds, forecast) beside the history (ds, y, is_censored)."""
    if backtest.empty:
        nothing = np.empty((0, 0, 0))
        return Errors(pd.Index([]), pd.DatetimeIndex([]), nothing, nothing, nothing)
    ids = pd.Index(backtest["unique_id"].unique())
    cutoffs = pd.DatetimeIndex(np.sort(backtest["cutoff"].unique()))
    origin = cutoffs.get_indexer(backtest["cutoff"])
    day = (backtest["ds"] - backtest["cutoff"]).dt.days.to_numpy(dtype=int) - 1
    forecast = np.full((len(ids), len(cutoffs), day.max() + 1), np.nan)
    forecast[ids.get_indexer(backtest["unique_id"]), origin, day] = backtest["forecast"]
    actual, censored = _actuals(ids, cutoffs, history, forecast.shape[2])
    return Errors(ids, cutoffs, forecast, actual, np.where(censored, np.nan, actual))


def _actuals(
    ids: pd.Index, cutoffs: pd.DatetimeIndex, history: pd.DataFrame, horizon: int
) -> tuple[Array, Array]:
    """The values of the days after each cutoff, and whether they were censored."""
    recent = history[(history["ds"] > cutoffs[0]) & history["unique_id"].isin(ids)]
    days = np.maximum((recent["ds"] - cutoffs[0]).dt.days.to_numpy(dtype=int) - 1, 0)
    starts = (cutoffs - cutoffs[0]).days.to_numpy()
    shape = (len(ids), max(days.max(initial=0), starts[-1] + horizon - 1) + 1)
    values, censored = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
    rows = ids.get_indexer(recent["unique_id"])
    values[rows, days] = recent["y"]
    censored[rows, days] = recent["is_censored"]
    windows = starts[:, None] + np.arange(horizon)
    return values[:, windows], censored[:, windows]
