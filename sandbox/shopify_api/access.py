"""What a token may see: the scopes it was granted, and the field behind each scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

ALL_SCOPES = frozenset({
    "read_all_orders",
    "read_customers",
    "read_fulfillments",
    "read_inventory",
    "read_locations",
    "read_orders",
    "read_products",
    "read_returns",
})  # fmt: skip

RECENT_ORDERS = timedelta(days=60)

REQUIRED = {
    "QueryRoot.orders": "read_orders",
    "QueryRoot.order": "read_orders",
    "QueryRoot.ordersCount": "read_orders",
    "QueryRoot.products": "read_products",
    "QueryRoot.product": "read_products",
    "QueryRoot.productsCount": "read_products",
    "QueryRoot.productVariants": "read_products",
    "QueryRoot.productVariant": "read_products",
    "QueryRoot.productVariantsCount": "read_products",
    "QueryRoot.inventoryItems": "read_inventory",
    "QueryRoot.inventoryItem": "read_inventory",
    "QueryRoot.inventoryLevel": "read_inventory",
    "QueryRoot.fulfillment": "read_orders",
    "QueryRoot.return": "read_returns",
    "QueryRoot.reverseFulfillmentOrder": "read_returns",
    "QueryRoot.customers": "read_customers",
    "QueryRoot.customer": "read_customers",
    "QueryRoot.customersCount": "read_customers",
    "QueryRoot.locations": "read_locations",
    "QueryRoot.location": "read_locations",
    "QueryRoot.locationsCount": "read_locations",
    "Order.customer": "read_customers",
    "Order.retailLocation": "read_locations",
    "Order.returns": "read_returns",
    "Customer.orders": "read_orders",
    "LineItem.product": "read_products",
    "LineItem.variant": "read_products",
    "ProductVariant.inventoryItem": "read_inventory",
    "Refund.return": "read_returns",
    "RefundLineItem.location": "read_locations",
    "InventoryLevel.location": "read_locations",
    "Location.inventoryLevel": "read_inventory",
    "Location.inventoryLevels": "read_inventory",
    "Fulfillment.location": "read_locations",
    "ReverseFulfillmentOrderDisposition.location": "read_locations",
}

NODE_SCOPES = {
    "Order": "read_orders",
    "LineItem": "read_orders",
    "Refund": "read_orders",
    "OrderTransaction": "read_orders",
    "Product": "read_products",
    "ProductVariant": "read_products",
    "InventoryItem": "read_inventory",
    "InventoryLevel": "read_inventory",
    "Fulfillment": "read_orders",
    "FulfillmentLineItem": "read_orders",
    "Return": "read_returns",
    "ReturnLineItem": "read_returns",
    "ReturnReasonDefinition": "read_returns",
    "ExchangeLineItem": "read_returns",
    "ReverseFulfillmentOrder": "read_returns",
    "ReverseFulfillmentOrderLineItem": "read_returns",
    "ReverseFulfillmentOrderDisposition": "read_returns",
    "Customer": "read_customers",
    "Location": "read_locations",
}


@dataclass(frozen=True)
class Access:
    """The scopes of a request, and the shop's instant."""

    scopes: frozenset[str]
    now: datetime

    def missing(self, type_name: str, field: str) -> str | None:
        """The scope that a field needs and the token lacks."""
        scope = REQUIRED.get(f"{type_name}.{field}")
        return scope if scope and scope not in self.scopes else None

    def missing_for_node(self, type_name: str) -> str | None:
        scope = NODE_SCOPES.get(type_name)
        return scope if scope and scope not in self.scopes else None

    def visible(self, entity: str) -> str | None:
        """A condition on the rows of an entity: without read_all_orders, only recent orders."""
        if entity != "Order" or "read_all_orders" in self.scopes:
            return None
        return f"{{t}}.created_at >= timestamp '{self.now - RECENT_ORDERS}'"
