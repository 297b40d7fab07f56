"""Returns, what comes back, what is sent instead and what becomes of it: how their fields are read.

A line that belongs to no fulfillment is an `UnverifiedReturnLineItem`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.shopify_api.errors import bad_request
from sandbox.shopify_api.mapping import (
    Arguments,
    Choice,
    Column,
    Entity,
    Field,
    Filter,
    Listed,
    Many,
    One,
    Spec,
    Value,
    columns,
    gid,
    instant,
    money,
    money_bag,
    text,
)


def _lines(entity: str) -> Field:
    """The lines of a return, whatever has been done with them."""

    def lines(arguments: Arguments) -> Spec:
        if arguments.get("processingStatus"):
            raise bad_request("The sandbox does not choose lines by what was done with them")
        return Many(entity, "return_id")

    return lines


def _quantities() -> Mapping[str, Field]:
    """Of a line, as far as it has been processed."""
    return {
        **columns("quantity", processedQuantity="processed_quantity"),
        "unprocessedQuantity": Column("({t}.quantity - {t}.processed_quantity)"),
        "processableQuantity": Column("({t}.quantity - {t}.processed_quantity)"),
    }


RETURN = Entity("Return", "api.returns", "return_id", Value({
    **columns("name", "status", totalQuantity="total_quantity"),
    "id": gid("Return", "return_id"),
    "createdAt": instant("requested_at"),
    "requestApprovedAt": instant("approved_at"),
    "closedAt": instant("closed_at"),
    "decline": Value(
        {**columns(note="decline_note"), "reason": Column("upper({t}.decline_reason)")},
        "{t}.status = 'DECLINED'", "ReturnDecline",
    ),
    "returnShippingFees": Listed((Value({
        "id": gid("ReturnShippingFee", "return_id"),
        "amountSet": money_bag("{t}.return_shipping_fee"),
    }, "{t}.return_shipping_fee != 0", "ReturnShippingFee"),)),
    "order": One("Order", "order_id"),
    "returnLineItems": _lines("ReturnLineItem"),
    "exchangeLineItems": _lines("ExchangeLineItem"),
    "refunds": Many("Refund", "return_id"),
    "reverseFulfillmentOrders": Many("ReverseFulfillmentOrder", "return_id"),
}), sorts={"ID": "return_id"}, filters={
    "id": Filter("{t}.return_id", "number"), "status": text("{t}.status"),
})  # fmt: skip

RETURN_LINE_FIELDS: Mapping[str, Field] = {
    **_quantities(),
    **columns(customerNote="customer_note", refundedQuantity="refunded_quantity"),
    "refundableQuantity": Column("({t}.quantity - {t}.refunded_quantity)"),
    "returnReasonNote": Column("coalesce({t}.reason_note, '')"),
    "returnReasonDefinition": One("ReturnReasonDefinition", "reason_key"),
}

RESTOCKING_FEE = Value({
    "id": gid("RestockingFee", "return_line_id"),
    "amountSet": money_bag("{t}.restocking_fee"),
    "percentage": Column(
        "coalesce(round(cast({t}.restocking_fee * 100"
        " / nullif({t}.unit_value * {t}.quantity, 0) as double), 2), 0.0)"
    ),
}, "{t}.restocking_fee != 0", "RestockingFee")  # fmt: skip

VERIFIED = Value({
    **RETURN_LINE_FIELDS,
    "id": gid("ReturnLineItem", "return_line_id"),
    "fulfillmentLineItem": One("FulfillmentLineItem", "fulfillment_line_id"),
    "restockingFee": RESTOCKING_FEE,
    "withCodeDiscountedTotalPriceSet": money_bag(
        "cast({t}.unit_value * {t}.quantity as decimal(18, 4))"
    ),
}, None, "ReturnLineItem")  # fmt: skip

UNVERIFIED = Value({
    **RETURN_LINE_FIELDS,
    "id": gid("UnverifiedReturnLineItem", "return_line_id"),
    "unitPrice": money("{t}.unit_value"),
}, None, "UnverifiedReturnLineItem")  # fmt: skip

RETURN_LINE = Entity(
    "ReturnLineItemType", "api.return_lines", "return_line_id",
    Choice(
        "if({t}.fulfillment_line_id is null, 'UNVERIFIED', 'VERIFIED')",
        {"VERIFIED": VERIFIED, "UNVERIFIED": UNVERIFIED},
    ),
)  # fmt: skip

REASON = Entity("ReturnReasonDefinition", "api.return_reasons", "reason_key", Value({
    **columns("handle", "name"),
    "id": gid("ReturnReasonDefinition", "reason_key"),
    "deleted": Column("false"),
}))  # fmt: skip

EXCHANGE_LINE = Entity("ExchangeLineItem", "api.exchange_lines", "exchange_line_id", Value({
    **_quantities(),
    "id": gid("ExchangeLineItem", "exchange_line_id"),
    "variantId": gid("ProductVariant", "variant_id"),
    "lineItems": Listed(()),
}))  # fmt: skip

REVERSE_ORDER = Entity(
    "ReverseFulfillmentOrder", "api.reverse_fulfillment_orders", "return_id", Value({
        **columns("status"),
        "id": gid("ReverseFulfillmentOrder", "return_id"),
        "order": One("Order", "order_id"),
        "lineItems": Many("ReverseFulfillmentOrderLineItem", "return_id"),
    }))  # fmt: skip

REVERSE_LINE = Entity(
    "ReverseFulfillmentOrderLineItem", "api.reverse_fulfillment_lines", "return_line_id", Value({
        **columns(totalQuantity="quantity"),
        "id": gid("ReverseFulfillmentOrderLineItem", "return_line_id"),
        "fulfillmentLineItem": One("FulfillmentLineItem", "fulfillment_line_id"),
        "dispositions": Many("ReverseFulfillmentOrderDisposition", "return_line_id"),
    }))  # fmt: skip

DISPOSITION = Entity(
    "ReverseFulfillmentOrderDisposition", "api.dispositions", "return_line_id", Value({
        **columns("quantity", type="disposition_type"),
        "id": gid("ReverseFulfillmentOrderDisposition", "return_line_id"),
        "createdAt": instant("disposition_at"),
        "location": One("Location", "location_id"),
    }))  # fmt: skip
