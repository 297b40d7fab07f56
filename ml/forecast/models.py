"""Which module makes a model.

Modules of series that learn together see all of theirs at once, and what moves sales besides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pandas as pd

from ml.forecast import univariate

LEARNED_TOGETHER = {
    "ml.forecast.regression": ("regression",),
    "ml.forecast.global_models": ("random_forest", "xgboost"),
    "ml.forecast.prophet_model": ("prophet",),
}
OPTIONAL = {"prophet": "prophet"}


@dataclass(frozen=True)
class Drivers:
    """What moves sales: the keys of the series, and the calendar and plans of each store."""

    series: pd.DataFrame
    features: pd.DataFrame


def installed(names: Sequence[str]) -> tuple[str, ...]:
    """The models whose libraries are there."""
    return tuple(name for name in names if name not in OPTIONAL or find_spec(OPTIONAL[name]))


def alone(names: Sequence[str]) -> list[str]:
    """Those that learn from one series at a time."""
    return [name for name in names if name in univariate.MODELS]


def backtest(
    module: str,
    history: pd.DataFrame,
    cutoffs: Sequence[pd.Timestamp],
    horizon: int,
    drivers: Drivers,
) -> pd.DataFrame:
    """What the models of a module say from each origin."""
    names = LEARNED_TOGETHER[module]
    made: Any = import_module(module)
    return made.backtest(history, names, cutoffs, horizon, drivers.series, drivers.features)


def predict(module: str, history: pd.DataFrame, horizon: int, drivers: Drivers) -> pd.DataFrame:
    """What the models of a module say of the days after the history."""
    names = LEARNED_TOGETHER[module]
    made: Any = import_module(module)
    return made.predict(history, names, horizon, drivers.series, drivers.features)
