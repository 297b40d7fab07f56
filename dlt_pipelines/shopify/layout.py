"""How each raw table's columns are read from a record, the columns that are constant left out."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from dlt_pipelines.shopify import records
from dlt_pipelines.shopify.columns import (
    BELONGS_TO,
    ID,
    PARENT,
    POSITION,
    Column,
    Columns,
    each,
    joined,
    key,
    maybe,
    maybe_money,
    money,
    of_parent,
    own,
    same,
    total,
)
from dlt_pipelines.shopify.records.base import Address


def _each_money(name: str, of: Callable[[Any, str], str | None]) -> Columns:
    """Amounts worked out of several: `of` is told whose, shop_money or presentment_money."""
    return {
        f"{name}_amount": each(lambda item: of(item, "shop_money")),
        f"{name}_presentment_amount": each(lambda item: of(item, "presentment_money")),
    }


def _visit(prefix: str) -> Columns:
    visit = f"customer_journey_summary.{prefix}_visit"
    paths = {
        "at": "occurred_at",
        "source": "source",
        "source_type": "source_type",
        "utm_source": "utm_parameters.source",
        "utm_medium": "utm_parameters.medium",
        "utm_campaign": "utm_parameters.campaign",
        "landing_page": "landing_page",
        "referrer_url": "referrer_url",
    }
    return {f"{prefix}_visit_{name}": maybe(f"{visit}.{path}") for name, path in paths.items()}


def _address(order: records.Order) -> Address | None:
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


def _shipping_tax(line: records.ShippingLine, whose: str) -> str:
    return total(getattr(tax.price_set, whose).amount for tax in line.tax_lines)


def _return_fee(returned: records.Return, whose: str) -> str | None:
    fees = returned.return_shipping_fees
    return total(getattr(fee.amount_set, whose).amount for fee in fees) if fees else None


CATALOGUE: dict[str, Columns] = {
    "shop": {
        "id": ID,
        **same("name", "myshopify_domain", "email", "currency_code", "iana_timezone"),
        "country_code": own("shop_address.country_code_v2"),
    },
    "locations": {
        "id": ID,
        **same("name", "is_active", "fulfills_online_orders"),
        "city": own("address.city"),
        "province": own("address.province"),
        "country_code": own("address.country_code"),
    },
    "products": {
        "id": ID,
        **same("title", "description", "handle", "vendor", "product_type"),
        "category_name": maybe("category.name"),
        "tags": joined("tags"),
        **same("status", "is_gift_card", "created_at", "updated_at", "published_at"),
    },
    "product_variants": {
        "id": ID,
        "product_id": key(own("product.id")),
        "inventory_item_id": key(maybe("inventory_item.id")),
        **same("sku", "title", "barcode", "position", "inventory_policy"),
        "price_amount": own("price"),
        "compare_at_price_amount": own("compare_at_price"),
        **same("created_at", "updated_at"),
    },
    "inventory_items": {
        "id": ID,
        "sku": own("sku"),
        "is_tracked": own("tracked"),
        "unit_cost_amount": maybe("unit_cost.amount"),
        "unit_cost_currency": maybe("unit_cost.currency_code"),
        **same("created_at", "updated_at"),
    },
    "inventory_item_costs": {
        "inventory_item_id": ID,
        "unit_cost_amount": own("unit_cost.amount"),
        "unit_cost_currency": own("unit_cost.currency_code"),
    },
    "inventory_levels": {
        "inventory_item_id": of_parent("item.id"),
        "location_id": of_parent("location.id"),
        "state": own("name"),
        **same("quantity", "updated_at"),
    },
    "customers": {
        "id": ID,
        **same("first_name", "last_name", "display_name"),
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
        **same("created_at", "updated_at"),
    },
    "deletions": {
        "subject_type": own("subject_type"),
        "subject_id": key(own("subject_id")),
        "deleted_at": own("created_at"),
    },
    "rejected": same("table_name", "reason", "record"),
}

ORDERS: dict[str, Columns] = {
    "orders": {
        "id": ID,
        "customer_id": key(maybe("customer.id")),
        **same("name", "email", "created_at", "processed_at", "updated_at", "cancelled_at"),
        **same("cancel_reason", "closed_at", "taxes_included", "source_name"),
        **same("currency_code", "presentment_currency_code"),
        "is_test": own("test"),
        "is_edited": own("edited"),
        "financial_status": own("display_financial_status"),
        "fulfillment_status": own("display_fulfillment_status"),
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
        "id": ID,
        "order_id": BELONGS_TO,
        "position": ID,
        "product_id": key(maybe("product.id")),
        "variant_id": key(maybe("variant.id")),
        **same("sku", "title", "variant_title", "vendor"),
        **same("quantity", "current_quantity", "unfulfilled_quantity"),
        **same("is_gift_card", "requires_shipping"),
        "is_taxable": own("taxable"),
        **money("original_unit_price", "original_unit_price_set"),
        **money("original_total", "original_total_set"),
        **money("discounted_total", "discounted_total_set"),
    },
    "order_line_discounts": {
        "order_line_id": of_parent("id"),
        "order_id": of_parent("parent_id"),
        "position": POSITION,
        "application_index": own("discount_application.index"),
        **money("allocated", "allocated_amount_set"),
    },
    "order_discount_applications": {
        "order_id": BELONGS_TO,
        "application_index": own("index"),
        **same("kind", "code", "title", "allocation_method", "target_selection", "target_type"),
        "percentage": own("value.percentage"),
        "fixed_amount": own("value.amount"),
    },
    "order_line_taxes": {
        "order_line_id": of_parent("id"),
        "order_id": of_parent("parent_id"),
        "position": POSITION,
        **same("title", "rate"),
        **money("tax", "price_set"),
    },
    "order_shipping_lines": {
        "id": key(each(_shipping_id)),
        "order_id": BELONGS_TO,
        **same("title", "code", "is_removed"),
        **money("original_price", "original_price_set"),
        **money("discounted_price", "discounted_price_set"),
        **_each_money("tax", _shipping_tax),
    },
    "order_transactions": {
        "id": ID,
        "order_id": of_parent("id"),
        "parent_id": key(maybe("parent_transaction.id")),
        **same("kind", "status", "gateway", "processed_at", "created_at"),
        "is_test": own("test"),
        **money("transaction", "amount_set"),
        "fee_amount": each(
            lambda payment: (
                total(fee.amount.amount for fee in payment.fees) if payment.fees else None
            )
        ),
    },
    "fulfillments": {
        "id": ID,
        "order_id": of_parent("id"),
        "location_id": key(maybe("location.id")),
        **same("status", "created_at"),
    },
    "refunds": {
        "id": ID,
        "order_id": of_parent("id"),
        "return_id": key(maybe("return_.id")),
        **same("note", "created_at", "processed_at", "updated_at"),
        **money("total_refunded", "total_refunded_set"),
    },
}

# The parent of these is the order, whatever the record itself belongs to.
RETURNS: dict[str, Columns] = {
    "refund_lines": {
        "refund_id": BELONGS_TO,
        "order_id": PARENT,
        "order_line_id": key(own("line_item.id")),
        "position": POSITION,
        **same("quantity", "restock_type"),
        "location_id": key(maybe("location.id")),
        **money("subtotal", "subtotal_set"),
        **money("tax", "total_tax_set"),
    },
    "refund_adjustments": {
        "id": ID,
        "refund_id": BELONGS_TO,
        "order_id": PARENT,
        "reason": own("reason"),
        **money("adjustment", "amount_set"),
        **money("tax", "tax_amount_set"),
    },
    "refund_shipping_lines": {
        "id": ID,
        "refund_id": BELONGS_TO,
        "order_id": PARENT,
        "shipping_line_id": key(own("shipping_line.id")),
        **money("subtotal", "subtotal_amount_set"),
        **money("tax", "tax_amount_set"),
    },
    "returns": {
        "id": ID,
        "order_id": PARENT,
        **same("name", "status", "created_at", "request_approved_at", "closed_at"),
        "decline_reason": maybe("decline.reason"),
        "decline_note": maybe("decline.note"),
        **_each_money("return_shipping_fee", _return_fee),
    },
    "return_lines": {
        "id": ID,
        "return_id": BELONGS_TO,
        "order_id": PARENT,
        "order_line_id": key(maybe("fulfillment_line_item.line_item.id")),
        **same("quantity", "refunded_quantity", "processed_quantity"),
        "reason_handle": maybe("reason.handle"),
        "reason_name": maybe("reason.name"),
        **same("reason_note", "customer_note"),
        **maybe_money("restocking_fee", "restocking_fee.amount_set"),
    },
    "exchange_lines": {
        "id": ID,
        "return_id": BELONGS_TO,
        "order_id": PARENT,
        "variant_id": key(own("variant_id")),
        **same("quantity", "processed_quantity"),
    },
    "return_dispositions": {
        "id": ID,
        "return_id": of_parent("return_id"),
        "order_id": of_parent("order_id"),
        "order_line_id": of_parent("order_line_id"),
        **same("kind", "quantity", "created_at"),
        "location_id": key(maybe("location.id")),
    },
}

LAYOUT: dict[str, Columns] = {**CATALOGUE, **ORDERS, **RETURNS}
