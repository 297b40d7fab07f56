"""Returns: what customers ask to send back, how each request ends, and when each step happens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from sandbox.shop import return_words
from sandbox.shop.catalog import NEVER, Catalog, minor_units_per_dollar
from sandbox.shop.days import DAY, HOUR
from sandbox.shop.lines import Lines
from sandbox.shop.money import half_up
from sandbox.shop.orders import POS, Orders
from sandbox.shop.prices import Prices
from sandbox.shop.returned import can_come_back, details, usual_reasons
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Ints, pick, stream
from sandbox.shop.taken import (
    BATCHES,
    NO_RESTOCK,
    REASONS,
    RefundLines,
    subtotals,
    together,
)

MINUTE = 60
TOO_LATE = list(return_words.DECLINES).index("RETURN_PERIOD_ENDED")
DIRECT_SHARE, CREDIT_SHARE, TO_STORE_SHARE, FAILED_SHARE = 0.12, 0.11, 0.08, 0.008
FAILURES = (0.45, 0.30, 0.15, 0.10)
RESTOCKING_PERCENT, LABEL_FEE = 10, 4.95
PAYS_RESTOCKING = {"changed_mind": 0.30, "other": 0.10}
PAYS_LABEL = {"changed_mind": 0.35, "size_fit": 0.15}
FAULTS = [REASONS.index("product_quality"), REASONS.index("wrong_product")]


class Way(IntEnum):
    """What the customer gets; DIRECT is money back by an app that creates no return."""

    REFUND = 0
    EXCHANGE = 1
    STORE_CREDIT = 2
    DIRECT = 3


class Outcome(IntEnum):
    """How a request ends."""

    DONE = 0
    DECLINED = 1
    CANCELED = 2
    NEVER_SENT = 3
    UNANSWERED = 4


@dataclass(frozen=True)
class Steps:
    """An instant a return, NEVER where the step is not taken; `settled` is when money goes back."""

    requested: Ints
    approved: Ints
    declined: Ints
    canceled: Ints
    received: Ints
    inspected: Ints
    settled: Ints
    closed: Ints


@dataclass(frozen=True)
class Requests:
    """A row a return: first those that come back, by `keys`, then those that fail.

    `of_line` points from lines to requests; `reason` is that of the first line.
    """

    keys: Ints
    order: Ints
    batch: Ints
    reason: Ints
    outcome: Ints
    decline: Ints
    at_store: Flags
    lines: RefundLines
    of_line: Ints

    def __len__(self) -> int:
        return len(self.order)

    def row_of(self, order: Ints, batch: Ints) -> Ints:
        """The request by which an order's goods come back."""
        return np.searchsorted(self.keys, order * BATCHES + batch)

    def sums(self, amounts: Ints) -> Ints:
        """By request, of an amount a line."""
        total = np.bincount(self.of_line, weights=amounts, minlength=len(self))
        return total.astype(np.int64)


@dataclass(frozen=True)
class Swaps:
    """Of each line: the variant sent instead (-1: none), what it costs more and what less."""

    variant: Ints
    surcharge: Ints
    rebate: Ints


@dataclass(frozen=True)
class Returns:
    """What becomes of each request, when, and what it costs the customer and the shop."""

    requests: Requests
    way: Ints
    steps: Steps
    swaps: Swaps
    restocking_fee: Ints
    label_fee: Ints
    shipping_cost: Ints
    processing_cost: Ints


def make_returns(
    spec: ShopSpec, catalog: Catalog, prices: Prices, orders: Orders, lines: Lines,
    removed: Ints, returned: RefundLines, chunk: int,
) -> Returns:  # fmt: skip
    dice = stream(spec.seed, "returns", chunk)
    failed = _failed(dice, catalog, orders, lines, removed, returned)
    requests = _requests(dice, orders, lines, returned, failed)
    way = _ways(dice, orders, requests)
    value = requests.sums(subtotals(lines, requests.lines))
    restocking_fee, label_fee = _fees(dice, spec, requests, way, value)
    shipping_cost, processing_cost = _costs(dice, spec, requests)
    return Returns(
        requests=requests,
        way=way,
        steps=_steps(dice, orders, requests),
        swaps=_swaps(catalog, prices, orders, lines, requests, way),
        restocking_fee=restocking_fee,
        label_fee=label_fee,
        shipping_cost=shipping_cost,
        processing_cost=processing_cost,
    )


