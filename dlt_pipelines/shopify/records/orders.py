"""Orders, their lines, and what stands in lists inside them."""

from typing import ClassVar

from msgspec import Struct, field

from dlt_pipelines.shopify.records.base import Address, Money, MoneyBag, Named, Record, Ref


class UtmParameters(Struct, gc=False):
    source: str | None = None
    medium: str | None = None
    campaign: str | None = None


class Visit(Struct, gc=False, rename="camel"):
    occurred_at: str
    source: str | None = None
    source_type: str | None = None
    landing_page: str | None = None
    referrer_url: str | None = None
    utm_parameters: UtmParameters | None = None


class Journey(Struct, gc=False, rename="camel"):
    ready: bool
    customer_order_index: int | None = None
    days_to_conversion: int | None = None
    first_visit: Visit | None = None
    last_visit: Visit | None = None


class ChannelDefinition(Struct, gc=False, rename="camel"):
    channel_name: str | None = None


class ChannelInformation(Struct, gc=False, rename="camel"):
    channel_definition: ChannelDefinition | None = None


class Fee(Struct, gc=False):
    amount: Money


class Transaction(Struct, gc=False, rename="camel"):
    id: str
    kind: str
    status: str
    test: bool
    created_at: str
    amount_set: MoneyBag
    gateway: str | None = None
    processed_at: str | None = None
    parent_transaction: Ref | None = None
    fees: list[Fee] = field(default_factory=list)


class Refund(Struct, gc=False, rename="camel"):
    id: str
    processed_at: str
    updated_at: str
    total_refunded_set: MoneyBag
    created_at: str | None = None
    note: str | None = None
    return_: Ref | None = field(name="return", default=None)


class Fulfillment(Struct, gc=False, rename="camel"):
    id: str
    status: str
    created_at: str
    location: Ref | None = None


class Order(Record, tag="Order", gc=False, rename="camel"):
    id: str
    name: str
    created_at: str
    processed_at: str
    updated_at: str
    test: bool
    edited: bool
    taxes_included: bool
    currency_code: str
    presentment_currency_code: str
    payment_gateway_names: list[str]
    discount_codes: list[str]
    tags: list[str]
    total_shipping_price_set: MoneyBag
    total_tip_received_set: MoneyBag
    total_price_set: MoneyBag
    current_total_price_set: MoneyBag
    total_refunded_set: MoneyBag
    subtotal_price_set: MoneyBag | None = None
    total_discounts_set: MoneyBag | None = None
    total_tax_set: MoneyBag | None = None
    original_total_duties_set: MoneyBag | None = None
    email: str | None = None
    cancelled_at: str | None = None
    cancel_reason: str | None = None
    closed_at: str | None = None
    display_financial_status: str | None = None
    display_fulfillment_status: str | None = None
    source_name: str | None = None
    app: Named | None = None
    channel_information: ChannelInformation | None = None
    customer: Ref | None = None
    retail_location: Ref | None = None
    shipping_address: Address | None = None
    billing_address: Address | None = None
    customer_journey_summary: Journey | None = None
    transactions: list[Transaction] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    fulfillments: list[Fulfillment] = field(default_factory=list)


class Index(Struct, gc=False):
    index: int


class DiscountAllocation(Struct, gc=False, rename="camel"):
    allocated_amount_set: MoneyBag
    discount_application: Index


class TaxLine(Struct, gc=False, rename="camel"):
    price_set: MoneyBag
    title: str | None = None
    rate: float | None = None


class LineItem(Record, tag="LineItem", gc=False, rename="camel"):
    id: str
    title: str
    quantity: int
    current_quantity: int
    is_gift_card: bool
    requires_shipping: bool
    taxable: bool
    original_unit_price_set: MoneyBag
    original_total_set: MoneyBag
    discounted_total_set: MoneyBag
    unfulfilled_quantity: int | None = None
    product: Ref | None = None
    variant: Ref | None = None
    sku: str | None = None
    variant_title: str | None = None
    vendor: str | None = None
    discount_allocations: list[DiscountAllocation] = field(default_factory=list)
    tax_lines: list[TaxLine] = field(default_factory=list)


class ShippingLine(Record, tag="ShippingLine", gc=False, rename="camel"):
    title: str
    original_price_set: MoneyBag
    discounted_price_set: MoneyBag
    is_removed: bool
    id: str | None = None
    code: str | None = None
    tax_lines: list[TaxLine] = field(default_factory=list)


class DiscountValue(Struct, gc=False):
    """A percentage or an amount of money, whichever the application has."""

    amount: str | None = None
    percentage: float | None = None


class DiscountApplication(Record, gc=False, rename="camel"):
    index: int
    allocation_method: str
    target_selection: str
    target_type: str
    value: DiscountValue
    code: str | None = None
    title: str | None = None
    kind: ClassVar[str]


class CodeDiscount(DiscountApplication, tag="DiscountCodeApplication", gc=False):
    kind: ClassVar[str] = "CODE"


class ManualDiscount(DiscountApplication, tag="ManualDiscountApplication", gc=False):
    kind: ClassVar[str] = "MANUAL"


class AutomaticDiscount(DiscountApplication, tag="AutomaticDiscountApplication", gc=False):
    kind: ClassVar[str] = "AUTOMATIC"


class ScriptDiscount(DiscountApplication, tag="ScriptDiscountApplication", gc=False):
    kind: ClassVar[str] = "SCRIPT"
