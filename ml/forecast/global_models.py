"""Models `xgboost` and `random_forest`: one model for all series, told by what they have in common.

A row is a series, an origin and a day 1 to `horizon` days after it. Of the origin it holds the
series' lags and rolling means (by MLForecast), of the day its weekday, event, promotion, price and
discount, and how busy the regression expects it to be next to the four weeks before the origin:
trees cannot draw a season or a trend on, so they get it and learn what each series makes of it.

The target is the day's value over the series' own scale (its mean of late, pulled towards its mean
of all days), so that large and small series share a model; rows weigh as much as that scale, as
counts of sales vary. All days ahead are forecast from the origin at once: nothing is fed back.
A model is trained once for all origins, on the last 400 days before the first of them, on at most
100,000 rows drawn by a seeded die. Each tree is grown by one thread, so that sums do not depend on
how many there are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ml.forecast import regression
from ml.forecast.design import EVENT_PREFIX, PLANS, Array, design, drivers
from ml.forecast.families import DAY, WEEK, WINDOWS, Family, families

TRAINING_DAYS = 400
MOST_ROWS = 100_000
FEWEST_DAYS = 28
RECENT_DAYS = 28
SCALE_WINDOW = 91
SCALE_PRIOR_DAYS = 28
LEAST_SCALE = 1e-3
LEAST_BUSY = 0.05
FEWEST_ROWS = 500
TREE_DRIVERS = ("log_price_index", "discount_rate")
SEED = 20260101
BACKTEST = ["unique_id", "cutoff", "ds", "model", "forecast"]
FUTURE = ["unique_id", "ds", "model", "forecast"]


def _xgboost(rows: int) -> Any:
    from xgboost import XGBRegressor

    return XGBRegressor(
        n_estimators=60, learning_rate=0.08, max_depth=4, min_child_weight=rows * 0.005,
        subsample=0.7, colsample_bynode=0.7, max_bin=64, n_jobs=1, random_state=SEED,
    )  # fmt: skip


def _random_forest(rows: int) -> Any:
    from xgboost import XGBRFRegressor

    return XGBRFRegressor(
        n_estimators=60, max_depth=6, min_child_weight=rows * 0.003, subsample=0.5,
        colsample_bynode=0.5, max_bin=64, n_jobs=1, random_state=SEED,
    )  # fmt: skip


MODELS: dict[str, Callable[[int], Any]] = {"xgboost": _xgboost, "random_forest": _random_forest}


@dataclass(frozen=True)
class Calendar:
    """What is known at a cutoff of a store's days, `horizon` further than it.

    `expected` is how busy the regression takes each day to be, `columns` (days, kinds) the rest.
    """

    expected: Array
    columns: Array


Known = list[tuple[Family, Calendar]]


def backtest(
    history: pd.DataFrame,
    names: Sequence[str],
    cutoffs: Sequence[pd.Timestamp],
    horizon: int,
    series: pd.DataFrame,
    features: pd.DataFrame,
) -> pd.DataFrame:
    """Forecasts from each cutoff by models that were trained before the first of them."""
    if not set(names) & set(MODELS) or not len(cutoffs) or history.empty:
        return pd.DataFrame(columns=BACKTEST)
    found = list(families(history[history["ds"] <= max(cutoffs)], series))
    models: dict[str, Any] | None = None
    parts = []
    for cutoff in sorted(cutoffs):
        known = _seen(found, cutoff, horizon, features, False)
        models = _trained(names, known, cutoff, horizon) if models is None else models
        parts += [part.assign(cutoff=cutoff) for part in _told(models, known, cutoff, horizon)]
    return _bound(parts, BACKTEST)


def predict(
    history: pd.DataFrame,
    names: Sequence[str],
    horizon: int,
    series: pd.DataFrame,
    features: pd.DataFrame,
) -> pd.DataFrame:
    """Forecasts of the days after the history by models that were trained on the whole of it."""
    if not set(names) & set(MODELS) or history.empty:
        return pd.DataFrame(columns=FUTURE)
    last = history["ds"].max()
    known = _seen(families(history, series), last, horizon, features, True)
    models = _trained(names, known, last, horizon)
    return _bound(list(_told(models, known, last, horizon)), FUTURE)


def _seen(
    found: Iterable[Family],
    cutoff: pd.Timestamp,
    horizon: int,
    features: pd.DataFrame,
    planned: bool,
) -> Known:
    """The families that are four weeks old, and what is known of the days at the cutoff."""
    return [
        (family, _calendar(family, cutoff, horizon, features, planned))
        for family in found
        if family.first_day + FEWEST_DAYS * DAY <= cutoff
    ]


def _calendar(
    family: Family, cutoff: pd.Timestamp, horizon: int, features: pd.DataFrame, planned: bool
) -> Calendar:
    """What is known of each day; where `planned`, the drivers of the days ahead are too."""
    past = (cutoff - family.first_day).days + 1
    days = regression.store_days(features, family.store_id, cutoff, past, horizon)
    events = [name for name in days if str(name).startswith(EVENT_PREFIX)]
    plans = [name for name in days if str(name).startswith(PLANS)]
    levels = drivers(days, past, planned)
    columns = [
        days["ds"].dt.dayofweek.to_numpy(),
        days[events].to_numpy(float).any(axis=1),
        *(days[name].to_numpy(float) for name in plans),
        *(levels.get(name, np.zeros(len(days))) for name in TREE_DRIVERS),
    ]
    return Calendar(_expected(family, days, past, planned), np.column_stack(columns))


def _expected(family: Family, days: pd.DataFrame, past: int, planned: bool) -> Array:
    """The regression's value of each day for all series of the family together."""
    total = family.values[:, :past].sum(axis=0, dtype=float)[:, None]
    first = family.begins.min()
    if past - first < regression.FEWEST_DAYS or not regression.usable(total[first:]).all():
        return np.ones(len(days))
    matrix = design(days.iloc[first:], past - first, planned)
    curve = regression.fit(matrix, total[first:]).predict(matrix.columns)[:, 0]
    return np.maximum(np.append(np.full(first, curve.mean()), curve), curve.mean() * LEAST_BUSY)


