"""Physical counts: when each item is counted at each place, and what is found to be missing.

A count is made at the end of a day, of items whose code is no other's; on the next morning the
books are set to what was counted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.shop.catalog import Catalog
from sandbox.shop.days import Days
from sandbox.shop.prices import Prices
from sandbox.shop.spec import ShopSpec
from sandbox.shop.stock_flows import PLACES, Flows, Units
from sandbox.shop.stock_items import StockItems, deletion_days, launch_days
from sandbox.shop.streams import Flags, Ints, stream

EVERY_DAYS = 150
LOST_SHARE, FOUND_SHARE, BUSY_UNITS = 0.12, 0.03, 15


@dataclass(frozen=True)
class Counts:
    """A row a count; `lost` and `found` by place, variant and the day after the count."""

    place: Ints
    variant: Ints
    day: Ints
    missing: Ints
    lost: Units
    found: Units


def make_counts(
    spec: ShopSpec, days: Days, catalog: Catalog, prices: Prices, items: StockItems, flows: Flows
) -> Counts:
    dice = stream(spec.seed, "counts of stock")
    lost, found = np.zeros_like(flows.shipped), np.zeros_like(flows.shipped)
    may_count = _quiet_days(days, catalog, prices)
    is_counted = items.is_tracked & items.has_own_sku & ~items.oversells
    parts = []
    for place in range(len(PLACES)):
        variant, day = _days_of_counts(dice, np.flatnonzero(is_counted), len(days.dates))
        kept = may_count[variant, np.minimum(day, len(days.dates) - 1)]
        kept &= day < len(days.dates) - 2
        variant, day = variant[kept], day[kept]
        chance, units = dice.random(len(day)), dice.geometric(0.6, len(day))
        is_busy = flows.committed[place].sum(axis=1)[variant] >= BUSY_UNITS
        missing = np.where(is_busy & (chance < LOST_SHARE), units, 0)
        missing = np.where(is_busy & (chance > 1 - FOUND_SHARE), -1, missing)
        lost[place, variant, day + 1] = np.maximum(missing, 0)
        found[place, variant, day + 1] = np.maximum(-missing, 0)
        parts.append((np.full(len(day), place), variant, day, missing))
    place_of, variant, day, missing = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return Counts(place_of, variant, day, missing, lost, found)


def _quiet_days(days: Days, catalog: Catalog, prices: Prices) -> Flags:
    """By variant and day: on sale since some days, and for two days more."""
    first, end = launch_days(days, catalog), deletion_days(days, catalog)
    count = len(prices.in_stock)
    is_out = np.cumsum(~prices.in_stock.T, axis=1, dtype=np.int32)
    day = np.arange(count)
    outs = is_out[:, np.minimum(day + 2, count - 1)] - is_out[:, np.maximum(day - 4, 0)]
    is_quiet: Flags = (outs == 0) & (day >= first[:, None] + 5) & (day < end[:, None] - 5)
    return is_quiet


def _days_of_counts(dice: np.random.Generator, variants: Ints, count: int) -> tuple[Ints, Ints]:
    """Every item a few times, each on days of its own."""
    times = count // EVERY_DAYS + 1
    first = dice.integers(5, EVERY_DAYS, len(variants))
    day = first[:, None] + EVERY_DAYS * np.arange(times)
    day += dice.integers(0, 20, day.shape)
    return np.repeat(variants, times), day.ravel()
