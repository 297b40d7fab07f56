"""The tests of totals are tested: each of them sees a warehouse that is wrong."""

import shutil
from dataclasses import replace

import pytest

from storehouse import warehouse
from tests.dbt_project.conftest import Built
from tests.dbt_project.dbt_runs import Dbt

DAMAGE = """
    update sales.metrics set total_revenue = total_revenue + 0.01
    where store_id = 'ny' and period_type = 'day' and period_start = '2024-03-10';
    update sales.metrics set orders_count = orders_count + 1, new_customers = new_customers + 1
    where store_id = 'uk' and period_type = 'day' and period_start = '2024-03-12';
    delete from sales.metrics
    where store_id = 'uk' and period_type = 'day' and period_start = '2024-03-13';
    update ads.metrics set total_ad_spend = total_ad_spend + 0.01
    where store_id = 'uk' and period_type = 'day' and period_start = '2024-03-12';
    delete from core.ad_breakdowns where level = 'device' and is_unallocated;
    update core.orders set currency = 'CHF' where order_id = 'S1';
    delete from core.orders where order_id = 'S2';
"""
SEEING = (
    "assert_ad_levels_add_up_to_their_campaigns",
    "assert_ad_metrics_add_up_to_their_store",
    "assert_ad_spend_is_counted_once",
    "assert_all_stores_equal_their_sum",
    "assert_customers_are_new_or_returning",
    "assert_day_metrics_equal_order_items",
    "assert_day_orders_equal_core_orders",
    "assert_entities_add_up_to_their_store",
    "assert_every_currency_has_a_rate",
    "assert_every_day_has_a_row",
    "assert_periods_equal_the_sum_of_their_days",
    "belongs_to_core__order_items_store_id__order_id__ref_core__orders_",
)


@pytest.fixture(scope="module")
def damaged(on_duckdb: Built, tmp_path_factory: pytest.TempPathFactory) -> Dbt:
    """The tests' verdict on a small shop in which a few rows were changed by hand."""
    folder = tmp_path_factory.mktemp("damaged")
    shutil.copy(on_duckdb.settings.duckdb_path, folder / "shop.duckdb")
    settings = replace(on_duckdb.settings, duckdb_path=folder / "shop.duckdb")
    warehouse.execute(settings, DAMAGE)
    dbt = Dbt(settings, folder, on_duckdb.dbt.as_of)
    dbt.run("test", "--select", *SEEING)
    return dbt


@pytest.mark.parametrize("name", SEEING)
def test_an_assertion_sees_what_is_wrong(damaged: Dbt, name: str):
    verdicts = {key.split(".")[2]: verdict for key, verdict in damaged.statuses().items()}
    assert verdicts[name] in ("fail", "error")


def test_a_currency_without_a_rate_is_named(damaged: Dbt):
    (line,) = [text for text in damaged.failures() if "assert_every_currency_has_a_rate" in text]
    assert "No exchange rate leads from CHF to USD" in line


def test_the_small_shop_itself_is_right(on_duckdb: Built):
    names = {key.split(".")[2]: status for key, status in on_duckdb.statuses.items()}
    assert {name: names[name] for name in SEEING} == dict.fromkeys(SEEING, "pass")
