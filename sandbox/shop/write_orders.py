"""A chunk of orders with everything that belongs to them -> tables."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sandbox.shop import words
from sandbox.shop.catalog import NEVER, Catalog
from sandbox.shop.columns import (
    Column,
    append,
    choice,
    decimal,
    flag,
    instant,
    money,
    numbered,
    same,
    whole,
)
from sandbox.shop.customers import place_columns
from sandbox.shop.days import DAY, Days
from sandbox.shop.journeys import journey_columns
from sandbox.shop.orders import POS, SOURCES, Code, Fate, Orders
from sandbox.shop.payments import (
    GATEWAYS,
    STATUSES,
    Transactions,
    financial_statuses,
    gateways,
)
from sandbox.shop.prices import Promotion
from sandbox.shop.spec import ShopSpec, decimals
from sandbox.shop.streams import Ints, pick, stream
from sandbox.shop.timeline import FIRST_NAME, People, Timeline
from sandbox.shop.write_catalog import STORE, never

CANCEL_REASONS = (None, "CUSTOMER", "FRAUD", "DECLINED", "INVENTORY", "OTHER")
TAGS = ("vip", "gift", "called", "address checked")


@dataclass(frozen=True)
class Writer:
    """Writes chunks; ids of what belongs to an order grow from the order's own id."""

    con: duckdb.DuckDBPyConnection
    spec: ShopSpec
    days: Days
    catalog: Catalog
    promotions: list[Promotion]
    timeline: Timeline
    people: People
    emails: Column

    def amounts(self, minor_units: Ints, missing: np.ndarray | None = None) -> Column:
        return money(minor_units, decimals(self.spec.currency_code), missing)

    def write(self, orders: Orders, totals: Ints, transactions: Transactions, chunk: int) -> None:
        dice = stream(self.spec.seed, "details", chunk)
        is_guest = orders.is_guest
        statuses = financial_statuses(orders, totals, transactions)
        reasons = np.where(
            orders.fate == Fate.KEPT, 0, 1 + pick(dice, [5, 1, 1, 2, 1], len(orders))
        )
        has_code = (orders.code >= Code.WELCOME10) & (orders.code <= Code.FREESHIP)
        columns = {
            "order_id": whole(orders.ids),
            "name": numbered("#", FIRST_NAME + self.timeline.rank[orders.rows]),
            "created_at": instant(orders.created),
            "processed_at": instant(orders.processed),
            "closed_at": never(orders.closed),
            "cancelled_at": never(orders.cancelled),
            "cancel_reason": choice(reasons, CANCEL_REASONS),
            "deleted_at": never(orders.deleted),
            "edited_at": never(orders.edited),
            "is_test": flag(orders.is_test),
            "customer_id": whole(self.people.customer_ids[orders.person], is_guest),
            "email": self._emails(orders, dice),
            **self._presentment(orders, dice),
            "taxes_included": flag(orders.taxes_included),
            "financial_status": choice(statuses, STATUSES),
            "fulfillment_status": choice(
                (orders.closed < NEVER).astype(int), ("UNFULFILLED", "FULFILLED")
            ),
            "source_name": choice(orders.source, SOURCES),
            "app_name": choice(orders.source, [row[1] for row in words.SOURCES.values()]),
            "retail_location_id": whole(np.full(len(orders), STORE), orders.source != POS),
            "payment_gateway": choice(gateways(orders), GATEWAYS),
            "discount_code": choice(np.where(has_code, orders.code, -1), [c.name for c in Code]),
            **place_columns(orders.place),
            "zip": choice(orders.place, [place.zip for place in words.PLACES]),
            "tags": same("", len(orders)),
            **journey_columns(self.spec, orders, self.timeline.order_index[orders.rows], chunk),
        }
        append(self.con, "orders", columns)
        self._touches(orders, dice)
        self._deletions(orders)

    def _emails(self, orders: Orders, dice: np.random.Generator) -> Column:
        """Some write theirs in capitals; some guests, and all of them at the counter, give none."""
        addresses = self.emails.take(pa.array(orders.person))
        style = dice.random(len(orders))
        addresses = pc.if_else(pa.array(style < 0.02), pc.utf8_upper(addresses), addresses)
        addresses = pc.if_else(pa.array(style > 0.98), pc.utf8_capitalize(addresses), addresses)
        unknown = orders.is_guest & ((dice.random(len(orders)) < 0.2) | (orders.source == POS))
        return pc.if_else(pa.array(unknown), None, addresses)

    def _presentment(self, orders: Orders, dice: np.random.Generator) -> dict[str, Column]:
        """Most customers abroad pay in their own currency, at the rate of the day."""
        own = self.spec.currency_code
        local = [words.CURRENCY_OF_COUNTRY.get(place.country_code, own) for place in words.PLACES]
        currencies = [own, *sorted({*local} - {own})]
        code = np.array([currencies.index(currency) for currency in local])[orders.place]
        code = np.where(dice.random(len(orders)) < 0.9, code, 0)
        per_dollar = [words.UNITS_PER_DOLLAR.get(currency, 1.0) for currency in currencies]
        base = np.array(per_dollar) / per_dollar[0]
        drift = 1 + 0.03 * np.sin(orders.day[:, None] / 40.0 + np.arange(len(currencies)))
        rate = np.where(code == 0, 1.0, (base * drift)[np.arange(len(orders)), code])
        return {
            "presentment_currency": choice(code, currencies),
            "presentment_rate": decimal(np.rint(rate * 10**4).astype(np.int64) * 10**4, 8),
        }

    def _touches(self, orders: Orders, dice: np.random.Generator) -> None:
        at = orders.created + dice.integers(DAY, 60 * DAY, len(orders))
        rows = np.flatnonzero((dice.random(len(orders)) < 0.04) & (at < self.days.end))
        columns = {
            "order_id": whole(orders.ids[rows]),
            "touched_at": instant(at[rows]),
            "tag": choice(dice.integers(0, len(TAGS), len(rows)), TAGS),
        }
        append(self.con, "order_touches", columns)

    def _deletions(self, orders: Orders) -> None:
        rows = np.flatnonzero(orders.deleted < NEVER)
        columns = {
            "subject_type": same("ORDER", len(rows)),
            "subject_id": whole(orders.ids[rows]),
            "deleted_at": instant(orders.deleted[rows]),
        }
        append(self.con, "deletions", columns)
