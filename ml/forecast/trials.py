"""Tries the models of each series' class on the past, chooses, and forecasts with the chosen.

Models that learn from several series together go first, and see all of theirs at once; then series
go in batches, after each of which a line tells how far it is. Of the backtests only those of the
chosen models are kept.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ml.forecast import accuracy as errors
from ml.forecast import choice, models, univariate
from ml.forecast.backtest import cutoffs_of, origins
from ml.forecast.classes import CLASSES, candidates
from ml.forecast.models import Drivers

log = logging.getLogger("ml.forecast")

BATCH = 200
CHOICES = ["unique_id", "model", "rule", "reason", "tried"]
TYPES = {"cutoff": "datetime64[ns]", "ds": "datetime64[ns]", "forecast": "float64"}
PLAN = ["candidates", "tested", "origins"]


@dataclass(frozen=True)
class Trial:
    """Each model's errors, the choices, and what the chosen say of the past and of the future."""

    accuracy: pd.DataFrame
    choices: pd.DataFrame
    backtest: pd.DataFrame
    future: pd.DataFrame


def planned(classes: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """The classes, each series with its candidates and how many days and origins test them."""
    tests = [origins(days, horizon) for days in classes["history_days"]]
    names = [
        models.installed(candidates(name, days, horizon))
        for name, days in zip(classes["series_class"], classes["history_days"], strict=True)
    ]
    return classes.assign(
        candidates=pd.Series(names, classes.index, dtype=object),
        tested=[tested for tested, _ in tests],
        origins=[count for _, count in tests],
    )


def try_out(history: pd.DataFrame, plan: pd.DataFrame, drivers: Drivers, horizon: int) -> Trial:
    """Backtest, choose and forecast every series of the plan."""
    plan = plan.sort_values([*PLAN, "unique_id"])  # so that a batch is mostly of one kind
    told, future = _learned_together(history, plan, drivers, horizon)
    trials, done = [], 0
    for mine, own, told_of, future_of in _batches(plan["unique_id"], history, plan, told, future):
        trials.append(_trial(mine, own, told_of, future_of, horizon))
        done += len(own)
        log.info("forecast: %d of %d series", done, len(plan))
    return Trial(
        _joined([trial.accuracy for trial in trials], errors.COLUMNS),
        _joined([trial.choices for trial in trials], CHOICES),
        _joined([trial.backtest for trial in trials], univariate.BACKTEST_COLUMNS),
        _joined([trial.future for trial in trials], univariate.FUTURE_COLUMNS),
    )


def _batches(ids: pd.Series, *frames: pd.DataFrame) -> Iterator[list[pd.DataFrame]]:
    """The rows of each frame that belong to the first ids, to the next and so on."""
    numbers = pd.Series(np.arange(len(ids)) // BATCH, index=ids)
    split = [dict(iter(frame.groupby(frame["unique_id"].map(numbers)))) for frame in frames]
    for number in numbers.unique():
        yield [parts.get(number, frame.head(0)) for parts, frame in zip(split, frames, strict=True)]


def _joined(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    whole = [frame for frame in frames if len(frame)]
    if not whole:
        return pd.DataFrame({name: pd.Series(dtype=TYPES.get(name, "str")) for name in columns})
    return pd.concat(whole, ignore_index=True)[list(columns)]


def _learned_together(
    history: pd.DataFrame, plan: pd.DataFrame, drivers: Drivers, horizon: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Backtests and forecasts of the models that see all their series together."""
    told, future = [], []
    for module, names in models.LEARNED_TOGETHER.items():
        own = plan[[bool(set(names) & set(tried)) for tried in plan["candidates"]]]
        for (tested, count), some in own.groupby(["tested", "origins"]):
            known = history[history["unique_id"].isin(some["unique_id"])]
            cutoffs = cutoffs_of(history["ds"].max(), tested, count)
            told.append(models.backtest(module, known, cutoffs, tested, drivers))
            future.append(models.predict(module, known, horizon, drivers))
            log.info("%s: learned from %d series", " and ".join(names), len(some))
    return (
        _joined(told, univariate.BACKTEST_COLUMNS),
        _joined(future, univariate.FUTURE_COLUMNS),
    )


def _trial(
    history: pd.DataFrame,
    plan: pd.DataFrame,
    told: pd.DataFrame,
    future: pd.DataFrame,
    horizon: int,
) -> Trial:
    """One batch; `told` and `future` are of the models that learned together."""
    parts = [told, *_backtests(history, plan)]
    backtest = _joined(parts, univariate.BACKTEST_COLUMNS)
    table = errors.accuracy(backtest, history)
    plan = plan.assign(tried=_tried(plan, table))

    def predict(chosen: pd.DataFrame) -> pd.DataFrame:
        return _predict(history, chosen, future, horizon)

    choices, forecasts = _settled(plan, table, predict)
    kept = backtest.merge(choices[["unique_id", "model"]], on=["unique_id", "model"])
    return Trial(table, choices[CHOICES], kept, forecasts)


def _backtests(history: pd.DataFrame, plan: pd.DataFrame) -> Iterator[pd.DataFrame]:
    last = history["ds"].max()
    for (names, tested, count), some in plan.groupby(PLAN):
        known = history[history["unique_id"].isin(some["unique_id"])]
        if count:
            cutoffs = cutoffs_of(last, tested, count)
            yield univariate.backtest(known, models.alone(names), cutoffs, tested)


def _tried(plan: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """The candidates that gave figures; of a series on which nothing can be tested, all."""
    measured = table.groupby("unique_id")["model"].agg(set).to_dict()
    names = [
        tuple(name for name in row.candidates if name in measured.get(row.unique_id, ()))
        if row.origins and row.unique_id in measured
        else row.candidates
        for row in plan.itertuples()
    ]
    return pd.Series(names, plan.index, dtype=object)


def _settled(
    plan: pd.DataFrame, table: pd.DataFrame, predict: Callable[[pd.DataFrame], pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The choices and their forecasts: a model that fails on the whole history is left out too."""
    tried = plan.set_index("unique_id")["tried"].to_dict()
    left, chosen, forecasts = plan, [], []
    while len(left):
        choices = choice.choose(table, left)
        told = predict(choices)
        is_told = choices["unique_id"].isin(told["unique_id"])
        chosen.append(choices[is_told])
        forecasts.append(told)
        for name, model in choices.loc[~is_told, ["unique_id", "model"]].itertuples(index=False):
            tried[name] = tuple(other for other in tried[name] if other != model)
        left = left[left["unique_id"].isin(choices.loc[~is_told, "unique_id"])]
        left = left.assign(tried=left["unique_id"].map(tried))
    rows = plan.assign(tried=plan["unique_id"].map(tried))
    return _told(rows, _joined(chosen, choice.COLUMNS)), _joined(
        forecasts, univariate.FUTURE_COLUMNS
    )


def _predict(
    history: pd.DataFrame, choices: pd.DataFrame, across: pd.DataFrame, horizon: int
) -> pd.DataFrame:
    """Each series by its chosen model."""
    parts = [across.merge(choices[["unique_id", "model"]], on=["unique_id", "model"])]
    for name, some in choices.groupby("model"):
        if name in univariate.MODELS:
            known = history[history["unique_id"].isin(some["unique_id"])]
            parts.append(univariate.predict(known, [name], horizon))
    return _joined(parts, univariate.FUTURE_COLUMNS)


def _told(plan: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """One row for each series, also for one without a model, and why."""
    rows = plan.merge(chosen, on="unique_id", how="left")
    failed = [
        [name for name in row.candidates if name not in row.tried] for row in rows.itertuples()
    ]
    reasons = [
        _reason(row, ", ".join(names)) for row, names in zip(rows.itertuples(), failed, strict=True)
    ]
    return rows.assign(
        rule=rows["rule"].fillna("none"),
        reason=reasons,
        tried=[", ".join(row.tried) for row in rows.itertuples()],
    )


def _reason(row: Any, failed: str) -> str:
    if not row.candidates:
        return CLASSES[row.series_class].why
    left_out = f"left out, for they gave no figures: {failed}" if failed else ""
    told = row.reason if isinstance(row.reason, str) else "no model gave figures"
    return "; ".join(text for text in (told, left_out) if text)
