"""The streams of a shop: what each is called in the API, how it is asked for, what it fills."""

from collections.abc import Collection
from dataclasses import dataclass, field

from dlt_pipelines.shopify import queries

ORDER_TABLES = (
    "orders", "order_lines", "order_line_discounts", "order_discount_applications",
    "order_line_taxes", "order_shipping_lines", "order_transactions", "refunds", "refund_lines",
    "refund_adjustments", "refund_shipping_lines",
)  # fmt: skip
# Tables that are read with the orders, where the token has a scope of their own.
WITH_ORDERS: dict[str, tuple[str, ...]] = {
    "read_fulfillments": ("fulfillments",),
    "read_returns": ("returns", "return_lines", "exchange_lines", "return_dispositions"),
}
LEVELS = "inventory_levels"
# Tables that need a scope besides that of the stream which brings them.
PARTS = WITH_ORDERS | {"read_locations": (LEVELS,)}


@dataclass(frozen=True)
class Stream:
    """A connection at the root of the API that lands by `updated_at`, or whole in each run.

    `count` names the field that counts what matches the same search, where the API has one. `kind`
    is the type of its objects, where connections stand inside them.
    """

    name: str
    connection: str
    scope: str
    fields: str
    count: str | None = None
    kind: str = ""
    arguments: str = ""
    page_size: int = 250
    children: queries.Children = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    is_whole: bool = False


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


def order_tables(scopes: Collection[str]) -> tuple[str, ...]:
    """The tables whose rows a changed order replaces."""
    more = (names for scope, names in WITH_ORDERS.items() if scope in scopes)
    return (*ORDER_TABLES, *(name for names in more for name in names))


def orders(scopes: Collection[str]) -> Stream:
    """Orders, with those fields that the scopes give."""
    return Stream(
        "orders", "orders", "read_orders", queries.order(scopes), "ordersCount", "Order",
        arguments="sortKey: UPDATED_AT", children=queries.order_children(scopes),
        tables=order_tables(scopes),
    )  # fmt: skip


def inventory(scopes: Collection[str]) -> Stream:
    """Items, and their stock at each location, where the scopes show locations.

    They come whole: stock moves without its item being changed.
    """
    tables: tuple[str, ...] = ("inventory_items", "inventory_item_costs")
    levels: queries.Children = {}
    if LOCATIONS.scope in scopes:
        tables = (*tables, LEVELS)
        levels = {"inventoryLevels": ("includeInactive: true", queries.INVENTORY_LEVEL)}
    return Stream(
        "inventory_items", "inventoryItems", "read_inventory", queries.INVENTORY_ITEM,
        kind="InventoryItem", children=levels, tables=tables, is_whole=True,
    )  # fmt: skip


def of_every_run(scopes: Collection[str]) -> tuple[Stream, ...]:
    """The streams that are read by pages or in bulk, the longest last."""
    by_update = "sortKey: UPDATED_AT"
    return (
        Stream("products", "products", "read_products", queries.PRODUCT, "productsCount",
               arguments=by_update, tables=("products",)),
        Stream("product_variants", "productVariants", "read_products",
               queries.granted(queries.VARIANT, scopes), tables=("product_variants",)),
        inventory(scopes),
        Stream("customers", "customers", "read_customers", queries.CUSTOMER, "customersCount",
               arguments=by_update, tables=("customers",)),
        orders(scopes),
    )  # fmt: skip


DELETIONS = (
    Deletions("ORDER", "read_orders"),
    Deletions("PRODUCT", "read_products"),
    Deletions("CUSTOMER", "read_customers"),
)
