"""The shop's days: where they begin in UTC, which hours they have, how busy each is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Floats, Ints, pick, stream

HOUR = 3_600
DAY = 24 * HOUR

YEARLY_GROWTH = 1.25
WEEKDAYS = {1: 1.08, 2: 0.97, 3: 0.95, 4: 0.98, 5: 1.02, 6: 0.94, 7: 1.06}
MONTHS = {
    1: 0.86, 2: 0.88, 3: 0.94, 4: 0.97, 5: 1.00, 6: 1.02,
    7: 0.96, 8: 0.93, 9: 0.98, 10: 1.04, 11: 1.18, 12: 1.28,
}  # fmt: skip
HOLIDAYS = {
    "thanksgiving": 1.20, "black_friday": 2.90, "black_friday_weekend": 1.70, "cyber_monday": 2.40,
    "christmas_rush": 1.40, "christmas_day": 0.45, "new_years_day": 0.65, "valentines_week": 1.15,
}  # fmt: skip
HOURS = (
    0.9, 0.5, 0.3, 0.25, 0.25, 0.4, 0.9, 1.6, 2.4, 3.0, 3.4, 3.6,
    3.9, 3.7, 3.4, 3.3, 3.4, 3.7, 4.2, 4.8, 5.2, 4.9, 3.6, 2.0,
)  # fmt: skip


@dataclass(frozen=True)
class Days:
    """Row d is the d-th local day. `edges` has one entry more: the end of the last day.

    `slots` are the hours that a day has: 23, 24 or 25; `local_hours` is -1 where there is none.
    """

    dates: list[date]
    edges: Ints
    slots: Ints
    local_hours: Ints
    factors: Floats

    @property
    def end(self) -> int:
        """The instant after the last day, in seconds."""
        return int(self.edges[-1])

    def of(self, instants: Ints) -> Ints:
        """The local day in which an instant lies."""
        return np.searchsorted(self.edges, instants, side="right") - 1


def seconds(instant: datetime) -> int:
    """Seconds since 1970 of an instant that carries its zone."""
    return int(instant.timestamp())


def make_days(spec: ShopSpec) -> Days:
    count = (spec.end - spec.start).days + 1
    dates = [spec.start + timedelta(days=number) for number in range(count)]
    midnights = [datetime.combine(day, time(), spec.zone) for day in dates]
    edges = [seconds(midnight) for midnight in midnights]
    edges.append(seconds(datetime.combine(spec.end + timedelta(days=1), time(), spec.zone)))
    slots, local_hours = _hours(spec, np.array(edges))
    return Days(dates, np.array(edges), slots, local_hours, _factors(spec, dates))


def _hours(spec: ShopSpec, edges: Ints) -> tuple[Ints, Ints]:
    """The instants at which the hours of each day begin, and what the clock on the wall says."""
    slots = edges[:-1, None] + HOUR * np.arange(25)[None, :]
    local_hours = np.tile(np.append(np.arange(24), -1), (len(slots), 1))
    for day in np.flatnonzero(np.diff(edges) != DAY):
        for slot, instant in enumerate(slots[day]):
            is_there = instant < edges[day + 1]
            local = datetime.fromtimestamp(int(instant), UTC).astimezone(spec.zone)
            local_hours[day, slot] = local.hour if is_there else -1
    return slots, local_hours


def holiday(day: date) -> str | None:
    """The holiday that moves sales on a day, if any."""
    november = date(day.year, 11, 1)
    thanksgiving = november + timedelta(days=(3 - november.weekday()) % 7 + 21)
    since = (day - thanksgiving).days
    if 0 <= since <= 4:
        weekend = "black_friday_weekend"
        return ["thanksgiving", "black_friday", weekend, weekend, "cyber_monday"][since]
    if (day.month, day.day) == (12, 25):
        return "christmas_day"
    if (day.month, day.day) == (1, 1):
        return "new_years_day"
    if day.month == 12 and 10 <= day.day <= 19:
        return "christmas_rush"
    return "valentines_week" if day.month == 2 and 8 <= day.day <= 14 else None


def anomalies(spec: ShopSpec, dates: list[date]) -> dict[date, float]:
    """Days on which something happened: two outages and two rushes."""
    if len(dates) < 120:
        return {}
    dice = stream(spec.seed, "anomalies")
    ordinary = [day for day in dates[30:] if holiday(day) is None]
    chosen = dice.choice(len(ordinary), size=4, replace=False)
    return {
        ordinary[index]: factor
        for index, factor in zip(sorted(chosen), (0.25, 2.4, 2.1, 0.3), strict=True)
    }


def _factors(spec: ShopSpec, dates: list[date]) -> Floats:
    """How busy each day is: growth x month x weekday x holiday x anomaly x noise."""
    odd_days = anomalies(spec, dates)
    noise = np.exp(stream(spec.seed, "noise").normal(0, 0.05, len(dates)))
    return noise * [
        YEARLY_GROWTH ** (number / 365.25)
        * MONTHS[day.month]
        * WEEKDAYS[day.isoweekday()]
        * HOLIDAYS.get(holiday(day) or "", 1.0)
        * odd_days.get(day, 1.0)
        for number, day in enumerate(dates)
    ]


def instants(days: Days, day: Ints, dice: np.random.Generator) -> Ints:
    """A sorted instant for each entry of `day` (sorted), in hours as busy as they are."""
    weights = np.where(days.local_hours < 0, 0.0, np.array(HOURS)[days.local_hours])
    edges = np.cumsum(weights.ravel())
    below = np.append(0.0, edges)[day * 25]
    above = edges[day * 25 + 24]
    drawn = np.searchsorted(edges, below + dice.random(len(day)) * (above - below), side="right")
    moments = days.slots.ravel()[np.minimum(drawn, day * 25 + 24)]
    moments = moments + dice.integers(0, HOUR, len(day))
    moments = np.clip(moments, days.edges[day], days.edges[day + 1] - 1)
    return np.sort(_with_borders(days, day, moments, dice))


def _with_borders(days: Days, day: Ints, moments: Ints, dice: np.random.Generator) -> Ints:
    """Some orders on both sides of local midnight, and in both of the hours that come twice."""
    kind = pick(dice, [0.996, 0.002, 0.002], len(day))
    moments = np.where(kind == 1, days.edges[day], moments)
    moments = np.where(kind == 2, days.edges[day + 1] - 1, moments)
    firsts = np.flatnonzero(np.diff(day, prepend=-1))
    counts = np.diff(np.append(firsts, len(day)))
    for first, count in zip(firsts, counts, strict=True):
        hours = days.local_hours[day[first]]
        repeated = np.flatnonzero((np.diff(hours) == 0) & (hours[1:] >= 0))
        if len(repeated) and count >= 2:
            moments[first] = days.slots[day[first], repeated[0]] + 1_800
            moments[first + 1] = days.slots[day[first], repeated[0] + 1] + 1_800
    return moments
