"""Typed records -> columns -> Arrow tables, shaped as tables.py says.

A column is a function from rows to values, read in one pass over all rows of a batch; amounts and
instants are cast as whole columns. A row whose value cannot be cast is rejected with the reason.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from operator import attrgetter, itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dlt_pipelines.shopify import records, tables
from dlt_pipelines.tables import Table

ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "bool": pa.bool_(),
    "bigint": pa.int64(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "date": pa.date32(),
    "money": pa.decimal128(28, 6),
    "decimal": pa.decimal128(28, 6),
}
UNCASTABLE = (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError)
BY_NAME = {table.name: table for table in tables.TABLES}


@dataclass
class Rows:
    """Rows to be: each with its own struct, what it belongs to, and its place in there from 1."""

    own: list[Any]
    parents: list[Any] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    _values: dict[str, list[Any]] = field(default_factory=dict)

    def values(self, path: str) -> list[Any]:
        """An attribute on a path where anything may be null; columns share the way to it."""
        if path not in self._values:
            way, _, name = path.rpartition(".")
            get = attrgetter(name)
            holders = self.values(way) if way else self.own
            self._values[path] = [None if item is None else get(item) for item in holders]
        return self._values[path]

    def without(self, indexes: set[int]) -> "Rows":
        def kept(items: list[Any]) -> list[Any]:
            return [item for index, item in enumerate(items) if index not in indexes]

        return Rows(kept(self.own), kept(self.parents), kept(self.positions))


@dataclass(frozen=True)
class Column:
    """How a column's values are read; a global id is cut to the number at its end."""

    read: Callable[[Rows], Sequence[Any]]
    is_id: bool = False


Columns = dict[str, Column]
Batch = dict[str, pa.Table]


def own(path: str) -> Column:
    """An attribute that every row's struct has, `price_set.shop_money.amount`."""
    get = attrgetter(path)
    return Column(lambda rows: list(map(get, rows.own)))


def maybe(path: str) -> Column:
    """An attribute on a path where anything may be null."""
    return Column(lambda rows: rows.values(path))


def key(column: Column) -> Column:
    """The same column, whose values are global ids."""
    return Column(column.read, is_id=True)


def each(function: Callable[[Any], Any]) -> Column:
    """A value worked out from each row's struct."""
    return Column(lambda rows: [function(item) for item in rows.own])


def parent(get: Callable[[Any], Any]) -> Column:
    """A global id of what the row belongs to."""
    return Column(lambda rows: list(map(get, rows.parents)), is_id=True)


def joined(path: str) -> Column:
    """A list of texts as one text."""
    get = attrgetter(path)
    return Column(lambda rows: [", ".join(texts) for texts in map(get, rows.own)])


def money(name: str, path: str) -> Columns:
    """The shop's and the customer's amount of a MoneyBag."""
    return {
        f"{name}_amount": own(f"{path}.shop_money.amount"),
        f"{name}_presentment_amount": own(f"{path}.presentment_money.amount"),
    }


def maybe_money(name: str, path: str) -> Columns:
    return {
        f"{name}_amount": maybe(f"{path}.shop_money.amount"),
        f"{name}_presentment_amount": maybe(f"{path}.presentment_money.amount"),
    }


POSITION = Column(lambda rows: rows.positions)


def total(amounts: Iterable[str]) -> str:
    """The sum of amounts; one that is no number is returned as it is, to be rejected as a value."""
    result = Decimal(0)
    for amount in amounts:
        try:
            result += Decimal(amount)
        except InvalidOperation:
            return amount
    return str(result)


def _visit(prefix: str) -> Columns:
    visit = f"customer_journey_summary.{prefix}_visit"
    return {
        f"{prefix}_visit_at": maybe(f"{visit}.occurred_at"),
        f"{prefix}_visit_source": maybe(f"{visit}.source"),
        f"{prefix}_visit_source_type": maybe(f"{visit}.source_type"),
        f"{prefix}_visit_utm_source": maybe(f"{visit}.utm_parameters.source"),
        f"{prefix}_visit_utm_medium": maybe(f"{visit}.utm_parameters.medium"),
        f"{prefix}_visit_utm_campaign": maybe(f"{visit}.utm_parameters.campaign"),
        f"{prefix}_visit_landing_page": maybe(f"{visit}.landing_page"),
        f"{prefix}_visit_referrer_url": maybe(f"{visit}.referrer_url"),
    }


