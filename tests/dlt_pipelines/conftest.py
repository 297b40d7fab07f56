"""Small folders of files, judged alone or landed in a warehouse of the test's own."""

import gzip
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from dlt_pipelines import files as files_source
from dlt_pipelines import landing
from dlt_pipelines.files import accepting, folder
from dlt_pipelines.load_log import TableLoad
from storehouse import warehouse
from storehouse.settings import Settings
from tests.small_warehouse import duckdb_settings

Content = str | bytes | pa.Table
Rows = list[dict[str, Any]]


def write_files(directory: Path, contents: dict[str, Content]) -> Path:
    """A folder with these files: text is written as UTF-8, a table as Parquet."""
    directory.mkdir(exist_ok=True)
    for name, content in contents.items():
        path = directory / name
        if isinstance(content, pa.Table):
            parquet.write_table(content, path)
        elif isinstance(content, str) and name.endswith(".gz"):
            path.write_bytes(gzip.compress(content.encode()))
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return directory


@dataclass
class Judged:
    """What came of a folder's files, before any warehouse."""

    connection: accepting.Connection
    repeated: dict[str, int]

    def rows(self, table: str) -> Rows:
        order = "order by _file, _line"
        return self.connection.sql(f"from accepted_{table} {order}").to_arrow_table().to_pylist()

    def column(self, table: str, name: str) -> list[Any]:
        return [row[name] for row in self.rows(table)]

    @property
    def rejected(self) -> Rows:
        return self.connection.sql("from rejected order by _line").to_arrow_table().to_pylist()

    @property
    def reasons(self) -> list[str]:
        return [row["reason"] for row in self.rejected]


@pytest.fixture
def judge(tmp_path: Path) -> Callable[..., Judged]:
    """Judge files given as `judge({"orders.csv": "order_id,..."})`, with orders landed before."""

    def judging(contents: dict[str, Content], landed_orders: tuple[str, ...] = ()) -> Judged:
        found, _ = folder.parts(write_files(tmp_path / "files", contents))
        connection = accepting.connect()
        known = pa.table(
            {"store_id": ["default"] * len(landed_orders), "order_id": list(landed_orders)},
            schema=pa.schema({"store_id": pa.string(), "order_id": pa.string()}),
        )
        accepted = accepting.accept_all(connection, found, lambda: known)
        return Judged(connection, {each.table.name: each.repeated for each in accepted})

    return judging


@pytest.fixture(scope="session")
def prepared_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A DuckDB warehouse that holds every raw table and no row; copied, never changed."""
    settings = duckdb_settings(tmp_path_factory.mktemp("prepared"))
    landing.prepare(settings)
    return settings


@pytest.fixture
def prepared(prepared_warehouse: Settings, settings: Settings) -> Settings:
    """A DuckDB warehouse of this test's own that holds every raw table and no row."""
    shutil.copy(prepared_warehouse.duckdb_path, settings.duckdb_path)
    return settings


@pytest.fixture
def land_files(tmp_path: Path) -> Callable[..., tuple[TableLoad, ...]]:
    """Land files given as `land_files(settings, {"orders.csv": "..."})`."""

    def landing_files(settings: Settings, contents: dict[str, Content]) -> tuple[TableLoad, ...]:
        directory = tmp_path / "files"
        shutil.rmtree(directory, ignore_errors=True)
        write_files(directory, contents)
        return landing.run(
            settings, "files", lambda tally: files_source.source(settings, directory, tally)
        )

    return landing_files


def raw(settings: Settings, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """A raw table's rows, in order of the columns asked for."""
    rows = warehouse.read_table(settings, f"raw_files.{table}", columns).to_pylist()
    return sorted((tuple(row[name] for name in columns) for row in rows), key=str)
