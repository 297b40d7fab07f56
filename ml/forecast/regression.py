"""Model `regression`: ridge on a log scale of calendar, events, price, discount and ad spend.

The target is log(1 + y / mean of the series), which bears days without sales. One design matrix
serves all series of a store whose history is equally long (in steps of 28 days, at most three
years), so that one decomposition fits them together. Each series gets the penalty with the least
leave-one-out error (Allen 1974, PRESS); what the log takes from the mean is given back by smearing
(Duan 1983). What the last four weeks were above or below the fit is mostly carried on.

A series of less than 60 days, with less than 10 days of sales or without variation gets none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ml.forecast.design import Array, Design, design

NAME = "regression"
FEWEST_DAYS = 60
FEWEST_SALES_DAYS = 10
MOST_DAYS = 1092
STEP_DAYS = 28
LEVEL_DAYS = 28
LEVEL_KEPT = 0.8
LEVEL_PRIOR_DAYS = 7
PENALTIES = np.geomspace(0.03, 1, 6)
LARGEST_LOG = 6.0
BACKTEST = ["unique_id", "cutoff", "ds", "model", "forecast"]
FUTURE = ["unique_id", "ds", "model", "forecast"]


@dataclass(frozen=True)
class Fit:
    """Fitted series; `coefficients` has shape (width, series), `residuals` (days, series)."""

    means: Array
    middle: Array
    centre: Array
    coefficients: Array
    residuals: Array
    penalties: Array

    def predict(self, columns: Array, shift: Array | float = 0.0) -> Array:
        """Expected values on these days, shape (days, series), where the log moves by `shift`."""
        log = self.middle + (columns - self.centre) @ self.coefficients + shift
        smearing = np.exp(self.residuals).mean(axis=0)
        return self.means * np.maximum(np.exp(np.minimum(log, LARGEST_LOG)) * smearing - 1, 0)


def backtest(
    history: pd.DataFrame,
    names: Sequence[str],
    cutoffs: Sequence[pd.Timestamp],
    horizon: int,
    series: pd.DataFrame,
    features: pd.DataFrame,
) -> pd.DataFrame:
    """Forecasts from each cutoff, made from what was known then."""
    if NAME not in names:
        return pd.DataFrame(columns=BACKTEST)
    parts = [
        _forecasts(history[history["ds"] <= cutoff], horizon, series, features, False).assign(
            cutoff=cutoff
        )
        for cutoff in cutoffs
    ]
    return _bound(parts, BACKTEST)


def predict(
    history: pd.DataFrame,
    names: Sequence[str],
    horizon: int,
    series: pd.DataFrame,
    features: pd.DataFrame,
) -> pd.DataFrame:
    """Forecasts of the days after the history, with the drivers as they are planned."""
    if NAME not in names:
        return pd.DataFrame(columns=FUTURE)
    return _bound([_forecasts(history, horizon, series, features, True)], FUTURE)


def fit(matrix: Design, values: Array) -> Fit:
    """All series at once; `values` has shape (days of the past, series), each mean above zero."""
    past = matrix.columns[: matrix.past]
    centre, means = past.mean(axis=0), values.mean(axis=0)
    log = np.log1p(values / means)
    middle = log.mean(axis=0)
    left, strengths, right = np.linalg.svd((past - centre) * matrix.sizes, full_matrices=False)
    turned = left.T @ (log - middle)
    penalties = PENALTIES[_errors(left, strengths, turned, log - middle).argmin(axis=0)]
    shrunk = strengths[:, None] / (strengths[:, None] ** 2 + penalties) * turned
    coefficients = matrix.sizes[:, None] * (right.T @ shrunk)
    residuals = log - middle - (past - centre) @ coefficients
    return Fit(means, middle, centre, coefficients, residuals, penalties)


def _errors(left: Array, strengths: Array, turned: Array, log: Array) -> Array:
    """Mean squared leave-one-out error, shape (penalties, series)."""
    errors = []
    for penalty in PENALTIES:
        kept = strengths**2 / (strengths**2 + penalty)
        leverage = left**2 @ kept + 1 / len(left)
        misses = (log - left @ (kept[:, None] * turned)) / np.maximum(1 - leverage, 0.01)[:, None]
        errors.append((misses**2).mean(axis=0))
    return np.array(errors)


def store_days(
    features: pd.DataFrame, store_id: str, last: pd.Timestamp, past: int, horizon: int
) -> pd.DataFrame:
    """The features of a store's last `past` days and of the `horizon` days after them."""
    days = pd.date_range(last - pd.Timedelta(days=past - 1), periods=past + horizon, name="ds")
    own = features[features["store_id"] == store_id].drop(columns="store_id").set_index("ds")
    return own.reindex(days).ffill().fillna(0.0).reset_index()


def usable(values: Array) -> Array:
    """Which columns have enough to learn from."""
    return ((values > 0).sum(axis=0) >= FEWEST_SALES_DAYS) & (np.ptp(values, axis=0) > 0)


def _forecasts(
    history: pd.DataFrame,
    horizon: int,
    series: pd.DataFrame,
    features: pd.DataFrame,
    drivers_known: bool,
) -> pd.DataFrame:
    parts = []
    for store_id, last, ids, values in groups(history, series):
        past = len(values)
        days = store_days(features, store_id, last, past, horizon)
        matrix = design(days, past, drivers_known)
        fitted = fit(matrix, values)
        recent = fitted.predict(matrix.columns[past - LEVEL_DAYS : past])
        ahead = fitted.predict(matrix.columns[past:]) * _level(values[-LEVEL_DAYS:], recent, fitted)
        parts.append(
            pd.DataFrame(
                {
                    "unique_id": np.repeat(ids, horizon),
                    "ds": np.tile(days["ds"].to_numpy()[past:], len(ids)),
                    "forecast": ahead.T.ravel(),
                }
            )
        )
    return _bound(parts, ["unique_id", "ds", "forecast"]).assign(model=NAME)


def _level(values: Array, fitted: Array, fit: Fit) -> Array:
    """What is carried on of the last days' ratio to the fit; pulled to one where sales are few."""
    prior = LEVEL_PRIOR_DAYS * fit.means
    return ((values.sum(axis=0) + prior) / (fitted.sum(axis=0) + prior)) ** LEVEL_KEPT


def groups(
    history: pd.DataFrame, series: pd.DataFrame
) -> Iterator[tuple[str, pd.Timestamp, Array, Array]]:
    """Store, last day, ids and values (days, series) of the series that are fitted together."""
    days = history.groupby("unique_id", sort=True)["ds"].agg(["size", "max"])
    days = days[days["size"] >= FEWEST_DAYS].join(series.set_index("unique_id")["store_id"])
    days["past"] = (days["size"] // STEP_DAYS * STEP_DAYS).clip(FEWEST_DAYS, MOST_DAYS)
    for (store_id, last, past), own in days.groupby(["store_id", "max", "past"], sort=True):
        first = last - pd.Timedelta(days=past - 1)
        rows = history[history["unique_id"].isin(own.index) & (history["ds"] >= first)]
        rows = rows.sort_values(["unique_id", "ds"])
        values = rows["y"].to_numpy(float).reshape(len(own), past).T
        values = np.maximum(np.nan_to_num(values), 0)
        kept = usable(values)
        if kept.any():
            yield store_id, last, own.index.to_numpy()[kept], values[:, kept]


def _bound(parts: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts, ignore_index=True)[columns]
