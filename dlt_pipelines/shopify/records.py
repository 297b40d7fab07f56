"""Shopify's records as typed structs: a page's nodes and the lines of a bulk result alike.

Decoding is strict about what a row cannot do without (ids, amounts as text) and lenient about all
else: unknown fields are ignored and unknown enum values survive as text.
"""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import msgspec
from msgspec import Struct, field


class Money(Struct, gc=False):
    amount: str


class CurrencyMoney(Struct, gc=False, rename="camel"):
    amount: str
    currency_code: str


class MoneyBag(Struct, gc=False, rename="camel"):
    shop_money: Money
    presentment_money: Money


class Ref(Struct, gc=False):
    id: str


class Named(Struct, gc=False):
    name: str


class Address(Struct, gc=False, rename="camel"):
    city: str | None = None
    province: str | None = None
    country_code_v2: str | None = field(name="countryCodeV2", default=None)
    country_code: str | None = None
    zip: str | None = None


class Record(Struct, gc=False, kw_only=True, rename="camel", tag_field="__typename"):
    """A node of a page or a line of a bulk result; `parent_id` is the object it belongs to."""

    parent_id: str | None = field(name="__parentId", default=None)


class Shop(Record, tag="Shop", gc=False, rename="camel"):
    id: str
    name: str
    myshopify_domain: str
    email: str | None
    currency_code: str
    iana_timezone: str
    shop_address: Address


class Location(Record, tag="Location", gc=False, rename="camel"):
    id: str
    name: str
    is_active: bool
    fulfills_online_orders: bool
    address: Address


class Product(Record, tag="Product", gc=False, rename="camel"):
    id: str
    title: str
    description: str | None
    handle: str | None
    vendor: str | None
    product_type: str | None
    tags: list[str]
    status: str | None
    is_gift_card: bool
    created_at: str
    updated_at: str
    category: Named | None = None
    published_at: str | None = None


class ProductVariant(Record, tag="ProductVariant", gc=False, rename="camel"):
    id: str
    product: Ref
    title: str
    position: int
    price: str
    created_at: str
    updated_at: str
    inventory_item: Ref | None = None
    sku: str | None = None
    barcode: str | None = None
    compare_at_price: str | None = None
    inventory_policy: str | None = None


class InventoryItem(Record, tag="InventoryItem", gc=False, rename="camel"):
    id: str
    tracked: bool
    created_at: str
    updated_at: str
    sku: str | None = None
    unit_cost: CurrencyMoney | None = None


class EmailAddress(Struct, gc=False, rename="camel"):
    email_address: str


class PhoneNumber(Struct, gc=False, rename="camel"):
    phone_number: str


class Customer(Record, tag="Customer", gc=False, rename="camel"):
    id: str
    display_name: str | None
    state: str | None
    tags: list[str]
    number_of_orders: str | int
    amount_spent: CurrencyMoney
    created_at: str
    updated_at: str
    first_name: str | None = None
    last_name: str | None = None
    default_email_address: EmailAddress | None = None
    default_phone_number: PhoneNumber | None = None
    default_address: Address | None = None


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
    fees: list[Fee] = []


class Refund(Struct, gc=False, rename="camel"):
    id: str
    processed_at: str
    updated_at: str
    total_refunded_set: MoneyBag
    created_at: str | None = None
    note: str | None = None
    return_: Ref | None = field(name="return", default=None)


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
    transactions: list[Transaction] = []
    refunds: list[Refund] = []


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
    discount_allocations: list[DiscountAllocation] = []
    tax_lines: list[TaxLine] = []


class ShippingLine(Record, tag="ShippingLine", gc=False, rename="camel"):
    title: str
    original_price_set: MoneyBag
    discounted_price_set: MoneyBag
    is_removed: bool
    id: str | None = None
    code: str | None = None
    tax_lines: list[TaxLine] = []


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


class DestroyEvent(Record, tag="BasicEvent", gc=False, rename="camel"):
    id: str
    created_at: str
    subject_id: str
    subject_type: str


AnyRecord = (
    Shop | Location | Product | ProductVariant | InventoryItem | Customer | Order | LineItem
    | ShippingLine | CodeDiscount | ManualDiscount | AutomaticDiscount | ScriptDiscount
    | RefundLine | RefundAdjustment | RefundShippingLine | DestroyEvent
)  # fmt: skip

_DECODER = msgspec.json.Decoder(AnyRecord)


class Malformed(Struct, gc=False):
    """A record that cannot become rows: what it is, why not, and its JSON."""

    typename: str
    reason: str
    record: str


class _Typename(Struct, gc=False):
    typename: str | None = field(name="__typename", default=None)


def _malformed(raw: bytes, error: Exception) -> Malformed:
    try:
        typename = msgspec.json.decode(raw, type=_Typename).typename
    except msgspec.MsgspecError:
        typename = None
    text = bytes(raw).decode("utf-8", "replace")
    return Malformed(typename or "unknown", str(error), text)


def decode(raw: bytes) -> Record | Malformed:
    """One record, or what is wrong with it."""
    try:
        return _DECODER.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return _malformed(raw, error)


def decode_lines(block: bytes) -> list[Record | Malformed]:
    """All records of a block of whole JSON lines; one bad line costs only itself."""
    try:
        return _DECODER.decode_lines(block)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return [decode(line) for line in block.splitlines() if line.strip()]


def encode(record: Struct) -> str:
    """The record as JSON again, with the fields that we know."""
    return msgspec.json.encode(record).decode()


def by_type(records: Iterable[Record | Malformed]) -> dict[type, list]:
    """Records in lists of one type each, their order kept."""
    found: dict[type, list] = {}
    for record in records:
        kind = type(record)
        kind = DiscountApplication if issubclass(kind, DiscountApplication) else kind
        found.setdefault(kind, []).append(record)
    return found


def number(global_id: str) -> str:
    """The number at the end of a global id."""
    return global_id.rpartition("/")[2]


def chunks(items: list, size: int) -> Iterator[list]:
    """Slices of at most `size` items."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
