"""What belongs to orders -> tables: lines, shipping, refunds, transactions."""

from __future__ import annotations

import numpy as np

from sandbox.shop import words
from sandbox.shop.columns import append, choice, decimal, flag, instant, whole
from sandbox.shop.lines import Lines
from sandbox.shop.orders import POS, Orders
from sandbox.shop.payments import GATEWAYS, KINDS, Transactions, fees
from sandbox.shop.refunds import ADJUSTMENT_REASONS, Refunds, of_return
from sandbox.shop.returns import Returns
from sandbox.shop.shipping import METHODS, Shipping
from sandbox.shop.streams import Ints
from sandbox.shop.taken import NO_RESTOCK, NOTES, RESTOCK_TYPES, RefundLines
from sandbox.shop.write_catalog import STORE, WAREHOUSE, new_title
from sandbox.shop.write_orders import Writer


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


def write_lines(writer: Writer, orders: Orders, lines: Lines) -> None:
    variants, products = writer.catalog.variants, writer.catalog.products
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
        "unit_price": writer.amounts(lines.price),
        "is_gift_card": flag(lines.is_gift_card),
        "requires_shipping": flag(~lines.is_gift_card & ~is_custom),
        "tax_rate": decimal(lines.tax_rate, 5),
        "tax_amount": writer.amounts(lines.tax),
        "unit_cost": writer.amounts(lines.cost, is_custom),
    }
    append(writer.con, "order_lines", columns)


def write_shipping(writer: Writer, orders: Orders, shipping: Shipping) -> None:
    rows = np.flatnonzero(shipping.is_there)
    method = shipping.method[rows]
    columns = {
        "shipping_line_id": whole(orders.ids[rows] + 1),
        "order_id": whole(orders.ids[rows]),
        "title": choice(method, METHODS),
        "code": choice(method, [name.upper().replace(" ", "_") for name in METHODS]),
        "original_price": writer.amounts(shipping.original[rows]),
        "discounted_price": writer.amounts(shipping.price[rows]),
        "tax_amount": writer.amounts(shipping.tax[rows]),
    }
    append(writer.con, "shipping_lines", columns)


def taken_line_ids(orders: Orders, lines: Lines, taken: RefundLines) -> Ints:
    return line_ids(orders, lines)[taken.line] * 32 + taken.note * 2 + taken.batch


def write_refunds(
    writer: Writer, orders: Orders, lines: Lines, returns: Returns, refunds: Refunds
) -> None:
    ids = refund_ids(orders, refunds)
    columns = {
        "refund_id": whole(ids),
        "order_id": whole(orders.ids[refunds.order]),
        "processed_at": instant(refunds.at),
        "note": choice(refunds.note, NOTES),
        "total_refunded": writer.amounts(refunds.total),
    }
    append(writer.con, "refunds", columns)
    taken = refunds.lines
    no_place = taken.restock == NO_RESTOCK
    at_counter = orders.source[lines.order[taken.line]] == POS
    at_store = of_return(returns.requests.at_store, refunds.returned, False)[refunds.of_line]
    columns = {
        "refund_line_id": whole(taken_line_ids(orders, lines, taken)),
        "refund_id": whole(ids[refunds.of_line]),
        "order_id": whole(orders.ids[lines.order[taken.line]]),
        "line_id": whole(line_ids(orders, lines)[taken.line]),
        "quantity": whole(taken.quantity),
        "restock_type": choice(taken.restock, RESTOCK_TYPES),
        "subtotal": writer.amounts(refunds.subtotal),
        "tax_amount": writer.amounts(refunds.tax),
        "location_id": whole(np.where(at_counter | at_store, STORE, WAREHOUSE), no_place),
    }
    append(writer.con, "refund_lines", columns)
    refund = refunds.of_adjustment
    columns = {
        "adjustment_id": whole(ids[refund] * 2 + refunds.adjustment_reason),
        "refund_id": whole(ids[refund]),
        "order_id": whole(orders.ids[refunds.order[refund]]),
        "reason": choice(refunds.adjustment_reason, ADJUSTMENT_REASONS),
        "amount": writer.amounts(refunds.adjustment),
        "tax_amount": writer.amounts(refunds.adjustment_tax),
    }
    append(writer.con, "refund_adjustments", columns)


def write_transactions(
    writer: Writer, orders: Orders, transactions: Transactions, refunds: Refunds
) -> None:
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
        "amount": writer.amounts(transactions.amount),
        "fee_amount": writer.amounts(fees(writer.spec, transactions)),
        "processed_at": instant(transactions.at),
    }
    append(writer.con, "transactions", columns)
