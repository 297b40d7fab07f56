"""How web orders came about: the first and the last visit before them."""

from __future__ import annotations

import numpy as np

from sandbox.shop import words
from sandbox.shop.columns import Column, choice, flag, instant, whole
from sandbox.shop.days import DAY
from sandbox.shop.orders import WEB, Orders
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Ints, pick, stream

READY, NOT_READY, NO_CONSENT = range(3)
JOURNEYS = (0.93, 0.01, 0.06)
VISIT_TEXTS = (
    "source", "source_type", "utm_source", "utm_medium", "utm_campaign", "landing_page",
    "referrer_url",
)  # fmt: skip


def journey_columns(
    spec: ShopSpec, orders: Orders, order_index: Ints, chunk: int
) -> dict[str, Column]:
    """Columns of orders: no journey unless from the web, no visits unless they may be kept."""
    dice = stream(spec.seed, "journeys", chunk)
    count = len(orders)
    is_web = orders.source == WEB
    journey = pick(dice, JOURNEYS, count)
    has_visits = is_web & (journey == READY)
    last_at = orders.processed - dice.integers(30, 3_600, count)
    is_same = dice.random(count) < 0.6
    weights = [each.weight * words.CHANNELS[each.channel][0] for each in words.VISITS]
    first_visit = np.where(is_same, orders.visit, pick(dice, weights, count))
    earlier = dice.gamma(0.6, 6.0, count).clip(0, 29.5) * DAY
    first_at = last_at - np.where(dice.random(count) < 0.45, 0, earlier).astype(np.int64)
    first_visit = np.where(first_at == last_at, orders.visit, first_visit)
    has_index = has_visits & (order_index > 0)
    return {
        "journey_ready": _nullable_flag(journey != NOT_READY, ~is_web),
        "customer_order_index": whole(order_index, ~has_index),
        "days_to_conversion": whole((orders.processed - first_at) // DAY, ~has_visits),
        **_visit_columns("first", first_visit, first_at, has_visits),
        **_visit_columns("last", orders.visit, last_at, has_visits),
    }


def _nullable_flag(values: Flags, missing: Flags) -> Column:
    """`missing` values are null."""
    codes = np.where(missing, -1, values.astype(int))
    return flag(np.array([False, True])).take(whole(np.maximum(codes, 0), missing))


def _visit_columns(prefix: str, visit: Ints, at: Ints, is_there: Flags) -> dict[str, Column]:
    codes = np.where(is_there, visit, -1)
    texts = {
        f"{prefix}_visit_{name}": choice(codes, [getattr(each, name) for each in words.VISITS])
        for name in VISIT_TEXTS
    }
    return {f"{prefix}_visit_at": instant(at, ~is_there), **texts}
