"""Fulfillments and what they hold: how their fields are read."""

from __future__ import annotations

from sandbox.shopify_api.fields.catalog import legacy_id
from sandbox.shopify_api.mapping import (
    Column,
    Entity,
    Many,
    One,
    Value,
    columns,
    gid,
    instant,
    money_bag,
)

FULFILLMENT = Entity("Fulfillment", "api.fulfillments", "fulfillment_id", Value({
    **columns("name", "status", totalQuantity="total_quantity"),
    "id": gid("Fulfillment", "fulfillment_id"),
    "legacyResourceId": legacy_id("fulfillment_id"),
    "createdAt": instant("created_at"),
    "updatedAt": instant("created_at"),
    "displayStatus": Column("if({t}.status = 'SUCCESS', 'FULFILLED', 'CANCELED')"),
    "requiresShipping": Column("true"),
    "location": One("Location", "location_id"),
    "order": One("Order", "order_id"),
    "fulfillmentLineItems": Many("FulfillmentLineItem", "fulfillment_id"),
}))  # fmt: skip

FULFILLMENT_LINE = Entity("FulfillmentLineItem", "api.fulfillment_lines", "line_id", Value({
    **columns("quantity"),
    "id": gid("FulfillmentLineItem", "line_id"),
    "lineItem": One("LineItem", "line_id"),
    "originalTotalSet": money_bag("{t}.original_total"),
    "discountedTotalSet": money_bag("{t}.discounted_total"),
}))  # fmt: skip
