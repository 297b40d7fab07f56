"""Which account-local days to read.

A platform goes on correcting a day for a while: conversions come in late, invalid clicks are taken
back. So each run reads the last `lookback_days` days again. An older day is settled once it was
read when it was that old, and is left alone from then on; one that no run has read at that age
(runs were missed, a read failed half way, `start_at` was moved back) is read in this one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dlt_pipelines.ads.errors import AccountError
from dlt_pipelines.errors import LandingError

BACKFILL_DAYS = 400
ONE_DAY = timedelta(days=1)

# The latest day on which each day was fetched.
Fetched = Mapping[date, date]


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date

    @property
    def days(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


def start_day(setting: str, start_at: str | None) -> date | None:
    """`start_at` as a day; LandingError names the setting when it is none."""
    if not start_at:
        return None
    try:
        return date.fromisoformat(str(start_at)[:10])
    except ValueError as error:
        raise LandingError(f"{setting} is {start_at!r}; it must be like 2024-01-31.") from error


def local_day(instant: datetime, time_zone: str) -> date:
    """The account's day at an instant."""
    try:
        return instant.astimezone(ZoneInfo(time_zone)).date()
    except (ValueError, KeyError, OSError) as error:
        raise AccountError(f"its time zone {time_zone!r} is unknown") from error


def to_read(today: date, start: date | None, lookback_days: int, fetched: Fetched) -> list[date]:
    """From `start` to today: the last `lookback_days` days, and those not settled before."""
    oldest_open = today - timedelta(days=max(lookback_days, 1) - 1)
    first = start or today - timedelta(days=BACKFILL_DAYS)
    return [
        day
        for day in Span(first, today).days
        if day >= oldest_open or not _is_settled(day, fetched.get(day), lookback_days)
    ]


def _is_settled(day: date, fetched_on: date | None, lookback_days: int) -> bool:
    return fetched_on is not None and (fetched_on - day).days >= lookback_days - 1


def spans(days: Iterable[date], longest: int | None = None) -> Iterator[Span]:
    """Days that follow one another, together, at most `longest` of them."""
    ordered = sorted(set(days))
    if not ordered:
        return
    first = ordered[0]
    for day, following in pairwise([*ordered, date.max]):
        is_full = longest is not None and (day - first).days + 1 >= longest
        if is_full or following != day + ONE_DAY:
            yield Span(first, day)
            first = following
