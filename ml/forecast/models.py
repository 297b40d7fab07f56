"""Which module makes a model. Modules that learn across series, or from drivers, get those too."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import pandas as pd

from ml.forecast import univariate

MODULES = {"regression": "ml.forecast.regression"}
OPTIONAL = {"prophet": "prophet"}


@dataclass(frozen=True)
class Drivers:
    """What moves sales: the keys of the series, and the calendar and plans of each store."""

    series: pd.DataFrame
    features: pd.DataFrame


def usable(names: Sequence[str]) -> list[str]:
    """The models whose libraries are installed."""
    known = {*univariate.MODELS, *MODULES}
    return [
        name
        for name in names
        if name in known and (name not in OPTIONAL or find_spec(OPTIONAL[name]))
    ]


def alone(names: Sequence[str]) -> list[str]:
    """Those that learn from one series at a time."""
    return [name for name in names if name in univariate.MODELS]


def backtest(
    history: pd.DataFrame,
    name: str,
    cutoffs: Sequence[pd.Timestamp],
    horizon: int,
    drivers: Drivers,
) -> pd.DataFrame:
    """One model's forecasts from each origin."""
    if name in univariate.MODELS:
        return univariate.backtest(history, [name], cutoffs, horizon)
    module = import_module(MODULES[name])
    return module.backtest(history, [name], cutoffs, horizon, drivers.series, drivers.features)


def predict(history: pd.DataFrame, name: str, horizon: int, drivers: Drivers) -> pd.DataFrame:
    """One model's forecasts of the days after the history."""
    if name in univariate.MODELS:
        return univariate.predict(history, [name], horizon)
    module = import_module(MODULES[name])
    return module.predict(history, [name], horizon, drivers.series, drivers.features)
