"""Refunds: what goes back for units taken back, with shipping, or out of goodwill, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sandbox.shop.catalog import NEVER, minor_units_per_dollar
from sandbox.shop.days import DAY, HOUR, Days
from sandbox.shop.lines import Lines, per_order
from sandbox.shop.orders import Fate, Orders
from sandbox.shop.returns import Returns, Way
from sandbox.shop.shipping import Shipping
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Ints, stream
from sandbox.shop.taken import (
    BATCHES,
    CANCELLED,
    EDITED,
    GOODWILL,
    SWAPPED,
    RefundLines,
    share,
    subtotals,
)

SHIPPING_REFUND, REFUND_DISCREPANCY = range(2)
ADJUSTMENT_REASONS = ("SHIPPING_REFUND", "REFUND_DISCREPANCY")

# An order has at most one refund for an edit, a cancellation, each batch of returns, and goodwill.
SLOT_EDIT, SLOT_CANCEL, SLOT_BACK, SLOT_GOODWILL, SLOTS = 0, 1, 2, 4, 5


@dataclass(frozen=True)
class Refunds:
    """`order` to `total`: a row a refund; `of_line` and `of_adjustment` point to it.

    `returned` is a row of Returns, -1 where nothing was sent back, and `way` the way of that one.
    """

    order: Ints
    note: Ints
    at: Ints
    returned: Ints
    way: Ints
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
    spec: ShopSpec, orders: Orders, lines: Lines, shipping: Shipping, taken: RefundLines,
    returns: Returns, chunk: int,
) -> Refunds:  # fmt: skip
    """Of all units taken back but those exchanged for others, which may leave a rebate."""
    dice = stream(spec.seed, "refunds", chunk)
    goodwill = _goodwill(dice, orders, lines, taken)
    taken = taken.where(~_is_exchanged(lines, taken, returns))
    line_keys = lines.order[taken.line] * SLOTS + _slots(taken)
    order, batch = np.divmod(_rebated(returns), BATCHES)
    others = [goodwill * SLOTS + SLOT_GOODWILL, order * SLOTS + SLOT_BACK + batch]
    keys = np.unique(np.concatenate([line_keys, *others]))
    nothing = np.empty(0, dtype=np.int64)
    refunds = Refunds(
        **_heads(dice, orders, returns, keys),
        total=np.zeros(len(keys), dtype=np.int64),
        lines=taken,
        of_line=np.searchsorted(keys, line_keys),
        subtotal=subtotals(lines, taken),
        tax=share(lines.tax, lines, taken),
        of_adjustment=nothing,
        adjustment_reason=nothing,
        adjustment=nothing,
        adjustment_tax=nothing,
    )
    refunds = _with_adjustments(spec, dice, orders, lines, shipping, returns, refunds)
    return _with_totals(orders, refunds)


def _is_exchanged(lines: Lines, taken: RefundLines, returns: Returns) -> Flags:
    row = returns.requests.row_of(lines.order[taken.line], taken.batch)
    return of_return(returns.way, np.where(taken.is_returned, row, -1), -1) == Way.EXCHANGE


def _slots(taken: RefundLines) -> Ints:
    kinds = [taken.note == EDITED, taken.note == CANCELLED]
    return np.select(kinds, [SLOT_EDIT, SLOT_CANCEL], SLOT_BACK + taken.batch)


def _rebated(returns: Returns) -> Ints:
    """The keys of what came back in exchange for something cheaper."""
    keys = returns.requests.keys
    rebate = returns.requests.sums(returns.swaps.rebate)
    return keys[rebate[: len(keys)] > 0]


def of_return(values: Ints | Flags, returned: Ints, otherwise: int) -> Ints:
    """The value of each refund's return, or `otherwise` where it has none (-1)."""
    return np.append(values, otherwise)[returned]


def _heads(
    dice: np.random.Generator, orders: Orders, returns: Returns, keys: Ints
) -> dict[str, Ints]:
    """Edits and cancellations pay at once, customers who return when their goods are checked."""
    order, slot = keys // SLOTS, keys % SLOTS
    is_back = (slot >= SLOT_BACK) & (slot < SLOT_GOODWILL)
    returned = np.where(is_back, returns.requests.row_of(order, slot - SLOT_BACK), -1)
    way = of_return(returns.way, returned, -1)
    reason = of_return(returns.requests.reason, returned, -1)
    waited = HOUR + dice.gamma(3.0, 4.0 * DAY, len(keys)).astype(np.int64)
    waited += np.minimum(orders.closed[order], NEVER - 400 * DAY)
    moments = [orders.edited[order], orders.cancelled[order], waited]
    return {
        "order": order,
        "note": np.select(
            [slot == SLOT_EDIT, slot == SLOT_CANCEL, slot == SLOT_GOODWILL, way == Way.EXCHANGE],
            [EDITED, CANCELLED, GOODWILL, SWAPPED],
            reason,
        ),
        "at": np.select(
            [slot == SLOT_EDIT, slot == SLOT_CANCEL, slot == SLOT_GOODWILL],
            moments,
            of_return(returns.steps.settled, returned, NEVER),
        ),
        "returned": returned,
        "way": way,
    }


def happened(refunds: Refunds, days: Days) -> Refunds:
    """Without the refunds that would come after the last day."""
    kept = refunds.at < days.end
    new_row = np.cumsum(kept) - 1
    of_line, of_adjustment = kept[refunds.of_line], kept[refunds.of_adjustment]
    return Refunds(
        order=refunds.order[kept],
        note=refunds.note[kept],
        at=refunds.at[kept],
        returned=refunds.returned[kept],
        way=refunds.way[kept],
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


def _with_adjustments(
    spec: ShopSpec, dice: np.random.Generator, orders: Orders, lines: Lines, shipping: Shipping,
    returns: Returns, refunds: Refunds,
) -> Refunds:  # fmt: skip
    """Shipping paid back, fees withheld, rebates, goodwill; money back is negative."""
    unit = minor_units_per_dollar(spec)
    order, note = refunds.order, refunds.note
    chance = dice.random(len(refunds))
    is_first = np.append(True, np.diff(order) != 0) if len(order) else np.empty(0, dtype=bool)
    paid_shipping = shipping.price[order] > 0
    returned = (refunds.returned >= 0) & (refunds.way != Way.EXCHANGE)
    is_goodwill = note == GOODWILL
    is_cancelled = (note == CANCELLED) & (orders.fate[order] == Fate.CANCELLED_REFUNDED)
    ships_back = paid_shipping & (
        is_cancelled | (returned & is_first & (chance < 0.15)) | (is_goodwill & (chance < 0.4))
    )
    subtotal = np.bincount(refunds.of_line, weights=refunds.subtotal, minlength=len(refunds))
    subtotal = subtotal.astype(np.int64)
    withheld = np.minimum(subtotal // 2, round(5 * unit)) * (chance > 0.94)
    withheld *= refunds.way == Way.DIRECT
    withheld += of_return(returns.restocking_fee + returns.label_fee, refunds.returned, 0)
    order_net = per_order(lines.net, lines.order, len(orders))[order]
    kindness = np.minimum(order_net // 4, round(8 * unit)) * (is_goodwill & ~ships_back)
    rebate = of_return(returns.requests.sums(returns.swaps.rebate), refunds.returned, 0)
    difference = withheld - kindness - rebate
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
