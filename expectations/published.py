"""What we promise readers: whole keys, sane ranges, totals that agree with their parts."""

from datetime import date

import great_expectations.expectations as gxe

from expectations import (
    published_ads,
    published_forecasts,
    published_inventory,
    published_returns,
)
from expectations.suite import PERIOD_KEY, WARNING, Suite, differences, key, shares
from storehouse import warehouse
from storehouse.settings import Settings

KEY_NAMES = frozenset(
    {*PERIOD_KEY, "metric_id", "sku", "day", "section", "position", "as_of_date"}
    | {"week_start", "month_start", "warehouse_location", "return_id", "po_id"}
)
# Columns of reports that are shares of a whole.
SHARE_NAMES = frozenset(
    {"accuracy_pct", "exact_pct", "on_time_pct", "quantity_pct", "returned_units_pct", "skus_pct"}
    | {"size_guide_accuracy_pct", "stock_value_pct", "stockout_rate", "units_sold_pct"}
    | {"cohort_maturity_pct", "defect_rate", "exchange_rate", "restocking_rate"}
    | {"size_fit_returns", "within_tolerance_pct", "wrong_item_rate"}
)
FRESH_DAYS = 3


SALES_METRICS = Suite(
    table="sales.metrics",
    expectations=[
        gxe.ExpectTableRowCountToBeBetween(
            min_value=1, severity=WARNING, description="sales.metrics is empty: no valid order"
        ),
        *key(*PERIOD_KEY),
        gxe.ExpectColumnValuesToNotBeNull(column="total_revenue"),
        gxe.ExpectColumnValuesToBeBetween(column="orders_count", min_value=0),
        gxe.ExpectColumnValuesToBeBetween(column="total_units_sold", min_value=0),
        gxe.ExpectColumnValuesToBeBetween(column="gross_margin_pct", max_value=100),
        gxe.ExpectColumnValuesToBeBetween(column="cross_sell_rate", min_value=0, max_value=1),
        gxe.ExpectColumnValuesToBeBetween(
            column="repeat_purchase_rate", min_value=0, max_value=100
        ),
        gxe.ExpectColumnValuesToBeBetween(column="new_customers_pct", min_value=0, max_value=100),
    ],
)

COST_COVERAGE = Suite(
    table="sales.metrics",
    topic="costs",
    where="period_type = 'all_time'",
    expectations=[
        gxe.ExpectColumnValuesToBeBetween(
            column="cost_coverage_pct",
            min_value=50,
            severity=WARNING,
            description="less than half of the lines have a known cost: margins are a guess",
        ),
    ],
)

SALES_BY_PRODUCT = Suite(
    table="sales.metrics_by_product",
    where="period_type <> 'day'",
    expectations=[
        *key(*PERIOD_KEY, "sku"),
        gxe.ExpectColumnValuesToBeBetween(column="revenue_rank", min_value=1),
        gxe.ExpectColumnValuesToBeBetween(column="units_rank", min_value=1),
        gxe.ExpectColumnValuesToBeBetween(column="total_units_sold", min_value=0),
    ],
)

KPIS = Suite(
    table="metrics.kpis",
    where="period_type <> 'day'",
    expectations=[
        *key("metric_id", *PERIOD_KEY),
        gxe.ExpectColumnValuesToNotBeNull(column="period_end"),
    ],
)

REVENUE_TOTALS = Suite(
    table="sales.metrics",
    topic="totals",
    query="""
        select
            coalesce(all_time.total_revenue, 0) - coalesce(days.total_revenue, 0)
                as days_differ_by,
            coalesce(all_time.orders_count, 0) - coalesce(days.orders_count, 0)
                as day_orders_differ_by,
            coalesce(all_time.total_revenue, 0) - coalesce(products.total_revenue, 0)
                as products_differ_by,
            coalesce(all_time.total_revenue, 0) - coalesce(kpis.total_revenue, 0)
                as kpis_differ_by
        from (
            select sum(total_revenue) as total_revenue, sum(orders_count) as orders_count
            from {sales.metrics} where period_type = 'all_time' and store_id = 'all'
        ) as all_time
        cross join (
            select sum(total_revenue) as total_revenue, sum(orders_count) as orders_count
            from {sales.metrics} where period_type = 'day' and store_id = 'all'
        ) as days
        cross join (
            select sum(total_revenue) as total_revenue
            from {sales.metrics_by_product} where period_type = 'all_time' and store_id = 'all'
        ) as products
        cross join (
            select sum(value) as total_revenue
            from {metrics.kpis}
            where metric_id = 'sales.total_revenue' and period_type = 'all_time'
                and store_id = 'all'
        ) as kpis
    """,
    expectations=[
        *differences("days_differ_by", "day_orders_differ_by", "products_differ_by"),
        *differences("kpis_differ_by", by=1),
    ],
)


