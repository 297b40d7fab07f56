"""The same landing in a real PostgreSQL."""

import shutil
from decimal import Decimal

import pytest

from dlt_pipelines import landing
from storehouse import warehouse
from tests.dlt_pipelines.conftest import raw

FOLDER = {
    "orders.csv": (
        "order_id,order_date,order_status,is_test,total_amount\n"
        '1,2026-03-08T09:30:00+02:00,completed,no,"12.3456785"\n'
        "2,2026-03-09,pending,,\n"
    ),
    "order_items.csv": (
        "order_id,sku,product_name,quantity,unit_price\n"
        '1,A,"Lamp ""big"",\nred",2.0,5\n'
        "1,B,,x,5\n"
        "3,B,,1,5\n"
    ),
    "customers.csv": "customer_id,registration_date,Shelf No\nC1,2026-03-08,\nC2,,07\n",
}


@pytest.fixture
def postgres_settings(postgres_env, make_settings):
    return make_settings(warehouse="postgres")


def test_files_land_typed_replace_themselves_and_survive_a_lost_state_folder(
    postgres_settings, land_files
):
    land_files(postgres_settings, FOLDER)
    shutil.rmtree(postgres_settings.state_dir)
    land_files(postgres_settings, FOLDER)

    assert raw(postgres_settings, "orders", "order_id", "order_date", "is_test") == [
        ("1", "2026-03-08T07:30:00Z", False),
        ("2", "2026-03-09T00:00:00", None),
    ]
    assert raw(postgres_settings, "orders", "total_amount") == [
        (Decimal("12.345679"),),
        (None,),
    ]
    assert raw(postgres_settings, "order_items", "order_item_id", "product_name", "quantity") == [
        ("1-1", 'Lamp "big",\nred', 2)
    ]
    assert raw(postgres_settings, "customers", "customer_id", "shelf_no") == [
        ("C1", None),
        ("C2", "07"),
    ]
    assert raw(postgres_settings, "rejected", "table_name", "reason", "_line") == [
        ("order_items", "order_id '3' is in no order that landed", 5),
        ("order_items", "quantity 'x' is not a whole number", 4),
    ]


def test_landing_replaces_a_table_that_a_view_reads(postgres_settings, land_files):
    land_files(postgres_settings, FOLDER)
    warehouse.execute(
        postgres_settings, "create view seen as select customer_id from raw_files.customers"
    )
    land_files(postgres_settings, {"customers.csv": "customer_id\nC3\n"})
    seen = warehouse.arrow(postgres_settings, "select customer_id from seen").to_pylist()
    assert seen == [{"customer_id": "C3"}]


def test_prepare_makes_every_raw_table_once(postgres_settings):
    made = landing.prepare(postgres_settings)
    assert len(made) == sum(len(tables) for tables in landing.raw_tables().values())
    assert landing.prepare(postgres_settings) == ()
