"""The shop's own books by local day, kept while orders are made, from their arrays alone.

Books hold valid orders (no test, not cancelled, not deleted). Gift cards and units removed before
shipping are not sold; removed units take their share of a line's discount along. Where prices
include tax, sales, discounts, returns and shipping are booked without it. Sales are booked on the
day of processed_at, returns and adjustments (negative = money back) on the day of the refund.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sandbox.shop.days import Days
from sandbox.shop.lines import Lines, per_order
from sandbox.shop.orders import Orders
from sandbox.shop.refunds import Refunds
from sandbox.shop.shipping import Shipping
from sandbox.shop.streams import Floats, Ints
from sandbox.shop.taken import CANCEL

AMOUNTS = ("gross_sales", "net_of_discounts", "returns", "shipping", "tax", "refund_adjustments")
COUNTS = ("orders", "units")


@dataclass(frozen=True)
class Sold:
    """What is left of each line without removed units and without the tax that prices include."""

    quantity: Ints
    gross: Floats
    net: Ints


def sold(orders: Orders, lines: Lines, refunds: Refunds) -> Sold:
    """Tax that a price includes is taken out of price and discount alike, in proportion."""
    is_removed = refunds.lines.restock == CANCEL
    line = refunds.lines.line[is_removed]
    quantity = lines.quantity - per_order(refunds.lines.quantity[is_removed], line, len(lines))
    amount = lines.net - per_order(refunds.subtotal[is_removed], line, len(lines))
    tax = lines.tax - per_order(refunds.tax[is_removed], line, len(lines))
    included = np.where(orders.taxes_included[lines.order], tax, 0)
    share = 1 - included / np.maximum(amount, 1)
    return Sold(quantity, quantity * lines.price * share, amount - included)


@dataclass
class Ledger:
    """Sums by day, in minor units."""

    days: Days
    sums: dict[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*AMOUNTS, *COUNTS):
            self.sums[name] = np.zeros(len(self.days.dates))

    def add(self, name: str, day: Ints, amounts: Ints | Floats) -> None:
        self.sums[name] += np.bincount(day, weights=amounts, minlength=len(self.days.dates))

    def book(self, orders: Orders, lines: Lines, shipping: Shipping, refunds: Refunds) -> None:
        day, is_valid = orders.day[orders.is_valid], orders.is_valid
        included = np.where(orders.taxes_included, shipping.tax, 0)
        self.add("orders", day, np.ones(len(day)))
        self.add("shipping", day, (shipping.price - included)[is_valid])
        self.add("tax", day, shipping.tax[is_valid])
        self._book_lines(orders, lines, refunds)
        self._book_refunds(orders, refunds)

    def _book_lines(self, orders: Orders, lines: Lines, refunds: Refunds) -> None:
        counts = orders.is_valid[lines.order] & ~lines.is_gift_card
        day = orders.day[lines.order][counts]
        left = sold(orders, lines, refunds)
        self.add("gross_sales", day, left.gross[counts])
        self.add("net_of_discounts", day, left.net[counts])
        self.add("tax", day, lines.tax[counts])
        self.add("units", day, left.quantity[counts])

    def _book_refunds(self, orders: Orders, refunds: Refunds) -> None:
        order = refunds.order[refunds.of_line]
        counts = orders.is_valid[order] & (refunds.lines.restock != CANCEL)
        included = np.where(orders.taxes_included[order], refunds.tax, 0)
        day = self.days.of(refunds.at[refunds.of_line])
        self.add("returns", day[counts], (refunds.subtotal - included)[counts])
        counts = orders.is_valid[refunds.order[refunds.of_adjustment]]
        day = self.days.of(refunds.at[refunds.of_adjustment])
        self.add("refund_adjustments", day[counts], refunds.adjustment[counts])
