"""How far each model was from what came, by the losses of utilsforecast.

Percentages are 0-100: MAPE over the days that sold something, sMAPE up to 100, WAPE the sum of the
errors by the sum of the sales. MASE is the error by that of the weekly naive forecast on the days
before the first origin. Bias is the mean of forecast less actual. A day on which the stock was out
tells nothing of demand, and is left out.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from utilsforecast import losses

SEASON = 7
HORIZONS = (30, 60, 90)
KEY = ["unique_id", "model", "horizon_days"]
LOSSES = {
    "mae": losses.mae,
    "rmse": losses.rmse,
    "mape": losses.mape,
    "smape": losses.smape,
    "wape": losses.wape,
    "bias": losses.bias,
}
PERCENTAGES = ["mape", "smape", "wape"]
COLUMNS = [*KEY, "mae", "rmse", "mape", "smape", "wape", "mase", "bias", "origins", "days"]


def accuracy(backtest: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """One row for each series, model and horizon: 30, 60, 90 days and all that was tested.

    A model that lacks an origin which others of the series have is left out.
    """
    if backtest.empty:
        return pd.DataFrame(columns=COLUMNS)
    names = pd.Index(sorted(backtest["unique_id"].unique()))
    tested, actuals = _coded(backtest, names), _coded(history, names)
    wide = _wide(tested).merge(_uncensored(actuals), on=["unique_id", "ds"])
    train = _before_first_origin(tested, actuals)
    parts = [
        _measured(rows, models, train).assign(horizon_days=days)
        for some, models in _by_models(wide, tested["model"].unique())
        for days, rows in _by_horizon(some)
    ]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    told = pd.concat(parts, ignore_index=True)
    told["unique_id"] = names[told["unique_id"]]
    return told.sort_values(KEY, ignore_index=True)[COLUMNS]


def _coded(frame: pd.DataFrame, names: pd.Index) -> pd.DataFrame:
    """Numbers in the place of names, which every loss groups by; unknown names are left out."""
    codes = names.get_indexer(frame["unique_id"])
    return frame.assign(unique_id=codes)[codes >= 0]


def _wide(backtest: pd.DataFrame) -> pd.DataFrame:
    """A column for each model; `longest` is how many days were tested of the series."""
    wide = (
        backtest.pivot(index=["unique_id", "cutoff", "ds"], columns="model", values="forecast")
        .rename_axis(columns=None)
        .reset_index()
    )
    wide["step"] = (wide["ds"] - wide["cutoff"]).dt.days
    wide["longest"] = wide.groupby("unique_id")["step"].transform("max")
    return wide


def _uncensored(history: pd.DataFrame) -> pd.DataFrame:
    return history.loc[~history["is_censored"].astype(bool), ["unique_id", "ds", "y"]]


def _before_first_origin(tested: pd.DataFrame, actuals: pd.DataFrame) -> pd.DataFrame:
    first = tested.groupby("unique_id")["cutoff"].min()
    is_before = actuals["ds"] <= actuals["unique_id"].map(first)
    return actuals.loc[is_before, ["unique_id", "ds", "y"]].sort_values(["unique_id", "ds"])


def _by_models(
    wide: pd.DataFrame, models: Sequence[str]
) -> Iterator[tuple[pd.DataFrame, list[str]]]:
    """The series that have the same models, together."""
    whole = wide[list(models)].notna().groupby(wide["unique_id"]).all()
    for flags, series in whole.groupby(list(models)):
        known = [name for name, is_whole in zip(models, flags, strict=True) if is_whole]
        if known:
            yield wide[wide["unique_id"].isin(series.index)], known


def _by_horizon(wide: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    for days in sorted({*HORIZONS, *wide["longest"]}):
        is_tested = wide["longest"] >= days if days in HORIZONS else wide["longest"] == days
        rows = wide[is_tested & (wide["step"] <= days)]
        if len(rows):
            yield int(days), rows


def _measured(wide: pd.DataFrame, models: list[str], train: pd.DataFrame) -> pd.DataFrame:
    by_series = wide.groupby("unique_id")
    frame = wide[["unique_id", "ds", "y", *models]]
    told = {
        name: loss(frame, models).set_index("unique_id")[models].stack(future_stack=True)
        for name, loss in LOSSES.items()
    }
    known = train[train["unique_id"].isin(frame["unique_id"].unique())]
    scaled = losses.mase(frame, models, seasonality=SEASON, train_df=known)
    told["mase"] = scaled.set_index("unique_id")[models].stack(future_stack=True)
    table = pd.DataFrame(told).rename_axis(["unique_id", "model"]).reset_index()
    table[PERCENTAGES] *= 100
    table["mase"] = table["mase"].where(np.isfinite(table["mase"]))  # the naive made no error
    counts = pd.DataFrame({"origins": by_series["cutoff"].nunique(), "days": by_series.size()})
    return table.merge(counts, left_on="unique_id", right_index=True)
