"""The deliveries of each spell to each place: when goods come, how many, and by which way.

Each delivery is as large as what is needed until a week after the next one. Every second supplier
delivers to the West Warehouse, none to the store: these get the others' goods by transfer.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np

from sandbox.shop.catalog import SUPPLIERS, Catalog
from sandbox.shop.days import Days
from sandbox.shop.spec import ShopSpec
from sandbox.shop.stock_flows import PLACES, Units
from sandbox.shop.stock_items import StockItems, launch_days
from sandbox.shop.streams import Flags, Floats, Ints, stream

OPENING, PURCHASE, TRANSFER = range(3)
MAIN, SHELF = 0, 2
BUFFER, HORIZON = 7, 240
UNITS_AT_ONCE, GAPS = 6, (20, 150)

# Spell, day and units of some deliveries.
Part: TypeAlias = tuple[Ints, Ints, Ints]


@dataclass(frozen=True)
class Spells:
    """Stretches of days from `first` on; `after` is the first day without stock, or no day."""

    variant: Ints
    first: Ints
    after: Ints


@dataclass(frozen=True)
class Arrivals:
    """Goods that come to a place; `planned` is the day they were to come, `begins` a spell."""

    place: Ints
    variant: Ints
    day: Ints
    planned: Ints
    units: Ints
    kind: Ints
    begins: Flags
    sent: Ints

    def where(self, kept: Flags) -> Arrivals:
        return Arrivals(*(getattr(self, each.name)[kept] for each in fields(self)))

    def by_day(self, place: int, shape: tuple[int, ...]) -> Units:
        rows = self.where((self.place == place) & (self.day < shape[1]))
        return spread(shape, rows.variant, rows.day, rows.units)


def together(parts: list[Arrivals]) -> Arrivals:
    columns = ([getattr(part, each.name) for part in parts] for each in fields(Arrivals))
    return Arrivals(*(np.concatenate(column) for column in columns))


def spread(shape: tuple[int, ...], row: Ints, day: Ints, units: Ints) -> Units:
    spread = np.zeros(shape, dtype=np.int32)
    np.add.at(spread, (row, day), units.astype(np.int32))
    return spread


@dataclass(frozen=True)
class Shelves:
    """What is kept of each variant: `limit` is the day after the last on which it is sold.

    `visits` is the next day of delivery from each day on: by supplier, then by place for transfers.
    """

    days: int
    supplier: Ints
    launch: Ints
    limit: Ints
    visits: Ints
    oversells: Flags
    is_overbought: Flags


@dataclass(frozen=True)
class Route:
    """How goods come to a place, by spell: whose days, how far apart, and what is bought beyond."""

    calendar: Ints
    gap: Ints
    rate: Floats
    first_extra: Ints
    last_extra: Ints


def make_shelves(spec: ShopSpec, days: Days, catalog: Catalog, items: StockItems) -> Shelves:
    product, count = catalog.variants.products, len(days.dates)
    stopped = np.maximum(days.of(catalog.products.stopped[product]), 0)
    dice = stream(spec.seed, "overbought")
    is_overbought = dice.random(len(catalog.products.titles)) < 0.06
    return Shelves(
        days=count,
        supplier=catalog.products.suppliers[product],
        launch=launch_days(days, catalog),
        limit=np.minimum(stopped, count),
        visits=_visits(spec, count + HORIZON),
        oversells=items.oversells,
        is_overbought=is_overbought[product],
    )


def _visits(spec: ShopSpec, count: int) -> Ints:
    dice = stream(spec.seed, "visits")
    usual = np.append(dice.integers(24, 50, SUPPLIERS), [14] * len(PLACES))
    gaps = usual[:, None] + dice.integers(-4, 5, (len(usual), count // 8 + 8))
    visits = np.cumsum(gaps, axis=1)
    day = np.arange(count)
    return np.array([each[np.searchsorted(each, day)] for each in visits])


def plan_arrivals(
    spec: ShopSpec, shelves: Shelves, spells: Spells, place: int, going: Units, need: Units
) -> Arrivals:
    """What comes to a place from which `going` units are taken, with `need` of them since when."""
    dice = stream(spec.seed, "arrivals", place)
    route = _route(dice, shelves, spells, place, going)
    parts, following = _deliveries(shelves, spells, route, need)
    parts.append(_still_ahead(shelves, spells, route, following))
    return _arranged(dice, shelves, spells, place, parts)


def _route(
    dice: np.random.Generator, shelves: Shelves, spells: Spells, place: int, going: Units
) -> Route:
    """What sells slowly comes seldom, so that a few units come at once."""
    row = spells.variant
    rate, whole_rate = _rates(shelves, going, 90), _rates(shelves, going, None)
    gap = np.clip(np.rint(UNITS_AT_ONCE / np.maximum(whole_rate, 0.001)), *GAPS)
    first, last = _extras(dice, shelves, rate, place)
    is_open = spells.after == shelves.days
    calendar = np.where(_by_transfer(shelves, place), SUPPLIERS + place, shelves.supplier)
    return Route(
        calendar=calendar[row],
        gap=gap.astype(np.int64)[row],
        rate=rate[row],
        first_extra=first[row] * is_open + (place == MAIN),
        last_extra=last[row] * is_open,
    )


def _rates(shelves: Shelves, committed: Units, span: int | None) -> Floats:
    """Units a day of each variant, in its whole life or in the last days of it."""
    total = np.pad(np.cumsum(committed, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
    first = shelves.launch if span is None else np.maximum(shelves.limit - span, shelves.launch)
    row = np.arange(len(total))
    first = np.minimum(first, shelves.limit)
    sold = total[row, shelves.limit] - total[row, first]
    return np.asarray(sold / np.maximum(shelves.limit - first, 14))


def _by_transfer(shelves: Shelves, place: int) -> Flags:
    if place == MAIN:
        return np.zeros(len(shelves.supplier), dtype=bool)
    return (shelves.supplier % 2 == 1) | (place == SHELF)


def _extras(
    dice: np.random.Generator, shelves: Shelves, rate: Floats, place: int
) -> tuple[Ints, Ints]:
    """Units bought beyond what is sold: with the first and with the last delivery of a spell."""
    count = len(rate)
    too_many = rate * dice.uniform(250, 600, count) + dice.integers(15, 60, count)
    first = np.where(shelves.is_overbought & (place == MAIN), too_many, rate * 5)
    is_stopped = shelves.limit < shelves.days
    weeks = rate * dice.uniform(12, 60, count)
    left_over = rate * dice.uniform(60, 200, count) + dice.integers(3, 12, count) * (place == MAIN)
    last = np.where(is_stopped, left_over, weeks)
    return np.rint(first).astype(np.int64), np.rint(last).astype(np.int64)


def _following(shelves: Shelves, route: Route, day: Ints) -> Ints:
    """The day of the delivery after one on `day`."""
    return shelves.visits[route.calendar, np.minimum(day + route.gap, shelves.days + HORIZON - 60)]


def _deliveries(
    shelves: Shelves, spells: Spells, route: Route, need: Units
) -> tuple[list[Part], Ints]:
    """The first delivery of all spells, the second, and so on; and when the next would come."""
    row, last = spells.variant, np.minimum(spells.after, shelves.days - 1)
    day, extra = spells.first, route.first_extra
    limit = np.maximum(shelves.limit[row], 1)
    covered = np.zeros(len(row), dtype=np.int64)
    goes_on = np.ones(len(row), dtype=bool)
    parts: list[Part] = []
    while goes_on.any():
        following = _following(shelves, route, day)
        until = need[row, np.minimum(following + BUFFER, last)]
        is_last = (day < limit) & (following >= limit)
        units = until - covered + extra + route.last_extra * is_last
        spell = np.flatnonzero(goes_on & (units > 0))
        parts.append((spell, day[spell], units[spell]))
        covered, extra = np.maximum(until, covered), 0 * extra
        day = np.where(goes_on, following, day)
        goes_on &= day < spells.after
    return parts, day


def _still_ahead(shelves: Shelves, spells: Spells, route: Route, following: Ints) -> Part:
    """What would come after the last day of what sells: some of it is ordered by then."""
    is_final = np.append(np.diff(spells.variant) > 0, True)[: len(spells.variant)]
    is_sold = shelves.limit[spells.variant] == shelves.days
    spell = np.flatnonzero(is_final & is_sold & (route.rate > 0))
    day = np.maximum(following[spell], shelves.days + 1)
    return spell, day, np.rint(route.rate[spell] * 45).astype(np.int64) + 1


def _arranged(
    dice: np.random.Generator, shelves: Shelves, spells: Spells, place: int,
    parts: list[Part],
) -> Arrivals:  # fmt: skip
    """How the goods come; those of variants that may be oversold come late now and then."""
    spell, planned, units = (np.concatenate(column) for column in zip(*parts, strict=True))
    variant = spells.variant[spell]
    begins = planned == spells.first[spell]
    is_opening = begins & (planned == 0)
    by_transfer = _by_transfer(shelves, place)[variant] & ~begins
    late = dice.integers(5, 35, len(spell)) * (dice.random(len(spell)) < 0.5)
    may_be_late = shelves.oversells[variant] & ~begins & (planned < shelves.days)
    ends = np.where(spells.after[spell] < shelves.days, spells.after[spell] - 1, planned + 40)
    day = np.where(may_be_late, np.minimum(planned + late, ends), planned)
    return Arrivals(
        place=np.full(len(spell), place),
        variant=variant,
        day=np.where(planned < shelves.days, day, shelves.days + HORIZON),
        planned=planned,
        units=units,
        kind=np.select([is_opening, by_transfer], [OPENING, TRANSFER], PURCHASE),
        begins=begins,
        sent=day - dice.integers(1, 4, len(spell)),
    )
