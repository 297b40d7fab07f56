"""Which models a series gets, and why: one table, and one rule that puts a series in it.

The first that applies, from top to bottom: a series of less than 14 days gets no forecast, nor one
whose every day is zero; of 14 to 57 days nothing can be held back to test on, so that it gets the
mean of its last four weeks; up to the days that a whole test takes, models are tested on 30 days
(`young`). All others go by level and by how many of their days of the last year are zero; SKUs
beyond the best sellers of the last 90 days get the models that take a tenth of a millisecond.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ml.forecast.backtest import ORIGINS, origins

FEWEST_DAYS = 14
FULL_SKUS = 2_000
SPARSE_PCT = 50.0
DAYS_OF_ZEROS = 365
DAYS_OF_RANK = 90
FEWEST_DAYS_OF_MODEL = {"mstl": 548, "ses": 100, "tsb": 150}  # till the first day is forgotten
LEARNED_ACROSS = ("xgboost", "random_forest")


@dataclass(frozen=True)
class SeriesClass:
    """The models that are tried, simplest first, how the best is told, and why these."""

    models: tuple[str, ...]
    rule: str
    why: str


CLASSES = {
    "store": SeriesClass(
        (
            *("window_average", "seasonal_naive", "seasonal_es", "theta", "ets", "arima", "mstl"),
            *("regression", "prophet"),
        ),
        "lowest_wape",
        "a few series that matter most, so that the slow models are worth their seconds",
    ),
    "group": SeriesClass(
        ("window_average", "seasonal_naive", "seasonal_es", "theta", "ets", "regression"),
        "lowest_wape",
        "dozens of smooth series",
    ),
    "group_sparse": SeriesClass(
        ("window_average", "long_average", "seasonal_naive", "ses", "croston", "tsb"),
        "lowest_rmse",
        "more than half of the days are zero, and WAPE would favour a forecast of zero",
    ),
    "sku_regular": SeriesClass(
        (
            *("window_average", "long_average", "seasonal_naive", "ses", "seasonal_es", "theta"),
            *("random_forest", "xgboost"),
        ),
        "lowest_wape",
        "sold on most days, so that weekday and level can be told from the series itself",
    ),
    "sku_sparse": SeriesClass(
        (
            *("long_average", "seasonal_naive", "ses", "croston", "tsb"),
            *("random_forest", "xgboost"),
        ),
        "lowest_rmse",
        "more than half of the days are zero, and WAPE would favour a forecast of zero",
    ),
    "sku_tail": SeriesClass(
        ("long_average", "seasonal_naive", "ses", "croston", "tsb"),
        "lowest_rmse",
        "beyond the best sellers: cheap models, for each unit weighs little",
    ),
    "young": SeriesClass(
        ("window_average", "seasonal_naive", "seasonal_es", "croston", "theta"),
        "lowest_rmse",
        "too few days to test the whole horizon",
    ),
    "new": SeriesClass(("window_average",), "only_model", "too few days to test any model"),
    "too_short": SeriesClass((), "none", f"fewer than {FEWEST_DAYS} days of history"),
    "all_zero": SeriesClass((), "none", "every day of the history is zero"),
}


def classify(
    series: pd.DataFrame, history: pd.DataFrame, horizon: int, full_skus: int = FULL_SKUS
) -> pd.DataFrame:
    """One row a series: its class and what the class was told from.

    `history` has been prepared: every day is there once and none is negative.
    """
    facts = series.merge(_facts(history), on="unique_id")
    facts["units_rank"] = _units_rank(facts)
    return facts.assign(
        series_class=[_class_of(row, horizon, full_skus) for row in facts.itertuples()]
    ).drop(columns=["units_rank", "recent_units", "total"])


def candidates(series_class: str, history_days: int, horizon: int) -> tuple[str, ...]:
    """The class's models but for those that so short a history cannot feed."""
    tested, count = origins(history_days, horizon)
    before_first = history_days - tested - 30 * (count - 1)
    return tuple(
        name
        for name in CLASSES[series_class].models
        if before_first >= FEWEST_DAYS_OF_MODEL.get(name, 0)
        and (count == ORIGINS or name not in LEARNED_ACROSS)
    )


def _facts(history: pd.DataFrame) -> pd.DataFrame:
    last = history["ds"].max()
    age = (last - history["ds"]).dt.days
    days = history.assign(
        is_zero=(history["y"] == 0).where(age < DAYS_OF_ZEROS),
        recent=history["y"].where(age < DAYS_OF_RANK, 0.0),
    )
    return days.groupby("unique_id", as_index=False).agg(
        history_days=("ds", "size"),
        first_day=("ds", "min"),
        last_day=("ds", "max"),
        zero_days_pct=("is_zero", lambda zero: 100 * zero.astype(float).mean()),
        censored_days=("is_censored", "sum"),
        recent_units=("recent", "sum"),
        total=("y", "sum"),
    )


def _units_rank(facts: pd.DataFrame) -> pd.Series:
    """Best sellers of a store first; ties by name, so that the same shop gets the same ranks."""
    ordered = facts.sort_values(["recent_units", "unique_id"], ascending=[False, True])
    return ordered.groupby(["store_id", "level", "measure"]).cumcount()


def _class_of(row: Any, horizon: int, full_skus: int) -> str:
    if row.history_days < FEWEST_DAYS:
        return "too_short"
    if row.total == 0:
        return "all_zero"
    tested, count = origins(row.history_days, horizon)
    if not count:
        return "new"
    if tested < horizon:
        return "young"
    if row.level == "store":
        return "store"
    is_sparse = row.zero_days_pct > SPARSE_PCT
    if row.level != "sku":
        return "group_sparse" if is_sparse else "group"
    if row.units_rank >= full_skus:
        return "sku_tail"
    return "sku_sparse" if is_sparse else "sku_regular"
