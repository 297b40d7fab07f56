"""How prices and costs move, when promotions run and when variants are out of stock.

Matrices have a row for each local day. Changes take effect at local midnight: a day has one price.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.shop.catalog import CATEGORIES, GIFT_CARD, Catalog, charm
from sandbox.shop.days import Days, holiday
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Floats, Ints, stream

PRICE_SPREAD = 0.16
DAYS_AT_A_PRICE = (21, 70)
DAYS_AT_A_COST = (120, 260)


@dataclass(frozen=True)
class Promotion:
    """Automatic on a category (None = all) from `first` to `last`, or by code where it has one."""

    title: str
    code: str | None
    category: int | None
    percent_off: int
    first: int
    last: int


@dataclass(frozen=True)
class Prices:
    """By day and variant: price, cost, stock. By day and category: per cent off, and by what."""

    prices: Ints
    costs: Ints
    in_stock: Flags
    percent_off: Ints
    promotion: Ints
    promotions: list[Promotion]

    def effective(self, catalog: Catalog) -> Floats:
        """What a unit costs a customer who uses no code."""
        return self.prices * (1 - self.percent_off[:, catalog.variant_categories] / 100)


def make_prices(spec: ShopSpec, days: Days, catalog: Catalog) -> Prices:
    promotions = _promotions(spec, days)
    percent_off, promotion = _by_day(promotions, len(days.dates))
    return Prices(
        prices=_prices(spec, days, catalog),
        costs=_costs(spec, days, catalog),
        in_stock=_in_stock(spec, days, catalog),
        percent_off=percent_off,
        promotion=promotion,
        promotions=promotions,
    )


def _steps(
    dice: np.random.Generator, first: int, count: int, lasting: tuple[int, int]
) -> list[tuple[int, int]]:
    """The days from `first` to `count` in stretches of a random length."""
    edges = [first]
    while edges[-1] < count:
        edges.append(edges[-1] + int(dice.integers(*lasting)))
    return list(zip(edges, [*edges[1:-1], count], strict=False))


def _levels(
    spec: ShopSpec, days: Days, catalog: Catalog, name: str, spread: float, lasting: tuple[int, int]
) -> Floats:
    """By day and product: a factor that stays a while, then jumps to another one around 1."""
    levels = np.ones((len(days.dates), len(catalog.products.titles)))
    launches = np.maximum(days.of(catalog.products.created), 0)
    for product, launch in enumerate(launches):
        if catalog.products.categories[product] == GIFT_CARD:
            continue
        dice = stream(spec.seed, name, product)
        for first, last in _steps(dice, int(launch), len(days.dates), lasting)[1:]:
            levels[first:last, product] = np.exp(np.clip(dice.normal(0, spread), -0.4, 0.4))
    return levels


def _prices(spec: ShopSpec, days: Days, catalog: Catalog) -> Ints:
    levels = _levels(spec, days, catalog, "prices", PRICE_SPREAD, DAYS_AT_A_PRICE)
    prices = charm(catalog.variants.prices * levels[:, catalog.variants.products])
    return np.where(catalog.is_gift_card, catalog.variants.prices, prices)


def _costs(spec: ShopSpec, days: Days, catalog: Catalog) -> Ints:
    levels = _levels(spec, days, catalog, "costs", 0.05, DAYS_AT_A_COST)
    inflation = 1.02 ** (np.arange(len(days.dates)) // 180 / 2)
    costs = catalog.variants.costs * levels[:, catalog.variants.products] * inflation[:, None]
    return np.rint(costs).astype(np.int64)


def _in_stock(spec: ShopSpec, days: Days, catalog: Catalog) -> Flags:
    """A variant is sold out about once a year, for one to three weeks; gift cards never.

    Before a product is there and after it is given up, nothing is said to be sold out.
    """
    dice = stream(spec.seed, "stockouts")
    count = len(catalog.variants.skus)
    in_stock = np.ones((len(days.dates), count), dtype=bool)
    for variant in np.flatnonzero(~catalog.is_gift_card):
        for first in dice.integers(0, len(days.dates), dice.poisson(len(days.dates) / 365)):
            in_stock[first : first + dice.integers(5, 22), variant] = False
    products = catalog.products
    day = np.arange(len(days.dates))[:, None]
    is_offered = (day >= days.of(products.created)) & (day < days.of(products.stopped))
    return in_stock | ~is_offered[:, catalog.variants.products]


def _promotions(spec: ShopSpec, days: Days) -> list[Promotion]:
    """A sale in some category every few weeks, one of everything on Black Friday, three codes."""
    dice = stream(spec.seed, "promotions")
    last_day = len(days.dates) - 1
    promotions = [
        Promotion("Welcome", "WELCOME10", None, 10, 0, last_day),
        Promotion("Friends", "FRIENDS15", None, 15, 0, last_day),
    ]
    day = 10
    while day <= last_day:
        category = int(dice.integers(GIFT_CARD))
        percent = int(dice.choice([10, 15, 20, 25]))
        last = min(day + int(dice.integers(4, 12)), last_day)
        title = f"{CATEGORIES[category].name} {percent}% off"
        promotions.append(Promotion(title, None, category, percent, day, last))
        day += int(dice.integers(12, 40))
    for day, date in enumerate(days.dates):
        if holiday(date) == "black_friday":
            last = min(day + 3, last_day)
            promotions.append(Promotion("Black Friday", None, None, 20, day, last))
    return promotions


def _by_day(promotions: list[Promotion], count: int) -> tuple[Ints, Ints]:
    """Per cent off by day and category, and the automatic promotion it is from (the later wins)."""
    percent_off = np.zeros((count, len(CATEGORIES)), dtype=np.int64)
    promotion = np.full((count, len(CATEGORIES)), -1, dtype=np.int64)
    for number, each in enumerate(promotions):
        if each.code is not None:
            continue
        columns = (
            slice(0, GIFT_CARD)
            if each.category is None
            else slice(each.category, each.category + 1)
        )
        percent_off[each.first : each.last + 1, columns] = each.percent_off
        promotion[each.first : each.last + 1, columns] = number
    return percent_off, promotion
