"""What stands inside refunds, and returns with all that belongs to them."""

from msgspec import Struct, field

from dlt_pipelines.shopify.records.base import MoneyBag, Record, Ref


class RefundLine(Record, tag="RefundLineItem", gc=False, rename="camel"):
    line_item: Ref
    quantity: int
    restock_type: str
    subtotal_set: MoneyBag
    total_tax_set: MoneyBag
    location: Ref | None = None


class RefundAdjustment(Record, tag="OrderAdjustment", gc=False, rename="camel"):
    id: str
    amount_set: MoneyBag
    tax_amount_set: MoneyBag
    reason: str | None = None


class RefundShippingLine(Record, tag="RefundShippingLine", gc=False, rename="camel"):
    id: str
    shipping_line: Ref
    subtotal_amount_set: MoneyBag
    tax_amount_set: MoneyBag


class Decline(Struct, gc=False):
    reason: str
    note: str | None = None


class Fee(Struct, gc=False, rename="camel"):
    amount_set: MoneyBag


class Return(Record, tag="Return", gc=False, rename="camel"):
    id: str
    name: str
    status: str
    created_at: str
    request_approved_at: str | None = None
    closed_at: str | None = None
    decline: Decline | None = None
    return_shipping_fees: list[Fee] = field(default_factory=list)


class Reason(Struct, gc=False):
    handle: str
    name: str


class DeliveredLine(Struct, gc=False, rename="camel"):
    line_item: Ref


class ReturnLine(Record, gc=False, rename="camel"):
    id: str
    quantity: int
    refunded_quantity: int
    processed_quantity: int
    reason: Reason | None = field(name="returnReasonDefinition", default=None)
    reason_note: str | None = field(name="returnReasonNote", default=None)
    customer_note: str | None = None
    fulfillment_line_item: DeliveredLine | None = None
    restocking_fee: Fee | None = None


class VerifiedReturnLine(ReturnLine, tag="ReturnLineItem", gc=False):
    """A line of something that was delivered."""


class UnverifiedReturnLine(ReturnLine, tag="UnverifiedReturnLineItem", gc=False):
    """A line that Shopify cannot match to a delivery."""


class ExchangeLine(Record, tag="ExchangeLineItem", gc=False, rename="camel"):
    id: str
    quantity: int
    processed_quantity: int
    variant_id: str | None = None


class ReverseOrder(Record, tag="ReverseFulfillmentOrder", gc=False):
    id: str


class Disposition(Struct, gc=False, rename="camel"):
    id: str
    kind: str = field(name="type")
    quantity: int
    created_at: str
    location: Ref | None = None


class ReverseLine(Record, tag="ReverseFulfillmentOrderLineItem", gc=False, rename="camel"):
    id: str
    fulfillment_line_item: DeliveredLine | None = None
    dispositions: list[Disposition] = field(default_factory=list)
