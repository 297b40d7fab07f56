"""What the shop sells: suppliers, products and variants, and how each of them sells by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.shop import words
from sandbox.shop.days import DAY, Days
from sandbox.shop.spec import ShopSpec, decimals
from sandbox.shop.streams import Flags, Floats, Ints, pick, stream

CATEGORIES = (*words.CATEGORIES, words.GIFT_CARDS)
GIFT_CARD = len(CATEGORIES) - 1
SUPPLIERS = 24
NEVER = np.iinfo(np.int64).max
FIRST_PRODUCT, FIRST_VARIANT, FIRST_ITEM = 8_100_000_000, 4_300_000_000, 4_600_000_000


@dataclass(frozen=True)
class Products:
    """Row p is a product; instants are seconds, NEVER where a thing does not happen."""

    titles: list[str]
    categories: Ints
    sub_categories: list[str]
    brands: Ints
    suppliers: Ints
    statuses: list[str]
    created: Ints
    stopped: Ints
    deleted: Ints
    renamed: Ints
    elasticities: Floats
    popularity: Floats

    @property
    def ids(self) -> Ints:
        return FIRST_PRODUCT + 17 * np.arange(len(self.titles))


@dataclass(frozen=True)
class Variants:
    """Row v is a variant; prices and costs are in minor units of the shop's currency."""

    products: Ints
    skus: list[str | None]
    titles: list[str]
    positions: Ints
    prices: Ints
    costs: Ints
    popularity: Floats

    @property
    def ids(self) -> Ints:
        return FIRST_VARIANT + 13 * np.arange(len(self.skus))

    @property
    def items(self) -> Ints:
        return FIRST_ITEM + 11 * np.arange(len(self.skus))


@dataclass(frozen=True)
class Catalog:
    products: Products
    variants: Variants

    @property
    def variant_categories(self) -> Ints:
        return self.products.categories[self.variants.products]

    @property
    def is_gift_card(self) -> Flags:
        return self.variant_categories == GIFT_CARD


def charm(amounts: Floats) -> Ints:
    """The nearest price that ends in 99."""
    return (np.maximum(np.rint(amounts / 100), 1) * 100 - 1).astype(np.int64)


def minor_units_per_dollar(spec: ShopSpec) -> float:
    rate = words.UNITS_PER_DOLLAR.get(spec.currency_code, 1.0)
    return float(rate * 10 ** decimals(spec.currency_code))


def make_catalog(spec: ShopSpec, days: Days) -> Catalog:
    products = _products(spec, days)
    return Catalog(products, _variants(spec, products))


