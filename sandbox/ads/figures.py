"""What came of the spend, by slot and day: who saw it, clicked and bought. The final truth."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sandbox.ads.plans import CURVES, PLATFORMS, Kind
from sandbox.ads.slots import Slots
from sandbox.ads.span import Span
from sandbox.ads.spend import Spend
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Floats, Ints, stream

NOISE = 0.1
SMALLEST_BASKET = 0.02
HUNDRED = 100
SPLIT_SHARE = 0.3


@dataclass(frozen=True)
class Figures:
    """Row r is something shown: its slot and day and what came of it.

    Purchases are in hundredths, values in minor units of the account's currency.
    """

    slot: Ints
    day: Ints
    spend: Ints
    impressions: Ints
    clicks: Ints
    video_views: Ints
    engagements: Ints
    purchases: Ints
    purchase_value: Ints
    view_purchases: Ints
    add_to_carts: Ints


def curve_parameters(spend: Spend) -> tuple[Floats, Floats]:
    """Each platform's most that a day can bring, and the spend that brings half of it."""
    half = spend.usual / np.array([curve.saturation for curve in CURVES.values()])
    returns = np.array([curve.return_on_spend for curve in CURVES.values()])
    return returns * (half + spend.usual), half


def make_figures(
    spec: ShopSpec, span: Span, slots: Slots, kinds: list[Kind], sources: list[str], spend: Spend,
    basket: float,
) -> Figures:  # fmt: skip
    """`kinds` and `sources` are the slots'; `basket` is what an order comes to."""
    dice = stream(spec.seed, "ad figures")
    slot, day = np.nonzero(spend.minor)
    shown = _shown(slots, kinds, span, spend, slot, day, dice)
    return _bought(slots, sources, spend, shown, basket, dice)


def _shown(
    slots: Slots, kinds: list[Kind], span: Span, spend: Spend, slot: Ints, day: Ints,
    dice: np.random.Generator,
) -> Figures:  # fmt: skip
    paid = spend.in_shop_money[slot, day] / span.unit
    price = slots.cpm[slot] * np.exp(dice.normal(0, 0.12, len(slot)))
    impressions = 1 + dice.poisson(paid * 1_000 / price)
    age = day - slots.first[slot]
    rate = slots.ctr[slot] * np.exp(-slots.decay[slot] * age + dice.normal(0, 0.05, len(slot)))
    clicks = dice.binomial(impressions, np.minimum(rate, 0.9))
    view_rate, engagement_rate = (
        np.array([getattr(kind, name) for kind in kinds])[slot]
        for name in ("view_rate", "engagement_rate")
    )
    return Figures(
        slot=slot,
        day=day,
        spend=spend.minor[slot, day],
        impressions=impressions,
        clicks=clicks,
        video_views=dice.binomial(impressions, view_rate),
        engagements=dice.binomial(impressions, engagement_rate),
        purchases=np.zeros_like(slot),
        purchase_value=np.zeros_like(slot),
        view_purchases=dice.poisson(
            0.02 * clicks * np.array([kind.view_purchases for kind in kinds])[slot]
        ),
        add_to_carts=dice.binomial(clicks, 0.07),
    )


def _bought(
    slots: Slots, sources: list[str], spend: Spend, shown: Figures, basket: float,
    dice: np.random.Generator,
) -> Figures:  # fmt: skip
    """A platform's day brings what its curve says, in purchases that go where the clicks are."""
    curve = slots.curve[shown.slot]
    days = spend.minor.shape[1]
    cell = curve * days + shown.day
    paid = np.bincount(
        cell, weights=spend.in_shop_money[shown.slot, shown.day], minlength=len(CURVES) * days
    )
    most, half = (np.repeat(each, days) for each in curve_parameters(spend))
    revenue = most * paid / np.where(half + paid > 0, half + paid, 1.0)
    revenue *= np.exp(dice.normal(-(NOISE**2) / 2, NOISE, len(revenue)))
    counts = np.maximum(np.rint(revenue / max(basket, 1e-9)).astype(np.int64), 1)
    weights = (shown.clicks + 0.02) * slots.buying[shown.slot]
    counts[np.bincount(cell, weights=weights, minlength=len(counts)) == 0] = 0
    counts[revenue < SMALLEST_BASKET * basket] = 0
    event_cell = np.repeat(np.arange(len(counts)), counts)
    row = _drawn(cell, weights, event_cell, dice)
    size = np.exp(dice.normal(0, 0.45, len(row)))
    size /= np.bincount(event_cell, weights=size, minlength=len(counts))[event_cell]
    other = _drawn(cell, weights, event_cell, dice)
    is_split = np.array([PLATFORMS[source].is_fractional for source in sources])[shown.slot[row]]
    is_split &= dice.random(len(row)) < SPLIT_SHARE
    part = np.where(is_split, dice.integers(20, 81, len(row)), HUNDRED)
    return _added(spend, shown, row, part, revenue[event_cell] * size, other)


def _drawn(cell: Ints, weights: Floats, wanted: Ints, dice: np.random.Generator) -> Ints:
    """A row of each wanted cell, as likely as its weight."""
    order = np.argsort(cell, kind="stable")
    edges = np.cumsum(weights[order])
    padded = np.append(0.0, edges)
    first = np.searchsorted(cell[order], wanted)
    after = np.searchsorted(cell[order], wanted, side="right")
    drawn = padded[first] + dice.random(len(wanted)) * (padded[after] - padded[first])
    place = np.clip(np.searchsorted(edges, drawn, side="right"), first, after - 1)
    return order[place]


def _added(
    spend: Spend, shown: Figures, row: Ints, part: Ints, value: Floats, other: Ints
) -> Figures:
    """Purchases of which `part` hundredths go to `row` and the rest to the `other` row."""
    rows = np.concatenate([row, other])
    parts = np.concatenate([part, HUNDRED - part])
    values = np.tile(value, 2) * parts / HUNDRED
    rates = spend.rates[shown.slot[rows], shown.day[rows]]
    minor = np.rint(values / rates * spend.scale[shown.slot[rows]])
    count = len(shown.slot)
    purchases = np.bincount(rows, weights=parts, minlength=count).astype(np.int64)
    needed = -(-purchases // HUNDRED)
    return replace(
        shown,
        purchases=purchases,
        purchase_value=np.bincount(rows, weights=minor, minlength=count).astype(np.int64),
        clicks=np.maximum(shown.clicks, needed),
        impressions=np.maximum(shown.impressions, np.maximum(shown.clicks, needed)),
        add_to_carts=np.maximum(shown.add_to_carts, needed),
    )
