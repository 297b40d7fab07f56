"""What people want on a day: popularity, lifecycle, stock, and price to its elasticity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.shop.catalog import GIFT_CARD, Catalog
from sandbox.shop.days import DAY, Days
from sandbox.shop.prices import Prices
from sandbox.shop.streams import Floats, Ints

RAMP_DAYS = 30


@dataclass(frozen=True)
class Demand:
    """`edges` are the running sums of what is wanted, day after day, variant after variant."""

    edges: Floats
    variants: int
    by_day: Floats

    def draw(self, day: Ints, dice: np.random.Generator) -> Ints:
        """A variant for each entry of `day`, as likely as it is wanted on that day."""
        padded = np.append(0.0, self.edges)
        below, above = padded[day * self.variants], padded[(day + 1) * self.variants]
        drawn = np.searchsorted(
            self.edges, below + dice.random(len(day)) * (above - below), "right"
        )
        return np.minimum(drawn - day * self.variants, self.variants - 1)


def make_demand(days: Days, catalog: Catalog, prices: Prices) -> Demand:
    variants = catalog.variants
    elasticities = catalog.products.elasticities[variants.products]
    usual = np.maximum(variants.prices, 1)
    wanted = np.power(prices.effective(catalog) / usual, elasticities)
    wanted *= variants.popularity * _lifecycle(days, catalog)[:, variants.products]
    wanted *= prices.in_stock
    by_day = wanted.sum(axis=1)
    return Demand(np.cumsum(wanted.ravel()), len(variants.skus), by_day)


def _lifecycle(days: Days, catalog: Catalog) -> Floats:
    """By day and product: nothing before its launch and after its end, slowly more in between."""
    products = catalog.products
    noon = (days.edges[:-1] + days.edges[1:])[:, None] // 2
    age = (days.edges[:-1][:, None] - products.created) / DAY
    ramp = np.clip(age / RAMP_DAYS, 0.0, 1.0)
    ramp = np.where(products.categories == GIFT_CARD, 1.0, ramp)
    return np.where((age >= 0) & (noon + DAY < products.stopped), ramp, 0.0)
