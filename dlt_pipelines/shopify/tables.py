"""What lands in raw_shopify. Identifiers are the number at the end of Shopify's global id, as text.

Money stands in the shop's currency (`..._amount`) with the amount the customer saw beside it
(`..._presentment_amount`). Rows of a changed order replace that order's earlier rows. `position`
sorts an order's lines (it is the line's id, for a bulk result tells no places), the parts of a line
and of a refund (from 1), and a product's variants. Lists of texts are joined by ", ", and an empty
text is null.

Stock levels are a snapshot of the shop-local day on which they were read: a day that is read again
replaces its own rows and no other day's. A cost is noted on each day on which its item is read,
which keeps what Shopify forgets.
"""

from dlt_pipelines.tables import Table, table

_SHOP = {"store_id": "text"}
_ORDER = ("store_id", "order_id")


def _money(*names: str) -> dict[str, str]:
    pairs = ((f"{name}_amount", f"{name}_presentment_amount") for name in names)
    return {column: "money" for pair in pairs for column in pair}


def _visit(prefix: str) -> dict[str, str]:
    return {
        f"{prefix}_at": "timestamp",
        f"{prefix}_source": "text",
        f"{prefix}_source_type": "text",
        f"{prefix}_utm_source": "text",
        f"{prefix}_utm_medium": "text",
        f"{prefix}_utm_campaign": "text",
        f"{prefix}_landing_page": "text",
        f"{prefix}_referrer_url": "text",
    }


SHOP = table(
    "shop", "store_id",
    **_SHOP, id="text", name="text", myshopify_domain="text", email="text", currency_code="text",
    iana_timezone="text", country_code="text",
)  # fmt: skip

LOCATIONS = table(
    "locations", "store_id", "id",
    **_SHOP, id="text", name="text", is_active="bool", fulfills_online_orders="bool",
    city="text", province="text", country_code="text",
)  # fmt: skip

PRODUCTS = table(
    "products", "store_id", "id",
    **_SHOP, id="text", title="text", description="text", handle="text", vendor="text",
    product_type="text", category_name="text", tags="text", status="text", is_gift_card="bool",
    created_at="timestamp", updated_at="timestamp", published_at="timestamp",
)  # fmt: skip

PRODUCT_VARIANTS = table(
    "product_variants", "store_id", "id",
    **_SHOP, id="text", product_id="text", inventory_item_id="text", sku="text", title="text",
    barcode="text", position="bigint", price_amount="money", compare_at_price_amount="money",
    inventory_policy="text", created_at="timestamp", updated_at="timestamp",
)  # fmt: skip

INVENTORY_ITEMS = table(
    "inventory_items", "store_id", "id",
    **_SHOP, id="text", sku="text", is_tracked="bool", unit_cost_amount="money",
    unit_cost_currency="text", created_at="timestamp", updated_at="timestamp",
)  # fmt: skip

CUSTOMERS = table(
    "customers", "store_id", "id",
    **_SHOP, id="text", first_name="text", last_name="text", display_name="text", email="text",
    phone="text", state="text", tags="text", city="text", province="text", country_code="text",
    order_count="bigint", amount_spent_amount="money", amount_spent_currency="text",
    created_at="timestamp", updated_at="timestamp",
)  # fmt: skip

ORDERS = table(
    "orders", "store_id", "id",
    **_SHOP, id="text", name="text", customer_id="text", email="text",
    created_at="timestamp", processed_at="timestamp", updated_at="timestamp",
    cancelled_at="timestamp", cancel_reason="text", closed_at="timestamp",
    is_test="bool", is_edited="bool", taxes_included="bool",
    currency_code="text", presentment_currency_code="text",
    financial_status="text", fulfillment_status="text",
    source_name="text", app_name="text", channel_name="text", retail_location_id="text",
    payment_gateways="text", discount_codes="text", tags="text",
    city="text", province="text", country_code="text", zip="text",
    **_money("subtotal", "total_discounts", "total_tax", "total_shipping", "total_tip",
             "total_duties", "total_price", "current_total_price", "total_refunded"),
    journey_is_ready="bool", customer_order_index="bigint", days_to_conversion="bigint",
    **_visit("first_visit"), **_visit("last_visit"),
)  # fmt: skip

ORDER_LINES = table(
    "order_lines", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", order_id="text", position="bigint", product_id="text", variant_id="text",
    sku="text", title="text", variant_title="text", vendor="text", quantity="bigint",
    current_quantity="bigint", unfulfilled_quantity="bigint", is_gift_card="bool",
    requires_shipping="bool", is_taxable="bool",
    **_money("original_unit_price", "original_total", "discounted_total"),
)  # fmt: skip

ORDER_LINE_DISCOUNTS = table(
    "order_line_discounts", "store_id", "order_line_id", "position",
    merge_key=_ORDER,
    **_SHOP, order_line_id="text", order_id="text", position="bigint", application_index="bigint",
    **_money("allocated"),
)  # fmt: skip

