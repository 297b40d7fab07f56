"""Which units customers send back, why, and in which condition they arrive."""

from __future__ import annotations

import numpy as np

from sandbox.shop import return_words, words
from sandbox.shop.catalog import CATEGORIES, GIFT_CARD, NEVER, Catalog
from sandbox.shop.causes import BATCH_RATE, SERIAL_RATE, Causes
from sandbox.shop.lines import Lines
from sandbox.shop.orders import Orders
from sandbox.shop.return_words import CONDITIONS, DETAILS
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Floats, Ints, pick, stream
from sandbox.shop.taken import NO_RESTOCK, REASONS, RETURN, RefundLines, together

SIZE, QUALITY = REASONS.index("size_fit"), REASONS.index("product_quality")
SIZE_PROBLEM = [category.name for category in CATEGORIES].index(words.SIZE_PROBLEM)
SERIAL_REASONS = (0.30, 0.02, 0.62, 0.01, 0.02, 0.03)
TOO_SMALL, TOO_SMALL_FACTOR = 0, 4.0
LOST = [detail.handle for detail in DETAILS].index(return_words.LOST)


def return_rates() -> np.ndarray:
    """By category and reason: the share of units sold that comes back."""
    return np.array([category.return_rates for category in CATEGORIES])


def size_problem_rate() -> float:
    return float(return_rates()[SIZE_PROBLEM, SIZE])


def can_come_back(orders: Orders, lines: Lines, removed: Ints) -> Ints:
    """How many units of each line were shipped and are no gift cards or custom items."""
    ships = (orders.closed < NEVER) & ~orders.is_test & (orders.deleted == NEVER)
    is_possible = ships[lines.order] & (lines.variant >= 0) & ~lines.is_gift_card
    return np.where(is_possible, lines.quantity - removed, 0)


def units_returned(
    spec: ShopSpec, catalog: Catalog, causes: Causes, orders: Orders, lines: Lines, removed: Ints,
    chunk: int,
) -> RefundLines:  # fmt: skip
    """At most two rows a line, in the order in which they come back."""
    dice = stream(spec.seed, "returned", chunk)
    category = catalog.variant_categories[np.maximum(lines.variant, 0)]
    is_faulty = causes.is_faulty(lines.variant, orders.day[lines.order])
    is_serial = causes.sends_back(orders)[lines.order] & ~is_faulty
    usual = return_rates().sum(axis=1)[category]
    chance = np.select([is_faulty, is_serial], [BATCH_RATE, SERIAL_RATE], usual)
    units = dice.binomial(can_come_back(orders, lines, removed), chance)
    line = np.flatnonzero(units)
    note = usual_reasons(dice, category[line])
    serial_note = pick(dice, SERIAL_REASONS, len(line))
    note = np.select([is_faulty[line], is_serial[line]], [QUALITY, serial_note], note)
    detail = details(dice, note, category[line])
    return _in_batches(dice, units[line], removed[line], line, note, detail)


def usual_reasons(dice: np.random.Generator, category: Ints) -> Ints:
    """An index into REASONS for each entry, as likely as in its category."""
    rates = return_rates()
    note = np.zeros(len(category), dtype=np.int64)
    for each in range(GIFT_CARD):
        of_category = np.flatnonzero(category == each)
        note[of_category] = pick(dice, rates[each], len(of_category))
    return note


def details(dice: np.random.Generator, note: Ints, category: Ints) -> Ints:
    """An index into DETAILS for each entry; where sizes are wrong, mostly too small."""
    has_problem = (category == SIZE_PROBLEM) & (note == SIZE)
    detail = np.zeros(len(note), dtype=np.int64)
    for each in range(len(REASONS)):
        of_reason = np.flatnonzero((note == each) & ~has_problem)
        detail[of_reason] = pick(dice, _detail_weights(each), len(of_reason))
    small = _detail_weights(SIZE)
    small[TOO_SMALL] *= TOO_SMALL_FACTOR
    affected = np.flatnonzero(has_problem)
    detail[affected] = pick(dice, small, len(affected))
    return detail


def _detail_weights(reason: int) -> Floats:
    return np.array([each.weight * (each.reason == REASONS[reason]) for each in DETAILS])


def _in_batches(
    dice: np.random.Generator, units: Ints, removed: Ints, line: Ints, note: Ints, detail: Ints
) -> RefundLines:
    """Some of a line now, the others a week later."""
    count = len(line)
    is_late = dice.random(count) < 0.15
    is_split = (units > 1) & (dice.random(count) < 0.3)
    early = np.select([is_split, is_late], [units // 2, 0], units)
    zeros = np.zeros(count, dtype=np.int64)
    parts = []
    for batch, first, quantity in (
        (0, removed, early),
        (1, removed + early, units - early),
    ):
        condition = _conditions(dice, note, detail)
        restock = _restocks(dice, condition)
        part = RefundLines(line, note, zeros + batch, first, quantity, restock, detail, condition)
        parts.append(part.where(quantity > 0))
    return together(parts)


def _conditions(dice: np.random.Generator, note: Ints, detail: Ints) -> Ints:
    """An index into CONDITIONS, -1 for what was lost on its way."""
    condition = np.zeros(len(note), dtype=np.int64)
    for each, reason in enumerate(REASONS):
        of_reason = np.flatnonzero(note == each)
        condition[of_reason] = pick(dice, return_words.CONDITION_SHARES[reason], len(of_reason))
    return np.where(detail == LOST, -1, condition)


def _restocks(dice: np.random.Generator, condition: Ints) -> Ints:
    chances = np.array([return_words.RESTOCKED[name] for name in CONDITIONS])
    is_restocked: Flags = (condition >= 0) & (dice.random(len(condition)) < chances[condition])
    return np.where(is_restocked, RETURN, NO_RESTOCK)
