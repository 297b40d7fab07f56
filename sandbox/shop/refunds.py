"""What is taken back: units removed before shipping, cancelled orders, returns, goodwill."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sandbox.shop import words
from sandbox.shop.catalog import CATEGORIES, NEVER, Catalog, minor_units_per_dollar
from sandbox.shop.days import DAY, HOUR, Days
from sandbox.shop.lines import Lines, per_order
from sandbox.shop.money import share_of_units
from sandbox.shop.orders import Edit, Fate, Orders
from sandbox.shop.shipping import Shipping
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Ints, pick, stream

REASONS = list(words.RETURN_REASONS)
NOTES = [*words.RETURN_REASONS.values(), "Order edited", "Order cancelled", "Goodwill"]
EDITED, CANCELLED, GOODWILL = len(REASONS), len(REASONS) + 1, len(REASONS) + 2
RETURN, CANCEL, NO_RESTOCK = range(3)
RESTOCK_TYPES = ("RETURN", "CANCEL", "NO_RESTOCK")
SHIPPING_REFUND, REFUND_DISCREPANCY = range(2)
ADJUSTMENT_REASONS = ("SHIPPING_REFUND", "REFUND_DISCREPANCY")
BATCHES = 2


@dataclass(frozen=True)
class RefundLines:
    """Units of a line taken back; `first` of them were taken back before."""

    line: Ints
    note: Ints
    batch: Ints
    first: Ints
    quantity: Ints
    restock: Ints


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


def return_rates() -> np.ndarray:
    """By category and reason: the share of units sold that comes back."""
    return np.array([category.return_rates for category in CATEGORIES])


def removed_units(spec: ShopSpec, orders: Orders, lines: Lines, chunk: int) -> Ints:
    """How many units of each line an order edit takes out: of one line in each such order."""
    dice = stream(spec.seed, "edits", chunk)
    counts = np.bincount(lines.order, minlength=len(orders))
    chosen = 1 + (dice.random(len(orders)) * counts).astype(np.int64)
    units = 1 + (dice.random(len(lines)) * lines.quantity).astype(np.int64)
    is_removed = (orders.edit[lines.order] == Edit.REMOVES_UNITS) & ~lines.is_gift_card
    return np.where(is_removed & (lines.position == chosen[lines.order]), units, 0)


def make_refunds(
    spec: ShopSpec, catalog: Catalog, orders: Orders, lines: Lines, shipping: Shipping,
    removed: Ints, chunk: int,
) -> Refunds:  # fmt: skip
    dice = stream(spec.seed, "refunds", chunk)
    taken = _concat(
        [
            _edited_out(removed),
            _cancelled(orders, lines),
            *_returned(dice, catalog, orders, lines, removed),
        ]
    )
    order = lines.order[taken.line]
    key = (order * len(NOTES) + taken.note) * BATCHES + taken.batch
    keys, of_line = np.unique(key, return_inverse=True)
    goodwill = _goodwill(dice, orders, lines, taken)
    keys = np.concatenate([keys, (goodwill * len(NOTES) + GOODWILL) * BATCHES])
    refund_order = keys // (BATCHES * len(NOTES))
    note = keys // BATCHES % len(NOTES)
    at = _instants(dice, orders, refund_order, note, keys % BATCHES)
    refunds = Refunds(
        order=refund_order,
        note=note,
        at=at,
        total=np.zeros(len(keys), dtype=np.int64),
        lines=taken,
        of_line=of_line,
        subtotal=lines.price[taken.line] * taken.quantity
        - share_of_units(
            lines.discount[taken.line], lines.quantity[taken.line], taken.first, taken.quantity
        ),
        tax=share_of_units(
            lines.tax[taken.line], lines.quantity[taken.line], taken.first, taken.quantity
        ),
        of_adjustment=np.empty(0, dtype=np.int64),
        adjustment_reason=np.empty(0, dtype=np.int64),
        adjustment=np.empty(0, dtype=np.int64),
        adjustment_tax=np.empty(0, dtype=np.int64),
    )
    return _with_totals(orders, _with_adjustments(spec, dice, orders, lines, shipping, refunds))


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
        lines=_where(refunds.lines, of_line),
        of_line=new_row[refunds.of_line[of_line]],
        subtotal=refunds.subtotal[of_line],
        tax=refunds.tax[of_line],
        of_adjustment=new_row[refunds.of_adjustment[of_adjustment]],
        adjustment_reason=refunds.adjustment_reason[of_adjustment],
        adjustment=refunds.adjustment[of_adjustment],
        adjustment_tax=refunds.adjustment_tax[of_adjustment],
    )


def _where(lines: RefundLines, kept: Flags) -> RefundLines:
    return RefundLines(
        lines.line[kept],
        lines.note[kept],
        lines.batch[kept],
        lines.first[kept],
        lines.quantity[kept],
        lines.restock[kept],
    )


def _concat(parts: list[RefundLines]) -> RefundLines:
    return RefundLines(
        np.concatenate([part.line for part in parts]),
        np.concatenate([part.note for part in parts]),
        np.concatenate([part.batch for part in parts]),
        np.concatenate([part.first for part in parts]),
        np.concatenate([part.quantity for part in parts]),
        np.concatenate([part.restock for part in parts]),
    )


def _alike(line: Ints, quantity: Ints, note: int, restock: int) -> RefundLines:
    zeros = np.zeros(len(line), dtype=np.int64)
    return RefundLines(line, zeros + note, zeros, zeros, quantity, zeros + restock)


def _edited_out(removed: Ints) -> RefundLines:
    line = np.flatnonzero(removed)
    return _alike(line, removed[line], EDITED, CANCEL)


def _cancelled(orders: Orders, lines: Lines) -> RefundLines:
    """All units of cancelled orders that are restocked, with money back or (never paid) without."""
    fate = orders.fate[lines.order]
    restocked = (fate == Fate.CANCELLED_REFUNDED) | (fate == Fate.CANCELLED_VOIDED)
    line = np.flatnonzero(restocked)
    return _alike(line, lines.quantity[line], CANCELLED, CANCEL)


def _returned(
    dice: np.random.Generator, catalog: Catalog, orders: Orders, lines: Lines, removed: Ints
) -> list[RefundLines]:
    """Units that customers send back: some of a line now, the others a week later."""
    ships = (orders.closed < NEVER) & ~orders.is_test & (orders.deleted == NEVER)
    can_come_back = ships[lines.order] & (lines.variant >= 0) & ~lines.is_gift_card
    category = catalog.variant_categories[np.maximum(lines.variant, 0)]
    rates = return_rates()
    left = np.where(can_come_back, lines.quantity - removed, 0)
    units = dice.binomial(left, rates.sum(axis=1)[category])
    line = np.flatnonzero(units)
    units, category, first = units[line], category[line], removed[line]
    note = np.zeros(len(line), dtype=np.int64)
    for each in range(len(CATEGORIES) - 1):
        of_category = np.flatnonzero(category == each)
        note[of_category] = pick(dice, rates[each], len(of_category))
    is_late = dice.random(len(line)) < 0.15
    is_split = (units > 1) & (dice.random(len(line)) < 0.3)
    early = np.select([is_split, is_late], [units // 2, 0], units)
    restock = np.where(dice.random(len(line)) < 0.85, RETURN, NO_RESTOCK)
    zeros = np.zeros(len(line), dtype=np.int64)
    batches = [
        RefundLines(line, note, zeros, first, early, restock),
        RefundLines(line, note, zeros + 1, first + early, units - early, restock),
    ]
    return [_where(batch, batch.quantity > 0) for batch in batches]


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
