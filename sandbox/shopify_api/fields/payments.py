"""Transactions and refunds: how their fields are read."""

from __future__ import annotations

from sandbox.shopify_api.fields.catalog import legacy_id
from sandbox.shopify_api.mapping import (
    Column,
    Entity,
    Listed,
    Many,
    One,
    Value,
    columns,
    gid,
    instant,
    money,
    money_bag,
)

FEE = Value({
    "id": gid("TransactionFee", "transaction_id"),
    "type": Column("'processing_fee'"),
    "rate": Column("'0.0'"),
    "amount": money("{t}.fee_amount"),
    "flatFee": money("cast(0 as decimal(18, 4))"),
    "taxAmount": money("cast(0 as decimal(18, 4))"),
}, "{t}.fee_amount != 0", "TransactionFee")  # fmt: skip

TRANSACTION = Entity("OrderTransaction", "api.transactions", "transaction_id", Value({
    **columns("kind", "status", "gateway", formattedGateway="gateway", test="is_test"),
    "id": gid("OrderTransaction", "transaction_id"),
    "createdAt": instant("processed_at"),
    "processedAt": instant("processed_at"),
    "amountSet": money_bag("{t}.amount"),
    "fees": Listed((FEE,)),
    "parentTransaction": One("OrderTransaction", "parent_id"),
    "order": One("Order", "order_id"),
}), position="processed_at")  # fmt: skip

REFUND = Entity("Refund", "api.refunds", "refund_id", Value({
    **columns("note"),
    "id": gid("Refund", "refund_id"),
    "legacyResourceId": legacy_id("refund_id"),
    "createdAt": instant("processed_at"),
    "processedAt": instant("processed_at"),
    "updatedAt": instant("processed_at"),
    "totalRefundedSet": money_bag("{t}.total_refunded"),
    "return": One("Return", "return_id"),
    "order": One("Order", "order_id"),
    "refundLineItems": Many("RefundLineItem", "refund_id"),
    "orderAdjustments": Many("OrderAdjustment", "refund_id"),
    "refundShippingLines": Many("RefundShippingLine", "refund_id"),
    "transactions": Many("OrderTransaction", "refund_id"),
}), position="processed_at")  # fmt: skip

REFUND_LINE = Entity("RefundLineItem", "api.refund_lines", "refund_line_id", Value({
    **columns("quantity", restockType="restock_type"),
    "id": gid("RefundLineItem", "refund_line_id"),
    "restocked": Column("{t}.restock_type != 'NO_RESTOCK'"),
    "priceSet": money_bag(
        "cast(round({t}.subtotal / greatest({t}.quantity, 1), 2) as decimal(18, 4))"
    ),
    "subtotalSet": money_bag("{t}.subtotal"),
    "totalTaxSet": money_bag("{t}.tax_amount"),
    "lineItem": One("LineItem", "line_id"),
    "location": One("Location", "location_id"),
}))  # fmt: skip

REFUND_SHIPPING_LINE = Entity(
    "RefundShippingLine", "api.refund_shipping_lines", "adjustment_id", Value({
        "id": gid("RefundShippingLine", "adjustment_id"),
        "shippingLine": One("ShippingLine", "shipping_line_id"),
        "subtotalAmountSet": money_bag("(-{t}.amount)"),
        "taxAmountSet": money_bag("(-{t}.tax_amount)"),
    }))  # fmt: skip

ADJUSTMENT = Entity("OrderAdjustment", "api.refund_adjustments", "adjustment_id", Value({
    **columns("reason"),
    "id": gid("OrderAdjustment", "adjustment_id"),
    "amountSet": money_bag("{t}.amount"),
    "taxAmountSet": money_bag("{t}.tax_amount"),
}))  # fmt: skip
