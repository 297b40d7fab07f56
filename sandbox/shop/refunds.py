"""Refunds: what goes back for units taken back, with shipping, or out of goodwill, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sandbox.shop.catalog import NEVER, Catalog, minor_units_per_dollar
from sandbox.shop.days import DAY, HOUR, Days
from sandbox.shop.lines import Lines, per_order
from sandbox.shop.money import share_of_units
from sandbox.shop.orders import Fate, Orders
from sandbox.shop.shipping import Shipping
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Ints, stream
from sandbox.shop.taken import (
    BATCHES,
    CANCELLED,
    EDITED,
    GOODWILL,
    NOTES,
    REASONS,
    RefundLines,
    units_taken_back,
)

SHIPPING_REFUND, REFUND_DISCREPANCY = range(2)
ADJUSTMENT_REASONS = ("SHIPPING_REFUND", "REFUND_DISCREPANCY")


@dataclass(frozen=True)
class Refunds:
    """`order`, `note`, `at`, `total`: a row a refund; `of_line` and `of_adjustment` point to it."""

    order: Ints
    note: Ints
    at: Ints
    total: Ints
    lines: RefundLines
    of_line: Ints
    subtotal: Ints
    tax: Ints
    of_adjustment: Ints
    adjustment_reason: Ints
    adjustment: Ints
    adjustment_tax: Ints

    def __len__(self) -> int:
        return len(self.order)


def make_refunds(
    spec: ShopSpec, catalog: Catalog, orders: Orders, lines: Lines, shipping: Shipping,
    removed: Ints, chunk: int,
) -> Refunds:  # fmt: skip
    dice = stream(spec.seed, "refunds", chunk)
    taken = units_taken_back(dice, catalog, orders, lines, removed)
    order = lines.order[taken.line]
    key = (order * len(NOTES) + taken.note) * BATCHES + taken.batch
    keys, of_line = np.unique(key, return_inverse=True)
    goodwill = _goodwill(dice, orders, lines, taken)
    keys = np.concatenate([keys, (goodwill * len(NOTES) + GOODWILL) * BATCHES])
    refund_order = keys // (BATCHES * len(NOTES))
    note = keys // BATCHES % len(NOTES)
    nothing = np.empty(0, dtype=np.int64)
    refunds = Refunds(
        order=refund_order,
        note=note,
        at=_instants(dice, orders, refund_order, note, keys % BATCHES),
        total=np.zeros(len(keys), dtype=np.int64),
        lines=taken,
        of_line=of_line,
        subtotal=lines.price[taken.line] * taken.quantity - _share(lines.discount, lines, taken),
        tax=_share(lines.tax, lines, taken),
        of_adjustment=nothing,
        adjustment_reason=nothing,
        adjustment=nothing,
        adjustment_tax=nothing,
    )
    return _with_totals(orders, _with_adjustments(spec, dice, orders, lines, shipping, refunds))


def _share(total: Ints, lines: Lines, taken: RefundLines) -> Ints:
    """What the units taken back carry of their line's total."""
    line = taken.line
    return share_of_units(total[line], lines.quantity[line], taken.first, taken.quantity)


def happened(refunds: Refunds, days: Days) -> Refunds:
    """Without the refunds that would come after the last day."""
    kept = refunds.at < days.end
    new_row = np.cumsum(kept) - 1
    of_line, of_adjustment = kept[refunds.of_line], kept[refunds.of_adjustment]
    return Refunds(
        order=refunds.order[kept],
        note=refunds.note[kept],
        at=refunds.at[kept],
        total=refunds.total[kept],
        lines=refunds.lines.where(of_line),
        of_line=new_row[refunds.of_line[of_line]],
        subtotal=refunds.subtotal[of_line],
        tax=refunds.tax[of_line],
        of_adjustment=new_row[refunds.of_adjustment[of_adjustment]],
        adjustment_reason=refunds.adjustment_reason[of_adjustment],
        adjustment=refunds.adjustment[of_adjustment],
        adjustment_tax=refunds.adjustment_tax[of_adjustment],
    )