def _products(spec: ShopSpec, days: Days) -> Products:
    count = spec.product_count
    dice = stream(spec.seed, "products")
    weights = [3, 2, 2, 2, 2, 2, 1.5]
    categories = pick(dice, weights, count)
    categories[: count // 400 + 1] = GIFT_CARD
    nouns = [_noun(CATEGORIES[category], dice) for category in categories]
    created = _launches(days, count, dice)
    mean = np.array([category.elasticity for category in CATEGORIES])[categories]
    elasticities = np.clip(mean + dice.normal(0, 0.35, count), -3.2, -0.3)
    fates = pick(dice, [0.90, 0.04, 0.03, 0.03], count)
    fates[categories == GIFT_CARD] = 0
    if count >= 20:
        fates[-4:] = [1, 2, 3, 0]
    ends = days.edges[0] + ((days.end - days.edges[0]) * dice.uniform(0.4, 0.97, count)).astype(int)
    ends = np.maximum(ends, created + 20 * DAY)
    is_renamed = (dice.random(count) < 0.03) | (np.arange(count) == count - 1)
    return Products(
        titles=[_title(noun, dice) for _, noun in nouns],
        categories=categories,
        sub_categories=[sub_category for sub_category, _ in nouns],
        brands=dice.integers(0, len(words.BRANDS), count),
        suppliers=dice.integers(0, SUPPLIERS, count),
        statuses=[("ACTIVE", "ACTIVE", "ARCHIVED", "DRAFT")[fate] for fate in fates],
        created=created,
        stopped=np.select([fates == 3, fates > 0], [0, ends], NEVER),
        deleted=np.where((fates == 1) & (ends + 3 * DAY < days.end), ends + 3 * DAY, NEVER),
        renamed=np.where(
            is_renamed & (ends > created + DAY) & (ends < days.end), ends - DAY, NEVER
        ),
        elasticities=np.where(categories == GIFT_CARD, 0.0, elasticities),
        popularity=np.exp(dice.normal(0, 0.8, count)) * np.where(categories == GIFT_CARD, 0.3, 1.0),
    )


def _noun(category: words.Category, dice: np.random.Generator) -> tuple[str, str]:
    sub_category = list(category.nouns)[dice.integers(len(category.nouns))]
    nouns = category.nouns[sub_category]
    return sub_category, nouns[dice.integers(len(nouns))]


def _title(noun: str, dice: np.random.Generator) -> str:
    if noun == "Gift Card":
        return noun
    return f"{words.ADJECTIVES[dice.integers(len(words.ADJECTIVES))]} {noun}"


def _launches(days: Days, count: int, dice: np.random.Generator) -> Ints:
    """Seven of ten products are older than the data, the others come in its course."""
    span = days.end - days.edges[0]
    old = days.edges[0] - dice.integers(30 * DAY, 700 * DAY, count)
    new = days.edges[0] + (span * dice.uniform(0.03, 0.95, count)).astype(np.int64)
    is_old = (dice.random(count) < 0.72) | (np.arange(count) < 3)
    return np.where(is_old, old, new)


def _variants(spec: ShopSpec, products: Products) -> Variants:
    dice = stream(spec.seed, "variants")
    owners: list[int] = []
    titles: list[str] = []
    positions: list[int] = []
    for owner, category in enumerate(products.categories):
        options = _options(CATEGORIES[category], dice)
        owners += [owner] * len(options)
        titles += options
        positions += range(1, len(options) + 1)
    product = np.array(owners, dtype=np.int64)
    prices, costs = _prices(spec, products, product, np.array(positions, dtype=np.int64), dice)
    own = np.exp(dice.normal(0, 0.4, len(product))) / np.bincount(product)[product]
    return Variants(
        products=product,
        skus=_skus(products, product, positions, dice),
        titles=titles,
        positions=np.array(positions, dtype=np.int64),
        prices=prices,
        costs=costs,
        popularity=products.popularity[product] * own,
    )


def _options(category: words.Category, dice: np.random.Generator) -> list[str]:
    if category is words.GIFT_CARDS:
        return ["25", "50", "100"]
    colours = dice.permutation(len(words.COLOURS))[: dice.integers(1, 4)]
    if not category.sizes:
        names = [words.COLOURS[colour] for colour in colours]
        return names if len(names) > 1 else ["Default Title"]
    first = dice.integers(0, len(category.sizes) - 2)
    sizes = category.sizes[first : first + dice.integers(2, 5)]
    return [f"{words.COLOURS[colour]} / {size}" for colour in colours[:2] for size in sizes]


def _prices(
    spec: ShopSpec, products: Products, product: Ints, position: Ints, dice: np.random.Generator
) -> tuple[Ints, Ints]:
    """Price and cost of each variant: those of its product, a little more for later positions."""
    unit = minor_units_per_dollar(spec)
    category = products.categories
    medians = np.array([each.price for each in CATEGORIES])[category]
    own = medians * np.exp(dice.normal(0, 0.45, len(category)))
    margins = np.clip(
        np.array([each.margin for each in CATEGORIES])[category]
        + dice.normal(0, 0.07, len(category)),
        0.05,
        0.85,
    )
    prices = charm(own[product] * (1 + 0.02 * (position - 1)) * unit)
    costs = np.rint(prices * (1 - margins[product])).astype(np.int64)
    is_card = category[product] == GIFT_CARD
    card_prices = np.array([25, 50, 100])[np.minimum(position, 3) - 1]
    prices = np.where(is_card, np.rint(card_prices * unit).astype(np.int64), prices)
    return prices, np.where(is_card, 0, costs)


def _skus(
    products: Products, product: Ints, positions: list[int], dice: np.random.Generator
) -> list[str | None]:
    """A code for each variant; some have none, and some carry the code of another product."""
    skus: list[str | None] = [
        f"{products.sub_categories[owner][:3].upper()}-{owner:04d}-{position:02d}"
        for owner, position in zip(product, positions, strict=True)
    ]
    missing = dice.random(len(skus)) < 0.015
    borrowed = dice.random(len(skus)) < 0.008
    if len(skus) >= 20:
        missing[-7], borrowed[-3] = True, True
    originals = list(skus)
    for variant in range(len(skus)):
        if borrowed[variant]:
            skus[variant] = originals[variant // 2]
        if missing[variant] and not borrowed[variant]:
            skus[variant] = None
    return skus
