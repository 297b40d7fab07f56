"""The small shop's figures, worked out by hand from its rows (see small_shop.py).

They are read from DuckDB; test_parity.py holds PostgreSQL against it.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.dbt_project.conftest import Built


@pytest.fixture(scope="module")
def warehouse(on_duckdb: Built) -> duckdb.DuckDBPyConnection:
    """The built warehouse, to read from."""
    return duckdb.connect(str(on_duckdb.settings.duckdb_path), read_only=True)


def figures(
    warehouse: duckdb.DuckDBPyConnection,
    columns: Sequence[str],
    period: str,
    store: str = "ny",
    table: str = "sales.metrics",
    **where: str,
) -> list[tuple[Any, ...]]:
    """The columns of a store's period (`month 2024-03-01`), rows in order, money to the cent."""
    kind, _, start = period.partition(" ")
    conditions = {"store_id": store, "period_type": kind, **where}
    if start:
        conditions["period_start"] = start
    text = " and ".join(f"{name} = '{value}'" for name, value in conditions.items())
    rows = warehouse.execute(f"select {', '.join(columns)} from {table} where {text} order by all")
    return [tuple(_plain(value) for value in row) for row in rows.fetchall()]


def _plain(value: Any) -> Any:
    return float(round(value, 4)) if isinstance(value, Decimal) else value


def test_revenue_of_a_shopify_month_leaves_out_what_does_not_count(
    warehouse: duckdb.DuckDBPyConnection,
):
    columns = ["gross_sales", "discounts", "total_revenue", "orders_count", "total_units_sold"]
    # March: S2, S3, S8 to S13. Gross 10 + 10 + 10 + 20 + 20 + 0 + 3 + 5, discounts 2 of S9.
    assert figures(warehouse, columns, "month 2024-03-01") == [(78.0, 2.0, 76.0, 8, 10)]


def test_revenue_of_files_is_told_in_dollars_at_the_rate_of_each_day(
    warehouse: duckdb.DuckDBPyConnection,
):
    columns = ["gross_sales", "discounts", "total_revenue", "orders_count", "total_units_sold"]
    # 25.00 + 11.70 + 26.00 + 100.00 + 13.00; the discount is 1.00 x 1.30.
    assert figures(warehouse, columns, "all_time", "uk") == [(177.0, 1.3, 175.7, 5, 8)]


def test_all_stores_together_are_the_sum(warehouse: duckdb.DuckDBPyConnection):
    columns = ["total_revenue", "orders_count", "customers_count"]
    # 98.50 + 175.70; 9 + 5 orders; Ann, Bob, a guest, and k1 and k2 of the uk.
    assert figures(warehouse, columns, "all_time", "all") == [(274.2, 14, 5)]


def test_an_order_counts_on_the_local_day_around_midnight_and_the_change_of_clocks(
    warehouse: duckdb.DuckDBPyConnection,
):
    days = {"2024-02-29": 22.5, "2024-03-01": 0.0, "2024-03-10": 10.0, "2024-03-11": 10.0}
    for day, revenue in days.items():
        assert figures(warehouse, ["total_revenue"], f"day {day}") == [(revenue,)], day
    assert figures(warehouse, ["total_revenue"], "day 2024-03-31") == [(5.0,)]
    # U3 half past midnight in winter time, U5 half past eleven at night in summer time.
    assert figures(warehouse, ["total_revenue"], "day 2024-03-31", "uk") == [(39.0,)]


def test_a_guest_with_a_known_address_is_that_customer(warehouse: duckdb.DuckDBPyConnection):
    columns = ["customers_count", "new_customers", "returning_customers", "repeat_purchase_rate"]
    # March: Ann (S2 as a guest, S9) came before, in February; Bob and the other guest are new.
    # Of the three, Ann and Bob ordered twice or more.
    assert figures(warehouse, columns, "month 2024-03-01") == [(3, 2, 1, 66.6667)]


def test_cost_is_in_force_on_the_day_and_unknown_cost_is_no_cost(
    warehouse: duckdb.DuckDBPyConnection,
):
    columns = ["cost_of_goods_sold", "gross_profit", "gross_margin_pct", "cost_coverage_pct"]
    # S1 2x6 (product: nothing in force yet), S2 1x4, S8 1x5, S9 2x5, S10 2x5 = 41 of 98.50 revenue;
    # five lines of nine have a cost.
    assert figures(warehouse, columns, "all_time") == [(41.0, 57.5, 58.3756, 55.5556)]


def test_returns_count_on_their_own_day_and_rejected_ones_never(
    warehouse: duckdb.DuckDBPyConnection,
):
    columns = ["total_revenue", "returns_value", "net_sales", "refund_adjustments"]
    # The unit of S9 that was removed before shipping is no return, nor is that of cancelled S4.
    assert figures(warehouse, columns, "month 2024-03-01") == [(76.0, 9.0, 67.0, 4.0)]
    # R1: 9 pounds at 1.30. R3 came back before the first sale: 2 pounds at the first rate, 1.25.
    assert figures(warehouse, columns, "month 2024-03-01", "uk") == [(175.7, 11.7, 164.0, 0.0)]
    assert figures(warehouse, columns, "day 2024-02-20", "uk") == [(0.0, 2.5, -2.5, 0.0)]


def test_shipping_and_tax_are_told_apart(warehouse: duckdb.DuckDBPyConnection):
    # S1 7.00 and 2.00 of tax; S10 6.00 with 1.00 of tax included, and 5.00 of tax in all.
    assert figures(warehouse, ["shipping_amount", "tax_amount"], "all_time") == [(12.0, 7.0)]


