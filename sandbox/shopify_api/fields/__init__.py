"""Every type of the schema that has rows, by the name that the field maps use for it."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.shopify_api.fields import catalog, fulfillments, orders, payments, returns
from sandbox.shopify_api.mapping import Entity

ENTITIES: Mapping[str, Entity] = {
    "Shop": catalog.SHOP,
    "Location": catalog.LOCATION,
    "Product": catalog.PRODUCT,
    "ProductVariant": catalog.PRODUCT_VARIANT,
    "InventoryItem": catalog.INVENTORY_ITEM,
    "InventoryLevel": catalog.INVENTORY_LEVEL,
    "BasicEvent": catalog.EVENT,
    "Customer": orders.CUSTOMER,
    "Order": orders.ORDER,
    "LineItem": orders.LINE_ITEM,
    "LineDiscount": orders.LINE_DISCOUNT,
    "ShippingDiscount": orders.SHIPPING_DISCOUNT,
    "DiscountApplication": orders.DISCOUNT_APPLICATION,
    "ShippingLine": orders.SHIPPING_LINE,
    "OrderTransaction": payments.TRANSACTION,
    "Refund": payments.REFUND,
    "RefundLineItem": payments.REFUND_LINE,
    "RefundShippingLine": payments.REFUND_SHIPPING_LINE,
    "OrderAdjustment": payments.ADJUSTMENT,
    "Fulfillment": fulfillments.FULFILLMENT,
    "FulfillmentLineItem": fulfillments.FULFILLMENT_LINE,
    "Return": returns.RETURN,
    "ReturnLineItem": returns.RETURN_LINE,
    "ReturnReasonDefinition": returns.REASON,
    "ExchangeLineItem": returns.EXCHANGE_LINE,
    "ReverseFulfillmentOrder": returns.REVERSE_ORDER,
    "ReverseFulfillmentOrderLineItem": returns.REVERSE_LINE,
    "ReverseFulfillmentOrderDisposition": returns.DISPOSITION,
}
