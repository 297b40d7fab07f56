"""What Shopify promises: the rows of the latest load of each table."""

import great_expectations.expectations as gxe

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

LINES_OF_ORDERS = Suite(
    table="raw_shopify.order_lines",
    topic="orders",
    query="""
        select count(*) as lines_without_order
        from {raw_shopify.order_lines} as order_lines
        left join {raw_shopify.orders} as orders
            on order_lines.store_id = orders.store_id and order_lines.order_id = orders.id
        where orders.id is null
    """,
    expectations=[gxe.ExpectColumnMaxToBeBetween(column="lines_without_order", max_value=0)],
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

SUITES = (
    SHOP, PRODUCTS, PRODUCT_VARIANTS, INVENTORY_ITEMS, CUSTOMERS, ORDERS, ORDER_LINES,
    LINES_OF_ORDERS, REFUNDS, REFUND_LINES,
)  # fmt: skip
