"""What the global models know of each series on each day: lags and rolling means, by MLForecast."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ml.forecast.design import Array
from ml.forecast.regression import MOST_DAYS

FAMILY = ["store_id", "level", "measure"]
WINDOWS = (7, 28, 91, 364)
WEEK, WEEKS = 7, 8
DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Family:
    """The series of one store, level and measure, by place and by day since `first_day`.

    `values` has the shape (series, days); `begins` is each one's first day. `means` (series, days,
    windows) and `weekday_means` (series, days) tell what was known when the day before had ended,
    and go seven days further than the values.
    """

    store_id: str
    ids: Array
    first_day: pd.Timestamp
    begins: Array
    values: Array
    means: Array
    weekday_means: Array


def families(history: pd.DataFrame, series: pd.DataFrame) -> Iterator[Family]:
    """The families of a history whose series all go on to its last day; at most three years."""
    days = history.loc[
        history["ds"] > history["ds"].max() - MOST_DAYS * DAY, ["unique_id", "ds", "y"]
    ]
    days = days.sort_values(["unique_id", "ds"]).merge(series[["unique_id", *FAMILY]])
    for (store_id, *_), own in days.groupby(FAMILY, sort=True):
        first, last = own["ds"].min(), own["ds"].max()
        who, ids = pd.factorize(own["unique_id"])
        day = (own["ds"] - first).dt.days.to_numpy()
        known = _known(own)
        known_who = np.searchsorted(ids, known["unique_id"])
        known_day = (known["ds"] - first).dt.days.to_numpy()
        values = np.zeros((len(ids), (last - first).days + 1), dtype=np.float32)
        values[who, day] = np.maximum(np.nan_to_num(own["y"].to_numpy(float)), 0)
        shape = (len(ids), values.shape[1] + WEEK)
        means = np.zeros((*shape, len(WINDOWS)), dtype=np.float32)
        means[known_who, known_day] = known[[f"mean{window}" for window in WINDOWS]]
        weekday_means = np.zeros(shape, dtype=np.float32)
        weekday_means[known_who, known_day] = known["weekday_mean"]
        begins = np.full(len(ids), values.shape[1])
        np.minimum.at(begins, who, day)
        yield Family(store_id, np.asarray(ids), first, begins, values, means, weekday_means)


def _known(own: pd.DataFrame) -> pd.DataFrame:
    """The lag features of each day, and of the week after the last, from the days before it."""
    from mlforecast import MLForecast
    from mlforecast.lag_transforms import RollingMean, SeasonalRollingMean

    last = own.groupby("unique_id")["ds"].max()
    week = range(1, WEEK + 1)
    after = [pd.DataFrame({"unique_id": last.index, "ds": last.to_numpy() + n * DAY}) for n in week]
    days = pd.concat([own[["unique_id", "ds", "y"]], *after]).fillna({"y": 0.0})
    days["y"] = days["y"].clip(lower=0)
    maker = MLForecast(
        models=[],
        freq="D",
        lag_transforms={
            1: [RollingMean(window, min_samples=1) for window in WINDOWS],
            WEEK: [SeasonalRollingMean(WEEK, WEEKS, min_samples=1)],
        },
        lag_transforms_namer=_lag_name,
    )
    known = maker.preprocess(days, static_features=[], dropna=False)
    return pd.DataFrame(known).fillna(0.0)


def _lag_name(transform: Any, *_: Any) -> str:
    window = getattr(transform, "window_size", 0)
    return "weekday_mean" if hasattr(transform, "season_length") else f"mean{window}"