def _address(order: records.Order) -> records.Address | None:
    return order.shipping_address or order.billing_address


def _of_address(name: str) -> Column:
    get = attrgetter(name)

    def value(order: records.Order) -> str | None:
        address = _address(order)
        return None if address is None else get(address)

    return each(value)


def _shipping_id(line: records.ShippingLine) -> str:
    """Shopify may give a shipping line no id; its title is unique enough within an order."""
    return line.id or f"{line.parent_id}:{line.title}"


COLUMNS: dict[str, Columns] = {
    "shop": {
        "id": key(own("id")),
        "name": own("name"),
        "myshopify_domain": own("myshopify_domain"),
        "email": own("email"),
        "currency_code": own("currency_code"),
        "iana_timezone": own("iana_timezone"),
        "country_code": own("shop_address.country_code_v2"),
    },
    "locations": {
        "id": key(own("id")),
        "name": own("name"),
        "is_active": own("is_active"),
        "fulfills_online_orders": own("fulfills_online_orders"),
        "city": own("address.city"),
        "province": own("address.province"),
        "country_code": own("address.country_code"),
    },
    "products": {
        "id": key(own("id")),
        "title": own("title"),
        "description": own("description"),
        "handle": own("handle"),
        "vendor": own("vendor"),
        "product_type": own("product_type"),
        "category_name": maybe("category.name"),
        "tags": joined("tags"),
        "status": own("status"),
        "is_gift_card": own("is_gift_card"),
        "created_at": own("created_at"),
        "updated_at": own("updated_at"),
        "published_at": own("published_at"),
    },
    "product_variants": {
        "id": key(own("id")),
        "product_id": key(own("product.id")),
        "inventory_item_id": key(maybe("inventory_item.id")),
        "sku": own("sku"),
        "title": own("title"),
        "barcode": own("barcode"),
        "position": own("position"),
        "price_amount": own("price"),
        "compare_at_price_amount": own("compare_at_price"),
        "inventory_policy": own("inventory_policy"),
        "created_at": own("created_at"),
        "updated_at": own("updated_at"),
    },
    "inventory_items": {
        "id": key(own("id")),
        "sku": own("sku"),
        "is_tracked": own("tracked"),
        "unit_cost_amount": maybe("unit_cost.amount"),
        "unit_cost_currency": maybe("unit_cost.currency_code"),
        "created_at": own("created_at"),
        "updated_at": own("updated_at"),
    },
    "customers": {
        "id": key(own("id")),
        "first_name": own("first_name"),
        "last_name": own("last_name"),
        "display_name": own("display_name"),
        "email": maybe("default_email_address.email_address"),
        "phone": maybe("default_phone_number.phone_number"),
        "state": own("state"),
        "tags": joined("tags"),
        "city": maybe("default_address.city"),
        "province": maybe("default_address.province"),
        "country_code": maybe("default_address.country_code_v2"),
        "order_count": each(lambda customer: str(customer.number_of_orders)),
        "amount_spent_amount": own("amount_spent.amount"),
        "amount_spent_currency": own("amount_spent.currency_code"),
        "created_at": own("created_at"),
        "updated_at": own("updated_at"),
    },
    "orders": {
        "id": key(own("id")),
        "name": own("name"),
        "customer_id": key(maybe("customer.id")),
        "email": own("email"),
        "created_at": own("created_at"),
        "processed_at": own("processed_at"),
        "updated_at": own("updated_at"),
        "cancelled_at": own("cancelled_at"),
        "cancel_reason": own("cancel_reason"),
        "closed_at": own("closed_at"),
        "is_test": own("test"),
        "is_edited": own("edited"),
        "taxes_included": own("taxes_included"),
        "currency_code": own("currency_code"),
        "presentment_currency_code": own("presentment_currency_code"),
        "financial_status": own("display_financial_status"),
        "fulfillment_status": own("display_fulfillment_status"),
        "source_name": own("source_name"),
        "app_name": maybe("app.name"),
        "channel_name": maybe("channel_information.channel_definition.channel_name"),
        "retail_location_id": key(maybe("retail_location.id")),
        "payment_gateways": joined("payment_gateway_names"),
        "discount_codes": joined("discount_codes"),
        "tags": joined("tags"),
        "city": _of_address("city"),
        "province": _of_address("province"),
        "country_code": _of_address("country_code_v2"),
        "zip": _of_address("zip"),
        **maybe_money("subtotal", "subtotal_price_set"),
        **maybe_money("total_discounts", "total_discounts_set"),
        **maybe_money("total_tax", "total_tax_set"),
        **money("total_shipping", "total_shipping_price_set"),
        **money("total_tip", "total_tip_received_set"),
        **maybe_money("total_duties", "original_total_duties_set"),
        **money("total_price", "total_price_set"),
        **money("current_total_price", "current_total_price_set"),
        **money("total_refunded", "total_refunded_set"),
        "journey_is_ready": maybe("customer_journey_summary.ready"),
        "customer_order_index": maybe("customer_journey_summary.customer_order_index"),
        "days_to_conversion": maybe("customer_journey_summary.days_to_conversion"),
        **_visit("first"),
        **_visit("last"),
    },
    "order_lines": {
        "id": key(own("id")),
        "order_id": key(own("parent_id")),
        "position": key(own("id")),
        "product_id": key(maybe("product.id")),
        "variant_id": key(maybe("variant.id")),
        "sku": own("sku"),
        "title": own("title"),
        "variant_title": own("variant_title"),
        "vendor": own("vendor"),
        "quantity": own("quantity"),
        "current_quantity": own("current_quantity"),
        "unfulfilled_quantity": own("unfulfilled_quantity"),
        "is_gift_card": own("is_gift_card"),
        "requires_shipping": own("requires_shipping"),
        "is_taxable": own("taxable"),
        **money("original_unit_price", "original_unit_price_set"),
        **money("original_total", "original_total_set"),
        **money("discounted_total", "discounted_total_set"),
    },
    "order_line_discounts": {
        "order_line_id": parent(attrgetter("id")),
        "order_id": parent(attrgetter("parent_id")),
        "position": POSITION,
        "application_index": own("discount_application.index"),
        **money("allocated", "allocated_amount_set"),
    },
    "order_discount_applications": {
        "order_id": key(own("parent_id")),
        "application_index": own("index"),
        "kind": own("kind"),
        "code": own("code"),
        "title": own("title"),
        "allocation_method": own("allocation_method"),
        "target_selection": own("target_selection"),
        "target_type": own("target_type"),
        "percentage": own("value.percentage"),
        "fixed_amount": own("value.amount"),
    },
    "order_line_taxes": {
        "order_line_id": parent(attrgetter("id")),
        "order_id": parent(attrgetter("parent_id")),
        "position": POSITION,
        "title": own("title"),
        "rate": own("rate"),
        **money("tax", "price_set"),
    },
    "order_shipping_lines": {
        "id": key(each(_shipping_id)),
        "order_id": key(own("parent_id")),
        "title": own("title"),
        "code": own("code"),
        "is_removed": own("is_removed"),
        **money("original_price", "original_price_set"),
        **money("discounted_price", "discounted_price_set"),
        "tax_amount": each(
            lambda line: total(tax.price_set.shop_money.amount for tax in line.tax_lines)
        ),
        "tax_presentment_amount": each(
            lambda line: total(tax.price_set.presentment_money.amount for tax in line.tax_lines)
        ),
    },
    "order_transactions": {
        "id": key(own("id")),
        "order_id": parent(attrgetter("id")),
        "parent_id": key(maybe("parent_transaction.id")),
        "kind": own("kind"),
        "status": own("status"),
        "gateway": own("gateway"),
        "is_test": own("test"),
        "processed_at": own("processed_at"),
        "created_at": own("created_at"),
        **money("transaction", "amount_set"),
        "fee_amount": each(
            lambda payment: (
                total(fee.amount.amount for fee in payment.fees) if payment.fees else None
            )
        ),
    },
    "refunds": {
        "id": key(own("id")),
        "order_id": parent(attrgetter("id")),
        "return_id": key(maybe("return_.id")),
        "note": own("note"),
        "created_at": own("created_at"),
        "processed_at": own("processed_at"),
        "updated_at": own("updated_at"),
        **money("total_refunded", "total_refunded_set"),
    },
    "refund_lines": {
        "refund_id": key(own("parent_id")),
        "order_id": parent(itemgetter(0)),
        "order_line_id": key(own("line_item.id")),
        "position": POSITION,
        "quantity": own("quantity"),
        "restock_type": own("restock_type"),
        "location_id": key(maybe("location.id")),
        **money("subtotal", "subtotal_set"),
        **money("tax", "total_tax_set"),
    },
    "refund_adjustments": {
        "id": key(own("id")),
        "refund_id": key(own("parent_id")),
        "order_id": parent(itemgetter(0)),
        "reason": own("reason"),
        **money("adjustment", "amount_set"),
        **money("tax", "tax_amount_set"),
    },
    "refund_shipping_lines": {
        "id": key(own("id")),
        "refund_id": key(own("parent_id")),
        "order_id": parent(itemgetter(0)),
        "shipping_line_id": key(own("shipping_line.id")),
        **money("subtotal", "subtotal_amount_set"),
        **money("tax", "tax_amount_set"),
    },
    "deletions": {
        "subject_type": own("subject_type"),
        "subject_id": key(own("subject_id")),
        "deleted_at": own("created_at"),
    },
    "rejected": {
        "table_name": own("table_name"),
        "reason": own("reason"),
        "record": own("record"),
    },
}


