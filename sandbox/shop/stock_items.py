"""Which variants are kept in stock, and which of them may be sold when none is left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from sandbox.shop.catalog import Catalog
from sandbox.shop.days import Days
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Ints, stream


@dataclass(frozen=True)
class StockItems:
    """Row v is a variant. `has_own_sku`: its code is there and no other variant's."""

    is_tracked: Flags
    oversells: Flags
    has_own_sku: Flags


def stock_items(spec: ShopSpec, catalog: Catalog) -> StockItems:
    """Gift cards and a few others are not tracked; one in ten is sold without stock, too."""
    dice = stream(spec.seed, "stock")
    skus = catalog.variants.skus
    is_tracked = ~catalog.is_gift_card & (dice.random(len(skus)) > 0.02)
    oversells = dice.random(len(skus)) < 0.1
    counts = Counter(skus)
    has_own_sku = np.array([sku is not None and counts[sku] == 1 for sku in skus], dtype=bool)
    return StockItems(is_tracked, oversells, has_own_sku)


def launch_days(days: Days, catalog: Catalog) -> Ints:
    """The day on which each variant comes into the shop, 0 if it was there before."""
    created = catalog.products.created[catalog.variants.products]
    return np.maximum(days.of(created), 0)


def deletion_days(days: Days, catalog: Catalog) -> Ints:
    """The day on which each variant is deleted with its product; after the last one if never."""
    return days.of(catalog.products.deleted[catalog.variants.products])
