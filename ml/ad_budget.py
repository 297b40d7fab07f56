"""How the same daily ad budget is best split between platforms, by their response curves.

The split maximizes what the platforms bring in together. All curves are concave, so the best split
is where the next unit of money brings the same everywhere, limits apart (the conditions of Karush,
Kuhn and Tucker; Boyd and Vandenberghe 2004, "Convex Optimization", 5.5.3): that common marginal
return is found by halving. A platform without a curve keeps what it has.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ml.response_curves import INTERVAL, KEY, Curve

ANY_PLATFORM = "*"
HALVINGS = 200
COLUMNS = [
    *KEY,
    "current_daily_spend",
    "recommended_daily_spend",
    "minimum_daily_spend",
    "maximum_daily_spend",
    "current_revenue",
    "recommended_revenue",
    "revenue_change",
    "revenue_change_low",
    "revenue_change_high",
    "current_marginal_return",
    "recommended_marginal_return",
    "last_month_spend",
    "last_month_recommended_spend",
    "last_month_revenue_change",
]

Curves = Mapping[tuple[str, str], Curve]
Array = np.ndarray


@dataclass(frozen=True)
class Limits:
    """Between what a platform's daily spend may move, same order as the curves."""

    low: Array
    high: Array


def split(curves: list[Curve], limits: Limits, budget: float) -> Array:
    """The spend of each curve, shape (curves,): they add up to the budget, or as near as may be."""
    if not limits.low.sum() < budget < limits.high.sum():
        return limits.low if budget <= limits.low.sum() else limits.high
    maxima = np.array([curve.maximum for curve in curves])
    halves = np.array([curve.half for curve in curves])
    dear, cheap = 0.0, float((maxima / halves).max())
    for _ in range(HALVINGS):
        asked = (dear + cheap) / 2
        spend = _at_return(maxima, halves, asked).clip(limits.low, limits.high)
        dear, cheap = (asked, cheap) if spend.sum() > budget else (dear, asked)
    return _exact(spend, limits, budget)


def _at_return(maxima: Array, halves: Array, marginal: float) -> Array:
    """The spend at which the next unit of money brings `marginal`."""
    return np.sqrt(maxima * halves / max(marginal, 1e-300)) - halves


def _exact(spend: Array, limits: Limits, budget: float) -> Array:
    """What halving left over goes to those who are not at a limit."""
    free = (spend > limits.low) & (spend < limits.high)
    left = budget - spend.sum()
    return spend + np.where(free, left / free.sum(), 0.0) if free.any() else spend


def last_whole_month(days: pd.DataFrame) -> pd.DataFrame:
    """The rows of the last calendar month that is over on the last `date` that there is."""
    if days.empty:
        return days
    end = (days["date"].max() + pd.Timedelta(days=1)).to_period("M").start_time
    start = end - pd.DateOffset(months=1)
    return days[(days["date"] >= start) & (days["date"] < end)]


def recommend(
    table: pd.DataFrame, curves: Curves, limits: pd.DataFrame, month: pd.DataFrame
) -> pd.DataFrame:
    """What each platform with a curve should spend a day, and what that changes.

    `table` is that of `fit_curves`; `limits` holds platform (`*` for all others),
    minimum_daily_spend, maximum_daily_spend, most_cut_pct, most_rise_pct, each null where it does
    not bind; `month` the days of the last whole month: store_id, platform, date, spend. Revenue is
    of a day. The interval of the change is that of the curves, 95 %.
    """
    fitted = table[table["status"] == "fitted"]
    frames = [
        _store(own, [curves[key] for key in zip(*(own[name] for name in KEY), strict=True)],
               limits, month[month["store_id"] == store_id])
        for store_id, own in fitted.groupby("store_id", sort=True)
    ]  # fmt: skip
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)


def _store(
    own: pd.DataFrame, curves: list[Curve], limits: pd.DataFrame, month: pd.DataFrame
) -> pd.DataFrame:
    current = own["daily_spend"].to_numpy(dtype=float)
    allowed = _limits(own["platform"], current, limits)
    best = split(curves, allowed, current.sum())
    change = _change(curves, current, best)
    low, high = np.percentile(change, INTERVAL, axis=1)
    result = own[KEY].assign(
        current_daily_spend=current,
        recommended_daily_spend=best,
        minimum_daily_spend=allowed.low,
        maximum_daily_spend=allowed.high,
        current_revenue=_each(curves, current),
        recommended_revenue=_each(curves, best),
        revenue_change_low=low,
        revenue_change_high=high,
        current_marginal_return=[c.marginal(s) for c, s in zip(curves, current, strict=True)],
        recommended_marginal_return=[c.marginal(s) for c, s in zip(curves, best, strict=True)],
    )
    result["revenue_change"] = result["recommended_revenue"] - result["current_revenue"]
    return result.assign(**_last_month(own["platform"], curves, best, month))[COLUMNS]


def _limits(platforms: pd.Series, current: Array, limits: pd.DataFrame) -> Limits:
    """The limits in money; the current spend always lies within them."""
    named = limits.set_index("platform").astype(float)
    asked = [name if name in named.index else ANY_PLATFORM for name in platforms]
    own = named.reindex(asked)
    cut = current * (1 - own["most_cut_pct"].fillna(100).to_numpy() / 100)
    risen = current * (1 + own["most_rise_pct"].fillna(np.inf).to_numpy() / 100)
    low = np.fmax(cut, own["minimum_daily_spend"].to_numpy())
    high = np.fmin(risen, own["maximum_daily_spend"].to_numpy())
    return Limits(np.minimum(low, current), np.maximum(high, current))


def _each(curves: list[Curve], spend: Array) -> Array:
    return np.array([curve.revenue(own) for curve, own in zip(curves, spend, strict=True)])


def _change(curves: list[Curve], current: Array, best: Array) -> Array:
    """Change of revenue in each bootstrap draw, shape (curves, draws)."""
    maxima = np.array([curve.draws[:, 0] for curve in curves])
    halves = np.array([curve.draws[:, 1] for curve in curves])
    before, after = current[:, None], best[:, None]
    return maxima * (after / (halves + after) - before / (halves + before))


def _last_month(
    platforms: pd.Series, curves: list[Curve], best: Array, month: pd.DataFrame
) -> dict[str, Array]:
    """What the split would have changed: each day's spend of these platforms, split by its shares.

    Null where the month has no spend of theirs.
    """
    days = (
        month.assign(spend=month["spend"].astype(float))
        .pivot_table(index="date", columns="platform", values="spend", aggfunc="sum")
        .reindex(columns=platforms)
        .fillna(0.0)
        .to_numpy()
    )
    if not days.sum():
        return dict.fromkeys(COLUMNS[-3:], np.full(len(platforms), np.nan))
    other = days.sum(axis=1, keepdims=True) * (best / best.sum() if best.sum() else best)
    change = [
        (curve.revenue(after) - curve.revenue(before)).sum()
        for curve, before, after in zip(curves, days.T, other.T, strict=True)
    ]
    return dict(zip(COLUMNS[-3:], (days.sum(axis=0), other.sum(axis=0), change), strict=True))
