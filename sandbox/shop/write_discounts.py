"""Discounts -> tables: what was applied to an order, and how much of it each line carries."""

from __future__ import annotations

import duckdb
import numpy as np

from sandbox.shop.catalog import minor_units_per_dollar
from sandbox.shop.columns import append, choice, decimal, whole
from sandbox.shop.lines import BY_HAND, TAKE5, Lines
from sandbox.shop.orders import Code, Orders
from sandbox.shop.prices import Promotion
from sandbox.shop.spec import ShopSpec, decimals
from sandbox.shop.streams import Ints
from sandbox.shop.write_orders import Writer

KINDS = ("AUTOMATIC", "CODE", "MANUAL")
TARGETS, SELECTIONS = ("LINE_ITEM", "SHIPPING_LINE"), ("ENTITLED", "ALL")
METHODS, VALUE_TYPES = ("EACH", "ACROSS"), ("PERCENTAGE", "FIXED")
PERCENT_OF = {Code.WELCOME10: 10, Code.FRIENDS15: 15, Code.FREESHIP: 100, Code.REPLACEMENT: 100}
FIXED_OF = {Code.TAKE5: TAKE5, Code.BY_HAND: BY_HAND}
TITLES = [None, None, None, None, None, "Goodwill", "Replacement"]


def write_discounts(writer: Writer, orders: Orders, lines: Lines, line_ids: Ints) -> None:
    """Automatic promotions come first, each once an order; then the discount on the whole order."""
    con, spec, promotions = writer.con, writer.spec, writer.promotions
    promoted = np.flatnonzero(lines.promotion >= 0)
    key = lines.order[promoted] * len(promotions) + lines.promotion[promoted]
    applied, application = np.unique(key, return_inverse=True)
    order, promotion = np.divmod(applied, max(len(promotions), 1))
    starts = np.flatnonzero(np.diff(order, prepend=-1))
    lengths = np.diff(np.append(starts, len(order)))
    index = np.arange(len(order)) - np.repeat(starts, lengths)
    automatic = np.bincount(order, minlength=len(orders))
    _write_automatic(con, orders, promotions, order, promotion, index)
    _write_on_order(con, spec, orders, automatic)
    shared = np.flatnonzero(lines.order_discount)
    line = np.concatenate([promoted, shared])
    is_second = np.repeat([0, 1], [len(promoted), len(shared)]) * (lines.promotion[line] >= 0)
    columns = {
        "line_id": whole(line_ids[line]),
        "order_id": whole(orders.ids[lines.order[line]]),
        "position": whole(is_second),
        "application_index": whole(
            np.concatenate([index[application], automatic[lines.order[shared]]])
        ),
        "amount": writer.amounts(
            np.concatenate([lines.promotion_discount[promoted], lines.order_discount[shared]])
        ),
    }
    append(con, "line_discounts", columns)


def _write_automatic(
    con: duckdb.DuckDBPyConnection, orders: Orders, promotions: list[Promotion], order: Ints,
    promotion: Ints, index: Ints,
) -> None:  # fmt: skip
    zeros = np.zeros(len(order), dtype=np.int64)
    percents = np.array([each.percent_off for each in promotions], dtype=np.int64)
    columns = {
        "order_id": whole(orders.ids[order]),
        "application_index": whole(index),
        "target_type": choice(zeros, TARGETS),
        "kind": choice(zeros, KINDS),
        "title": choice(promotion, [each.title for each in promotions]),
        "target_selection": choice(zeros, SELECTIONS),
        "allocation_method": choice(zeros, METHODS),
        "value_type": choice(zeros, VALUE_TYPES),
        "value": decimal(percents[promotion] * 10_000, 4),
    }
    append(con, "discount_applications", columns)


def _write_on_order(
    con: duckdb.DuckDBPyConnection, spec: ShopSpec, orders: Orders, automatic: Ints
) -> None:
    order = np.flatnonzero(orders.code != Code.NONE)
    code = orders.code[order]
    ones = np.ones(len(order), dtype=np.int64)
    by_hand = (code == Code.BY_HAND) | (code == Code.REPLACEMENT)
    columns = {
        "order_id": whole(orders.ids[order]),
        "application_index": whole(automatic[order]),
        "target_type": choice((code == Code.FREESHIP).astype(int), TARGETS),
        "kind": choice(np.where(by_hand, 2, 1), KINDS),
        "code": choice(np.where(by_hand, -1, code), [each.name for each in Code]),
        "title": choice(code, TITLES),
        "target_selection": choice(ones, SELECTIONS),
        "allocation_method": choice(np.where(code == Code.FREESHIP, 0, ones), METHODS),
        "value_type": choice(np.isin(code, list(FIXED_OF)).astype(int), VALUE_TYPES),
        "value": decimal(_values(spec)[code], 4),
    }
    append(con, "discount_applications", columns)


def _values(spec: ShopSpec) -> Ints:
    """By code: the per cent, or the amount in the shop's currency."""
    unit = minor_units_per_dollar(spec) / 10 ** decimals(spec.currency_code)
    return np.array(
        [round(PERCENT_OF.get(code, FIXED_OF.get(code, 0) * unit) * 10_000) for code in Code]
    )
