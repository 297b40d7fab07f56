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
from sandbox.shop.lines import Lines
from sandbox.shop.orders import POS, SOURCES, Code, Fate, Orders
from sandbox.shop.payments import (
    GATEWAYS,
    KINDS,
    STATUSES,
    Transactions,
    fees,
    financial_statuses,
    gateways,
)
from sandbox.shop.prices import Promotion
from sandbox.shop.refunds import ADJUSTMENT_REASONS, Refunds
from sandbox.shop.shipping import METHODS, Shipping
from sandbox.shop.spec import ShopSpec, decimals
from sandbox.shop.streams import Ints, pick, stream
from sandbox.shop.taken import NO_RESTOCK, NOTES, RESTOCK_TYPES
from sandbox.shop.timeline import FIRST_NAME, People, Timeline
from sandbox.shop.write_catalog import STORE, WAREHOUSE, never, new_title
from sandbox.shop.write_discounts import write_discounts

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

    def orders(self, orders: Orders, totals: Ints, transactions: Transactions, chunk: int) -> None:
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

    def lines(self, orders: Orders, lines: Lines) -> None:
        variants, products = self.catalog.variants, self.catalog.products
        is_custom = lines.variant < 0
        product = np.where(is_custom, -1, variants.products[np.maximum(lines.variant, 0)])
        named = np.maximum(product, 0)
        titles = [*products.titles, *(new_title(title) for title in products.titles), "Engraving"]
        is_renamed = orders.processed[lines.order] >= products.renamed[named]
        title = np.where(is_renamed, named + len(products.titles), named)
        brand = np.where(is_custom, -1, products.brands[named])
        columns = {
            "line_id": whole(line_ids(orders, lines)),
            "order_id": whole(orders.ids[lines.order]),
            "position": whole(lines.position),
            "product_id": whole(products.ids[named], is_custom),
            "variant_id": whole(variants.ids[np.maximum(lines.variant, 0)], is_custom),
            "sku": choice(lines.variant, variants.skus),
            "title": choice(np.where(is_custom, len(titles) - 1, title), titles),
            "variant_title": choice(lines.variant, variants.titles),
            "vendor": choice(brand, words.BRANDS),
            "quantity": whole(lines.quantity),
            "added_at": instant(
                np.where(lines.is_added, orders.edited[lines.order], 0), ~lines.is_added
            ),
            "unit_price": self.amounts(lines.price),
            "is_gift_card": flag(lines.is_gift_card),
            "requires_shipping": flag(~lines.is_gift_card & ~is_custom),
            "tax_rate": decimal(lines.tax_rate, 5),
            "tax_amount": self.amounts(lines.tax),
            "unit_cost": self.amounts(lines.cost, is_custom),
        }
        append(self.con, "order_lines", columns)

    def discounts(self, orders: Orders, lines: Lines) -> None:
        ids = line_ids(orders, lines)
        write_discounts(self.con, self.spec, self.promotions, orders, lines, ids)

    def shipping(self, orders: Orders, shipping: Shipping) -> None:
        rows = np.flatnonzero(shipping.is_there)
        method = shipping.method[rows]
        columns = {
            "shipping_line_id": whole(orders.ids[rows] + 1),
            "order_id": whole(orders.ids[rows]),
            "title": choice(method, METHODS),
            "code": choice(method, [name.upper().replace(" ", "_") for name in METHODS]),
            "original_price": self.amounts(shipping.original[rows]),
            "discounted_price": self.amounts(shipping.price[rows]),
            "tax_amount": self.amounts(shipping.tax[rows]),
        }
        append(self.con, "shipping_lines", columns)

    def refunds(self, orders: Orders, lines: Lines, refunds: Refunds) -> None:
        ids = refund_ids(orders, refunds)
        columns = {
            "refund_id": whole(ids),
            "order_id": whole(orders.ids[refunds.order]),
            "processed_at": instant(refunds.at),
            "note": choice(refunds.note, NOTES),
            "total_refunded": self.amounts(refunds.total),
        }
        append(self.con, "refunds", columns)
        taken = refunds.lines
        no_place = taken.restock == NO_RESTOCK
        at_counter = orders.source[lines.order[taken.line]] == POS
        columns = {
            "refund_line_id": whole(
                line_ids(orders, lines)[taken.line] * 32 + taken.note * 2 + taken.batch
            ),
            "refund_id": whole(ids[refunds.of_line]),
            "order_id": whole(orders.ids[lines.order[taken.line]]),
            "line_id": whole(line_ids(orders, lines)[taken.line]),
            "quantity": whole(taken.quantity),
            "restock_type": choice(taken.restock, RESTOCK_TYPES),
            "subtotal": self.amounts(refunds.subtotal),
            "tax_amount": self.amounts(refunds.tax),
            "location_id": whole(np.where(at_counter, STORE, WAREHOUSE), no_place),
        }
        append(self.con, "refund_lines", columns)
        refund = refunds.of_adjustment
        columns = {
            "adjustment_id": whole(ids[refund] * 2 + refunds.adjustment_reason),
            "refund_id": whole(ids[refund]),
            "order_id": whole(orders.ids[refunds.order[refund]]),
            "reason": choice(refunds.adjustment_reason, ADJUSTMENT_REASONS),
            "amount": self.amounts(refunds.adjustment),
            "tax_amount": self.amounts(refunds.adjustment_tax),
        }
        append(self.con, "refund_adjustments", columns)

    def transactions(self, orders: Orders, transactions: Transactions, refunds: Refunds) -> None:
        ids = transaction_ids(orders, transactions)
        has_parent, has_refund = transactions.parent >= 0, transactions.refund >= 0
        refund = refund_ids(orders, refunds)[transactions.refund[has_refund]]
        refund_of = np.zeros(len(transactions), dtype=np.int64)
        refund_of[has_refund] = refund
        columns = {
            "transaction_id": whole(ids),
            "order_id": whole(orders.ids[transactions.order]),
            "parent_id": whole(ids[transactions.parent], ~has_parent),
            "refund_id": whole(refund_of, ~has_refund),
            "kind": choice(transactions.kind, KINDS),
            "status": choice(transactions.is_success.astype(int), ("FAILURE", "SUCCESS")),
            "gateway": choice(transactions.gateway, GATEWAYS),
            "amount": self.amounts(transactions.amount),
            "fee_amount": self.amounts(fees(self.spec, transactions)),
            "processed_at": instant(transactions.at),
        }
        append(self.con, "transactions", columns)


def line_ids(orders: Orders, lines: Lines) -> Ints:
    """An order has fewer lines than ids up to the next order's."""
    return orders.ids[lines.order] + lines.position


def refund_ids(orders: Orders, refunds: Refunds) -> Ints:
    return orders.ids[refunds.order] + number_within(refunds.order, refunds.at)


def transaction_ids(orders: Orders, transactions: Transactions) -> Ints:
    return orders.ids[transactions.order] + number_within(transactions.order, transactions.at)


def number_within(order: Ints, at: Ints) -> Ints:
    """0, 1, 2 ... within each order, by time."""
    by_time = np.lexsort((at, order))
    starts = np.flatnonzero(np.diff(order[by_time], prepend=-1))
    lengths = np.diff(np.append(starts, len(order)))
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[by_time] = np.arange(len(order)) - np.repeat(starts, lengths)
    return numbers
