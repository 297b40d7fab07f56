"""The shop, what it sells and keeps in stock, and its customers."""

from msgspec import Struct

from dlt_pipelines.shopify.records.base import Address, CurrencyMoney, Named, Record, Ref


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


class Quantity(Struct, gc=False, rename="camel"):
    name: str
    quantity: int
    updated_at: str | None = None


class StockedItem(Struct, gc=False):
    id: str
    tracked: bool


class InventoryLevel(Record, tag="InventoryLevel", gc=False, rename="camel"):
    item: StockedItem
    location: Ref
    quantities: list[Quantity]


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


class DestroyEvent(Record, tag="BasicEvent", gc=False, rename="camel"):
    id: str
    created_at: str
    subject_id: str
    subject_type: str