def _goodwill(dice: np.random.Generator, orders: Orders, lines: Lines, taken: RefundLines) -> Ints:
    """Orders for which money goes back although nothing comes back."""
    is_chosen = dice.random(len(orders)) < 0.01
    is_chosen &= (orders.closed < NEVER) & ~orders.is_test & (orders.deleted == NEVER)
    is_chosen &= per_order(lines.net, lines.order, len(orders)) > 0
    is_chosen[lines.order[taken.line]] = False
    return np.flatnonzero(is_chosen)


def _instants(
    dice: np.random.Generator, orders: Orders, order: Ints, note: Ints, batch: Ints
) -> Ints:
    """Edits and cancellations pay at once, customers come back days or weeks after shipping."""
    wait = dice.gamma(3.0, 4.0, len(orders) * len(NOTES)) * DAY
    waited = HOUR + wait.astype(np.int64)[order * len(NOTES) + note] + batch * 8 * DAY
    closed = orders.closed[order]
    returned = np.where(closed < NEVER, np.minimum(closed, NEVER - 400 * DAY) + waited, NEVER)
    return np.select(
        [note == EDITED, note == CANCELLED],
        [orders.edited[order], orders.cancelled[order]],
        returned,
    )


def _with_adjustments(
    spec: ShopSpec, dice: np.random.Generator, orders: Orders, lines: Lines, shipping: Shipping,
    refunds: Refunds,
) -> Refunds:  # fmt: skip
    """Shipping paid back, part of a return withheld, goodwill; money back is negative."""
    unit = minor_units_per_dollar(spec)
    order, note = refunds.order, refunds.note
    chance = dice.random(len(refunds))
    is_first = np.append(True, np.diff(order) != 0) if len(order) else np.empty(0, dtype=bool)
    paid_shipping = shipping.price[order] > 0
    returned = note < len(REASONS)
    is_goodwill = note == GOODWILL
    is_cancelled = (note == CANCELLED) & (orders.fate[order] == Fate.CANCELLED_REFUNDED)
    ships_back = paid_shipping & (
        is_cancelled | (returned & is_first & (chance < 0.15)) | (is_goodwill & (chance < 0.4))
    )
    subtotal = np.bincount(refunds.of_line, weights=refunds.subtotal, minlength=len(refunds))
    subtotal = subtotal.astype(np.int64)
    withheld = np.minimum(subtotal // 2, round(5 * unit)) * (returned & (chance > 0.94))
    order_net = per_order(lines.net, lines.order, len(orders))[order]
    kindness = np.minimum(order_net // 4, round(8 * unit)) * (is_goodwill & ~ships_back)
    difference = withheld - kindness
    shipped, differing = np.flatnonzero(ships_back), np.flatnonzero(difference)
    reasons = (SHIPPING_REFUND, REFUND_DISCREPANCY)
    return replace(
        refunds,
        of_adjustment=np.concatenate([shipped, differing]),
        adjustment_reason=np.repeat(reasons, [len(shipped), len(differing)]),
        adjustment=np.concatenate([-shipping.price[order][shipped], difference[differing]]),
        adjustment_tax=np.concatenate([-shipping.tax[order][shipped], 0 * differing]),
    )


def _with_totals(orders: Orders, refunds: Refunds) -> Refunds:
    """The money that goes back; none for orders that were never paid."""
    on_top = ~orders.taxes_included[refunds.order]
    count = len(refunds)
    back = refunds.subtotal + refunds.tax * on_top[refunds.of_line]
    adjusted = refunds.adjustment + refunds.adjustment_tax * on_top[refunds.of_adjustment]
    total = np.bincount(refunds.of_line, weights=back, minlength=count)
    total = total - np.bincount(refunds.of_adjustment, weights=adjusted, minlength=count)
    is_paid = orders.paid[refunds.order] < NEVER
    return replace(refunds, total=total.astype(np.int64) * is_paid)
