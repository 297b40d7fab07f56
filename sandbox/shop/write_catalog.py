"""The catalogue, its prices and its promotions -> tables."""

from __future__ import annotations

import duckdb
import numpy as np

from sandbox.shop import words
from sandbox.shop.catalog import CATEGORIES, NEVER, SUPPLIERS, Catalog
from sandbox.shop.columns import (
    Column,
    append,
    choice,
    decimal,
    flag,
    instant,
    money,
    same,
    text,
    whole,
)
from sandbox.shop.days import DAY, Days
from sandbox.shop.prices import Prices
from sandbox.shop.spec import ShopSpec, decimals
from sandbox.shop.stock_items import stock_items
from sandbox.shop.streams import Ints, stream

WAREHOUSE, STORE, OLD_STORE, WEST = 101, 102, 103, 104
CATEGORY_NAMES = [category.name for category in CATEGORIES]


def never(values: Ints) -> Column:
    """Instants of which those that do not happen are null."""
    is_never = values == NEVER
    return instant(np.where(is_never, 0, values), is_never)


def write_shop(con: duckdb.DuckDBPyConnection, spec: ShopSpec, days: Days) -> None:
    opened = int(days.edges[0]) - 800 * DAY
    columns = {
        "shop_id": whole([62_400_000_001]),
        "name": text([spec.name]),
        "myshopify_domain": text([spec.myshopify_domain]),
        "email": text(["owner@sandbox.example"]),
        "currency_code": text([spec.currency_code]),
        "time_zone": text([spec.time_zone]),
        "country_code": text([spec.country_code]),
        "created_at": instant([opened]),
    }
    append(con, "shop", columns)
    home = [place for place in words.PLACES if place.country_code == spec.country_code]
    place = (home or list(words.PLACES))[0]
    columns = {
        "location_id": whole([WAREHOUSE, STORE, OLD_STORE, WEST]),
        "name": text(["Warehouse", "Flagship Store", "Old Store", "West Warehouse"]),
        "is_active": flag(np.array([True, True, False, True])),
        "is_retail": flag(np.array([False, True, True, False])),
        "city": same(place.city, 4),
        "province": same(place.province, 4),
        "country_code": same(place.country_code, 4),
    }
    append(con, "locations", columns)


def write_catalog(
    con: duckdb.DuckDBPyConnection, spec: ShopSpec, days: Days, catalog: Catalog, prices: Prices
) -> None:
    if spec.product_count:
        _write_suppliers(con, spec)
    _write_products(con, days, catalog)
    _write_variants(con, spec, catalog, prices)
    _write_price_changes(con, spec, days, catalog, prices)
    _write_costs(con, spec, days, catalog, prices)
    _write_promotions(con, days, prices)


def lead_times(spec: ShopSpec) -> Ints:
    """The days from order to delivery that each supplier promises."""
    return stream(spec.seed, "suppliers").integers(5, 60, SUPPLIERS)


def _write_suppliers(con: duckdb.DuckDBPyConnection, spec: ShopSpec) -> None:
    countries = words.SUPPLIER_COUNTRIES
    columns = {
        "supplier_id": text([f"SUP-{number:03d}" for number in range(SUPPLIERS)]),
        "supplier_name": text(
            [f"{words.LAST_NAMES[number]} Trading" for number in range(SUPPLIERS)]
        ),
        "country_code": choice(np.arange(SUPPLIERS) % len(countries), countries),
        "lead_time_days": whole(lead_times(spec)),
    }
    append(con, "suppliers", columns)


def new_title(title: str) -> str:
    """The title of a product after it was renamed."""
    return f"{title} II"


