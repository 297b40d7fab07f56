"""Which hours a day has on the wall, and how much of them is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from sandbox.ads.known import midnight, today
from sandbox.shop.days import DAY, HOUR
from sandbox.shop.streams import Floats, Ints

QUARTER = HOUR // 4
EPOCH = date(1970, 1, 1)


def hour_factors(days: Ints, zone: ZoneInfo, now: datetime) -> tuple[Ints, Floats]:
    """For each of the days (counted from 1970) a row of the table of 24 factors that follows.

    Row 0 is the ordinary day, all 1. An hour that is skipped has 0, one that comes twice 2, one
    that is not over what has passed of it.
    """
    this_day = int(np.datetime64(today(now, zone)).astype(int))
    distinct, place = np.unique(days, return_inverse=True)
    rows, table = np.zeros(len(distinct), dtype=np.int64), [np.ones(24)]
    for number, day in enumerate(distinct):
        start, end = (midnight(EPOCH + timedelta(days=int(day) + more), zone) for more in (0, 1))
        if end - start != DAY or day == this_day:
            rows[number] = len(table)
            table.append(_factors(start, end, zone, now.replace(tzinfo=UTC).timestamp()))
    return rows[place], np.array(table)


def _factors(start: int, end: int, zone: ZoneInfo, moment: float) -> Floats:
    factors = np.zeros(24)
    for quarter in range(start, end, QUARTER):
        hour = datetime.fromtimestamp(quarter, UTC).astimezone(zone).hour
        factors[hour] += np.clip((moment - quarter) / HOUR, 0.0, QUARTER / HOUR)
    return factors
