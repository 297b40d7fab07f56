"""Orders ship before what is in them runs out: the shelf is empty as a stock-out begins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sandbox.shop.catalog import NEVER
from sandbox.shop.days import DAY, HOUR, Days
from sandbox.shop.lines import Lines
from sandbox.shop.orders import POS, Orders
from sandbox.shop.prices import Prices
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Ints, stream


def next_stockouts(prices: Prices) -> Ints:
    """By day and variant: the next first day without stock, that day included."""
    is_out = ~prices.in_stock
    begins = is_out.copy()
    begins[1:] &= ~is_out[:-1]
    count = len(begins)
    firsts = np.where(begins, np.arange(count)[:, None], count).astype(np.int32)
    return np.minimum.accumulate(firsts[::-1], axis=0)[::-1]


def ship_in_time(
    spec: ShopSpec, days: Days, stockouts: Ints, orders: Orders, lines: Lines, chunk: int
) -> Orders:
    """At the latest on the first day without stock, unless payment or an edit comes later."""
    dice = stream(spec.seed, "shipping in time", chunk)
    first = stockouts[days.of(orders.created)[lines.order], np.maximum(lines.variant, 0)]
    closes = np.append(days.edges, days.edges[-1] + DAY)[first + 1]
    latest = np.full(len(orders), NEVER)
    is_counted = (lines.variant >= 0) & (first < len(days.dates))
    np.minimum.at(latest, lines.order[is_counted], closes[is_counted])
    latest -= dice.integers(60, 10 * HOUR, len(orders))
    packing = np.where(orders.source == POS, 0, HOUR)
    earliest = np.maximum(orders.created, np.minimum(orders.paid, NEVER - DAY) + packing)
    is_edited = orders.edited < NEVER
    earliest = np.where(is_edited, np.maximum(earliest, orders.edited + 6 * HOUR), earliest)
    closed = np.minimum(orders.closed, np.maximum(earliest, latest))
    return replace(orders, closed=np.where(orders.closed < NEVER, closed, NEVER))
