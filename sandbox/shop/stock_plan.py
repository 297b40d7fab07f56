"""What the shop buys and moves so that its stock is as its sales say it was.

Sales are there first; the plan knows them and orders as a shop does that looks ahead well. A spell
is a stretch of days on which a variant can be sold: it begins with a delivery and ends, where a
stock-out or the product's deletion follows, with an empty shelf. Deliveries in between come on the
supplier's days, or by transfer from the warehouse, and last a week longer than until the next one.
Variants that may be oversold get some of theirs late. After the last stock-out some stock is left:
a few weeks' worth, far more of what was overbought, and all that was bought for products that are
sold no more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sandbox.shop.catalog import SUPPLIERS, Catalog
from sandbox.shop.days import Days
from sandbox.shop.prices import Prices
from sandbox.shop.spec import ShopSpec
from sandbox.shop.stock_counts import Counts
from sandbox.shop.stock_flows import PLACES, Flows, Units
from sandbox.shop.stock_items import StockItems, deletion_days, launch_days
from sandbox.shop.streams import Flags, Floats, Ints, stream

OPENING, PURCHASE, TRANSFER = range(3)
MAIN, SHELF = 0, 2
BUFFER, HORIZON = 7, 240
BIG = 2_000_000


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
        return _spread(shape, rows.variant, rows.day, rows.units)


def together(parts: list[Arrivals]) -> Arrivals:
    columns = ([getattr(part, each.name) for part in parts] for each in fields(Arrivals))
    return Arrivals(*(np.concatenate(column) for column in columns))


def _spread(shape: tuple[int, ...], row: Ints, day: Ints, units: Ints) -> Units:
    spread = np.zeros(shape, dtype=np.int32)
    np.add.at(spread, (row, day), units.astype(np.int32))
    return spread


@dataclass(frozen=True)
class Plan:
    """`sent` are the units that leave the warehouse by transfer, by variant and day."""

    spells: Spells
    arrivals: Arrivals
    sent: Units


@dataclass(frozen=True)
class Shelves:
    """Variants as the plan sees them: days, suppliers' calendars, how fast and how much."""

    days: int
    supplier: Ints
    launch: Ints
    limit: Ints
    visits: Ints
    oversells: Flags
    is_overbought: Flags


