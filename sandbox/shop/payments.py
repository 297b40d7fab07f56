"""The transactions of orders: sales, authorizations with captures or voids, refunds."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from sandbox.shop.catalog import minor_units_per_dollar
from sandbox.shop.days import Days
from sandbox.shop.lines import Lines, per_order
from sandbox.shop.money import half_up
from sandbox.shop.orders import Orders, Payment
from sandbox.shop.refunds import Refunds
from sandbox.shop.returns import Way
from sandbox.shop.shipping import Shipping
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Ints

KINDS = ("SALE", "AUTHORIZATION", "CAPTURE", "REFUND", "VOID")
SALE, AUTHORIZATION, CAPTURE, REFUND, VOID = range(5)
GATEWAYS = ("shopify_payments", "paypal", "manual", "gift_card", "cash", "bogus", "store_credit")
GIFT_CARD_GATEWAY, CREDIT_GATEWAY = GATEWAYS.index("gift_card"), GATEWAYS.index("store_credit")
FEE_SHARES, FEE_FIXED = (290, 349, 0, 0, 0, 0, 0), (0.30, 0.49, 0, 0, 0, 0, 0)
GATEWAY_OF = {
    Payment.SALE: 0, Payment.PAYPAL: 1, Payment.CAPTURED: 0, Payment.SECOND_ATTEMPT: 0,
    Payment.LATER: 2, Payment.NEVER: 2, Payment.GIFT_CARD: 3, Payment.PARTLY_GIFT_CARD: 0,
    Payment.CASH: 4, Payment.VOIDED: 0, Payment.BOGUS: 5,
}  # fmt: skip
STATUSES = ("PENDING", "PAID", "PARTIALLY_REFUNDED", "REFUNDED", "VOIDED")


@dataclass(frozen=True)
class Transactions:
    """A row each; `parent` is a row of these transactions and `refund` one of Refunds, or -1."""

    order: Ints
    kind: Ints
    is_success: Flags
    gateway: Ints
    amount: Ints
    at: Ints
    parent: Ints
    refund: Ints

    def __len__(self) -> int:
        return len(self.order)


def order_totals(orders: Orders, lines: Lines, shipping: Shipping) -> tuple[Ints, Ints]:
    """What each order costs, and the part of it that an order edit added."""
    on_top = ~orders.taxes_included
    amounts = lines.net + lines.tax * on_top[lines.order]
    total = per_order(amounts, lines.order, len(orders))
    added = per_order(amounts * lines.is_added, lines.order, len(orders))
    return total + shipping.price + shipping.tax * on_top, added


def gateways(orders: Orders) -> Ints:
    return np.array([GATEWAY_OF[payment] for payment in Payment])[orders.payment]


def _some(
    order: Ints, at: Ints, kind: int, gateway: Ints | int, amount: Ints, refund: Ints | int = -1,
    is_success: bool = True,
) -> Transactions:  # fmt: skip
    """Transactions of one kind, without parents; `at` and `amount` are given for each of them."""
    blank = np.zeros(len(order), dtype=np.int64)
    return Transactions(
        order, blank + kind, np.full(len(order), is_success), blank + gateway, amount, at,
        blank - 1, blank + refund,
    )  # fmt: skip


def make_transactions(
    spec: ShopSpec, days: Days, orders: Orders, totals: Ints, added: Ints, refunds: Refunds
) -> Transactions:
    gateway = gateways(orders)
    base = totals - added
    is_paid = (orders.paid < days.end) & (base > 0)
    on_hold = (orders.payment == Payment.CAPTURED) | (orders.payment == Payment.VOIDED)
    card = _gift_card_parts(spec, orders, base, refunds)
    second = np.flatnonzero((orders.payment == Payment.SECOND_ATTEMPT) & (base > 0))
    held = np.flatnonzero(on_hold & (base > 0))
    captured = np.flatnonzero(is_paid & (orders.payment == Payment.CAPTURED))
    voided = np.flatnonzero((orders.payment == Payment.VOIDED) & (base > 0))
    sold = np.flatnonzero(is_paid & ~on_hold)
    by_card = np.flatnonzero(card)
    edited = np.flatnonzero(added)
    back = np.flatnonzero(refunds.total)
    is_credit = refunds.way == Way.STORE_CREDIT
    back_to = np.where(is_credit, CREDIT_GATEWAY, gateway[refunds.order])
    parts = [
        _some(second, orders.created[second] - 40, SALE, gateway[second], base[second], -1, False),
        _some(held, orders.created[held], AUTHORIZATION, gateway[held], base[held]),
        _some(by_card, orders.paid[by_card], SALE, GIFT_CARD_GATEWAY, card[by_card]),
        _some(sold, orders.paid[sold], SALE, gateway[sold], (base - card)[sold]),
        _some(captured, orders.paid[captured], CAPTURE, gateway[captured], base[captured]),
        _some(voided, orders.cancelled[voided], VOID, gateway[voided], base[voided]),
        _some(edited, orders.edited[edited], SALE, gateway[edited], added[edited]),
        _some(refunds.order[back], refunds.at[back], REFUND, back_to[back],
              refunds.total[back], back),
    ]  # fmt: skip
    return _with_parents(parts, len(orders))


def _gift_card_parts(spec: ShopSpec, orders: Orders, base: Ints, refunds: Refunds) -> Ints:
    """What a gift card of 25 pays of orders that are paid for in two ways (never refunded ones)."""
    value = round(25 * minor_units_per_dollar(spec))
    is_split = (orders.payment == Payment.PARTLY_GIFT_CARD) & (base > value)
    is_split[refunds.order] = False
    return np.where(is_split, value, 0)


def _with_parents(parts: list[Transactions], orders: int) -> Transactions:
    """Captures and voids follow their authorization, refunds the capture or sale of their order.

    Store credit follows nothing: it is no money back.
    """
    together = Transactions(
        *(
            np.concatenate([getattr(part, each.name) for part in parts])
            for each in fields(Transactions)
        )
    )
    rows = np.arange(len(together))
    authorization, payment = np.full(orders, -1), np.full(orders, -1)
    is_held = together.kind == AUTHORIZATION
    authorization[together.order[is_held]] = rows[is_held]
    pays = ((together.kind == SALE) | (together.kind == CAPTURE)) & together.is_success
    payment[together.order[pays][::-1]] = rows[pays][::-1]
    follows = (together.kind == CAPTURE) | (together.kind == VOID)
    parent = np.where(follows, authorization[together.order], -1)
    is_paid_back = (together.kind == REFUND) & (together.gateway != CREDIT_GATEWAY)
    parent = np.where(is_paid_back, payment[together.order], parent)
    return replace(together, parent=parent)


def fees(spec: ShopSpec, transactions: Transactions) -> Ints:
    """What the payment provider keeps of sales and captures."""
    unit = minor_units_per_dollar(spec)
    shares = np.array(FEE_SHARES)[transactions.gateway]
    fixed = np.array([round(fee * unit) for fee in FEE_FIXED])[transactions.gateway]
    pays = (transactions.kind == SALE) | (transactions.kind == CAPTURE)
    fee = half_up(transactions.amount * shares, 10_000) + fixed
    return np.where(pays & transactions.is_success, np.minimum(fee, transactions.amount), 0)


def financial_statuses(orders: Orders, totals: Ints, transactions: Transactions) -> Ints:
    """An index into STATUSES, after everything that happened."""
    pays = ((transactions.kind == SALE) | (transactions.kind == CAPTURE)) & transactions.is_success
    gives_back = transactions.kind == REFUND
    captured = per_order(transactions.amount * pays, transactions.order, len(orders))
    refunded = per_order(transactions.amount * gives_back, transactions.order, len(orders))
    return np.select(
        [
            (orders.payment == Payment.VOIDED) & (totals > 0),
            (refunded > 0) & (refunded >= captured),
            refunded > 0,
            (captured > 0) | (totals == 0),
        ],
        [4, 3, 2, 1],
        0,
    )
