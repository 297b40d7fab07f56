"""What a shop's own files promise. Landing has typed every cell and rejected what it could not."""

import great_expectations.expectations as gxe

from expectations.raw import belongs_to, not_negative, not_null
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

SUPPLIERS = Suite(
    table="raw_files.suppliers",
    expectations=not_negative("lead_time_days"),
)

PURCHASE_ORDERS = Suite(
    table="raw_files.purchase_orders",
    expectations=[
        *not_null("sku", "order_date"),
        *not_negative("quantity_ordered", "quantity_received", "unit_cost"),
    ],
)

INVENTORY = Suite(
    table="raw_files.inventory",
    expectations=[
        *not_null("quantity_on_hand", "last_updated"),
        *not_negative("quantity_reserved"),
    ],
)

INVENTORY_TRANSACTIONS = Suite(
    table="raw_files.inventory_transactions",
    expectations=[
        *not_null("sku", "quantity", "transaction_date"),
        gxe.ExpectColumnValuesToBeInSet(
            column="transaction_type",
            value_set=["purchase", "sale", "return", "transfer", "adjustment"],
        ),
        *not_negative("unit_cost"),
    ],
)

SIGNS_OF_TRANSACTIONS = Suite(
    table="raw_files.inventory_transactions",
    topic="signs",
    query="""
        select
            coalesce(sum(case when transaction_type = 'sale' and quantity > 0 then 1 else 0 end), 0)
                as sales_that_add_stock,
            coalesce(sum(
                case when transaction_type = 'return' and quantity < 0 then 1 else 0 end
            ), 0) as returns_that_take_stock
        from {raw_files.inventory_transactions}
    """,
    expectations=[
        gxe.ExpectColumnMaxToBeBetween(
            column="sales_that_add_stock", max_value=0, severity=WARNING
        ),
        gxe.ExpectColumnMaxToBeBetween(
            column="returns_that_take_stock", max_value=0, severity=WARNING
        ),
    ],
)

STOCK_COUNTS = Suite(
    table="raw_files.stock_counts",
    expectations=[*not_null("counted_quantity"), *not_negative("counted_quantity")],
)

TRANSFERS = Suite(
    table="raw_files.transfers",
    expectations=[
        *not_null("from_location", "to_location", "quantity", "transfer_date"),
        *not_negative("quantity", "transfer_cost"),
    ],
)

TRANSFERS_BETWEEN_PLACES = Suite(
    table="raw_files.transfers",
    topic="places",
    query="""
        select count(*) as transfers_that_go_nowhere
        from {raw_files.transfers}
        where from_location = to_location
    """,
    expectations=[
        gxe.ExpectColumnMaxToBeBetween(
            column="transfers_that_go_nowhere", max_value=0, severity=WARNING
        )
    ],
)

RETURNS = Suite(
    table="raw_files.returns",
    expectations=[
        *not_null("return_date"),
        gxe.ExpectColumnValuesToBeInSet(
            column="return_status", value_set=["pending", "approved", "rejected", "completed"]
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="return_type", value_set=["refund", "exchange", "store_credit"]
        ),
        *not_negative("total_refund_amount", "processing_cost", "restocking_fee", "shipping_cost"),
    ],
)

RETURN_ITEMS = Suite(
    table="raw_files.return_items",
    expectations=[
        *not_null("return_id"),
        *not_negative("quantity_returned", "restocked_value", "refund_amount"),
    ],
)

EXCHANGES = Suite(
    table="raw_files.exchanges",
    expectations=not_null("return_id"),
)

REFERENCES = (
    belongs_to("raw_files.order_items", "raw_files.orders", {"order_id": "order_id"}),
    belongs_to(
        "raw_files.return_items",
        "raw_files.returns",
        {"return_id": "return_id"},
        severity=WARNING,
    ),
    belongs_to(
        "raw_files.purchase_orders",
        "raw_files.suppliers",
        {"supplier_id": "supplier_id"},
        severity=WARNING,
    ),
)

SUITES = (
    STORES, PRODUCTS, ORDERS, ORDER_ITEMS, TARGETS, EXCHANGE_RATES, SUPPLIERS, PURCHASE_ORDERS,
    INVENTORY, INVENTORY_TRANSACTIONS, SIGNS_OF_TRANSACTIONS, STOCK_COUNTS, TRANSFERS,
    TRANSFERS_BETWEEN_PLACES, RETURNS, RETURN_ITEMS, EXCHANGES, *REFERENCES,
)  # fmt: skip
