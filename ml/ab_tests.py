"""Whether ads that ran side by side differ: the ads of one ad group, over the days they share.

The ad that began first is the control; each other ad of the group is held against it by its share
of clicks among impressions and of conversions among clicks. The p-value is that of the two-sided
z-test of two proportions with a pooled variance; the interval of the difference is Newcombe's,
from two Wilson score intervals (Newcombe 1998, "Interval estimation for the difference between
independent proportions", method 10). Several challengers in a group raise the odds of a false
find, so p-values are adjusted by Holm (1979) within group and measure.
"""

import numpy as np
import pandas as pd
from scipy.stats import norm

GROUP = ["store_id", "campaign_id", "ad_group_id"]
SUMS = ["impressions", "clicks", "conversions"]
MEASURES = {"click_through_rate": ("clicks", "impressions"),
            "conversion_rate": ("conversions", "clicks")}  # fmt: skip
WINDOW_DAYS = 180
FEWEST_TRIALS = {"click_through_rate": 1_000, "conversion_rate": 100}
LEVEL = 0.05
COLUMNS = [
    *GROUP,
    "control_ad_id",
    "ad_id",
    "measure",
    "first_day",
    "last_day",
    "days",
    "control_trials",
    "control_successes",
    "trials",
    "successes",
    "control_rate",
    "rate",
    "difference",
    "difference_low",
    "difference_high",
    "p_value",
    "adjusted_p_value",
    "verdict",
]

Array = np.ndarray


def compare_ads(days: pd.DataFrame) -> pd.DataFrame:
    """One row for each challenger and measure.

    `days` holds store_id, campaign_id, ad_group_id, ad_id, date, impressions, clicks and
    conversions; only the last 180 days count. Rates and their difference are shares. The verdict
    is `better`, `worse` (than the control, at an adjusted p-value of 0.05), `no_difference`, or
    `too_little_data` (below 1,000 impressions, or 100 clicks, of either ad).
    """
    pairs = _pairs(_sums(days))
    if pairs.empty:
        return pd.DataFrame(columns=COLUMNS)
    told = pd.concat([_measured(pairs, name) for name in MEASURES], ignore_index=True)
    told["adjusted_p_value"] = told.groupby([*GROUP, "measure"])["p_value"].transform(holm)
    told["verdict"] = _verdicts(told)
    return told.sort_values([*GROUP, "ad_id", "measure"], ignore_index=True)[COLUMNS]


def z_test(successes: Array, trials: Array, others: Array, other_trials: Array) -> Array:
    """Two-sided p-value that both shares are one; null where it cannot be told."""
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (successes + others) / (trials + other_trials)
        variance = pooled * (1 - pooled) * (1 / trials + 1 / other_trials)
        score = (successes / trials - others / other_trials) / np.sqrt(variance)
    return 2 * norm.sf(np.abs(score))


def wilson(successes: Array, trials: Array) -> tuple[Array, Array]:
    """The 95 % score interval of a share (Wilson 1927)."""
    score = norm.isf(LEVEL / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.minimum(successes / trials, 1)
        middle = share + score**2 / (2 * trials)
        half = score * np.sqrt(share * (1 - share) / trials + score**2 / (4 * trials**2))
        return (middle - half) / (1 + score**2 / trials), (middle + half) / (1 + score**2 / trials)


def newcombe(
    successes: Array, trials: Array, others: Array, other_trials: Array
) -> tuple[Array, Array]:
    """The 95 % interval of the first share less the second."""
    (low, high), (other_low, other_high) = wilson(successes, trials), wilson(others, other_trials)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, other = successes / trials, others / other_trials
    below = np.sqrt((share - low) ** 2 + (other_high - other) ** 2)
    above = np.sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return share - other - below, share - other + above


def holm(p_values: pd.Series) -> pd.Series:
    """P-values adjusted for their number by Holm's step-down rule; nulls stay null."""
    known = p_values.dropna().sort_values(kind="stable")
    factors = np.arange(len(known), 0, -1)
    adjusted = np.minimum(np.maximum.accumulate(known.to_numpy() * factors), 1)
    return pd.Series(adjusted, known.index, dtype="float64").reindex(p_values.index)


def _sums(days: pd.DataFrame) -> pd.DataFrame:
    """Figures of each ad and day on which it was shown."""
    dated = days.assign(
        date=pd.to_datetime(days["date"]), **{name: days[name].astype(float) for name in SUMS}
    )
    recent = dated[dated["date"] > dated["date"].max() - pd.Timedelta(days=WINDOW_DAYS)]
    summed = recent.groupby([*GROUP, "ad_id", "date"], as_index=False)[SUMS].sum()
    return summed[summed["impressions"] > 0]


def _pairs(days: pd.DataFrame) -> pd.DataFrame:
    """Each challenger beside its group's control, summed over the days that both were shown."""
    began = days.groupby([*GROUP, "ad_id"], as_index=False)["date"].min()
    first = began.sort_values(["date", "ad_id"]).drop_duplicates(GROUP)
    control = first[[*GROUP, "ad_id"]].rename(columns={"ad_id": "control_ad_id"})
    sided = days.merge(control, on=GROUP)
    is_control = sided["ad_id"] == sided["control_ad_id"]
    both = sided[~is_control].merge(
        sided.loc[is_control, [*GROUP, "date", *SUMS]],
        on=[*GROUP, "date"],
        suffixes=("", "_of_control"),
    )
    return both.groupby([*GROUP, "control_ad_id", "ad_id"], as_index=False).agg(
        first_day=("date", "min"),
        last_day=("date", "max"),
        days=("date", "nunique"),
        **{name: (name, "sum") for name in [*SUMS, *(f"{each}_of_control" for each in SUMS)]},
    )


def _measured(pairs: pd.DataFrame, measure: str) -> pd.DataFrame:
    successes, trials = MEASURES[measure]
    told = pairs.assign(
        measure=measure,
        successes=pairs[successes],
        trials=pairs[trials],
        control_successes=pairs[f"{successes}_of_control"],
        control_trials=pairs[f"{trials}_of_control"],
    )
    sides = [
        told[name].to_numpy()
        for name in ("successes", "trials", "control_successes", "control_trials")
    ]
    low, high = newcombe(*sides)
    rates = {
        "rate": told["successes"] / told["trials"].where(told["trials"] > 0),
        "control_rate": told["control_successes"]
        / told["control_trials"].where(told["control_trials"] > 0),
    }
    return told.assign(
        **rates,
        difference=rates["rate"] - rates["control_rate"],
        difference_low=low,
        difference_high=high,
        p_value=z_test(*sides),
    )


def _verdicts(told: pd.DataFrame) -> Array:
    fewest = told["measure"].map(FEWEST_TRIALS)
    is_little = told[["trials", "control_trials"]].min(axis=1) < fewest
    is_clear = told["adjusted_p_value"] < LEVEL
    return np.select(
        [is_little, is_clear & (told["difference"] > 0), is_clear],
        ["too_little_data", "better", "worse"],
        "no_difference",
    )
