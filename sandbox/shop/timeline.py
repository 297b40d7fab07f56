"""When orders are placed, in which order they get their ids, and who places them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.shop import words
from sandbox.shop.days import DAY, HOUR, Days, instants
from sandbox.shop.demand import Demand
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Floats, Ints, pick, shares, stream

FIRST_ORDER, FIRST_CUSTOMER, FIRST_NAME = 5_600_000_000_000, 7_200_000_000_000, 1_001
ORDER_STEP = 32
GUEST_SHARE = 0.1
LAST_ORDER_SHARE = 0.15


@dataclass(frozen=True)
class Timeline:
    """Row i is the i-th order by processed_at. `people` is the row of its person's first order."""

    day: Ints
    processed: Ints
    created: Ints
    rank: Ints
    people: Ints
    is_guest: Flags
    is_test: Flags
    order_index: Ints

    @property
    def ids(self) -> Ints:
        """They grow with created_at."""
        return FIRST_ORDER + ORDER_STEP * self.rank


@dataclass(frozen=True)
class People:
    """Row i is the person whose first order is the i-th; `customer_ids` is 0 without an account."""

    places: Ints
    segments: Ints
    first_names: Ints
    last_names: Ints
    customer_ids: Ints


def orders_by_day(spec: ShopSpec, days: Days, demand: Demand) -> Ints:
    """The local day of each order: as many orders as the spec asks for, if anything sells."""
    weights = days.factors * demand.by_day
    if not spec.orders or not weights.sum():
        return np.empty(0, dtype=np.int64)
    counts = stream(spec.seed, "counts").multinomial(spec.orders, weights / weights.sum())
    return np.repeat(np.arange(len(days.dates)), counts)


def make_timeline(spec: ShopSpec, days: Days, demand: Demand) -> Timeline:
    day = orders_by_day(spec, days, demand)
    processed = instants(days, day, stream(spec.seed, "instants"))
    created = _created(spec, days, processed)
    rank = np.empty(len(day), dtype=np.int64)
    rank[np.lexsort((processed, created))] = np.arange(len(day))
    people = _people_of(spec, processed)
    dice = stream(spec.seed, "guests")
    is_guest = dice.random(len(day)) < GUEST_SHARE
    is_test = dice.random(len(day)) < 0.004
    return Timeline(
        day=day,
        processed=processed,
        created=created,
        rank=rank,
        people=people,
        is_guest=is_guest,
        is_test=is_test,
        order_index=_order_index(people, is_guest | is_test),
    )


def _created(spec: ShopSpec, days: Days, processed: Ints) -> Ints:
    """Most orders are created as they are processed; some are imported later, one batch at once."""
    dice = stream(spec.seed, "imports")
    kind = pick(dice, [0.996, 0.004], len(processed))
    delay = dice.integers(6 * HOUR, 20 * DAY, len(processed))
    batch = days.edges[len(days.dates) * 2 // 5] + 11 * HOUR
    is_batched = (processed > batch - 30 * DAY) & (processed < batch)
    is_batched &= dice.random(len(processed)) < 0.03
    created = np.where(kind == 1, np.minimum(processed + delay, days.end - 1), processed)
    return np.where(is_batched, batch, created)


def _people_of(spec: ShopSpec, placed: Ints) -> Ints:
    """Who placed each order: somebody new, or whoever placed one about a month and a half before.

    Whoever ordered more is found more often, which makes the number of orders heavy-tailed.
    """
    dice = stream(spec.seed, "people")
    count = len(placed)
    rows = np.arange(count)
    if not count:
        return rows
    gap = np.exp(dice.normal(np.log(45 * DAY), 1.1, count)).astype(np.int64) + HOUR
    age = (placed - placed[0]) / DAY
    returns = dice.random(count) < spec.repeat_share * (1 - np.exp(-age / 90))
    continues = dice.random(count) >= LAST_ORDER_SHARE
    latest = np.maximum.accumulate(np.where(continues, rows, -1))
    found = np.searchsorted(placed, placed - gap) - 1
    parent = np.where(found >= 0, latest[np.maximum(found, 0)], -1)
    people = np.where(returns & (parent >= 0), parent, rows)
    while True:
        earlier = people[people]
        if np.array_equal(earlier, people):
            return people
        people = earlier


def _order_index(people: Ints, is_left_out: Flags) -> Ints:
    """The how-manieth order of its customer each one is, guests and tests left out (0)."""
    counted = np.flatnonzero(~is_left_out)
    sorted_rows = counted[np.argsort(people[counted], kind="stable")]
    starts = np.flatnonzero(np.diff(people[sorted_rows], prepend=-1))
    lengths = np.diff(np.append(starts, len(sorted_rows)))
    index = np.zeros(len(people), dtype=np.int64)
    index[sorted_rows] = np.arange(len(sorted_rows)) - np.repeat(starts, lengths) + 1
    return index


def make_people(spec: ShopSpec, timeline: Timeline) -> People:
    count = len(timeline.people)
    dice = stream(spec.seed, "lives")
    has_account = np.zeros(count, dtype=bool)
    has_account[timeline.people[~timeline.is_guest]] = True
    return People(
        places=pick(dice, place_weights(spec), count),
        segments=pick(dice, shares(words.SEGMENTS), count),
        first_names=dice.integers(0, len(words.FIRST_NAMES), count),
        last_names=dice.integers(0, len(words.LAST_NAMES), count),
        customer_ids=np.where(has_account, FIRST_CUSTOMER + 8 * np.cumsum(has_account), 0),
    )


def place_weights(spec: ShopSpec) -> Floats:
    """Most parcels stay in the shop's country (anywhere, if no place of it is known)."""
    weights = np.array([place.weight for place in words.PLACES])
    home = np.array([place.country_code == spec.country_code for place in words.PLACES])
    if not home.any():
        return weights
    at_home = (1 - spec.abroad_share) * weights * home / weights[home].sum()
    return at_home + spec.abroad_share * weights * ~home / weights[~home].sum()
