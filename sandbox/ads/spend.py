"""What is spent on each slot and day: the platform's day, shared out among what is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.ads.plans import CURVES
from sandbox.ads.slots import Slots
from sandbox.ads.span import Span
from sandbox.shop.spec import ShopSpec, decimals
from sandbox.shop.streams import Flags, Floats, Ints, stream

SPEND_SHARE = 0.12
WAVE_DAYS = 21
LOWEST, HIGHEST = 0.3, 3.0


@dataclass(frozen=True)
class Spend:
    """By slot and day: `minor` units of the account's currency, and the same in the shop's money.

    `usual` is a platform's usual day in the shop's money.
    """

    minor: Ints
    scale: Ints
    rates: Floats
    usual: Floats

    @property
    def in_shop_money(self) -> Floats:
        return self.minor / self.scale[:, None] * self.rates


def make_spend(
    spec: ShopSpec, span: Span, slots: Slots, shown: Flags, is_abroad: Flags, revenue: float
) -> Spend:
    """`revenue` is the shop's on an average day; `is_abroad` says whose account counts in euro."""
    dice = stream(spec.seed, "ad spend")
    usual = SPEND_SHARE * revenue * np.array([curve.share for curve in CURVES.values()])
    by_platform = usual[:, None] * waves(span.count, len(usual), dice)
    weights = slots.weight[:, None] * shown
    weights = weights * np.exp(dice.normal(0, 0.18, weights.shape))
    sums = np.zeros((len(usual), span.count))
    np.add.at(sums, slots.curve, weights)
    parts = weights / np.where(sums > 0, sums, 1.0)[slots.curve]
    rates = np.where(is_abroad[:, None], span.rates, 1.0)
    scale = np.where(is_abroad, 100, 10 ** decimals(spec.currency_code))
    minor = np.rint(by_platform[slots.curve] * parts / rates * scale[:, None]).astype(np.int64)
    return Spend(minor, scale, rates, usual)


def waves(days: int, platforms: int, dice: np.random.Generator) -> Floats:
    """Factors on the usual day: they swing between a third and the threefold over weeks."""
    knots = np.arange(0, days + 2 * WAVE_DAYS, WAVE_DAYS)
    levels = dice.uniform(np.log(LOWEST), np.log(HIGHEST), (platforms, len(knots)))
    smooth = np.array([np.interp(np.arange(days), knots, level) for level in levels])
    factors = np.exp(smooth + dice.normal(0, 0.08, smooth.shape))
    return factors / factors.mean(axis=1, keepdims=True)