def make_spells(days: Days, catalog: Catalog, prices: Prices, items: StockItems) -> Spells:
    day = np.arange(len(days.dates))
    is_sold = prices.in_stock.T & (day >= launch_days(days, catalog)[:, None])
    is_sold &= day < deletion_days(days, catalog)[:, None]
    is_sold &= items.is_tracked[:, None]
    turns = np.diff(np.pad(is_sold, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    variant, first = np.nonzero(turns == 1)
    _, after = np.nonzero(turns == -1)
    return Spells(variant, first, after)


def make_plan(
    spec: ShopSpec, days: Days, catalog: Catalog, prices: Prices, items: StockItems, flows: Flows,
    counts: Counts,
) -> Plan:  # fmt: skip
    """The warehouse comes last: it sends the others what they need."""
    spells = make_spells(days, catalog, prices, items)
    shelves = _shelves(spec, days, catalog, items)
    nothing = np.zeros((len(items.is_tracked), len(days.dates)), dtype=np.int32)
    parts = [
        _arrivals(spec, shelves, spells, flows, counts, place, nothing) for place in (1, SHELF)
    ]
    moved = together(parts)
    moved = moved.where((moved.kind == TRANSFER) & (moved.day < len(days.dates)))
    sent = _spread((len(nothing), len(days.dates)), moved.variant, moved.sent, moved.units)
    parts.append(_arrivals(spec, shelves, spells, flows, counts, MAIN, sent))
    return Plan(spells, together(parts), sent)


def _shelves(spec: ShopSpec, days: Days, catalog: Catalog, items: StockItems) -> Shelves:
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
    """The next day of delivery from each day on: by supplier, then by place for transfers."""
    dice = stream(spec.seed, "visits")
    usual = np.append(dice.integers(24, 50, SUPPLIERS), [14] * len(PLACES))
    gaps = usual[:, None] + dice.integers(-4, 5, (len(usual), count // 8 + 8))
    visits = np.cumsum(gaps, axis=1)
    day = np.arange(count)
    return np.array([each[np.searchsorted(each, day)] for each in visits])


def running_need(spells: Spells, flows: Flows, counts: Counts, place: int, sent: Units) -> Units:
    """By variant and day: the units that must have come since the spell began.

    What is ordered, lost and sent away on a day counts before what comes back on it.
    """
    going = flows.committed[place] + counts.lost[place] + sent
    coming = flows.released[place] + flows.returned[place] + counts.found[place]
    total = np.cumsum(going - coming, axis=1, dtype=np.int32)
    waiting = flows.waiting(place)
    before = spells.first - 1
    row = spells.variant
    offset = np.where(before >= 0, waiting[row, before] - total[row, before], 0)
    number = np.zeros_like(total)
    number[row, spells.first] = 1
    number = np.cumsum(number, axis=1, dtype=np.int32)
    first_of_variant = np.searchsorted(row, np.arange(len(total)))
    spell = np.minimum(first_of_variant[:, None] + number - 1, max(len(row) - 1, 0))
    need = total + coming
    if len(row):
        need += offset.astype(np.int32)[np.maximum(spell, 0)]
    need = np.maximum(need, 0) + number * BIG
    needed: Units = np.maximum.accumulate(need, axis=1) - number * BIG
    return needed


def _rates(shelves: Shelves, committed: Units, span: int | None) -> Floats:
    """Units a day of each variant, in its whole life or in the last days of it."""
    total = np.pad(np.cumsum(committed, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
    first = shelves.launch if span is None else np.maximum(shelves.limit - span, shelves.launch)
    row = np.arange(len(total))
    first = np.minimum(first, shelves.limit)
    sold = total[row, shelves.limit] - total[row, first]
    return np.asarray(sold / np.maximum(shelves.limit - first, 14))


def _arrivals(
    spec: ShopSpec, shelves: Shelves, spells: Spells, flows: Flows, counts: Counts, place: int,
    sent: Units,
) -> Arrivals:  # fmt: skip
    """The deliveries of all spells to a place, each as large as what is needed until the next."""
    dice = stream(spec.seed, "arrivals", place)
    need = running_need(spells, flows, counts, place, sent)
    row, count = spells.variant, shelves.days
    going = flows.committed[place] + sent
    rate = _rates(shelves, going, 90)
    gap = np.clip(np.rint(6 / np.maximum(_rates(shelves, going, None), 0.001)), 20, 150)
    gap = gap.astype(np.int64)[row]
    calendar = _calendar(shelves, place)[row]
    last = np.minimum(spells.after, count - 1)
    is_open = spells.after == count
    limit = np.where(is_open, shelves.limit[row], 0)
    first_extra, last_extra = _extras(dice, shelves, rate, place)

    def following(day: Ints) -> Ints:
        return shelves.visits[calendar, np.minimum(day + gap, count + HORIZON - 60)]

    day, covered = spells.first, np.zeros(len(row), dtype=np.int64)
    extra = first_extra[row] * is_open + (place == MAIN)
    is_there = np.ones(len(row), dtype=bool)
    parts: list[tuple[Ints, ...]] = []
    while is_there.any():
        after = following(day)
        until = need[row, np.minimum(after + BUFFER, last)]
        is_last = is_open & ((after >= limit) & (day < limit) | (limit <= 0) & (day == 0))
        units = until - covered + extra + last_extra[row] * is_last
        some = np.flatnonzero(is_there & (units > 0))
        parts.append((some, day[some], units[some]))
        covered, extra = np.maximum(until, covered), 0 * extra
        day = np.where(is_there, after, day)
        is_there &= day < spells.after
    is_final = np.append(np.diff(row) > 0, True)[: len(row)]
    ahead = np.flatnonzero(is_final & (shelves.limit[row] == count) & (rate[row] > 0))
    expected = np.maximum(day[ahead], count + 1)
    parts.append((ahead, expected, np.rint(rate[row[ahead]] * 45).astype(np.int64) + 1))
    return _arranged(dice, shelves, spells, place, parts)


def _calendar(shelves: Shelves, place: int) -> Ints:
    """Every second supplier delivers to the West Warehouse, none to the store."""
    by_transfer = _by_transfer(shelves, place)
    return np.where(by_transfer, SUPPLIERS + place, shelves.supplier)


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


def _arranged(
    dice: np.random.Generator, shelves: Shelves, spells: Spells, place: int,
    parts: list[tuple[Ints, ...]],
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
