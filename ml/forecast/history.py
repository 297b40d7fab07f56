"""The days that models learn from: each once, none missing, none below zero.

A day that is missing between a series' first day and the last of all is a day without sales. A day
below zero (corrections greater than sales) counts as zero. Both are counted, and said in the reason
of the series' choice.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

COLUMNS = ["unique_id", "ds", "y", "observed", "is_censored"]
NOTES = {"missing_days": "missing days count as zero", "negative_days": "days below zero, as zero"}


def prepare(days: pd.DataFrame, as_of: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The history up to the day, sorted, and what was mended: one row for each series."""
    dated = days.assign(
        ds=pd.to_datetime(days["ds"]),
        y=days["y"].astype(float).fillna(0.0),
        observed=days["observed"].astype(float).fillna(0.0),
        is_censored=days["is_censored"].astype("boolean").fillna(False).astype(bool),
    )
    dated = dated.loc[dated["ds"] <= pd.Timestamp(as_of), COLUMNS]
    dense, missing = _dense(dated.sort_values(["unique_id", "ds"], ignore_index=True), as_of)
    negative = (dense["y"] < 0).groupby(dense["unique_id"]).sum()
    mended = pd.DataFrame({"missing_days": missing, "negative_days": negative})
    mended = mended.fillna(0).astype(int).rename_axis("unique_id").reset_index()
    return dense.assign(y=dense["y"].clip(lower=0)), mended


def note(row: object, names: Sequence[str] = tuple(NOTES)) -> str:
    """`3 missing days count as zero`, or nothing."""
    counts = [(getattr(row, name), NOTES[name]) for name in names]
    return "; ".join(f"{count} {words}" for count, words in counts if count)


def _dense(days: pd.DataFrame, as_of: date) -> tuple[pd.DataFrame, pd.Series]:
    spans = days.groupby("unique_id")["ds"].agg(["min", "size"])
    wanted = (pd.Timestamp(as_of) - spans["min"]).dt.days + 1
    missing = wanted - spans["size"]
    gappy = spans.index[missing > 0]
    if not len(gappy):
        return days, missing
    has_gap = days["unique_id"].isin(gappy)
    parts = [
        own.set_index("ds")
        .reindex(pd.date_range(own["ds"].min(), as_of, name="ds"))
        .fillna({"unique_id": name, "y": 0.0, "observed": 0.0})
        .reset_index()
        for name, own in days[has_gap].groupby("unique_id")
    ]
    filled = pd.concat([days[~has_gap], *parts], ignore_index=True)
    filled["is_censored"] = filled["is_censored"].astype("boolean").fillna(False).astype(bool)
    return filled.sort_values(["unique_id", "ds"], ignore_index=True)[COLUMNS], missing
