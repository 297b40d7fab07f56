"""The small shop, built once with dbt on each engine."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest

from dlt_pipelines import landing
from storehouse.settings import Settings
from tests.conftest import _execute, _with_database, libpq_variables
from tests.dbt_project import small_shop
from tests.dbt_project.dbt_runs import Dbt
from tests.dbt_project.raw_rows import insert
from tests.small_warehouse import duckdb_settings


@dataclass(frozen=True)
class Built:
    """A warehouse that dbt has built, and the status of every node of that build."""

    dbt: Dbt
    statuses: dict[str, str]

    @property
    def settings(self) -> Settings:
        return self.dbt.settings


@pytest.fixture(scope="session")
def on_duckdb(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small shop on DuckDB, unit and data tests run."""
    folder = tmp_path_factory.mktemp("small_duckdb")
    return _built(duckdb_settings(folder), folder)


@pytest.fixture(scope="session")
def postgres_database(postgres: str) -> Iterator[str]:
    """The URL of a database for the small shop."""
    name = f"small_shop_{uuid4().hex[:12]}"
    _execute(postgres, f'create database "{name}"')
    yield _with_database(postgres, name)
    _execute(postgres, f'drop database if exists "{name}" with (force)')


@pytest.fixture(scope="session")
def on_postgres(
    postgres_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    """The small shop on PostgreSQL, unit and data tests run."""
    folder = tmp_path_factory.mktemp("small_postgres")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in libpq_variables(postgres_database).items():
            patch.setenv(name, value)
        yield _built(replace(duckdb_settings(folder), warehouse="postgres"), folder)


@pytest.fixture(params=["on_duckdb", "on_postgres"])
def built(request: pytest.FixtureRequest) -> Built:
    """The small shop on each engine in turn."""
    engine: Built = request.getfixturevalue(request.param)
    return engine


def _built(settings: Settings, folder: Path) -> Built:
    dbt = Dbt(settings, folder, small_shop.AS_OF)
    landing.prepare(settings)
    insert(settings, small_shop.ROWS)
    return Built(dbt, dbt.build())