@dataclass(frozen=True)
class Rejected:
    """A row of the table rejected."""

    table_name: str
    reason: str
    record: str


def arrow(table: Table, rows: Rows, store_id: str) -> tuple[pa.Table, list[Rejected]]:
    """The rows as an Arrow table, and those that have a value which cannot be cast."""
    columns: dict[str, pa.Array] = {}
    bad: dict[int, str] = {}
    for name, column in COLUMNS[table.name].items():
        values = column.read(rows)
        try:
            columns[name] = _cast(values, table.columns[name], column.is_id)
        except UNCASTABLE as error:
            places = _uncastable(values, table.columns[name], column.is_id)
            bad = dict.fromkeys(places, f"{name}: {error}") | bad
    if bad:
        rejected = [_rejected(table, rows.own[at], bad[at]) for at in sorted(bad)]
        kept, _ = arrow(table, rows.without(set(bad)), store_id)
        return kept, rejected
    return _complete(table, columns, len(rows.own), store_id), []


def _cast(values: Sequence[Any], kind: str, is_id: bool) -> pa.Array:
    """Values as a whole column; texts are parsed where the column is of another type."""
    wanted = ARROW_TYPES[kind]
    if is_id:
        return _numbers(pa.array(values, pa.string())).cast(wanted)
    if pa.types.is_string(wanted):
        return _no_empty_texts(pa.array(values, wanted))
    return pa.array(values).cast(wanted)


