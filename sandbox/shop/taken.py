"""Which units of which lines are taken back: removed by an edit, cancelled, returned."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sandbox.shop import words
from sandbox.shop.catalog import CATEGORIES, NEVER, Catalog
from sandbox.shop.lines import Lines
from sandbox.shop.orders import Edit, Fate, Orders
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Ints, pick, stream

REASONS = list(words.RETURN_REASONS)
NOTES = [*words.RETURN_REASONS.values(), "Order edited", "Order cancelled", "Goodwill"]
EDITED, CANCELLED, GOODWILL = len(REASONS), len(REASONS) + 1, len(REASONS) + 2
RETURN, CANCEL, NO_RESTOCK = range(3)
RESTOCK_TYPES = ("RETURN", "CANCEL", "NO_RESTOCK")
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

    def where(self, kept: Flags) -> RefundLines:
        return RefundLines(*(getattr(self, each.name)[kept] for each in fields(self)))


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


def units_taken_back(
    dice: np.random.Generator, catalog: Catalog, orders: Orders, lines: Lines, removed: Ints
) -> RefundLines:
    """All of them; at most two rows a line, in the order in which they come back."""
    parts = [
        _edited_out(removed),
        _cancelled(orders, lines),
        *_returned(dice, catalog, orders, lines, removed),
    ]
    columns = ([getattr(part, each.name) for part in parts] for each in fields(RefundLines))
    return RefundLines(*(np.concatenate(column) for column in columns))


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
    return [batch.where(batch.quantity > 0) for batch in batches]