def _write_products(con: duckdb.DuckDBPyConnection, days: Days, catalog: Catalog) -> None:
    products = catalog.products
    renamed = products.renamed < NEVER
    titles = [
        new_title(title) if is_new else title
        for title, is_new in zip(products.titles, renamed, strict=True)
    ]
    updated = np.maximum(products.created, np.where(renamed, products.renamed, 0))
    columns = {
        "product_id": whole(products.ids),
        "title": text(titles),
        "description": text([f"{title}, made to last." for title in titles]),
        "category": choice(products.categories, CATEGORY_NAMES),
        "sub_category": text(products.sub_categories),
        "brand": choice(products.brands, words.BRANDS),
        "supplier_id": text([f"SUP-{supplier:03d}" for supplier in products.suppliers]),
        "status": text(products.statuses),
        "is_gift_card": flag(products.categories == len(CATEGORIES) - 1),
        "tags": same("", len(titles)),
        "created_at": instant(products.created),
        "updated_at": instant(updated),
        "deleted_at": never(products.deleted),
    }
    append(con, "products", columns)
    columns = {
        "product_id": whole(products.ids[renamed]),
        "old_title": text(np.array(products.titles, dtype=object)[renamed]),
        "new_title": text(np.array(titles, dtype=object)[renamed]),
        "changed_at": instant(products.renamed[renamed]),
    }
    append(con, "product_titles", columns)
    deleted = products.deleted < days.end
    columns = {
        "subject_type": same("PRODUCT", int(deleted.sum())),
        "subject_id": whole(products.ids[deleted]),
        "deleted_at": instant(products.deleted[deleted]),
    }
    append(con, "deletions", columns)


def _write_variants(
    con: duckdb.DuckDBPyConnection, spec: ShopSpec, catalog: Catalog, prices: Prices
) -> None:
    """As they stand at the end; an earlier price is found in price_changes."""
    variants, digits = catalog.variants, decimals(spec.currency_code)
    items = stock_items(spec, catalog)
    price = prices.prices[-1]
    on_sale = price < variants.prices
    created = catalog.products.created[variants.products]
    columns = {
        "variant_id": whole(variants.ids),
        "product_id": whole(catalog.products.ids[variants.products]),
        "inventory_item_id": whole(variants.items),
        "sku": text(variants.skus),
        "title": text(variants.titles),
        "position": whole(variants.positions),
        "price": money(price, digits),
        "compare_at_price": money(variants.prices, digits, ~on_sale),
        "unit_cost": money(prices.costs[-1], digits),
        "tracked": flag(items.is_tracked),
        "inventory_policy": choice(items.oversells.astype(int), ("DENY", "CONTINUE")),
        "created_at": instant(created),
        "updated_at": instant(created),
    }
    append(con, "variants", columns)


def _write_price_changes(
    con: duckdb.DuckDBPyConnection, spec: ShopSpec, days: Days, catalog: Catalog, prices: Prices
) -> None:
    digits = decimals(spec.currency_code)
    day, variant = np.nonzero(np.diff(prices.prices, axis=0))
    old, new = prices.prices[day, variant], prices.prices[day + 1, variant]
    columns = {
        "variant_id": whole(catalog.variants.ids[variant]),
        "old_price": money(old, digits),
        "new_price": money(new, digits),
        "reason": choice((new > old).astype(int), ("markdown", "increase")),
        "effective_at": instant(days.edges[day + 1]),
    }
    append(con, "price_changes", columns)


def _write_costs(
    con: duckdb.DuckDBPyConnection, spec: ShopSpec, days: Days, catalog: Catalog, prices: Prices
) -> None:
    """The cost on the first day, and on each day on which it changes."""
    changes = np.diff(prices.costs, axis=0, prepend=-1)
    day, variant = np.nonzero(changes)
    columns = {
        "variant_id": whole(catalog.variants.ids[variant]),
        "unit_cost": money(prices.costs[day, variant], decimals(spec.currency_code)),
        "effective_date": np.array(days.dates, dtype="datetime64[D]")[day],
    }
    append(con, "cost_history", columns)


def _write_promotions(con: duckdb.DuckDBPyConnection, days: Days, prices: Prices) -> None:
    promotions = prices.promotions
    firsts = np.array([each.first for each in promotions])
    lasts = np.array([each.last for each in promotions])
    categories = [None if each.category is None else each.category for each in promotions]
    percents = np.array([each.percent_off for each in promotions])
    columns = {
        "promotion_id": whole(1 + np.arange(len(promotions))),
        "title": text([each.title for each in promotions]),
        "code": text([each.code for each in promotions]),
        "category": choice([-1 if each is None else each for each in categories], CATEGORY_NAMES),
        "percent_off": decimal(percents * 100, 2),
        "starts_at": instant(days.edges[firsts]),
        "ends_at": instant(days.edges[lasts + 1]),
    }
    append(con, "promotions", columns)