def _no_empty_texts(array: pa.Array) -> pa.Array:
    """Empty texts as nulls: some engines load them as nothing else."""
    is_empty = pc.equal(array, "")
    return pc.if_else(is_empty, None, array) if pc.any(is_empty).as_py() else array


def _numbers(ids: pa.Array) -> pa.Array:
    """What follows the last slash of each global id; those of one type have one prefix."""
    first = next((value.as_py() for value in ids if value.is_valid), "")
    prefix = first[: first.rfind("/") + 1]
    if prefix and pc.all(pc.starts_with(ids, prefix)).as_py():
        return pc.utf8_slice_codeunits(ids, start=len(prefix))
    return pc.replace_substring_regex(ids, pattern=r"^.*/", replacement="")


def _uncastable(values: Sequence[Any], kind: str, is_id: bool, start: int = 0) -> list[int]:
    """Where the values stand that cannot be cast, found by halving."""
    try:
        _cast(values, kind, is_id)
    except UNCASTABLE:
        if len(values) == 1:
            return [start]
        middle = len(values) // 2
        left = _uncastable(values[:middle], kind, is_id, start)
        return left + _uncastable(values[middle:], kind, is_id, start + middle)
    return []


def _rejected(table: Table, item: Any, reason: str) -> Rejected:
    return Rejected(table.name, reason, records.encode(item))


def _complete(table: Table, columns: dict[str, pa.Array], count: int, store_id: str) -> pa.Table:
    """The columns in the declared order, the store's id before them."""
    arrays = {"store_id": pa.repeat(pa.scalar(store_id, pa.string()), count), **columns}
    return pa.table({name: arrays[name] for name in table.columns}, schema=schema(table))


def schema(table: Table) -> pa.Schema:
    """The table's columns as Arrow has them."""
    return pa.schema([(name, ARROW_TYPES[kind]) for name, kind in table.columns.items()])


def empty(table: Table) -> pa.Table:
    return schema(table).empty_table()
