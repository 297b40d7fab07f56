"""Shop, locations, products, variants and inventory: how their fields are read."""

from __future__ import annotations

from sandbox.shopify_api import ids
from sandbox.shopify_api.errors import bad_request
from sandbox.shopify_api.mapping import (
    Arguments,
    Column,
    Entity,
    Filter,
    Listed,
    Many,
    One,
    Spec,
    Value,
    column,
    columns,
    gid,
    instant,
    money,
    text,
)

LIST_OF_TAGS = Column("coalesce(string_split(nullif({t}.tags, ''), ', '), [])")


def legacy_id(key: str) -> Column:
    return Column(f"cast({{t}}.{key} as varchar)")


def changes(key: str) -> dict[str, Filter]:
    """Filters of everything that has an id and changes."""
    return {
        "id": Filter(f"{{t}}.{key}", "number"),
        "created_at": Filter("{t}.created_at", "instant"),
        "updated_at": Filter("{t}.updated_at", "instant"),
    }


def sorted_by_change(key: str) -> dict[str, str]:
    return {"ID": key, "CREATED_AT": "created_at", "UPDATED_AT": "updated_at"}


STATES = (
    "available", "committed", "damaged", "incoming", "on_hand", "quality_control", "reserved",
    "safety_stock",
)  # fmt: skip


def _quantities(arguments: Arguments) -> Spec:
    return Listed(tuple(_quantity(name) for name in arguments["names"]))


def _quantity(name: str) -> Value:
    if name not in STATES:
        raise bad_request(f"The sandbox does not know the quantity {name}")
    fields = {
        "id": Column(f"'gid://shopify/InventoryQuantity/' || {{t}}.level_key || '?name={name}'"),
        "name": Column(f"'{name}'"),
        "quantity": Column(f"coalesce({{t}}.{name}, 0)"),
        "updatedAt": instant("updated_at"),
    }
    return Value(fields, None, "InventoryQuantity")


def _level_of_item(arguments: Arguments) -> Spec:
    location = ids.key_of("Location", arguments["locationId"])
    return One("InventoryLevel", f"inventory_item_id * 1000 + {location}")


def _level_at_location(arguments: Arguments) -> Spec:
    item = ids.key_of("InventoryItem", arguments["inventoryItemId"])
    return One("InventoryLevel", f"location_id + {item} * 1000")


SHOP = Entity("Shop", "api.shop", "shop_id", Value({
    **columns("name", "email", contactEmail="email", myshopifyDomain="myshopify_domain",
              currencyCode="currency_code", ianaTimezone="time_zone"),
    "id": gid("Shop", "shop_id"),
    "createdAt": instant("created_at"),
    "taxesIncluded": Column("coalesce((select mode(taxes_included) from api.orders), false)"),
    "shopAddress": Value({
        "id": gid("ShopAddress", "shop_id"),
        "countryCodeV2": column("country_code"),
    }, None, "ShopAddress"),
}))  # fmt: skip

LOCATION = Entity("Location", "api.locations", "location_id", Value({
    **columns("name", isActive="is_active", fulfillsOnlineOrders="is_active",
              shipsInventory="is_active"),
    "id": gid("Location", "location_id"),
    "legacyResourceId": legacy_id("location_id"),
    "address": Value(
        columns("city", "province", countryCode="country_code"), None, "LocationAddress"
    ),
    "inventoryLevel": _level_at_location,
    "inventoryLevels": Many("InventoryLevel", "location_id"),
}), sorts={"ID": "location_id", "NAME": "name"},
    filters={"id": Filter("{t}.location_id", "number"), "name": text("{t}.name")})  # fmt: skip

PRODUCT = Entity("Product", "api.products", "product_id", Value({
    **columns("title", "handle", "status", vendor="brand", productType="sub_category",
              isGiftCard="is_gift_card"),
    "id": gid("Product", "product_id"),
    "legacyResourceId": legacy_id("product_id"),
    "description": Column("coalesce({t}.description, '')"),
    "tags": LIST_OF_TAGS,
    "createdAt": instant("created_at"),
    "updatedAt": instant("updated_at"),
    "publishedAt": Column(
        "case when {t}.status = 'ACTIVE' then strftime({t}.created_at, '%Y-%m-%dT%H:%M:%SZ') end"
    ),
    "category": Value({
        "id": Column("'gid://shopify/TaxonomyCategory/' || md5({t}.category)"),
        "name": column("category"),
        "fullName": Column("concat_ws(' > ', {t}.category, {t}.sub_category)"),
    }, "{t}.category is not null", "TaxonomyCategory"),
    "variants": Many("ProductVariant", "product_id"),
    "variantsCount": Value({
        "count": column("variant_count"), "precision": Column("'EXACT'"),
    }, None, "Count"),
}), sorts={**sorted_by_change("product_id"), "TITLE": "title"},
    filters={**changes("product_id"), "status": text("{t}.status"), "title": text("{t}.title"),
             "vendor": text("{t}.brand"), "product_type": text("{t}.sub_category")},
)  # fmt: skip

