"""Where the past is cut to test models: origins 30 days apart, each followed by the horizon.

A series whose history feeds four origins gets four. A shorter one gets as many as leave 56 days
before the first; one that leaves none is tested on 30 days with 28 before the first; below that
(58 days) nothing is tested.
"""

import pandas as pd

ORIGINS = 4
STEP_DAYS = 30
SHORT_HORIZON = 30
FEWEST_BEFORE = 56
FEWEST_BEFORE_SHORT = 28


def origins(history_days: int, horizon: int) -> tuple[int, int]:
    """The days that each origin tests, and how many origins there are; (0, 0) for none."""
    for tested, before in ((horizon, FEWEST_BEFORE), (SHORT_HORIZON, FEWEST_BEFORE_SHORT)):
        spare = history_days - tested - before
        if tested <= horizon and spare >= 0:
            return tested, min(ORIGINS, spare // STEP_DAYS + 1)
    return 0, 0


def cutoffs_of(last_day: pd.Timestamp, tested: int, count: int) -> list[pd.Timestamp]:
    """The last days that the models see, the earliest first; the last test ends on `last_day`."""
    return [
        last_day - pd.Timedelta(days=tested + STEP_DAYS * back) for back in reversed(range(count))
    ]


def cutoffs(history: pd.DataFrame, horizon: int) -> list[pd.Timestamp]:
    """The origins that the shortest of these series allows."""
    if history.empty:
        return []
    days = int(history.groupby("unique_id").size().min())
    return cutoffs_of(history["ds"].max(), *origins(days, horizon))
