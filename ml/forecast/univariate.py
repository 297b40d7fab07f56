"""Models that learn from one series alone, by StatsForecast.

A backtest fits a model at the first origin; where a fit costs more than a millisecond, the later
origins keep its parameters and take in the new days only, for parameters hardly move in a month.
A model that fails on a series gives no rows for it: nothing else is printed under its name.
"""

import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

log = logging.getLogger("ml.forecast")

WEEK, YEAR = 7, 365
WINDOW_DAYS = 28
LONG_WINDOW_DAYS = 91
RECENT_DAYS = 400
BACKTEST_COLUMNS = ["unique_id", "cutoff", "ds", "model", "forecast"]
FUTURE_COLUMNS = ["unique_id", "ds", "model", "forecast"]


@dataclass(frozen=True)
class Model:
    """How StatsForecast makes it, the latest days it learns from, whether parameters are kept."""

    make: Callable[[Any], Any]
    learns_from: int | None = None
    keeps_parameters: bool = False


def _average(kinds: Any, days: int) -> Any:
    """The mean of the last days; of a shorter series, of all its days."""

    class Average(kinds.WindowAverage):
        def forecast(self, y: np.ndarray, h: int, **given: Any) -> Any:
            return kinds.WindowAverage(min(days, len(y))).forecast(y, h, **given)

    return Average(days)


def _arima(kinds: Any) -> Any:
    """SARIMA of a week, of orders that days of sales need; a wider search takes thrice as long."""
    return kinds.AutoARIMA(
        season_length=WEEK, max_p=3, max_q=3, max_P=1, max_Q=1, approximation=True
    )


def _mstl(kinds: Any) -> Any:
    """Week and year; smooth parts are told at every tenth day and drawn between, at a fifth of the
    seconds."""
    return kinds.MSTL(
        [WEEK, YEAR],
        kinds.AutoETS(model="AAN", damped=True),
        stl_kwargs={"trend_jump": 10, "low_pass_jump": 10},
    )


MODELS = {
    "window_average": Model(lambda kinds: _average(kinds, WINDOW_DAYS)),
    "long_average": Model(lambda kinds: _average(kinds, LONG_WINDOW_DAYS)),
    "seasonal_naive": Model(lambda kinds: kinds.SeasonalNaive(WEEK)),
    "ses": Model(lambda kinds: kinds.SimpleExponentialSmoothing(alpha=0.03)),
    "seasonal_es": Model(lambda kinds: kinds.SeasonalExponentialSmoothing(WEEK, alpha=0.2)),
    "croston": Model(lambda kinds: kinds.CrostonSBA()),
    "tsb": Model(lambda kinds: kinds.TSB(alpha_d=0.05, alpha_p=0.02)),
    "theta": Model(lambda kinds: kinds.Theta(WEEK), RECENT_DAYS, keeps_parameters=True),
    "ets": Model(lambda kinds: kinds.AutoETS(WEEK, model="AZA"), RECENT_DAYS, True),
    "arima": Model(_arima, RECENT_DAYS, True),
    "mstl": Model(_mstl),
}


def backtest(
    history: pd.DataFrame, names: Sequence[str], cutoffs: Sequence[pd.Timestamp], horizon: int
) -> pd.DataFrame:
    """What each model said at each origin of the days after it; never negative.

    Origins are evenly spaced, and each series begins before the first of them.
    """
    origins = sorted(cutoffs)
    last = origins[-1] + pd.Timedelta(days=horizon)
    step = (origins[1] - origins[0]).days if len(origins) > 1 else horizon
    known = history.loc[history["ds"] <= last, ["unique_id", "ds", "y"]]

    def told(name: str, series: pd.DataFrame) -> pd.DataFrame:
        model = MODELS[name]
        return _forecaster(name).cross_validation(
            h=horizon,
            df=series,
            n_windows=len(origins),
            step_size=step,
            input_size=model.learns_from,
            refit=not model.keeps_parameters,
        )

    return _collected(known, names, told, BACKTEST_COLUMNS)


def predict(history: pd.DataFrame, names: Sequence[str], horizon: int) -> pd.DataFrame:
    """What each model says of the days after the last one; never negative."""

    def told(name: str, series: pd.DataFrame) -> pd.DataFrame:
        days = MODELS[name].learns_from
        known = series.groupby("unique_id", sort=False).tail(days) if days else series
        return _forecaster(name).forecast(df=known, h=horizon)

    return _collected(history[["unique_id", "ds", "y"]], names, told, FUTURE_COLUMNS)


def _forecaster(name: str) -> Any:
    from statsforecast import StatsForecast, models

    model = MODELS[name].make(models)
    model.alias = name
    return StatsForecast(models=[model], freq="D", n_jobs=1)


Told = Callable[[str, pd.DataFrame], pd.DataFrame]


def _collected(
    history: pd.DataFrame, names: Sequence[str], told: Told, columns: list[str]
) -> pd.DataFrame:
    """All models' rows in the long form; of a failing model, those of the series it can do."""
    parts = [
        part.rename(columns={name: "forecast"}).assign(model=name)[columns]
        for name in names
        for part in _by_parts(name, history, told)
    ]
    if not parts:
        return pd.DataFrame(columns=columns)
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(forecast=frame["forecast"].astype(float).clip(lower=0))


def _by_parts(name: str, history: pd.DataFrame, told: Told) -> Iterator[pd.DataFrame]:
    """All series at once; when one of them fails, each by itself."""
    if history.empty:
        return
    try:
        yield _sound(name, _quietly(name, history, told))
    except Exception as error:  # a library's model may raise anything on an odd series
        if history["unique_id"].nunique() > 1:
            for _, series in history.groupby("unique_id"):
                yield from _by_parts(name, series, told)
        else:
            log.warning("%s fails on %s: %s", name, history["unique_id"].iloc[0], error)


def _quietly(name: str, history: pd.DataFrame, told: Told) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return told(name, history)


def _sound(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the series of which every figure is a number."""
    failed = frame.loc[~np.isfinite(frame[name].astype(float)), "unique_id"].unique()
    if len(failed):
        log.warning("%s gives no number for %d series", name, len(failed))
    return frame[~frame["unique_id"].isin(failed)]
