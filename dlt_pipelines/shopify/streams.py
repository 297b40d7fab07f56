"""The streams of a shop: what each is called in the API, how it is asked for, what it fills."""

from collections.abc import Collection
from dataclasses import dataclass, field

from dlt_pipelines.shopify import queries

ORDER_TABLES = (
    "orders", "order_lines", "order_line_discounts", "order_discount_applications",
    "order_line_taxes", "order_shipping_lines", "order_transactions", "refunds", "refund_lines",
    "refund_adjustments", "refund_shipping_lines",
)  # fmt: skip


@dataclass(frozen=True)
class Stream:
    """A connection at the root of the API that lands by `updated_at`.

    `count` names the field that counts what matches the same search, where the API has one.
    """

    name: str
    connection: str
    scope: str
    fields: str
    count: str | None = None
    arguments: str = ""
    page_size: int = 250
    children: queries.Children = field(default_factory=dict)
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deletions:
    """Events that tell what was deleted, of one type of object."""

    subject_type: str
    scope: str

    @property
    def name(self) -> str:
        return f"deletions_{self.subject_type.lower()}"


def has_scope(scope: str, scopes: Collection[str]) -> bool:
    """The right to write brings the right to read."""
    return scope in scopes or scope.replace("read_", "write_") in scopes


def readable_scopes(scopes: Collection[str]) -> frozenset[str]:
    """All scopes, with the reading that each right to write brings."""
    implied = {name.replace("write_", "read_") for name in scopes if name.startswith("write_")}
    return frozenset(scopes) | implied


LOCATIONS = Stream(
    "locations", "locations", "read_locations", queries.LOCATION,
    arguments="includeInactive: true, includeLegacy: true", tables=("locations",),
)  # fmt: skip


def orders(scopes: Collection[str]) -> Stream:
    """Orders, with those fields that the scopes give."""
    return Stream(
        "orders", "orders", "read_orders", queries.order(scopes), "ordersCount",
        arguments="sortKey: UPDATED_AT", children=queries.order_children(scopes),
        tables=ORDER_TABLES,
    )  # fmt: skip


def changing(scopes: Collection[str]) -> tuple[Stream, ...]:
    """The streams that are read from where they were last left."""
    by_update = "sortKey: UPDATED_AT"
    return (
        Stream("products", "products", "read_products", queries.PRODUCT, "productsCount",
               by_update, tables=("products",)),
        Stream("product_variants", "productVariants", "read_products",
               queries.granted(queries.VARIANT, scopes), tables=("product_variants",)),
        Stream("inventory_items", "inventoryItems", "read_inventory", queries.INVENTORY_ITEM,
               tables=("inventory_items",)),
        Stream("customers", "customers", "read_customers", queries.CUSTOMER, "customersCount",
               by_update, tables=("customers",)),
        orders(scopes),
    )  # fmt: skip


DELETIONS = (
    Deletions("ORDER", "read_orders"),
    Deletions("PRODUCT", "read_products"),
    Deletions("CUSTOMER", "read_customers"),
)