ORDER_DISCOUNT_APPLICATIONS = table(
    "order_discount_applications", "store_id", "order_id", "application_index",
    merge_key=_ORDER,
    **_SHOP, order_id="text", application_index="bigint", kind="text", code="text", title="text",
    allocation_method="text", target_selection="text", target_type="text",
    percentage="decimal", fixed_amount="money",
)  # fmt: skip

ORDER_LINE_TAXES = table(
    "order_line_taxes", "store_id", "order_line_id", "position",
    merge_key=_ORDER,
    **_SHOP, order_line_id="text", order_id="text", position="bigint", title="text", rate="decimal",
    **_money("tax"),
)  # fmt: skip

ORDER_SHIPPING_LINES = table(
    "order_shipping_lines", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", order_id="text", title="text", code="text", is_removed="bool",
    **_money("original_price", "discounted_price", "tax"),
)  # fmt: skip

ORDER_TRANSACTIONS = table(
    "order_transactions", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", order_id="text", parent_id="text", kind="text", status="text",
    gateway="text", is_test="bool", processed_at="timestamp", created_at="timestamp",
    **_money("transaction"), fee_amount="money",
)  # fmt: skip

REFUNDS = table(
    "refunds", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", order_id="text", return_id="text", note="text",
    created_at="timestamp", processed_at="timestamp", updated_at="timestamp",
    **_money("total_refunded"),
)  # fmt: skip

REFUND_LINES = table(
    "refund_lines", "store_id", "refund_id", "order_line_id", "position",
    merge_key=_ORDER,
    **_SHOP, refund_id="text", order_id="text", order_line_id="text", position="bigint",
    quantity="bigint", restock_type="text", location_id="text", **_money("subtotal", "tax"),
)  # fmt: skip

REFUND_ADJUSTMENTS = table(
    "refund_adjustments", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", refund_id="text", order_id="text", reason="text",
    **_money("adjustment", "tax"),
)  # fmt: skip

REFUND_SHIPPING_LINES = table(
    "refund_shipping_lines", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", refund_id="text", order_id="text", shipping_line_id="text",
    **_money("subtotal", "tax"),
)  # fmt: skip

FULFILLMENTS = table(
    "fulfillments", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", order_id="text", location_id="text", status="text", created_at="timestamp",
)  # fmt: skip

RETURNS = table(
    "returns", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", order_id="text", name="text", status="text", created_at="timestamp",
    request_approved_at="timestamp", closed_at="timestamp", decline_reason="text",
    decline_note="text", **_money("return_shipping_fee"),
)  # fmt: skip

RETURN_LINES = table(
    "return_lines", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", return_id="text", order_id="text", order_line_id="text",
    quantity="bigint", refunded_quantity="bigint", processed_quantity="bigint",
    reason_handle="text", reason_name="text", reason_note="text", customer_note="text",
    **_money("restocking_fee"),
)  # fmt: skip

EXCHANGE_LINES = table(
    "exchange_lines", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", return_id="text", order_id="text", variant_id="text",
    quantity="bigint", processed_quantity="bigint",
)  # fmt: skip

RETURN_DISPOSITIONS = table(
    "return_dispositions", "store_id", "id",
    merge_key=_ORDER,
    **_SHOP, id="text", return_id="text", order_id="text", order_line_id="text", kind="text",
    quantity="bigint", location_id="text", created_at="timestamp",
)  # fmt: skip

INVENTORY_LEVELS = table(
    "inventory_levels", "store_id", "inventory_item_id", "location_id", "state", "snapshot_date",
    merge_key=("store_id", "snapshot_date"),
    **_SHOP, inventory_item_id="text", location_id="text", state="text", quantity="bigint",
    snapshot_date="date", captured_at="timestamp", updated_at="timestamp",
)  # fmt: skip

INVENTORY_ITEM_COSTS = table(
    "inventory_item_costs", "store_id", "inventory_item_id", "observed_on",
    **_SHOP, inventory_item_id="text", observed_on="date", unit_cost_amount="money",
    unit_cost_currency="text",
)  # fmt: skip

DELETIONS = table(
    "deletions", "store_id", "subject_type", "subject_id",
    **_SHOP, subject_type="text", subject_id="text", deleted_at="timestamp",
)  # fmt: skip

REJECTED = table(
    "rejected",
    **_SHOP, table_name="text", reason="text", record="text",
    write_disposition="append",
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    SHOP, LOCATIONS, PRODUCTS, PRODUCT_VARIANTS, INVENTORY_ITEMS, CUSTOMERS, ORDERS, ORDER_LINES,
    ORDER_LINE_DISCOUNTS, ORDER_DISCOUNT_APPLICATIONS, ORDER_LINE_TAXES, ORDER_SHIPPING_LINES,
    ORDER_TRANSACTIONS, REFUNDS, REFUND_LINES, REFUND_ADJUSTMENTS, REFUND_SHIPPING_LINES,
    FULFILLMENTS, RETURNS, RETURN_LINES, EXCHANGE_LINES, RETURN_DISPOSITIONS, INVENTORY_LEVELS,
    INVENTORY_ITEM_COSTS, DELETIONS, REJECTED,
)  # fmt: skip
