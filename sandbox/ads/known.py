"""What a platform knows of an account's figures at an instant: the rows of a span of days.

Conversions come in late: of a day's, a part is known that nears 1 with its age. Amazon takes a few
clicks and what they cost back after some days. Of today, what has passed of it is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from sandbox.shop.days import DAY, seconds
from sandbox.shop.streams import Floats, Ints

SETTLED_DAYS = 28
TAKEN_BACK, TAKEN_BACK_AFTER = 0.02, 3
HUNDRED = 100
COUNTS = ("impressions", "clicks", "video_views", "engagements")
LATE = ("purchases", "view_purchases", "add_to_carts")
FIGURES = ("impressions", "clicks", "spend", "video_views", "engagements", "purchases",
           "purchase_value", "view_purchases", "add_to_carts")  # fmt: skip


@dataclass(frozen=True)
class Block:
    """Rows of figures: whole numbers, money in millionths, `LATE` ones in hundredths.

    `codes` are indexes into the vocabularies of the rows' keys, -1 where there is none; `days`
    count from 1970. `seeds` decide how a row is rounded.
    """

    seeds: Ints
    days: Ints
    codes: Mapping[str, Ints]
    figures: Mapping[str, Ints]

    def take(self, rows: np.ndarray) -> Block:
        return Block(
            self.seeds[rows],
            self.days[rows],
            {name: codes[rows] for name, codes in self.codes.items()},
            {name: values[rows] for name, values in self.figures.items()},
        )


@dataclass(frozen=True)
class Rules:
    """How an account's figures become known. Money is told in steps of `step` millionths."""

    zone: ZoneInfo
    lag_days: float
    is_fractional: bool
    step: int
    takes_back: bool

    @property
    def late_unit(self) -> int:
        """Hundredths in the smallest purchase that is told."""
        return 1 if self.is_fractional else HUNDRED


def dither(seeds: Ints, salt: int) -> Floats:
    """An even number from 0 up to 1 for each row, always the same one."""
    numbers = seeds.astype(float) * 0.6180339887498949 + salt * 0.7548776662466927
    return 0.999 * (numbers % 1.0)


def midnight(day: date, zone: ZoneInfo) -> int:
    return seconds(datetime.combine(day, time(), zone))


def today(now: datetime, zone: ZoneInfo) -> date:
    return now.replace(tzinfo=UTC).astimezone(zone).date()


def passed(now: datetime, zone: ZoneInfo) -> float:
    """The part of today that is over."""
    day = today(now, zone)
    start, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    return (now.replace(tzinfo=UTC).timestamp() - start) / (end - start)


def known_part(age_days: Floats, lag_days: float) -> Floats:
    """The part of a day's conversions that is known so many days after it began."""
    age = np.clip(age_days, 0, SETTLED_DAYS)
    return (1 - np.exp(-age / lag_days)) / (1 - np.exp(-SETTLED_DAYS / lag_days))


def as_of(block: Block, rules: Rules, now: datetime) -> Block:
    """The block's figures as they are told at `now`; days ahead are left out."""
    this_day = np.datetime64(today(now, rules.zone)).astype(int)
    block = block.take(block.days <= this_day)
    over = np.where(block.days == this_day, passed(now, rules.zone), 1.0)
    figures = {
        name: _rounded(values * over, block.seeds, place)
        for place, (name, values) in enumerate(block.figures.items())
        if name in COUNTS
    }
    spend = block.figures["spend"]
    figures["spend"] = rules.step * _rounded(spend * over / rules.step, block.seeds, 9)
    if rules.takes_back:
        figures = _with_invalid(block, rules, figures, this_day - block.days)
    part = over * known_part(_ages(block.days, rules.zone, now), rules.lag_days)
    late = {name: _late(block, name, part, rules) for name in LATE}
    late["purchases"] = np.minimum(late["purchases"], HUNDRED * figures["clicks"])
    final = np.maximum(block.figures["purchases"], 1)
    value = block.figures["purchase_value"] * (late["purchases"] / final) / rules.step
    figures["purchase_value"] = rules.step * np.floor(value + 1e-6).astype(np.int64)
    together = {**figures, **late}
    return replace(block, figures={name: together[name] for name in FIGURES})


def _rounded(values: Any, seeds: Ints, salt: int) -> Ints:
    return np.floor(values + dither(seeds, salt)).astype(np.int64)


def _late(block: Block, name: str, part: Floats, rules: Rules) -> Ints:
    unit = rules.late_unit
    final = block.figures[name] / unit
    return unit * _rounded(final * part, block.seeds, 20 + LATE.index(name))


def _with_invalid(
    block: Block, rules: Rules, figures: dict[str, Ints], ages: Ints
) -> dict[str, Ints]:
    """A few clicks too many, until the third day after."""
    is_young = ages < TAKEN_BACK_AFTER
    more = _rounded(figures["clicks"] * TAKEN_BACK * is_young, block.seeds, 31)
    clicks = np.minimum(figures["clicks"] + more, figures["impressions"])
    dearer = _rounded(figures["spend"] * TAKEN_BACK * is_young / rules.step, block.seeds, 32)
    return {**figures, "clicks": clicks, "spend": figures["spend"] + rules.step * dearer}


def _ages(days: Ints, zone: ZoneInfo, now: datetime) -> Floats:
    """Days since the local midnight with which each row's day began."""
    distinct, place = np.unique(days, return_inverse=True)
    starts = [midnight(date(1970, 1, 1) + timedelta(days=int(day)), zone) for day in distinct]
    moment = now.replace(tzinfo=UTC).timestamp()
    return ((moment - np.array(starts, dtype=float)) / DAY)[place]
