"""A real shop's year: what the warehouse says equals what its files add up to, to the cent."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dlt_pipelines import files, landing
from tests.dbt_project.dbt_runs import Dbt
from tests.small_warehouse import duckdb_settings

# Plain DuckDB on the files: nothing of ours but the rule that a cancelled order does not count.
SOLD = """
    create view sold as
    select
        orders.order_id,
        date_trunc('month', orders.order_date::timestamp)::date as month,
        items.sku,
        items.quantity::bigint as units,
        items.quantity::bigint * items.unit_price::decimal(18, 4)
        - coalesce(items.discount_amount::decimal(18, 4), 0) as revenue
    from read_csv('{folder}/orders.csv.gz', all_varchar = true) as orders
    left join read_csv('{folder}/order_items.csv.gz', all_varchar = true) as items
        on orders.order_id = items.order_id
    where orders.order_status <> 'cancelled'
"""

RETURNED = """
    create view returned as
    select
        date_trunc('month', returns.return_date::timestamp)::date as month,
        count(distinct returns.return_id) as returns,
        sum(items.quantity_returned::bigint)::bigint as units,
        sum(items.refund_amount::decimal(18, 4)) as refunded
    from read_csv('{folder}/returns.csv.gz', all_varchar = true) as returns
    left join read_csv('{folder}/return_items.csv.gz', all_varchar = true) as items
        on returns.return_id = items.return_id
    group by all
"""
# The shop brings adjustments alone: what it sold leaves the stock, nobody says that returns may be
# sold again, and no purchase was ever booked.
MOVED = """
    create view moved as
    select
        date_trunc('month', transaction_date::timestamp)::date as month,
        quantity::bigint as adjusted,
        0 as sold
    from read_csv('{folder}/inventory_transactions.csv.gz', all_varchar = true)
    union all
    select month, 0, units from sold where units is not null
"""


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    """The shop's files."""
    return shared / "data" / "online_retail"


@pytest.fixture(scope="module")
def warehouse(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The shop landed and built up to its metrics."""
    place = tmp_path_factory.mktemp("online_retail")
    settings = replace(
        duckdb_settings(place), store_time_zone="Europe/London", store_currency="GBP"
    )
    landing.prepare(settings)
    landing.run(settings, "files", lambda tally: files.source(settings, folder, tally))
    dbt = Dbt(settings, place, "2011-12-09")
    names = (
        "sales__metrics",
        "sales__metrics_by_product",
        "inventory__metrics",
        "returns__metrics",
    )
    models = ("--select", *(f"+{name}" for name in names))
    dbt.build(*models, "--exclude-resource-type", "test", "unit_test")
    assert dbt.failures() == []
    with duckdb.connect(str(settings.duckdb_path), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def plain(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The files, read without us."""
    with duckdb.connect() as connection:
        for view in (SOLD, RETURNED, MOVED):
            connection.execute(view.format(folder=folder))
        yield connection


def test_orders_units_and_revenue_by_month_equal_those_of_the_files(
    warehouse: duckdb.DuckDBPyConnection, plain: duckdb.DuckDBPyConnection
):
    expected = plain.execute(
        "select month, count(distinct order_id), sum(units), round(sum(revenue), 2) from sold "
        "group by month order by month"
    ).fetchall()
    found = warehouse.execute(
        "select period_start, orders_count, total_units_sold, round(total_revenue, 2) "
        "from sales.metrics where period_type = 'month' and store_id = 'default' order by 1"
    ).fetchall()
    assert len(expected) == 13
    assert found == expected


def test_the_ten_best_skus_equal_those_of_the_files(
    warehouse: duckdb.DuckDBPyConnection, plain: duckdb.DuckDBPyConnection
):
    expected = plain.execute(
        "select sku, sum(units), round(sum(revenue), 2) as revenue from sold where sku is not null "
        "group by sku order by revenue desc, sku limit 10"
    ).fetchall()
    found = warehouse.execute(
        "select sku, total_units_sold, round(total_revenue, 2) from sales.metrics_by_product "
        "where period_type = 'all_time' and store_id = 'default' and revenue_rank <= 10 "
        "order by revenue_rank"
    ).fetchall()
    assert found == expected


def test_return_rate_and_value_by_month_equal_those_of_the_files(
    warehouse: duckdb.DuckDBPyConnection, plain: duckdb.DuckDBPyConnection
):
    expected = plain.execute(
        """
        select month, returns, returned.units, round(refunded, 2),
            round(100 * returned.units / sum(sold.units), 4)
        from returned
        inner join sold using (month)
        group by month, returns, returned.units, refunded
        order by month
        """
    ).fetchall()
    found = warehouse.execute(
        "select period_start, total_returns, returned_units, round(return_value, 2), "
        "round(return_rate, 4) from returns.metrics "
        "where period_type = 'month' and store_id = 'default' order by 1"
    ).fetchall()
    assert len(expected) == 13
    assert [row[:4] for row in found] == [row[:4] for row in expected]
    assert [float(row[4]) for row in found] == pytest.approx([row[4] for row in expected])


def test_adjustments_and_sales_of_each_month_move_the_stock(
    warehouse: duckdb.DuckDBPyConnection, plain: duckdb.DuckDBPyConnection
):
    expected = plain.execute(
        "select month, sum(adjusted)::bigint, sum(sold)::bigint, "
        "(sum(sum(adjusted - sold)) over (order by month))::bigint from moved group by month "
        "order by month"
    ).fetchall()
    found = warehouse.execute(
        """
        select stock.month, stock.adjusted, stock.sold, metrics.current_stock_quantity
        from (
            select date_trunc('month', day)::date as month, sum(adjusted) as adjusted,
                -sum(sold) as sold
            from core.stock_daily
            group by all
        ) as stock
        inner join inventory.metrics as metrics on stock.month = metrics.period_start
        where metrics.period_type = 'month' and metrics.store_id = 'default'
        order by stock.month
        """
    ).fetchall()
    assert len(expected) == 13
    assert sum(row[1] for row in expected) != 0
    assert found == expected


def test_the_whole_shop_is_there(warehouse: duckdb.DuckDBPyConnection):
    """19,773 orders and 527,725 lines came with the files."""
    (orders,) = warehouse.execute("select count(*) from core.orders").fetchone() or (0,)
    (lines,) = warehouse.execute("select count(*) from core.order_items").fetchone() or (0,)
    assert (orders, lines) == (19773, 527725)
