"""Which units of which lines are taken back; here: removed by an edit or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from sandbox.shop import words
from sandbox.shop.lines import Lines
from sandbox.shop.money import share_of_units
from sandbox.shop.orders import Edit, Fate, Orders
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Ints, stream

REASONS = list(words.RETURN_REASONS)
NOTES = [
    *words.RETURN_REASONS.values(),
    "Order edited",
    "Order cancelled",
    "Goodwill",
    "Exchanged for something cheaper",
]
EDITED, CANCELLED, GOODWILL, SWAPPED = range(len(REASONS), len(NOTES))
RETURN, CANCEL, NO_RESTOCK = range(3)
RESTOCK_TYPES = ("RETURN", "CANCEL", "NO_RESTOCK")
BATCHES = 2


@dataclass(frozen=True)
class RefundLines:
    """Units of a line taken back; `first` of them were taken back before.

    `note` is an index into NOTES; `detail` and `condition` are known of returned goods, else -1.
    """

    line: Ints
    note: Ints
    batch: Ints
    first: Ints
    quantity: Ints
    restock: Ints
    detail: Ints
    condition: Ints

    @property
    def is_returned(self) -> Flags:
        """Sent back by a customer."""
        return self.note < len(REASONS)

    def where(self, kept: Flags) -> RefundLines:
        return RefundLines(*(getattr(self, each.name)[kept] for each in fields(self)))

    def __len__(self) -> int:
        return len(self.line)


def together(parts: Sequence[RefundLines]) -> RefundLines:
    columns = ([getattr(part, each.name) for part in parts] for each in fields(RefundLines))
    return RefundLines(*(np.concatenate(column) for column in columns))


def subtotals(lines: Lines, taken: RefundLines) -> Ints:
    """What the units taken back cost, after discounts."""
    return lines.price[taken.line] * taken.quantity - share(lines.discount, lines, taken)


def share(total: Ints, lines: Lines, taken: RefundLines) -> Ints:
    """What the units taken back carry of their line's total."""
    line = taken.line
    return share_of_units(total[line], lines.quantity[line], taken.first, taken.quantity)


def removed_units(spec: ShopSpec, orders: Orders, lines: Lines, chunk: int) -> Ints:
    """How many units of each line an order edit takes out: of one line in each such order."""
    dice = stream(spec.seed, "edits", chunk)
    counts = np.bincount(lines.order, minlength=len(orders))
    chosen = 1 + (dice.random(len(orders)) * counts).astype(np.int64)
    units = 1 + (dice.random(len(lines)) * lines.quantity).astype(np.int64)
    is_removed = (orders.edit[lines.order] == Edit.REMOVES_UNITS) & ~lines.is_gift_card
    return np.where(is_removed & (lines.position == chosen[lines.order]), units, 0)


def units_not_shipped(orders: Orders, lines: Lines, removed: Ints) -> RefundLines:
    """Taken out by edits, and of orders that are cancelled."""
    edited = np.flatnonzero(removed)
    fate = orders.fate[lines.order]
    restocked = (fate == Fate.CANCELLED_REFUNDED) | (fate == Fate.CANCELLED_VOIDED)
    cancelled = np.flatnonzero(restocked)
    return together(
        [
            _cancel(edited, removed[edited], EDITED),
            _cancel(cancelled, lines.quantity[cancelled], CANCELLED),
        ]
    )


def _cancel(line: Ints, quantity: Ints, note: int) -> RefundLines:
    zeros = np.zeros(len(line), dtype=np.int64)
    return RefundLines(
        line, zeros + note, zeros, zeros, quantity, zeros + CANCEL, zeros - 1, zeros - 1
    )
