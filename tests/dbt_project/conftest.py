"""The small shop, built once with dbt on each engine."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dlt_pipelines import landing
from storehouse.settings import Settings
from tests.conftest import empty_database, libpq_variables, shared_folder
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
    """The small shop on DuckDB, unit and data tests run; workers that run side by side share it."""
    folder = shared_folder(tmp_path_factory) / "small_duckdb"
    folder.mkdir(exist_ok=True)
    settings = duckdb_settings(folder)
    dbt = Dbt(settings, folder, small_shop.AS_OF)
    with _alone(folder / "lock"):
        if not (folder / "built").exists():
            _build(dbt)
            (folder / "built").touch()
    return Built(dbt, dbt.statuses())


@pytest.fixture(scope="session")
def postgres_database(postgres: str) -> Iterator[str]:
    """The URL of a database for the small shop."""
    with empty_database(postgres) as url:
        yield url


@pytest.fixture(scope="session")
def on_postgres(
    postgres_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    """The small shop on PostgreSQL, unit and data tests run."""
    folder = tmp_path_factory.mktemp("small_postgres")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in libpq_variables(postgres_database).items():
            patch.setenv(name, value)
        settings = replace(duckdb_settings(folder), warehouse="postgres")
        dbt = Dbt(settings, folder, small_shop.AS_OF)
        _build(dbt)
        yield Built(dbt, dbt.statuses())


def _build(dbt: Dbt) -> None:
    landing.prepare(dbt.settings)
    insert(dbt.settings, small_shop.ROWS)
    dbt.build()


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other worker holds the lock, then hold it."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
