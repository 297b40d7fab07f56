"""What a shop's own files promise. Landing has typed every cell and rejected what it could not."""

import great_expectations.expectations as gxe

from expectations.suite import WARNING, Suite

CURRENCY = "^[A-Z]{3}$"

STORES = Suite(
    table="raw_files.stores",
    expectations=[gxe.ExpectColumnValuesToMatchRegex(column="currency", regex=CURRENCY)],
)

PRODUCTS = Suite(
    table="raw_files.products",
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="sku"),
        gxe.ExpectColumnValuesToBeBetween(column="unit_cost", min_value=0),
        gxe.ExpectColumnValuesToBeBetween(column="current_price", min_value=0),
        gxe.ExpectColumnValuesToBeInSet(
            column="status",
            value_set=["active", "discontinued", "seasonal"],
            severity=WARNING,
        ),
    ],
)

ORDERS = Suite(
    table="raw_files.orders",
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="order_date"),
        gxe.ExpectColumnValuesToBeInSet(
            column="order_status", value_set=["pending", "completed", "cancelled", "refunded"]
        ),
        gxe.ExpectColumnValuesToMatchRegex(column="currency", regex=CURRENCY),
    ],
)

ORDER_ITEMS = Suite(
    table="raw_files.order_items",
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="sku"),
        gxe.ExpectColumnValuesToNotBeNull(column="quantity"),
        gxe.ExpectColumnValuesToBeBetween(
            column="quantity", min_value=1, max_value=1_000_000, severity=WARNING
        ),
        gxe.ExpectColumnValuesToNotBeNull(column="unit_price"),
        gxe.ExpectColumnValuesToBeBetween(column="unit_price", min_value=0, severity=WARNING),
    ],
)

ITEMS_OF_ORDERS = Suite(
    table="raw_files.order_items",
    topic="orders",
    query="""
        select count(*) as items_without_order
        from {raw_files.order_items} as order_items
        left join {raw_files.orders} as orders
            on order_items.store_id = orders.store_id and order_items.order_id = orders.order_id
        where orders.order_id is null
    """,
    expectations=[gxe.ExpectColumnMaxToBeBetween(column="items_without_order", max_value=0)],
)

TARGETS = Suite(
    table="raw_files.targets",
    expectations=[
        gxe.ExpectColumnValuesToBeInSet(column="period_type", value_set=["day", "week", "month"]),
        gxe.ExpectColumnValuesToBeBetween(column="revenue_target", min_value=0),
    ],
)

EXCHANGE_RATES = Suite(
    table="raw_files.exchange_rates",
    expectations=[
        gxe.ExpectColumnValuesToMatchRegex(column="from_currency", regex=CURRENCY),
        gxe.ExpectColumnValuesToMatchRegex(column="to_currency", regex=CURRENCY),
        gxe.ExpectColumnValuesToBeBetween(column="rate", min_value=0, strict_min=True),
    ],
)

RETURN_ITEMS = Suite(
    table="raw_files.return_items",
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="return_id"),
        gxe.ExpectColumnValuesToBeBetween(column="quantity_returned", min_value=0),
    ],
)

SUITES = (
    STORES, PRODUCTS, ORDERS, ORDER_ITEMS, ITEMS_OF_ORDERS, TARGETS, EXCHANGE_RATES, RETURN_ITEMS,
)  # fmt: skip
