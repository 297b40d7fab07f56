"""The fields at the top of a query: which entity each gives."""

from __future__ import annotations

CONNECTIONS = {
    "locations": "Location",
    "products": "Product",
    "productVariants": "ProductVariant",
    "inventoryItems": "InventoryItem",
    "customers": "Customer",
    "orders": "Order",
    "events": "BasicEvent",
}

SINGLE = {
    "location": "Location",
    "product": "Product",
    "productVariant": "ProductVariant",
    "inventoryItem": "InventoryItem",
    "inventoryLevel": "InventoryLevel",
    "customer": "Customer",
    "order": "Order",
    "fulfillment": "Fulfillment",
    "return": "Return",
    "reverseFulfillmentOrder": "ReverseFulfillmentOrder",
}

COUNTS = {
    "locationsCount": "Location",
    "productsCount": "Product",
    "productVariantsCount": "ProductVariant",
    "customersCount": "Customer",
    "ordersCount": "Order",
}

# Entities that `node` and `nodes` find by their global id.
NODES = frozenset({
    "BasicEvent",
    "Customer",
    "ExchangeLineItem",
    "Fulfillment",
    "FulfillmentLineItem",
    "InventoryItem",
    "InventoryLevel",
    "LineItem",
    "Location",
    "Order",
    "OrderAdjustment",
    "OrderTransaction",
    "Product",
    "ProductVariant",
    "Refund",
    "Return",
    "ReturnLineItem",
    "ReturnReasonDefinition",
    "ReverseFulfillmentOrder",
    "ReverseFulfillmentOrderDisposition",
    "ReverseFulfillmentOrderLineItem",
    "Shop",
})  # fmt: skip


def condition(root_field: str, arguments: dict[str, object]) -> str | None:
    """What a root field leaves out by its arguments."""
    if root_field == "locations" and not arguments.get("includeInactive"):
        return "{t}.is_active"
    return None