def _rows(
    family: Family, calendar: Calendar, who: Array, origin: Array, ahead: Array
) -> tuple[Array, Array]:
    """What a model sees of these series, last known days and days ahead; and the scales."""
    means = family.means[who, origin + 1].astype(float)
    same_weekday = family.weekday_means[who, origin + 1 + (ahead - 1) % WEEK]
    age = np.maximum(origin - family.begins[who] + 1, 1)
    recent = np.minimum(age, SCALE_WINDOW)
    scale = (recent * means[:, 2] + SCALE_PRIOR_DAYS * means[:, 3]) / (recent + SCALE_PRIOR_DAYS)
    scale = np.maximum(scale, LEAST_SCALE)
    lately = pd.Series(calendar.expected).rolling(RECENT_DAYS, min_periods=1).mean().to_numpy()
    target = origin + ahead
    seen = [
        ahead,
        calendar.expected[target] / lately[origin],
        np.log(scale),
        np.minimum(age, WINDOWS[-1]),
        same_weekday / scale,
        *(means / scale[:, None]).T,
        *calendar.columns[target].T,
    ]
    return np.column_stack(seen).astype(np.float32), scale


def _trained(
    names: Sequence[str], known: Known, cutoff: pd.Timestamp, horizon: int
) -> dict[str, Any]:
    """The models by name, trained on rows whose days all lie before the cutoff; none without."""
    if not known:
        return {}
    dice = np.random.default_rng(SEED)
    sizes = [len(family.ids) * TRAINING_DAYS for family, _ in known]
    share = min(1.0, MOST_ROWS / sum(sizes))
    parts = [
        _drawn(family, calendar, cutoff, horizon, int(size * share), dice)
        for (family, calendar), size in zip(known, sizes, strict=True)
    ]
    rows, targets, weights = (np.concatenate(part) for part in zip(*parts, strict=True))
    if len(rows) < FEWEST_ROWS:
        return {}
    weights /= weights.mean()
    return {
        name: make(len(rows)).fit(rows, targets, sample_weight=weights)
        for name, make in MODELS.items()
        if name in names
    }


def _drawn(
    family: Family,
    calendar: Calendar,
    cutoff: pd.Timestamp,
    horizon: int,
    count: int,
    dice: np.random.Generator,
) -> tuple[Array, Array, Array]:
    """Rows, targets and weights: days of late, each seen from a day before it, both drawn."""
    past = (cutoff - family.first_day).days + 1
    who = dice.integers(0, len(family.ids), count)
    target = dice.integers(max(past - TRAINING_DAYS, 0), past, count)
    ahead = dice.integers(1, horizon + 1, count)
    kept = target - ahead >= family.begins[who] + FEWEST_DAYS - 1
    who, target, ahead = who[kept], target[kept], ahead[kept]
    rows, scale = _rows(family, calendar, who, target - ahead, ahead)
    sold = scale > LEAST_SCALE
    values = family.values[who, target].astype(float)
    return rows[sold], (values / scale)[sold], scale[sold]


def _told(
    models: dict[str, Any], known: Known, cutoff: pd.Timestamp, horizon: int
) -> Iterator[pd.DataFrame]:
    """What the models say of the days after the cutoff, for series with four weeks before it."""
    for family, calendar in known:
        origin = (cutoff - family.first_day).days
        old = np.flatnonzero(family.begins <= origin - FEWEST_DAYS + 1)
        who, ahead = np.repeat(old, horizon), np.tile(np.arange(1, horizon + 1), len(old))
        rows, scale = _rows(family, calendar, who, np.full(len(who), origin), ahead)
        days = pd.date_range(cutoff + DAY, periods=horizon)
        for name, model in models.items():
            forecast = np.maximum(model.predict(rows), 0) * scale
            yield pd.DataFrame(
                {
                    "unique_id": family.ids[who],
                    "ds": np.tile(days.to_numpy(), len(old)),
                    "model": name,
                    "forecast": forecast,
                }
            )


def _bound(parts: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts, ignore_index=True)[columns]
