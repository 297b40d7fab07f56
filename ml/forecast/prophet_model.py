"""Model `prophet`, where its library is installed: pip install 'storehouse[prophet]'.

Trend, week and year are Prophet's own; the store's events enter as regressors, since they are known
ahead. Price, discount and ad spend do not: nobody knew them at the origins of a backtest.
"""

import logging
from collections.abc import Iterator, Sequence

import pandas as pd

from ml.forecast.design import EVENT_PREFIX
from ml.forecast.univariate import BACKTEST_COLUMNS, FUTURE_COLUMNS

NAME = "prophet"


def backtest(
    history: pd.DataFrame,
    names: Sequence[str],
    cutoffs: Sequence[pd.Timestamp],
    horizon: int,
    series: pd.DataFrame,
    features: pd.DataFrame,
) -> pd.DataFrame:
    """Forecasts from each origin, each fitted on what lies before it."""
    parts = [
        part.assign(cutoff=cutoff)
        for cutoff in cutoffs
        for part in _forecasts(history[history["ds"] <= cutoff], names, horizon, series, features)
    ]
    return _bound(parts, BACKTEST_COLUMNS)


def predict(
    history: pd.DataFrame,
    names: Sequence[str],
    horizon: int,
    series: pd.DataFrame,
    features: pd.DataFrame,
) -> pd.DataFrame:
    """Forecasts of the days after the history."""
    return _bound(list(_forecasts(history, names, horizon, series, features)), FUTURE_COLUMNS)


def _forecasts(
    history: pd.DataFrame,
    names: Sequence[str],
    horizon: int,
    series: pd.DataFrame,
    features: pd.DataFrame,
) -> Iterator[pd.DataFrame]:
    stores = series.set_index("unique_id")["store_id"]
    for unique_id, own in history.groupby("unique_id") if NAME in names else ():
        events = features[features["store_id"] == stores[unique_id]]
        yield _forecast(own[["ds", "y"]], events, horizon).assign(unique_id=unique_id, model=NAME)


def _forecast(own: pd.DataFrame, features: pd.DataFrame, horizon: int) -> pd.DataFrame:
    from prophet import Prophet

    logging.getLogger("cmdstanpy").setLevel(logging.WARNING)
    names = [name for name in features if str(name).startswith(EVENT_PREFIX)]
    model = Prophet(weekly_seasonality=True, yearly_seasonality=True, uncertainty_samples=0)
    for name in names:
        model.add_regressor(name)
    known = features[["ds", *names]]
    model.fit(own.merge(known, on="ds", how="left").fillna(dict.fromkeys(names, 0.0)))
    days = pd.DataFrame({"ds": pd.date_range(own["ds"].max(), periods=horizon + 1)[1:]})
    days = days.merge(known, on="ds", how="left").fillna(dict.fromkeys(names, 0.0))
    told = model.predict(days)
    return pd.DataFrame({"ds": days["ds"], "forecast": told["yhat"].clip(lower=0).to_numpy()})


def _bound(parts: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
