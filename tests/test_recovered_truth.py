"""What the made-up shop was made from, found again in the analyses of stock and returns."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from sandbox.shop import Shop, ShopSpec, generate
from sandbox.shop.planning import write_planning
from sandbox.shopify_api import ShopifySandbox
from storehouse import warehouse
from storehouse.settings import Settings
from tests.dbt_project.dbt_runs import Dbt
from tests.small_warehouse import duckdb_settings

SPEC = ShopSpec(end=date(2026, 1, 31), orders=8_000)
ANALYSES = (
    "returns__customers",
    "returns__prevention",
    "returns__product_quality",
    "returns__reason_by_category",
    "returns__spikes",
    "inventory__stock_accuracy",
    "inventory__suppliers",
)


@dataclass(frozen=True)
class Told:
    """The shop, and the warehouse that holds what was found out about it."""

    shop: Shop
    settings: Settings

    def truth(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the shop's own database."""
        return self.shop.con.execute(sql).fetchall()

    def found(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the warehouse."""
        frame = warehouse.query(self.settings, sql)
        return [tuple(row) for row in frame.itertuples(index=False)]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The shop with what its people note in files, landed and analysed."""
    folder = tmp_path_factory.mktemp("truth")
    settings = duckdb_settings(folder)
    shop = generate(SPEC)
    write_planning(shop, folder / "planning")
    with ShopifySandbox(shop, bulk="immediate") as running:
        environment = os.environ | {
            "WAREHOUSE": "duckdb",
            "DUCKDB_PATH": str(settings.duckdb_path),
            "STATE_DIR": str(settings.state_dir),
            "SOURCES__SHOPIFY__SHOP_URL": running.url,
            "SOURCES__SHOPIFY__ACCESS_TOKEN": running.access_token,
        }
        for words in (["prepare"], ["shopify"], ["files", str(folder / "planning")]):
            command = [sys.executable, "-m", "dlt_pipelines", *words]
            subprocess.run(command, env=environment, check=True, capture_output=True)
        models = [word for name in ANALYSES for word in ("--select", f"+{name}")]
        done = Dbt(settings, folder, SPEC.end.isoformat()).run(
            "build", "--resource-type", "model", "seed", *models
        )
        assert done.returncode == 0, done.stdout[-3000:]
        yield Told(shop, settings)


def test_the_faulty_batch_is_the_only_jump_of_returns(told: Told):
    sku, first_day, last_day = told.truth(
        "select sku, first_day, last_day from truth_defective_batches"
    )[0]
    spikes = told.found(
        "select sku, week_start, defect_lines, returned_lines from returns.spikes where is_peak"
    )
    assert [spike[0] for spike in spikes] == [sku]
    _, week, defective, returned = spikes[0]
    # Its goods come back within a month or so, and nearly all as faulty.
    assert first_day <= _day(week)
    assert (_day(week) - last_day).days <= 35
    assert defective > 0.8 * returned


def test_the_product_with_the_faulty_batch_is_the_only_one_of_poor_quality(told: Told):
    poor = told.found("select sku from returns.product_quality where quality_grade = 'poor'")
    assert poor == told.truth("select sku from truth_defective_batches")


def test_sizes_are_found_wrong_in_the_category_where_they_are(told: Told):
    category = told.truth("select category from truth_size_problems")[0]
    worst = told.found(
        "select category from returns.reason_by_category where store_id = 'sandbox' "
        "and return_reason_category = 'size_fit' order by excess_score desc nulls last limit 1"
    )
    assert worst == [category]
    advised = told.found(
        "select category from returns.prevention where recommendation = 'size_guide' "
        "group by category order by count(*) desc limit 1"
    )
    assert advised == [category]


def test_serial_returners_are_found_and_few_others_taken_for_them(told: Told):
    truth = set(told.truth("select cast(customer_id as varchar) from truth_serial_returners"))
    found = set(told.found("select customer_id from returns.customers where is_serial_returner"))
    assert len(truth) > 10
    assert len(found & truth) >= 0.8 * len(truth)
    assert len(found - truth) <= 0.25 * len(found)


def test_the_late_supplier_is_the_only_one_that_is_often_late(told: Told):
    late = told.found("select supplier_id from inventory.suppliers where is_often_late")
    assert late == told.truth("select supplier_id from truth_late_suppliers")


def test_what_counts_find_missing_is_what_was_lost(told: Told):
    """Left out: what was shipped for orders that were deleted, which no source tells any more, and
    SKUs that several variants share, or whose product is gone."""
    untold = told.truth(
        """
        select distinct variants.sku
        from variants
        left join stock_movements as moved using (inventory_item_id)
        left join orders
            on moved.kind = 'SALE' and moved.reference_id = cast(orders.order_id as varchar)
        where
            orders.deleted_at is not null
            or variants.sku in (select sku from variants group by sku having count(*) > 1)
        """
    )
    lost = told.truth(
        """
        select variants.sku, locations.name, truth.counted_at, truth.units
        from truth_shrinkage as truth
        inner join variants using (inventory_item_id)
        inner join locations on truth.location_id = locations.location_id
        """
    )
    missing = told.found(
        "select sku, warehouse_location, cast(counted_at as timestamp), -variance "
        "from inventory.stock_accuracy where variance <> 0"
    )
    skus = {row[0] for row in untold}
    expected = {row for row in lost if row[0] not in skus}
    assert len(expected) > 0.5 * len(lost)
    assert {row for row in missing if row[0] not in skus} == expected


def _day(value: Any) -> date:
    return value.date() if hasattr(value, "date") else value
