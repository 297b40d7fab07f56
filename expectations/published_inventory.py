"""What we promise readers of the inventory tables: one stock, however it is added up."""

from datetime import date

import great_expectations.expectations as gxe

from expectations.suite import PERIOD_KEY, WARNING, Suite, differences, key, not_negative, shares

STATUSES = ("in_stock", "low", "critical", "out", "overstock", "dead")

METRICS = Suite(
    table="inventory.metrics",
    expectations=[
        *key(*PERIOD_KEY),
        *not_negative("stock_value", "average_stock_value", "inventory_turnover_ratio"),
        *not_negative("average_lead_time", "inventory_velocity"),
        *shares("stockout_rate"),
        # Of oversold stock more can be dead than there is.
        gxe.ExpectColumnValuesToBeBetween(
            column="dead_stock_percentage", min_value=0, max_value=100, severity=WARNING
        ),
    ],
)

BY_PRODUCT = Suite(
    table="inventory.metrics_by_product",
    where="period_type <> 'day'",
    expectations=[
        *key(*PERIOD_KEY, "sku"),
        *not_negative("stock_value", "safety_stock", "reorder_point", "economic_order_quantity"),
        *shares("stockout_rate"),
    ],
)

BY_LOCATION = Suite(
    table="inventory.metrics_by_location",
    where="period_type <> 'day'",
    expectations=[
        *key(*PERIOD_KEY, "sku", "warehouse_location"),
        *not_negative("stock_value"),
    ],
)

STOCK_STATUS = Suite(
    table="inventory.stock_status",
    expectations=[
        *key("store_id", "sku"),
        gxe.ExpectColumnValuesToBeInSet(column="stock_status", value_set=list(STATUSES)),
        *not_negative("stock_value", "safety_stock", "reorder_point", "on_order_units"),
    ],
)

SUPPLIERS = Suite(
    table="inventory.suppliers",
    expectations=[
        *key("store_id", "supplier_id"),
        *shares("on_time_pct"),
        *not_negative("average_lead_time", "average_days_late", "fill_rate_pct"),
    ],
)

FLOW = Suite(
    table="inventory.flow_daily",
    topic="balance",
    query="""
        select
            store_id, warehouse_location, day,
            opening_units + units_in - units_out - closing_units as differs_by
        from {inventory.flow_daily}
        where opening_units + units_in - units_out <> closing_units
    """,
    expectations=[gxe.ExpectTableRowCountToEqual(value=0)],
)

DAILY_REPORT = Suite(
    table="reports.daily_inventory_summary",
    topic="balance",
    query="""
        select
            opening_units + purchased_units - sold_units + returned_units + transferred_units
                + adjusted_units - closing_units as closing_differs_by
        from {reports.daily_inventory_summary}
    """,
    expectations=differences("closing_differs_by"),
)


def totals(as_of: date) -> Suite:
    """Stock by SKU = by location = by category = that of core = the total."""
    return Suite(
        table="inventory.metrics",
        topic="totals",
        query=f"""
            select
                coalesce(total.stock_value, 0) - coalesce(products.stock_value, 0)
                    as products_differ_by,
                coalesce(total.stock_value, 0) - coalesce(locations.stock_value, 0)
                    as locations_differ_by,
                coalesce(total.stock_value, 0) - coalesce(categories.stock_value, 0)
                    as categories_differ_by,
                coalesce(total.stock_value, 0) - coalesce(days.stock_value, 0)
                    as core_differs_by,
                coalesce(total.units, 0) - coalesce(products.units, 0)
                    as product_units_differ_by,
                coalesce(total.units, 0) - coalesce(locations.units, 0)
                    as location_units_differ_by,
                coalesce(total.units, 0) - coalesce(days.units, 0) as core_units_differ_by
            from ({_all_time("inventory.metrics")}) as total
            cross join ({_all_time("inventory.metrics_by_product")}) as products
            cross join ({_all_time("inventory.metrics_by_location")}) as locations
            cross join ({_all_time("inventory.metrics_by_category")}) as categories
            cross join (
                select sum(stock_value) as stock_value, sum(closing) as units
                from {{core.stock_daily}} where day = date '{as_of}'
            ) as days
        """,
        expectations=differences(
            "products_differ_by",
            "locations_differ_by",
            "categories_differ_by",
            "core_differs_by",
            "product_units_differ_by",
            "location_units_differ_by",
            "core_units_differ_by",
        ),
    )


def _all_time(table: str) -> str:
    return (
        "select sum(stock_value) as stock_value, sum(current_stock_quantity) as units "
        f"from {{{table}}} where period_type = 'all_time' and store_id = 'all'"
    )


def suites(as_of: date) -> list[Suite]:
    """All suites of the inventory tables for a run of that day."""
    return [
        METRICS,
        BY_PRODUCT,
        BY_LOCATION,
        STOCK_STATUS,
        SUPPLIERS,
        FLOW,
        DAILY_REPORT,
        totals(as_of),
    ]
