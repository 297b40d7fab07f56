"""A shop that brings little: everything builds, passes its tests, and tells no false number."""

from typing import Any

import pytest

from dlt_pipelines import landing
from storehouse import warehouse
from storehouse.settings import Settings
from tests.dbt_project.conftest import Built
from tests.dbt_project.raw_rows import insert
from tests.dbt_project.replay import failing_tests, replay
from tests.small_warehouse import duckdb_settings

# The day is that of the small shop, 2024-03-31.
ORDER = {"store_id": "default", "order_id": "o1", "order_status": "completed"}
LINE = {"store_id": "default", "order_id": "o1", "order_item_id": "o1-1", "sku": "a"}
ONE_SALE: dict[str, list[dict[str, Any]]] = {
    "raw_files.orders": [ORDER | {"order_date": "2024-03-30T12:00:00Z"}],
    "raw_files.order_items": [LINE | {"quantity": 2, "unit_price": 5}],
}
ONE_AD: dict[str, list[dict[str, Any]]] = {
    "raw_files.ad_performance": [
        {
            "store_id": "default",
            "campaign_id": "c",
            "date": "2024-03-30",
            "impressions": 10,
            "clicks": 0,
            "spend": 4,
        }
    ],
}
ONE_STATE: dict[str, list[dict[str, Any]]] = {
    "raw_files.inventory": [
        {
            "store_id": "default",
            "sku": "a",
            "warehouse_location": "main",
            "quantity_on_hand": 7,
            "last_updated": "2024-03-30T12:00:00Z",
        }
    ],
}
ONE_RETURN: dict[str, list[dict[str, Any]]] = {
    "raw_files.returns": [
        {
            "store_id": "default",
            "return_id": "r1",
            "return_date": "2024-03-30",
            "total_refund_amount": 5,
        }
    ],
    "raw_files.return_items": [
        {
            "store_id": "default",
            "return_id": "r1",
            "return_item_id": "r1-1",
            "sku": "a",
            "quantity_returned": 1,
        }
    ],
}
SHOPS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "nothing": {},
    "one sale": ONE_SALE | ONE_AD,
    "a state and a return": ONE_STATE | ONE_RETURN,
}


@pytest.fixture(scope="module", params=SHOPS)
def shop(
    request: pytest.FixtureRequest, on_duckdb: Built, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Settings]:
    """A shop by its name, and the warehouse that is built of it."""
    settings = duckdb_settings(tmp_path_factory.mktemp("sparse"))
    landing.prepare(settings)
    insert(settings, SHOPS[request.param])
    replay(on_duckdb.dbt, settings)
    return request.param, settings


def all_time(settings: Settings, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of the total store over all time."""
    sql = f"select {', '.join(columns)} from {table} where store_id = 'all' "
    rows = warehouse.query(settings, sql + "and period_type = 'all_time'")
    rows = rows.astype(object).where(rows.notna(), None)
    return list(rows.itertuples(index=False, name=None))


def test_every_model_of_a_sparse_shop_builds_and_passes_its_tests(
    shop: tuple[str, Settings], on_duckdb: Built
):
    assert failing_tests(on_duckdb.dbt, shop[1]) == []


def test_ratios_of_what_a_sparse_shop_lacks_are_null_and_sums_are_zero(
    shop: tuple[str, Settings],
):
    name, settings = shop
    inventory = all_time(
        settings, "inventory.metrics", "current_stock_quantity", "stock_value", "units_sold",
        "sell_through_rate", "inventory_turnover_ratio", "average_lead_time",
    )  # fmt: skip
    returns = all_time(
        settings, "returns.metrics", "total_returns", "returned_units", "return_value",
        "return_rate", "defect_rate", "average_processing_time",
    )  # fmt: skip
    ads = all_time(
        settings, "ads.metrics", "total_ad_spend", "clicks", "cost_per_click", "click_through_rate",
        "return_on_ad_spend", "budget_utilization_pct", "profit_from_ads", "engagement_rate",
    )  # fmt: skip
    expected = {
        "nothing": ([], [], []),
        "one sale": (
            [(-2, 0, 2, None, None, None)],
            [(0, 0, 0, 0, None, None)],
            [(4, 0, None, 0, 0, None, None, None)],
        ),
        "a state and a return": (
            [(7, 0, 0, None, None, None)],
            [(1, 1, 5, None, 0, None)],
            [(0, 0, None, None, None, None, None, None)],
        ),
    }
    assert (inventory, returns, ads) == expected[name]
