"""The regression's design matrix: what is known of a day, in columns with a usual size of effect.

Weekday, trend and yearly waves are made here; events, plans and drivers come from the features of
ml/forecast/calendar.py. Each column bears the size that its effect may have on a log scale, by
which the penalty is measured: a weekday moves sales by some percent, while a sales event that was
seen on one day only shall keep nearly all that was seen.

Calendar events and planned promotions are known ahead. Price, discount and ad spend are not: after
the cutoff of a backtest they stay at the mean of the last 28 days before it.

Which goods happened to be sold moves a day's price index and discount as well. So as not to take
that for a change of prices, which stay for weeks, the past's are means of the days around each:
seven either side for prices, one for discounts.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

DRIVERS = ("log_price_index", "discount_rate", "log_ad_spend")
PLANS = ("is_promotion", "is_peak", "season")
EVENT_PREFIX = "event_"
EFFECT_SIZE = {
    "weekday": 0.15,
    "trend": 0.3,
    "year": 0.15,
    "event": 3.0,
    "plan": 0.3,
    "log_price_index": 2.0,
    "discount_rate": 2.0,
    "log_ad_spend": 0.3,
}
YEAR_DAYS = 365
FEWEST_WAVE_DAYS = 450
WAVES = 5
TREND_KEPT = 0.995
RECENT_DAYS = 28
FEWEST_TRACKED_DAYS = 60
LEAST_CHANGE = 1e-9
DAYS_AROUND = {"log_price_index": 7, "discount_rate": 1, "log_ad_spend": 0}

Array = np.ndarray


@dataclass(frozen=True)
class Design:
    """`columns` has shape (days, width), the past first; `sizes` and `names` are of its columns."""

    columns: Array
    sizes: Array
    names: tuple[str, ...]
    past: int

    @property
    def drivers(self) -> list[int]:
        """The places of price, discount and ad spend, as far as they vary."""
        return [self.names.index(name) for name in DRIVERS if name in self.names]


def design(features: pd.DataFrame, past: int, drivers_known: bool) -> Design:
    """The matrix of a store's days, sorted and whole; the first `past` rows are history.

    With `drivers_known` the drivers of the days to come are taken as the features plan them.
    """
    days = pd.DatetimeIndex(features["ds"])
    events = [name for name in features if str(name).startswith(EVENT_PREFIX)]
    plans = [name for name in features if str(name).startswith(PLANS)]
    parts = [
        ("weekday", _weekdays(days)),
        ("trend", _trend(len(days), past)),
        *_waves(days, past),
        *(("event", features[name].to_numpy(float)) for name in events),
        *(("plan", features[name].to_numpy(float)) for name in plans),
        *drivers(features, past, drivers_known).items(),
    ]
    columns = [part.reshape(len(days), -1) for _, part in parts]
    sizes = [
        np.full(part.shape[1], _size(name)) for (name, _), part in zip(parts, columns, strict=True)
    ]
    names = [
        name for (name, _), part in zip(parts, columns, strict=True) for _ in range(part.shape[1])
    ]
    return Design(np.hstack(columns), np.concatenate(sizes), tuple(names), past)


def drivers(features: pd.DataFrame, past: int, known: bool) -> dict[str, Array]:
    """Price, discount and ad spend, less what events bring along; without those that never vary.

    Black Friday's discount belongs to Black Friday's effect, so that neither counts twice.
    """
    events = [name for name in features if str(name).startswith(EVENT_PREFIX)]
    is_event = features[events].to_numpy(float) > 0
    found = {}
    for name in DRIVERS:
        if name not in features:
            continue
        values = _tracked(features[name].to_numpy(float, copy=True), past)
        values = _without_events(values, is_event, past)
        values[:past] = _means_around(values[:past], DAYS_AROUND[name])
        if not known:
            values[past:] = values[max(past - RECENT_DAYS, 0) : past].mean()
        if np.ptp(values[:past]) > LEAST_CHANGE:
            found[name] = values
    return found


def _tracked(values: Array, past: int) -> Array:
    """Zeros before the first value say that nothing was tracked yet; they become the mean."""
    values = np.nan_to_num(values)
    used = np.flatnonzero(values[:past])
    if past - (used[0] if len(used) else past) < FEWEST_TRACKED_DAYS:
        return np.zeros(len(values))
    values[: used[0]] = values[used[0] : past].mean()
    return values


def _without_events(values: Array, is_event: Array, past: int) -> Array:
    plain = np.flatnonzero(~is_event[:past].any(axis=1))
    if not len(plain):
        return values
    usual = values[plain].mean()
    for days in is_event.T:
        if days[:past].any():
            values[days] -= values[:past][days[:past]].mean() - usual
    return values


def _means_around(values: Array, days: int) -> Array:
    return pd.Series(values).rolling(2 * days + 1, min_periods=1, center=True).mean().to_numpy()


def _weekdays(days: pd.DatetimeIndex) -> Array:
    return (days.dayofweek.to_numpy()[:, None] == np.arange(7)) - 1 / 7


def _trend(count: int, past: int) -> Array:
    """Years before the last day of history; afterwards each day adds a little less."""
    ahead = np.arange(count) - (past - 1.0)
    damped = TREND_KEPT * (1 - TREND_KEPT ** np.maximum(ahead, 0)) / (1 - TREND_KEPT)
    return np.where(ahead > 0, damped, ahead) / YEAR_DAYS


def _waves(days: pd.DatetimeIndex, past: int) -> list[tuple[str, Array]]:
    """Sine and cosine of the year; none before a part of it came twice, to tell it from trend."""
    if past < FEWEST_WAVE_DAYS:
        return []
    angle = 2 * np.pi * days.dayofyear.to_numpy() / 365.25
    return [
        (f"year{wave}", np.column_stack([np.sin(wave * angle), np.cos(wave * angle)]))
        for wave in range(1, WAVES + 1)
    ]


def _size(name: str) -> float:
    if name.startswith("year"):
        return EFFECT_SIZE["year"] / int(name.removeprefix("year"))
    return EFFECT_SIZE[name]