def test_acquisition_cost_divides_ads_and_other_expenses_by_new_customers(
    warehouse: duckdb.DuckDBPyConnection,
):
    columns = ["marketing_spend", "new_customers", "customer_acquisition_cost"]
    assert figures(warehouse, columns, "month 2024-03-01") == [(30.0, 2, 15.0)]
    # Two rows of one campaign and day: 30 pounds at 1.30.
    assert figures(warehouse, columns, "month 2024-03-01", "uk") == [(39.0, 2, 19.5)]


def test_ads_of_files_are_told_in_dollars_whole_and_by_device(
    warehouse: duckdb.DuckDBPyConnection,
):
    columns = ["total_ad_spend", "clicks", "revenue_from_ads", "cost_per_click"]
    # 30 and 60 pounds at 1.30; the second campaign, which nobody describes, costs nothing.
    assert figures(warehouse, columns, "month 2024-03-01", "uk", "ads.metrics") == [
        (39.0, 10, 78.0, 3.9)
    ]
    # Its 8 engagements on all 200 impressions of the platform; the other tells none.
    told = ["platform", "impressions", "engagement_rate"]
    assert figures(warehouse, told, "month 2024-03-01", "uk", "ads.metrics_by_platform") == [
        ("google_ads", 200, 4.0),
        ("unknown", 50, None),
    ]
    columns = ["device_type", "total_ad_spend", "revenue_from_ads"]
    assert figures(warehouse, columns, "month 2024-03-01", "uk", "ads.metrics_by_device") == [
        ("phone", 26.0, 78.0),
        ("unallocated", 13.0, 0.0),
    ]


def test_growth_is_null_where_the_period_before_is_not_wholly_in_the_data(
    warehouse: duckdb.DuckDBPyConnection,
):
    # The data begin on February 29, a Thursday.
    assert figures(warehouse, ["sales_growth_rate"], "month 2024-03-01") == [(None,)]
    assert figures(warehouse, ["sales_growth_rate"], "week 2024-03-04") == [(None,)]
    # Weeks: 03-04 nothing; 03-11 S3 10 + S8 10 + S9 18 = 38; 03-18 S10 20 + S12 3 = 23; 03-25 5.
    assert figures(warehouse, ["sales_growth_rate"], "week 2024-03-18") == [(-39.4737,)]
    assert figures(warehouse, ["sales_growth_rate"], "week 2024-03-25") == [(-78.2609,)]
    # On the day itself: last 7 days (03-25 to 03-31) against the 7 before.
    assert figures(warehouse, ["sales_growth_rate"], "last_7_days") == [(-78.2609,)]
    assert figures(warehouse, ["year_over_year_growth"], "last_7_days") == [(None,)]


def test_kpis_carry_the_period_before(warehouse: duckdb.DuckDBPyConnection):
    columns = ["value", "previous_value", "change_pct", "last_year_value"]
    metric = {"table": "metrics.kpis", "metric_id": "sales.average_order_value"}
    # Week of 03-18: 23 over three orders; of 03-11: 38 over three.
    expected = [(7.6667, 12.6667, -39.4737, None)]
    assert figures(warehouse, columns, "week 2024-03-18", **metric) == expected


def test_products_are_ranked_and_share_in_revenue(warehouse: duckdb.DuckDBPyConnection):
    columns = ["revenue_rank", "sku", "total_revenue", "product_contribution_pct", "units_rank"]
    table = "sales.metrics_by_product"
    # A: 18 + 10 + 10 + 18 + 20 = 76 for 8 units; b: 4.50 + 10 + 5 = 19.50 for 4; gift wrap 3.
    assert figures(warehouse, columns, "all_time", table=table) == [
        (1, "A", 76.0, 77.1574, 1),
        (2, "b", 19.5, 19.797, 2),
        (3, "custom-Gift wrap", 3.0, 3.0457, 3),
    ]


def test_an_order_of_two_products_crosses_sales_and_gift_cards_do_not(
    warehouse: duckdb.DuckDBPyConnection,
):
    # Only S1 has two SKUs, of nine orders; S8 has one and a gift card.
    assert figures(warehouse, ["cross_sell_rate"], "all_time") == [(0.1111,)]


def test_orders_are_told_by_channel_and_source(warehouse: duckdb.DuckDBPyConnection):
    by_channel = figures(
        warehouse, ["channel", "orders_count"], "all_time", table="sales.metrics_by_channel"
    )
    assert by_channel == [("marketplace", 1), ("retail", 1), ("web", 7)]
    by_source = figures(
        warehouse,
        ["traffic_source", "orders_count"],
        "all_time",
        table="sales.metrics_by_traffic_source",
    )
    assert by_source == [("organic", 1), ("paid", 1), ("unattributed", 7)]


def test_a_sku_that_nothing_describes_is_made_up(warehouse: duckdb.DuckDBPyConnection):
    made_up = warehouse.execute(
        "select sku, product_name from core.products "
        "where is_inferred and store_id = 'uk' order by 1"
    ).fetchall()
    assert made_up == [("M2", "Unnamed jug"), ("M3", "M3"), ("M9", "M9")]


def test_nothing_after_the_run_counts(warehouse: duckdb.DuckDBPyConnection):
    (last,) = warehouse.execute("select max(elapsed_end) from core.periods").fetchone() or (None,)
    assert str(last) == "2024-03-31"
    assert figures(warehouse, ["orders_count"], "today") == [(1,)]
