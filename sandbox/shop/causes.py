"""Why some goods and some people return more than others: a bad batch, and serial returners."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import duckdb
import numpy as np

from sandbox.shop import words
from sandbox.shop.catalog import Catalog
from sandbox.shop.columns import append, number, text, whole
from sandbox.shop.days import Days
from sandbox.shop.demand import Demand
from sandbox.shop.orders import Orders
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Floats, Ints, stream
from sandbox.shop.timeline import People, Timeline

BATCH_DAYS, BATCH_RATE = 42, 0.5
SERIAL_RATE, SERIAL_SHARE, SERIAL_ORDERS = 0.6, 0.05, 4
WHOLESALE = list(words.SEGMENTS).index("wholesale")


@dataclass(frozen=True)
class Causes:
    """The variant whose sales from day `first` to day `last` are faulty; a flag a person."""

    variant: int
    first: int
    last: int
    is_serial: Flags

    def is_faulty(self, variant: Ints, day: Ints) -> Flags:
        return (variant == self.variant) & (day >= self.first) & (day <= self.last)

    def sends_back(self, orders: Orders) -> Flags:
        """Orders that serial returners place with their account."""
        return self.is_serial[orders.person] & ~orders.is_guest


def make_causes(
    spec: ShopSpec, days: Days, catalog: Catalog, demand: Demand, timeline: Timeline,
    people: People,
) -> Causes:  # fmt: skip
    count = len(days.dates)
    first = count * 11 // 20
    last = first + min(BATCH_DAYS, count // 4) - 1
    wanted = _wanted(days, demand, first, last)
    wanted = np.where(_has_own_sku(catalog) & ~catalog.is_gift_card, wanted, 0)
    is_sold = len(wanted) and wanted.max() > 0 and spec.orders
    variant = int(wanted.argmax()) if is_sold else -2
    return Causes(variant, first, last, _serial_returners(spec, timeline, people))


def _wanted(days: Days, demand: Demand, first: int, last: int) -> Floats:
    """How much of each variant is sold in some days, about."""
    edges = np.append(0.0, demand.edges)[first * demand.variants : (last + 1) * demand.variants + 1]
    by_day = np.diff(edges).reshape(last + 1 - first, demand.variants)
    total: Floats = (by_day * days.factors[first : last + 1, None]).sum(axis=0)
    return total


def _has_own_sku(catalog: Catalog) -> Flags:
    counts = Counter(catalog.variants.skus)
    skus = catalog.variants.skus
    return np.array([sku is not None and counts[sku] == 1 for sku in skus], dtype=bool)


def _serial_returners(spec: ShopSpec, timeline: Timeline, people: People) -> Flags:
    """Some of the people who come often; two, if there are as many."""
    known = timeline.people[~(timeline.is_guest | timeline.is_test)]
    often = np.bincount(known, minlength=len(people.places)) >= SERIAL_ORDERS
    chosen = np.flatnonzero(often & (people.segments != WHOLESALE))
    count = max(2, round(SERIAL_SHARE * len(chosen)))
    is_serial = np.zeros(len(people.places), dtype=bool)
    is_serial[stream(spec.seed, "serial returners").permutation(chosen)[:count]] = True
    return is_serial


def write_causes(
    con: duckdb.DuckDBPyConnection, days: Days, catalog: Catalog, people: People, causes: Causes,
    size_rate: float,
) -> None:  # fmt: skip
    serial = people.customer_ids[causes.is_serial]
    append(
        con,
        "truth_serial_returners",
        {"customer_id": whole(serial), "rate": number(np.full(len(serial), SERIAL_RATE))},
    )
    append(
        con,
        "truth_size_problems",
        {"category": text([words.SIZE_PROBLEM]), "rate": number(np.array([size_rate]))},
    )
    if causes.variant < 0:
        return
    columns = {
        "variant_id": whole([catalog.variants.ids[causes.variant]]),
        "sku": text([catalog.variants.skus[causes.variant]]),
        "first_day": np.array([days.dates[causes.first]], dtype="datetime64[D]"),
        "last_day": np.array([days.dates[causes.last]], dtype="datetime64[D]"),
        "rate": number(np.array([BATCH_RATE])),
    }
    append(con, "truth_defective_batches", columns)
