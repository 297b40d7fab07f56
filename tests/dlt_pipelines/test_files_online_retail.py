"""A real shop's folder lands whole: every row of every file, and the same sums."""

import gzip
import shutil
from pathlib import Path

import duckdb
import pytest

from dlt_pipelines import files as files_source
from dlt_pipelines import landing
from storehouse import warehouse
from storehouse.settings import Settings
from tests.small_warehouse import duckdb_settings

TABLES = ("products", "customers", "orders", "order_items", "inventory_transactions", "returns",
          "return_items")  # fmt: skip


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "online_retail"


@pytest.fixture(scope="module")
def landed(
    folder: Path, prepared_warehouse: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    settings = duckdb_settings(tmp_path_factory.mktemp("online_retail"))
    shutil.copy(prepared_warehouse.duckdb_path, settings.duckdb_path)
    landing.run(settings, "files", lambda tally: files_source.source(settings, folder, tally))
    return settings


@pytest.mark.parametrize("table", TABLES)
def test_every_line_of_a_file_is_a_row(table, folder, landed):
    with gzip.open(folder / f"{table}.csv.gz", "rt", encoding="utf-8") as text:
        lines = sum(1 for _ in text)  # no cell of these files holds a line break
    assert warehouse.read_table(landed, f"raw_files.{table}", ["_line"]).num_rows == lines - 1


def test_nothing_is_rejected(landed):
    assert warehouse.read_table(landed, "raw_files.rejected").num_rows == 0


def test_units_and_revenue_are_those_of_the_file(folder, landed):
    measures = "sum(cast(quantity as bigint)), sum(cast(total_amount as decimal(28, 6)))"
    with duckdb.connect() as con:
        expected = con.execute(
            f"select {measures} from read_csv(?, all_varchar=true)",
            [str(folder / "order_items.csv.gz")],
        ).fetchone()
    found = warehouse.arrow(landed, f"select {measures} from raw_files.order_items").to_pylist()
    assert tuple(found[0].values()) == expected


def test_order_instants_are_local_text_without_a_zone(landed):
    dates = warehouse.read_table(landed, "raw_files.orders", ["order_date"], "order_id = '536365'")
    assert dates["order_date"].to_pylist() == ["2010-12-01T08:26:00"]
