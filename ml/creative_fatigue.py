"""Whether people tire of an ad: its share of clicks, day by day, falling.

log(clicks expected) = log(impressions) + level + slope * day, a Poisson regression with the
impressions as exposure, whose errors are widened by what the days scatter beyond that
(quasi-Poisson; McCullagh and Nelder 1989, "Generalized Linear Models", 6.2). So a day with many
impressions tells more than one with few. The test is one-sided: the slope is below zero.
"""

import numpy as np
import pandas as pd
from scipy.stats import t as students_t

KEY = ["store_id", "campaign_id", "ad_group_id", "ad_id"]
WINDOW_DAYS = 60
FEWEST_DAYS = 14
FEWEST_CLICKS = 50
ROUNDS = 25
COLUMNS = [
    *KEY,
    "first_day",
    "last_day",
    "days",
    "impressions",
    "clicks",
    "slope_per_day",
    "slope_low",
    "slope_high",
    "first_rate",
    "last_rate",
    "p_value",
]

Array = np.ndarray


def fatigue(days: pd.DataFrame) -> pd.DataFrame:
    """The trend of each ad's click-through rate over the last 60 days that it was shown in.

    `days` holds store_id, campaign_id, ad_group_id, ad_id, date, impressions and clicks. Slopes are
    of the logarithm a day (-0.01: one percent less each day), with 95 % intervals; `first_rate`
    and `last_rate` are the shares that the trend expects on the first and the last day. Slope and
    p-value are null for an ad with less than 14 days or 50 clicks.
    """
    rows = [
        dict(zip(KEY, key, strict=True)) | _trend(own)
        for key, own in _shown(days).groupby(KEY, sort=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _shown(days: pd.DataFrame) -> pd.DataFrame:
    dated = days.assign(
        date=pd.to_datetime(days["date"]),
        impressions=days["impressions"].astype(float),
        clicks=days["clicks"].astype(float),
    )
    summed = dated.groupby([*KEY, "date"], as_index=False)[["impressions", "clicks"]].sum()
    shown = summed[summed["impressions"] > 0]
    last = shown["date"].max()
    return shown[shown["date"] > last - pd.Timedelta(days=WINDOW_DAYS)]


def _trend(own: pd.DataFrame) -> dict[str, object]:
    first, last = own["date"].min(), own["date"].max()
    told = {
        "first_day": first,
        "last_day": last,
        "days": len(own),
        "impressions": own["impressions"].sum(),
        "clicks": own["clicks"].sum(),
    }
    if len(own) < FEWEST_DAYS or own["clicks"].sum() < FEWEST_CLICKS:
        return told
    at = (own["date"] - first).dt.days.to_numpy(dtype=float)
    level, slope, error = poisson_slope(at, own["clicks"].to_numpy(), own["impressions"].to_numpy())
    freedom = len(own) - 2
    reach = students_t.isf(0.025, freedom) * error
    return told | {
        "slope_per_day": slope,
        "slope_low": slope - reach,
        "slope_high": slope + reach,
        "first_rate": np.exp(level),
        "last_rate": np.exp(level + slope * (last - first).days),
        "p_value": students_t.cdf(slope / error, freedom) if error else None,
    }


def poisson_slope(at: Array, counts: Array, exposure: Array) -> tuple[float, float, float]:
    """Level, slope and the slope's quasi-Poisson standard error; all arrays have shape (days,).

    By Newton's method from the overall rate.
    """
    design = np.column_stack([np.ones(len(at)), at])
    found = np.array([np.log(counts.sum() / exposure.sum()), 0.0])
    for _ in range(ROUNDS):
        expected = exposure * np.exp(design @ found)
        information = design.T @ (design * expected[:, None])
        step = np.linalg.solve(information, design.T @ (counts - expected))
        found = found + step
        if np.abs(step).max() < 1e-12:
            break
    expected = exposure * np.exp(design @ found)
    information = design.T @ (design * expected[:, None])
    scatter = ((counts - expected) ** 2 / expected).sum() / (len(at) - 2)
    error = np.sqrt(np.linalg.inv(information)[1, 1] * scatter)
    return float(found[0]), float(found[1]), float(error)
