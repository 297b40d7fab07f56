"""What is decided about an order as a whole: where, how, by whom, how paid, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from sandbox.shop import words
from sandbox.shop.catalog import NEVER
from sandbox.shop.days import DAY, HOUR, Days
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Ints, pick, shares, stream
from sandbox.shop.timeline import People, Timeline

SOURCES = list(words.SOURCES)
WEB, POS, DRAFT = SOURCES.index("web"), SOURCES.index("pos"), SOURCES.index("shopify_draft_order")


class Fate(IntEnum):
    """How an order ends."""

    KEPT = 0
    CANCELLED_REFUNDED = 1
    CANCELLED_VOIDED = 2
    CANCELLED_VOIDED_QUIETLY = 3
    CANCELLED_UNPAID = 4
    CANCELLED_NOT_REFUNDED = 5


class Edit(IntEnum):
    """What an order edit does."""

    NONE = 0
    ADDS_A_LINE = 1
    REMOVES_UNITS = 2


class Payment(IntEnum):
    """How an order is paid."""

    SALE = 0
    PAYPAL = 1
    CAPTURED = 2
    SECOND_ATTEMPT = 3
    LATER = 4
    NEVER = 5
    GIFT_CARD = 6
    PARTLY_GIFT_CARD = 7
    CASH = 8
    VOIDED = 9
    BOGUS = 10


class Code(IntEnum):
    """The discount on the whole order."""

    NONE = 0
    WELCOME10 = 1
    FRIENDS15 = 2
    TAKE5 = 3
    FREESHIP = 4
    BY_HAND = 5
    REPLACEMENT = 6


FATES = (0.972, 0.015, 0.003, 0.003, 0.004, 0.003)
PAYMENTS = (0.52, 0.19, 0.18, 0.03, 0.025, 0.008, 0.012, 0.02)
CODE_SHARE, CODES = 0.09, (0.35, 0.20, 0.25, 0.20)


@dataclass(frozen=True)
class Orders:
    """A chunk of orders, a row each; instants are seconds, NEVER where a thing does not happen."""

    rows: Ints
    ids: Ints
    day: Ints
    processed: Ints
    created: Ints
    person: Ints
    place: Ints
    segment: Ints
    source: Ints
    visit: Ints
    is_guest: Flags
    is_test: Flags
    taxes_included: Flags
    fate: Ints
    edit: Ints
    payment: Ints
    code: Ints
    paid: Ints
    edited: Ints
    cancelled: Ints
    closed: Ints
    deleted: Ints

    @property
    def is_valid(self) -> Flags:
        """Counts in the books: not a test, not cancelled, not deleted."""
        return ~self.is_test & (self.fate == Fate.KEPT) & (self.deleted == NEVER)

    def __len__(self) -> int:
        return len(self.rows)


def make_orders(
    spec: ShopSpec, days: Days, timeline: Timeline, people: People, rows: Ints, chunk: int
) -> Orders:
    dice = stream(spec.seed, "orders", chunk)
    count = len(rows)
    person = timeline.people[rows]
    is_test = timeline.is_test[rows]
    created = timeline.created[rows]
    source = pick(dice, shares(words.SOURCES), count)
    segment = people.segments[person]
    place = np.where(source == POS, _home(spec), people.places[person])
    fate = np.where(is_test | (source == POS), Fate.KEPT, pick(dice, FATES, count))
    cancelled = created + dice.integers(HOUR, 3 * DAY, count)
    fate = np.where(cancelled < days.end, fate, Fate.KEPT)
    payment = _payments(dice, source, fate, is_test)
    edit = _edits(dice, source, fate, payment, is_test)
    edited = created + dice.integers(HOUR, 20 * HOUR, count)
    edit = np.where(edited < days.end, edit, Edit.NONE)
    paid = _paid(dice, created, payment)
    edited = np.where(edit == Edit.NONE, NEVER, edited)
    return Orders(
        rows=rows,
        ids=timeline.ids[rows],
        day=timeline.day[rows],
        processed=timeline.processed[rows],
        created=created,
        person=person,
        place=place,
        segment=segment,
        source=source,
        visit=_visits(dice, count),
        is_guest=timeline.is_guest[rows],
        is_test=is_test,
        taxes_included=_taxes_included()[place],
        fate=fate,
        edit=edit,
        payment=payment,
        code=_codes(dice, source, segment),
        paid=paid,
        edited=edited,
        cancelled=np.where(fate == Fate.KEPT, NEVER, cancelled),
        closed=_closed(dice, days, source, fate, created, paid, edited),
        deleted=_deleted(dice, days, created),
    )


def _home(spec: ShopSpec) -> int:
    """The place of the shop's own counter."""
    countries = [place.country_code for place in words.PLACES]
    return countries.index(spec.country_code) if spec.country_code in countries else 0


