"""What Shopify promises: the rows of the latest load of each table."""

import great_expectations.expectations as gxe

from dlt_pipelines.shopify.queries import STATES
from expectations.raw import belongs_to, not_negative, not_null, one_of
from expectations.suite import LATEST_LOAD, WARNING, Suite

CURRENCY = "^[A-Z]{3}$"

SHOP = Suite(
    table="raw_shopify.shop",
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="currency_code"),
        gxe.ExpectColumnValuesToMatchRegex(column="currency_code", regex=CURRENCY),
        gxe.ExpectColumnValuesToNotBeNull(column="iana_timezone"),
    ],
)

PRODUCTS = Suite(
    table="raw_shopify.products",
    where=LATEST_LOAD,
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="title"),
        gxe.ExpectColumnValuesToBeInSet(
            column="status",
            value_set=["ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"],
            severity=WARNING,
        ),
    ],
)

PRODUCT_VARIANTS = Suite(
    table="raw_shopify.product_variants",
    where=LATEST_LOAD,
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="product_id"),
        gxe.ExpectColumnValuesToBeBetween(column="price_amount", min_value=0),
        gxe.ExpectColumnValuesToNotBeNull(column="sku", mostly=0.9, severity=WARNING),
    ],
)

INVENTORY_ITEMS = Suite(
    table="raw_shopify.inventory_items",
    where=LATEST_LOAD,
    expectations=[
        gxe.ExpectColumnValuesToBeBetween(column="unit_cost_amount", min_value=0),
        gxe.ExpectColumnValuesToNotBeNull(column="unit_cost_amount", mostly=0.8, severity=WARNING),
    ],
)

CUSTOMERS = Suite(
    table="raw_shopify.customers",
    where=LATEST_LOAD,
    expectations=[gxe.ExpectColumnValuesToNotBeNull(column="created_at")],
)

ORDERS = Suite(
    table="raw_shopify.orders",
    where=LATEST_LOAD,
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="processed_at"),
        gxe.ExpectColumnValuesToNotBeNull(column="updated_at"),
        gxe.ExpectColumnValuesToNotBeNull(column="is_test"),
        gxe.ExpectColumnValuesToNotBeNull(column="currency_code"),
        gxe.ExpectColumnValuesToMatchRegex(column="currency_code", regex=CURRENCY),
        gxe.ExpectColumnValuesToMatchRegex(column="presentment_currency_code", regex=CURRENCY),
        gxe.ExpectColumnValuesToBeInSet(
            column="financial_status",
            value_set=[
                *("AUTHORIZED", "EXPIRED", "PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED"),
                *("PENDING", "REFUNDED", "VOIDED"),
            ],
            severity=WARNING,
        ),
        gxe.ExpectColumnValuesToBeBetween(column="total_price_amount", min_value=0),
        gxe.ExpectColumnValuesToBeBetween(column="total_tax_amount", min_value=0),
    ],
)

ORDER_LINES = Suite(
    table="raw_shopify.order_lines",
    where=LATEST_LOAD,
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="order_id"),
        gxe.ExpectColumnValuesToNotBeNull(column="quantity"),
        gxe.ExpectColumnValuesToBeBetween(column="quantity", min_value=0, max_value=100_000),
        gxe.ExpectColumnValuesToBeBetween(column="current_quantity", min_value=0),
        gxe.ExpectColumnValuesToNotBeNull(column="original_unit_price_amount"),
        gxe.ExpectColumnValuesToBeBetween(column="original_unit_price_amount", min_value=0),
        gxe.ExpectColumnValuesToNotBeNull(column="sku", mostly=0.9, severity=WARNING),
    ],
)

REFUNDS = Suite(
    table="raw_shopify.refunds",
    where=LATEST_LOAD,
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="order_id"),
        gxe.ExpectColumnValuesToNotBeNull(column="created_at"),
        gxe.ExpectColumnValuesToBeBetween(column="total_refunded_amount", min_value=0),
    ],
)

REFUND_LINES = Suite(
    table="raw_shopify.refund_lines",
    where=LATEST_LOAD,
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="order_line_id"),
        gxe.ExpectColumnValuesToBeBetween(column="quantity", min_value=0),
        gxe.ExpectColumnValuesToBeInSet(
            column="restock_type",
            value_set=["CANCEL", "LEGACY_RESTOCK", "NO_RESTOCK", "RETURN"],
            severity=WARNING,
        ),
    ],
)