def core_totals(as_of: date) -> Suite:
    """The days of sales.metrics add up to the valid orders of core up to the day of the run."""
    return Suite(
        table="sales.metrics",
        topic="core",
        query=f"""
            select
                coalesce(days.total_revenue, 0) - coalesce(items.total_amount, 0)
                    as revenue_differs_by,
                coalesce(days.orders_count, 0) - orders.orders_count as orders_differ_by
            from (
                select sum(total_revenue) as total_revenue, sum(orders_count) as orders_count
                from {{sales.metrics}} where period_type = 'day' and store_id = 'all'
            ) as days
            cross join (
                select sum(total_amount) as total_amount from {{core.order_items}}
                where is_valid and not is_gift_card and order_day <= date '{as_of}'
            ) as items
            cross join (
                select count(*) as orders_count from {{core.orders}}
                where is_valid and order_day <= date '{as_of}'
            ) as orders
        """,
        expectations=differences("revenue_differs_by", "orders_differ_by"),
    )


def freshness(settings: Settings, as_of: date) -> Suite:
    """A warning when the newest valid order is some days older than the day of the run."""
    orders = warehouse.relation(settings, "core.orders")
    frame = warehouse.query(
        settings,
        f"select max(order_day) as newest_day from {orders} "
        f"where is_valid and order_day <= date '{as_of}'",
    )
    newest = frame["newest_day"].iloc[0]
    frame["days_old"] = (as_of - _day(newest)).days if _known(newest) else None
    return Suite(
        table="core.orders",
        topic="freshness",
        frame=frame,
        expectations=[
            gxe.ExpectColumnValuesToBeBetween(
                column="days_old",
                max_value=FRESH_DAYS,
                severity=WARNING,
                description=f"the newest order is of {newest}, more than {FRESH_DAYS} days "
                f"before {as_of}",
            )
        ],
    )


def _known(value: object) -> bool:
    return value is not None and value == value  # NaT is not itself


def _day(value: object) -> date:
    return date.fromisoformat(str(value)[:10])


def report_suites(settings: Settings) -> list[Suite]:
    """Every table of the schema `reports`: the key columns it has are filled in every row, ranks
    begin with 1 and shares lie between 0 and 100.

    A report may be empty (no targets, no new products); how many rows it has is kept all the same.
    """
    return [_report_suite(settings, name) for name in warehouse.tables(settings, "reports")]


def _report_suite(settings: Settings, name: str) -> Suite:
    table = f"reports.{name}"
    empty = warehouse.arrow(
        settings, f"select * from {warehouse.relation(settings, table)} where 1 = 0"
    )
    ranks = [column for column in empty.column_names if column.endswith("_rank")]
    keys = [column for column in empty.column_names if column in KEY_NAMES]
    return Suite(
        table=table,
        expectations=[
            gxe.ExpectTableRowCountToBeBetween(min_value=0),
            *(gxe.ExpectColumnValuesToNotBeNull(column=column) for column in keys),
            *(gxe.ExpectColumnValuesToBeBetween(column=column, min_value=1) for column in ranks),
            *shares(*(column for column in empty.column_names if column in SHARE_NAMES)),
        ],
    )


def suites(settings: Settings, as_of: date) -> list[Suite]:
    """All suites of the published border for a run of that day."""
    return [
        SALES_METRICS,
        COST_COVERAGE,
        SALES_BY_PRODUCT,
        KPIS,
        REVENUE_TOTALS,
        core_totals(as_of),
        freshness(settings, as_of),
        *published_ads.suites(as_of),
        *published_forecasts.suites(as_of),
        *published_inventory.suites(as_of),
        *published_returns.suites(as_of),
        *report_suites(settings),
    ]