def _requests(
    dice: np.random.Generator, orders: Orders, lines: Lines, returned: RefundLines,
    failed: RefundLines,
) -> Requests:  # fmt: skip
    """What comes back of an order in a batch comes in one parcel, whatever its reasons."""
    key = lines.order[returned.line] * BATCHES + returned.batch
    keys, firsts, of_line = np.unique(key, return_index=True, return_inverse=True)
    order = np.concatenate([keys // BATCHES, lines.order[failed.line]])
    outcome = np.full(len(order), Outcome.DONE, dtype=np.int64)
    outcome[len(keys) :] = 1 + pick(dice, FAILURES, len(failed))
    to_store = dice.random(len(orders)) < TO_STORE_SHARE
    declines = [weight for weight, _ in return_words.DECLINES.values()]
    return Requests(
        keys=keys,
        order=order,
        batch=np.concatenate([keys % BATCHES, failed.batch]),
        reason=np.concatenate([returned.note[firsts], failed.note]),
        outcome=outcome,
        decline=pick(dice, declines, len(order)),
        at_store=(orders.source[order] == POS) | to_store[order],
        lines=together([returned, failed]),
        of_line=np.concatenate([of_line, len(keys) + np.arange(len(failed))]),
    )


def _failed(
    dice: np.random.Generator, catalog: Catalog, orders: Orders, lines: Lines, removed: Ints,
    returned: RefundLines,
) -> RefundLines:  # fmt: skip
    """A unit of a line that nothing comes back of: asked for, and never taken back."""
    counts = np.bincount(lines.order, minlength=len(orders))
    chosen = 1 + (dice.random(len(orders)) * counts).astype(np.int64)
    asks = dice.random(len(orders)) < FAILED_SHARE
    is_kept = can_come_back(orders, lines, removed) > 0
    is_kept[returned.line] = False
    asked = asks[lines.order] & (lines.position == chosen[lines.order])
    line = np.flatnonzero(is_kept & asked)
    category = catalog.variant_categories[lines.variant[line]]
    note = usual_reasons(dice, category)
    zeros = np.zeros(len(line), dtype=np.int64)
    detail = details(dice, note, category)
    return RefundLines(line, note, zeros, zeros, zeros + 1, zeros + NO_RESTOCK, detail, zeros - 1)


def _ways(dice: np.random.Generator, orders: Orders, requests: Requests) -> Ints:
    """Store credit needs an account; only goods that come back can do so without a return."""
    chance = dice.random(len(requests))
    exchanged = np.array([return_words.EXCHANGED[name] for name in REASONS])[requests.reason]
    has_account = ~orders.is_guest[requests.order]
    is_credit = (dice.random(len(requests)) < CREDIT_SHARE) & has_account
    is_direct = (chance > 1 - DIRECT_SHARE) & (requests.outcome == Outcome.DONE)
    return np.select(
        [is_direct, chance < exchanged, is_credit],
        [Way.DIRECT, Way.EXCHANGE, Way.STORE_CREDIT],
        Way.REFUND,
    )


def _swaps(
    catalog: Catalog, prices: Prices, orders: Orders, lines: Lines, requests: Requests, way: Ints
) -> Swaps:
    """The next variant of the product, or the same one again, at the prices of the order's day."""
    taken = requests.lines
    old = lines.variant[taken.line]
    is_swapped = way[requests.of_line] == Way.EXCHANGE
    swap = np.where(np.isin(taken.note, FAULTS), old, _siblings(catalog)[old])
    price = prices.prices[orders.day[lines.order[taken.line]], swap]
    difference = (price - lines.price[taken.line]) * taken.quantity * is_swapped
    rebate = np.minimum(np.maximum(-difference, 0), subtotals(lines, taken))
    return Swaps(np.where(is_swapped, swap, -1), np.maximum(difference, 0), rebate)


def _siblings(catalog: Catalog) -> Ints:
    """The next variant of each variant's product; the first one follows the last."""
    product = catalog.variants.products
    rows = np.arange(len(product))
    first = np.searchsorted(product, product)
    is_last = np.append(np.diff(product) > 0, True)[: len(product)]
    return np.where(is_last, first, rows + 1)


def _fees(
    dice: np.random.Generator, spec: ShopSpec, requests: Requests, way: Ints, value: Ints
) -> tuple[Ints, Ints]:
    """What is withheld from money that goes back for goods that had no fault."""
    is_refund = way == Way.REFUND
    restocking = np.array([PAYS_RESTOCKING.get(name, 0.0) for name in REASONS])[requests.reason]
    label = np.array([PAYS_LABEL.get(name, 0.0) for name in REASONS])[requests.reason]
    pays_restocking = is_refund & (dice.random(len(way)) < restocking)
    pays_label = is_refund & (dice.random(len(way)) < label) & ~requests.at_store
    fee = round(LABEL_FEE * minor_units_per_dollar(spec))
    return (
        half_up(value * RESTOCKING_PERCENT, 100) * pays_restocking,
        np.minimum(value // 4, fee) * pays_label,
    )


def _costs(dice: np.random.Generator, spec: ShopSpec, requests: Requests) -> tuple[Ints, Ints]:
    """What the carrier takes for the way back, and what handling it costs."""
    unit, count = minor_units_per_dollar(spec), len(requests)
    shipping = np.rint(dice.uniform(3.9, 9.5, count) * unit).astype(np.int64)
    line_counts = np.bincount(requests.of_line, minlength=count)
    effort = dice.uniform(1.5, 3.5, count) + dice.uniform(1.2, 2.4, count) * line_counts
    handling = np.rint(effort * unit).astype(np.int64)
    return np.where(requests.at_store, 0, shipping), handling


def _steps(dice: np.random.Generator, orders: Orders, requests: Requests) -> Steps:
    """At the counter everything happens at once; parcels take days."""
    outcome, count = requests.outcome, len(requests)

    def wait(shape: float, scale: float, at_counter: float = 0.0) -> Ints:
        seconds = np.where(requests.at_store, at_counter, dice.gamma(shape, scale, count))
        return np.rint(seconds).astype(np.int64)

    is_done, is_declined = outcome == Outcome.DONE, outcome == Outcome.DECLINED
    is_approved = ~is_declined & (outcome != Outcome.UNANSWERED)
    requested = _requested(dice, orders, requests)
    answered = requested + wait(1.0, 12 * HOUR) + wait(0.1, 5 * DAY)
    received = answered + wait(6.0, 22 * HOUR)
    inspected = received + wait(1.3, DAY, 10 * MINUTE)
    settled = inspected + wait(1.0, 16 * HOUR, 5 * MINUTE) + MINUTE
    canceled = answered + 9 * DAY + wait(1.0, 3 * DAY)
    return Steps(
        requested=requested,
        approved=np.where(is_approved, answered, NEVER),
        declined=np.where(is_declined, answered, NEVER),
        canceled=np.where(outcome == Outcome.CANCELED, canceled, NEVER),
        received=np.where(is_done, received, NEVER),
        inspected=np.where(is_done, inspected, NEVER),
        settled=np.where(is_done, settled, NEVER),
        closed=np.where(is_done, settled + wait(1.0, 3 * HOUR), NEVER),
    )


def _requested(dice: np.random.Generator, orders: Orders, requests: Requests) -> Ints:
    """Days or weeks after the goods arrived; what is declined as late, a month later still."""
    shipped = np.minimum(orders.closed[requests.order], NEVER - 400 * DAY)
    on_the_way = np.where(requests.at_store, HOUR, 2 * DAY)
    thought = dice.gamma(1.8, 6.0 * DAY, len(requests)).astype(np.int64)
    is_late = (requests.outcome == Outcome.DECLINED) & (requests.decline == TOO_LATE)
    later = 8 * DAY * requests.batch + 30 * DAY * is_late
    return shipped + on_the_way + thought + later