FULFILLMENTS = Suite(
    table="raw_shopify.fulfillments",
    where=LATEST_LOAD,
    expectations=[
        *not_null("order_id", "created_at"),
        one_of("status", "CANCELLED", "ERROR", "FAILURE", "OPEN", "PENDING", "SUCCESS"),
    ],
)

RETURNS = Suite(
    table="raw_shopify.returns",
    where=LATEST_LOAD,
    expectations=[
        *not_null("order_id", "name", "created_at"),
        one_of("status", "CANCELED", "CLOSED", "DECLINED", "OPEN", "REQUESTED"),
        *not_negative("return_shipping_fee_amount"),
    ],
)

RETURN_LINES = Suite(
    table="raw_shopify.return_lines",
    where=LATEST_LOAD,
    expectations=[
        *not_null("order_id", "return_id", "quantity"),
        gxe.ExpectColumnValuesToBeBetween(column="quantity", min_value=0, max_value=100_000),
        *not_negative("refunded_quantity", "processed_quantity", "restocking_fee_amount"),
        gxe.ExpectColumnValuesToNotBeNull(column="reason_handle", mostly=0.5, severity=WARNING),
    ],
)

EXCHANGE_LINES = Suite(
    table="raw_shopify.exchange_lines",
    where=LATEST_LOAD,
    expectations=[
        *not_null("order_id", "return_id", "quantity"),
        *not_negative("quantity", "processed_quantity"),
    ],
)

RETURN_DISPOSITIONS = Suite(
    table="raw_shopify.return_dispositions",
    where=LATEST_LOAD,
    expectations=[
        *not_null("order_id", "return_id", "quantity", "created_at"),
        *not_negative("quantity"),
        one_of("kind", "MISSING", "NOT_RESTOCKED", "PROCESSING_REQUIRED", "RESTOCKED"),
    ],
)

INVENTORY_LEVELS = Suite(
    table="raw_shopify.inventory_levels",
    where=LATEST_LOAD,
    expectations=[
        *not_null("quantity", "captured_at"),
        gxe.ExpectColumnValuesToBeInSet(column="state", value_set=list(STATES)),
    ],
)

STATES_OF_LEVELS = Suite(
    table="raw_shopify.inventory_levels",
    topic="on hand",
    query="""
        select count(*) as levels_that_do_not_add_up
        from (
            select inventory_item_id
            from {raw_shopify.inventory_levels}
            where snapshot_date = (select max(snapshot_date) from {raw_shopify.inventory_levels})
            group by store_id, inventory_item_id, location_id
            having sum(case
                when state = 'on_hand' then quantity
                when state <> 'incoming' then -quantity
                else 0
            end) <> 0
        ) as levels
    """,
    expectations=[
        gxe.ExpectColumnMaxToBeBetween(
            column="levels_that_do_not_add_up", max_value=0, severity=WARNING
        )
    ],
)

INVENTORY_ITEM_COSTS = Suite(
    table="raw_shopify.inventory_item_costs",
    where=LATEST_LOAD,
    expectations=[
        *not_null("unit_cost_amount"),
        *not_negative("unit_cost_amount"),
        gxe.ExpectColumnValuesToMatchRegex(column="unit_cost_currency", regex=CURRENCY),
    ],
)

OF_ORDERS = tuple(
    belongs_to(f"raw_shopify.{child}", "raw_shopify.orders", {"order_id": "id"})
    for child in ("order_lines", "refunds", "fulfillments", "returns")
)
OF_RETURNS = tuple(
    belongs_to(f"raw_shopify.{child}", "raw_shopify.returns", {"return_id": "id"})
    for child in ("return_lines", "exchange_lines", "return_dispositions")
)
OF_STOCK = (
    belongs_to(
        "raw_shopify.inventory_levels", "raw_shopify.inventory_items", {"inventory_item_id": "id"}
    ),
    belongs_to("raw_shopify.inventory_levels", "raw_shopify.locations", {"location_id": "id"}),
)

SUITES = (
    SHOP, PRODUCTS, PRODUCT_VARIANTS, INVENTORY_ITEMS, CUSTOMERS, ORDERS, ORDER_LINES, REFUNDS,
    REFUND_LINES, FULFILLMENTS, RETURNS, RETURN_LINES, EXCHANGE_LINES, RETURN_DISPOSITIONS,
    INVENTORY_LEVELS, STATES_OF_LEVELS, INVENTORY_ITEM_COSTS, *OF_ORDERS, *OF_RETURNS, *OF_STOCK,
)  # fmt: skip
