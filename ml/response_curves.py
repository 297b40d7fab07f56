"""What a platform's daily ad spend brings in: a saturating curve, with how sure it is.

revenue = maximum * spend / (half + spend): it rises steeply at first and flattens towards
`maximum`; at a spend of `half` it has reached the half of that. This is Hill's function with an
exponent of one, the shape that Jin, Wang, Sun, Chan and Koehler (2017), "Bayesian Methods for Media
Mix Modeling with Carryover and Shape Effects", take for paid media.

Noise grows with the revenue, so the curve is fitted by the quasi-likelihood of a gamma variable
(McCullagh and Nelder 1989, "Generalized Linear Models", chapter 8), which allows days without any.
Given `half`, the best `maximum` is the mean of revenue / share reached; what is left is a search
over one parameter. Intervals come from a bootstrap of whole weeks (Künsch 1989), since good and
bad days come in runs. All draws are seeded.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

KEY = ["store_id", "platform"]
PARAMETERS = ["maximum_revenue", "half_spend", "marginal_return"]
WINDOW_DAYS = 365
RECENT_DAYS = 28
FEWEST_DAYS = 42
LEAST_VARIATION = 0.15
DRAWS = 400
INTERVAL = (2.5, 97.5)
GRID = np.geomspace(0.02, 50, 600)
SEED = 20260101
COLUMNS = [
    *KEY,
    "status",
    "days",
    "first_day",
    "last_day",
    "daily_spend",
    *(f"{name}{end}" for name in PARAMETERS for end in ("", "_low", "_high")),
    "explained_share",
]

Array = np.ndarray


@dataclass(frozen=True)
class Curve:
    """A fitted curve; `draws` holds (maximum, half) of each bootstrap draw, shape (DRAWS, 2)."""

    maximum: float
    half: float
    draws: Array

    def revenue(self, spend: Array | float) -> Array:
        """Expected revenue of a day at this spend."""
        return self.maximum * np.asarray(spend) / (self.half + np.asarray(spend))

    def marginal(self, spend: float) -> float:
        """Revenue of the next unit of money at this spend."""
        return float(_marginal(self.maximum, self.half, spend))


def platform_days(performance: pd.DataFrame) -> pd.DataFrame:
    """Spend and revenue of each store, platform and day; a day is settled when all its rows are.

    `performance` holds store_id, platform, date, spend, revenue and is_settled.
    """
    amounts = performance.assign(
        date=pd.to_datetime(performance["date"]),
        spend=performance["spend"].astype(float),
        revenue=performance["revenue"].astype(float),
        is_settled=performance["is_settled"].astype(bool),
    )
    return amounts.groupby([*KEY, "date"], as_index=False).agg(
        spend=("spend", "sum"), revenue=("revenue", "sum"), is_settled=("is_settled", "all")
    )


def fit_curves(days: pd.DataFrame) -> tuple[pd.DataFrame, dict[tuple[str, str], Curve]]:
    """The curve of each store and platform, as a table and to reckon with.

    `days` holds store_id, platform, date, spend and revenue, one row a settled day. Only the last
    365 days count and of them those with spend. Where no curve can be told `status` says why:
    `too_few_days` (less than 42), `spend_hardly_varies`, `no_revenue`; else it is `fitted`.
    """
    rows, curves = [], {}
    for key, own in days.groupby(KEY, sort=True):
        spent = _spent(own)
        status = _status(spent)
        row = dict(zip(KEY, key, strict=True)) | _described(spent) | {"status": status}
        if status == "fitted":
            curve = fit(spent["spend"].to_numpy(), spent["revenue"].to_numpy())
            curves[key] = curve
            row |= _told(curve, spent, row["daily_spend"])
        rows.append(row)
    return pd.DataFrame(rows, columns=COLUMNS), curves


def fit(spend: Array, revenue: Array) -> Curve:
    """The curve of these days; both arrays have shape (days,), spend above zero."""
    halves = GRID * np.median(spend)
    reached = spend / (halves[:, None] + spend)
    weights = np.vstack([np.ones(len(spend)), _weeks_drawn(len(spend))]).T
    total = weights.sum(axis=0)
    maxima = (revenue / reached) @ weights / total
    with np.errstate(divide="ignore"):
        loss = np.log(maxima) + np.log(reached) @ weights / total
    best = loss.argmin(axis=0)
    found = np.column_stack([maxima[best, np.arange(len(best))], halves[best]])
    return Curve(float(found[0, 0]), float(found[0, 1]), found[1:])


def _weeks_drawn(days: int) -> Array:
    """How often each day is drawn, shape (DRAWS, days): whole runs of seven days."""
    dice = np.random.default_rng(SEED)
    block = min(7, days)
    starts = dice.integers(0, days - block + 1, (DRAWS, -(-days // block)))
    drawn = (starts[:, :, None] + np.arange(block)).reshape(DRAWS, -1)[:, :days]
    offsets = np.arange(DRAWS)[:, None] * days
    return np.bincount((drawn + offsets).ravel(), minlength=DRAWS * days).reshape(DRAWS, days)


def _spent(own: pd.DataFrame) -> pd.DataFrame:
    last = own["date"].max()
    recent = own[own["date"] > last - pd.Timedelta(days=WINDOW_DAYS)]
    frame = recent.assign(
        spend=recent["spend"].astype(float), revenue=recent["revenue"].astype(float).fillna(0.0)
    )
    return frame[frame["spend"] > 0].sort_values("date", ignore_index=True)


def _status(spent: pd.DataFrame) -> str:
    if len(spent) < FEWEST_DAYS:
        return "too_few_days"
    if spent["revenue"].sum() <= 0:
        return "no_revenue"
    if spent["spend"].std() < LEAST_VARIATION * spent["spend"].mean():
        return "spend_hardly_varies"
    return "fitted"


def _described(spent: pd.DataFrame) -> dict[str, object]:
    recent = spent.tail(RECENT_DAYS)
    return {
        "days": len(spent),
        "first_day": spent["date"].min() if len(spent) else None,
        "last_day": spent["date"].max() if len(spent) else None,
        "daily_spend": float(recent["spend"].mean()) if len(spent) else None,
    }


def _told(curve: Curve, spent: pd.DataFrame, daily_spend: float) -> dict[str, float | None]:
    """The curve's parameters with their intervals, and how much of the days' variance it tells."""
    draws = np.column_stack(
        [curve.draws, _marginal(curve.draws[:, 0], curve.draws[:, 1], daily_spend)]
    )
    low, high = np.percentile(draws, INTERVAL, axis=0)
    best = (curve.maximum, curve.half, curve.marginal(daily_spend))
    told = {
        f"{name}{end}": float(values[number])
        for number, name in enumerate(PARAMETERS)
        for end, values in (("", best), ("_low", low), ("_high", high))
    }
    revenue = spent["revenue"].to_numpy()
    misses = revenue - curve.revenue(spent["spend"].to_numpy())
    variance = revenue.var()
    return told | {"explained_share": 1 - misses.var() / variance if variance else None}


def _marginal(maximum: Array | float, half: Array | float, spend: float) -> Array:
    return np.asarray(maximum) * np.asarray(half) / (np.asarray(half) + spend) ** 2
