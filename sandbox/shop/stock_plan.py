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

from dataclasses import dataclass

import numpy as np

from sandbox.shop.catalog import Catalog
from sandbox.shop.days import Days
from sandbox.shop.prices import Prices
from sandbox.shop.spec import ShopSpec
from sandbox.shop.stock_arrivals import (
    MAIN,
    TRANSFER,
    Arrivals,
    Shelves,
    Spells,
    make_shelves,
    plan_arrivals,
    spread,
    together,
)
from sandbox.shop.stock_counts import Counts
from sandbox.shop.stock_flows import PLACES, Flows, Units
from sandbox.shop.stock_items import StockItems, deletion_days, launch_days

BIG = 2_000_000


@dataclass(frozen=True)
class Plan:
    """`sent` are the units that leave the warehouse by transfer, by variant and day."""

    spells: Spells
    arrivals: Arrivals
    sent: Units


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
    shelves = make_shelves(spec, days, catalog, items)
    sent = np.zeros_like(flows.shipped[MAIN])
    others = [
        _to_place(spec, shelves, spells, flows, counts, place, sent)
        for place in range(len(PLACES))
        if place != MAIN
    ]
    moved = together(others)
    moved = moved.where((moved.kind == TRANSFER) & (moved.day < len(days.dates)))
    sent = spread(sent.shape, moved.variant, moved.sent, moved.units)
    main = _to_place(spec, shelves, spells, flows, counts, MAIN, sent)
    return Plan(spells, together([*others, main]), sent)


def _to_place(
    spec: ShopSpec, shelves: Shelves, spells: Spells, flows: Flows, counts: Counts, place: int,
    sent: Units,
) -> Arrivals:  # fmt: skip
    need = running_need(spells, flows, counts, place, sent)
    return plan_arrivals(spec, shelves, spells, place, flows.committed[place] + sent, need)


def running_need(spells: Spells, flows: Flows, counts: Counts, place: int, sent: Units) -> Units:
    """By variant and day: the units that must have come since the spell began.

    What is ordered, lost and sent away on a day counts before what comes back on it; units that
    wait to be shipped as the spell begins count from its first day.
    """
    going = flows.committed[place] + counts.lost[place] + sent
    coming = flows.released[place] + flows.returned[place] + counts.found[place]
    total = np.cumsum(going - coming, axis=1, dtype=np.int32)
    before, row = spells.first - 1, spells.variant
    waiting = flows.waiting(place)[row, before] - total[row, before]
    number, spell = _numbered(spells, total.shape)
    need = total + coming
    if len(row):
        need += np.where(before >= 0, waiting, 0).astype(np.int32)[spell]
    need = np.maximum(need, 0) + number * BIG
    needed: Units = np.maximum.accumulate(need, axis=1) - number * BIG
    return needed


def _numbered(spells: Spells, shape: tuple[int, ...]) -> tuple[Units, Units]:
    """By variant and day: the how-manieth spell it is, and its row; each lasts until the next."""
    begins = np.zeros(shape, dtype=np.int32)
    begins[spells.variant, spells.first] = 1
    number = np.cumsum(begins, axis=1, dtype=np.int32)
    first_row = np.searchsorted(spells.variant, np.arange(shape[0])).astype(np.int32)
    row = np.clip(first_row[:, None] + number - 1, 0, max(len(spells.variant) - 1, 0))
    return number, row
