"""What the plan and the customers leave on the shelves, and what must be put right by hand.

As a stock-out begins, the units that could not be sold leave the books, and so do those that come
back while it lasts; of a product that is deleted nothing is left. Units for an order that waited
longer are put back on the day it ships.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.shop.stock_arrivals import MAIN, Spells
from sandbox.shop.stock_counts import Counts
from sandbox.shop.stock_flows import PLACES, Flows, Units
from sandbox.shop.stock_plan import Plan
from sandbox.shop.streams import Flags, Ints

LEFT_OVER, CAME_BACK, PUT_BACK, COUNTED = range(4)


@dataclass(frozen=True)
class Adjustments:
    """A row an adjustment: `units` by their effect on the stock of a place."""

    place: Ints
    variant: Ints
    day: Ints
    units: Ints
    reason: Ints


@dataclass(frozen=True)
class Books:
    """`closing`: units on hand by place, variant and day, at the end of the day."""

    adjustments: Adjustments
    closing: Units


def make_books(plan: Plan, flows: Flows, counts: Counts) -> Books:
    parts, closing = [], np.empty_like(flows.shipped)
    for place in range(len(PLACES)):
        change = plan.arrivals.by_day(place, flows.shipped[place].shape)
        change += flows.returned[place] + counts.found[place]
        change -= counts.lost[place] + flows.shipped[place]
        if place == MAIN:
            change -= plan.sent
        rows = _put_right(plan.spells, flows, place, change)
        parts += [(np.full(len(variant), place), variant, *rest) for variant, *rest in rows]
        for variant, day, units, _ in rows:
            np.add.at(change, (variant, day), units.astype(np.int32))
        closing[place] = np.cumsum(change, axis=1)
    is_found = counts.missing != 0
    reason = np.full(int(is_found.sum()), COUNTED)
    parts.append(
        (counts.place[is_found], counts.variant[is_found], counts.day[is_found] + 1,
         -counts.missing[is_found], reason)
    )  # fmt: skip
    columns = (np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True))
    return Books(Adjustments(*columns), closing)


def _put_right(
    spells: Spells, flows: Flows, place: int, change: Units
) -> list[tuple[Ints, Ints, Ints, Ints]]:
    """Variant, day, units and reason of what is adjusted for stock-outs at a place."""
    total = np.pad(np.cumsum(change, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
    ends = spells.after < change.shape[1]
    variant, first, day = spells.variant[ends], spells.first[ends], spells.after[ends]
    left = total[variant, day + 1] - total[variant, first]
    is_out = _out(spells, change.shape)
    rows = [_rows(variant, day, -left, LEFT_OVER)]
    for units, reason in ((-flows.returned[place], CAME_BACK), (flows.shipped[place], PUT_BACK)):
        row, on = np.nonzero(units * is_out)
        rows.append(_rows(row, on, units[row, on], reason))
    return rows


def _rows(variant: Ints, day: Ints, units: Ints, reason: int) -> tuple[Ints, Ints, Ints, Ints]:
    kept = units != 0
    return variant[kept], day[kept], units[kept], np.full(int(kept.sum()), reason)


def _out(spells: Spells, shape: tuple[int, ...]) -> Flags:
    """The days of stock-outs but for their first: between a spell and the next."""
    turns = np.zeros((shape[0], shape[1] + 2), dtype=np.int8)
    turns[spells.variant, np.minimum(spells.after + 1, shape[1] + 1)] += 1
    is_later = np.append(False, np.diff(spells.variant) == 0)[: len(spells.variant)]
    turns[spells.variant[is_later], spells.first[is_later]] -= 1
    return np.cumsum(turns, axis=1)[:, : shape[1]] > 0