def _taxes_included() -> Flags:
    return np.array([place.country_code in words.TAX_IS_INCLUDED_IN for place in words.PLACES])


def _payments(dice: np.random.Generator, source: Ints, fate: Ints, is_test: Flags) -> Ints:
    payment = pick(dice, PAYMENTS, len(source))
    at_counter = np.where(dice.random(len(source)) < 0.3, Payment.CASH, Payment.SALE)
    is_voided = (fate == Fate.CANCELLED_VOIDED) | (fate == Fate.CANCELLED_VOIDED_QUIETLY)
    is_paid = (fate == Fate.CANCELLED_REFUNDED) | (fate == Fate.CANCELLED_NOT_REFUNDED)
    return np.select(
        [is_test, source == POS, is_voided, fate == Fate.CANCELLED_UNPAID, is_paid],
        [Payment.BOGUS, at_counter, Payment.VOIDED, Payment.NEVER, Payment.SALE],
        payment,
    )


def _edits(
    dice: np.random.Generator, source: Ints, fate: Ints, payment: Ints, is_test: Flags
) -> Ints:
    """Some orders that are paid at once are edited before they ship."""
    edit = pick(dice, [0.98, 0.01, 0.01], len(source))
    can_be = (fate == Fate.KEPT) & (source != POS) & ~is_test
    can_be &= (payment == Payment.SALE) | (payment == Payment.PAYPAL)
    return np.where(can_be, edit, Edit.NONE)


def _paid(dice: np.random.Generator, created: Ints, payment: Ints) -> Ints:
    """The instant of the sale or of the capture."""
    count = len(created)
    capture = created + dice.integers(HOUR, 20 * HOUR, count)
    later = created + dice.integers(DAY, 5 * DAY, count)
    never = (payment == Payment.NEVER) | (payment == Payment.VOIDED)
    return np.select(
        [never, payment == Payment.CAPTURED, payment == Payment.LATER],
        [NEVER, capture, later],
        created + dice.integers(0, 3, count),
    )


def _closed(
    dice: np.random.Generator, days: Days, source: Ints, fate: Ints, created: Ints, paid: Ints,
    edited: Ints,
) -> Ints:  # fmt: skip
    """Orders are closed when they have shipped: after payment and after the last edit.

    What is sold at the counter is taken along at once.
    """
    handling = np.exp(dice.normal(np.log(1.6 * DAY), 0.5, len(created))).astype(np.int64)
    handling = np.where(source == POS, 0, handling)
    packing = np.where(source == POS, 0, HOUR)
    closed = np.maximum(created + handling, np.minimum(paid, NEVER - DAY) + packing)
    closed = np.where(edited < NEVER, np.maximum(closed, edited + 6 * HOUR), closed)
    happens = (fate == Fate.KEPT) & (paid < days.end) & (closed < days.end)
    return np.where(happens, closed, NEVER)


def _deleted(dice: np.random.Generator, days: Days, created: Ints) -> Ints:
    deleted = created + dice.integers(20 * DAY, 200 * DAY, len(created))
    happens = (dice.random(len(created)) < 0.0012) & (deleted < days.end)
    return np.where(happens, deleted, NEVER)


def _codes(dice: np.random.Generator, source: Ints, segment: Ints) -> Ints:
    eager = np.array([row[3] for row in words.SEGMENTS.values()])[segment]
    has_code = (dice.random(len(source)) < CODE_SHARE * eager) & (source == WEB)
    code = np.where(has_code, 1 + pick(dice, CODES, len(source)), Code.NONE)
    by_hand = np.array([Code.NONE, Code.BY_HAND, Code.REPLACEMENT])
    drafts = by_hand[pick(dice, [0.62, 0.30, 0.08], len(source))]
    return np.where(source == DRAFT, drafts, code)


def _visits(dice: np.random.Generator, count: int) -> Ints:
    """The last visit before each order: an index into VISITS."""
    weights = [each.weight * words.CHANNELS[each.channel][0] for each in words.VISITS]
    return pick(dice, weights, count)