PRODUCT_VARIANT = Entity("ProductVariant", "api.variants", "variant_id", Value({
    **columns("title", "sku", "position", inventoryPolicy="inventory_policy",
              inventoryQuantity="available"),
    "id": gid("ProductVariant", "variant_id"),
    "legacyResourceId": legacy_id("variant_id"),
    "displayName": Column("{t}.product_title || ' - ' || {t}.title"),
    "barcode": Column("cast(null as varchar)"),
    "price": Column("api.shop_amount({t}.price)"),
    "compareAtPrice": Column("api.shop_amount({t}.compare_at_price)"),
    "taxable": Column("not {t}.is_gift_card"),
    "createdAt": instant("created_at"),
    "updatedAt": instant("updated_at"),
    "product": One("Product", "product_id"),
    "inventoryItem": One("InventoryItem", "inventory_item_id"),
}), position="position",
    sorts={"ID": "variant_id", "POSITION": "position"},
    filters={**changes("variant_id"), "sku": text("{t}.sku"),
             "product_id": Filter("{t}.product_id", "number")},
)  # fmt: skip

INVENTORY_ITEM = Entity("InventoryItem", "api.inventory_items", "inventory_item_id", Value({
    **columns("sku", "tracked", requiresShipping="requires_shipping"),
    "id": gid("InventoryItem", "inventory_item_id"),
    "legacyResourceId": legacy_id("inventory_item_id"),
    "unitCost": money("{t}.unit_cost", "{t}.unit_cost is not null"),
    "createdAt": instant("created_at"),
    "updatedAt": instant("updated_at"),
    "variant": One("ProductVariant", "variant_id"),
    "inventoryLevel": _level_of_item,
    "inventoryLevels": Many("InventoryLevel", "inventory_item_id"),
}), filters={**changes("inventory_item_id"), "sku": text("{t}.sku")})  # fmt: skip

INVENTORY_LEVEL = Entity("InventoryLevel", "api.inventory_levels", "level_key", Value({
    "id": Column(
        "'gid://shopify/InventoryLevel/' || {t}.location_id"
        " || '?inventory_item_id=' || {t}.inventory_item_id"
    ),
    "item": One("InventoryItem", "inventory_item_id"),
    "location": One("Location", "location_id"),
    "updatedAt": instant("updated_at"),
    "quantities": _quantities,
}), filters={"updated_at": Filter("{t}.updated_at", "instant")})  # fmt: skip

EVENT = Entity("BasicEvent", "api.events", "event_id", Value({
    "id": gid("BasicEvent", "event_id"),
    "action": Column("'destroy'"),
    "appTitle": Column("cast(null as varchar)"),
    "attributeToApp": Column("false"),
    "attributeToUser": Column("true"),
    "criticalAlert": Column("false"),
    "createdAt": instant("deleted_at"),
    "message": Column("'Staff deleted ' || lower({t}.subject_type) || ' ' || {t}.subject_id"),
    "subjectType": column("subject_type"),
    "subjectId": Column(
        "'gid://shopify/' || case {t}.subject_type when 'ORDER' then 'Order'"
        " when 'PRODUCT' then 'Product' when 'CUSTOMER' then 'Customer'"
        " when 'PRODUCT_VARIANT' then 'ProductVariant' else 'Node' end"
        " || '/' || {t}.subject_id"
    ),
}), sorts={"ID": "event_id", "CREATED_AT": "deleted_at"}, filters={
    "id": Filter("{t}.event_id", "number"),
    "action": text("'destroy'"),
    "subject_type": text("{t}.subject_type"),
    "created_at": Filter("{t}.deleted_at", "instant"),
})  # fmt: skip
