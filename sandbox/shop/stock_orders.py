"""Purchase orders: what was ordered when for each delivery, how late it came, and what fell short.

Goods of one supplier that are to come to one place on one day, and do, are one order. Most
suppliers are late now and then; one of them, the one of most products, is late more often than not.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sandbox.shop.catalog import NEVER, SUPPLIERS, Catalog
from sandbox.shop.days import HOUR, Days
from sandbox.shop.spec import ShopSpec
from sandbox.shop.stock_arrivals import PURCHASE, Arrivals
from sandbox.shop.streams import Flags, Floats, Ints, stream
from sandbox.shop.write_catalog import lead_times

LATE_SHARE, LATE_DAYS = 0.12, 3.0
VERY_LATE_SHARE, VERY_LATE_DAYS = 0.65, 10.0
SHORT_SHARE = 0.07
LONG = 100_000
OPEN, RECEIVED, SHORT = range(3)
STATUSES = ("open", "received", "short")


@dataclass(frozen=True)
class PurchaseOrders:
    """A row an order and variant; days count from the shop's first, and may lie before it.

    `delivered` is -1, and `received` NEVER, for what has not come by the end.
    """

    number: Ints
    supplier: Ints
    place: Ints
    variant: Ints
    ordered_units: Ints
    units: Ints
    ordered: Ints
    expected: Ints
    delivered: Ints
    received: Ints
    status: Ints

    def where(self, kept: Flags) -> PurchaseOrders:
        return PurchaseOrders(*(getattr(self, each.name)[kept] for each in fields(self)))


def late_supplier(catalog: Catalog) -> int:
    """The supplier of most products; -1 in a shop that has none."""
    counts = np.bincount(catalog.products.suppliers, minlength=SUPPLIERS)
    return int(counts.argmax()) if counts.sum() else -1


def make_purchase_orders(
    spec: ShopSpec, days: Days, catalog: Catalog, arrivals: Arrivals
) -> PurchaseOrders:
    dice = stream(spec.seed, "purchase orders")
    bought = arrivals.where(arrivals.kind == PURCHASE)
    supplier = catalog.products.suppliers[catalog.variants.products[bought.variant]]
    has_come = bought.day < len(days.dates)
    day = np.where(has_come, bought.day, bought.planned)
    when = (bought.planned * LONG + day) * 2 + ~has_come
    key = (when * SUPPLIERS + supplier) * 8 + bought.place * 2 + bought.begins
    keys, of_order = np.unique(key, return_inverse=True)
    promised = lead_times(spec)[supplier]
    delay = _delays(dice, catalog, keys // 8 % SUPPLIERS)[of_order]
    expected = _expected(days, catalog, supplier, day, has_come, promised, delay)
    is_short = (dice.random(len(day)) < SHORT_SHARE) & has_come
    missing = np.ceil(bought.units * dice.uniform(0.1, 0.5, len(day))).astype(np.int64)
    minute = dice.integers(0, 180, len(keys))[of_order] * 60
    orders = PurchaseOrders(
        number=1 + of_order,
        supplier=supplier,
        place=bought.place,
        variant=bought.variant,
        ordered_units=bought.units + missing * is_short,
        units=np.where(has_come, bought.units, 0),
        ordered=expected - promised,
        expected=expected,
        delivered=np.where(has_come, day, -1),
        received=np.where(has_come, _instants(days, catalog, bought, day, minute), NEVER),
        status=np.select([~has_come, is_short], [OPEN, SHORT], RECEIVED),
    )
    return orders.where(orders.ordered < len(days.dates))


def _expected(
    days: Days, catalog: Catalog, supplier: Ints, day: Ints, has_come: Flags, promised: Ints,
    delay: Ints,
) -> Ints:  # fmt: skip
    """What the late supplier owes at the end was due before; others' dates lie ahead."""
    count = len(days.dates)
    delay = np.where(delay < 0, -np.minimum(-delay, promised // 5), delay)
    is_owed = ~has_come & (supplier == late_supplier(catalog)) & (delay > 0)
    day = np.where(is_owed, np.minimum(day, count), day)
    return day - np.where(has_come | (day >= count), delay, 0)


def _delays(dice: np.random.Generator, catalog: Catalog, supplier: Ints) -> Ints:
    """Days by which an order comes later than promised, or earlier."""
    is_bad = supplier == late_supplier(catalog)
    share: Floats = np.where(is_bad, VERY_LATE_SHARE, LATE_SHARE)
    mean: Floats = np.where(is_bad, VERY_LATE_DAYS, LATE_DAYS)
    is_late = dice.random(len(supplier)) < share
    delay = 1 + np.rint(dice.exponential(mean - 1)).astype(np.int64)
    return np.where(is_late, delay, -dice.integers(0, 8, len(supplier)))


def _instants(days: Days, catalog: Catalog, bought: Arrivals, day: Ints, minute: Ints) -> Ints:
    """In the morning; what ends a stock-out as the day begins, a launch after the product."""
    day = np.minimum(day, len(days.dates) - 1)
    begin, end = days.edges[day], days.edges[day + 1]
    created = catalog.products.created[catalog.variants.products[bought.variant]]
    at_once = np.maximum(begin, np.minimum(created + 600, end - 1))
    return np.where(bought.begins, at_once, begin + 8 * HOUR + minute)
