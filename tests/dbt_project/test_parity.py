"""The same raw rows publish the same figures: on DuckDB and PostgreSQL, built anew or added to.

Everything that needs PostgreSQL stands in this file, so that one worker builds it once.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from storehouse import warehouse
from tests.dbt_project.compare import compare_warehouses
from tests.dbt_project.conftest import Built
from tests.dbt_project.later_landing import CHANGES
from tests.dbt_project.replay import replay

WITHOUT_TESTS = ("--exclude-resource-type", "test", "unit_test")


@pytest.mark.parametrize("engine", ["on_duckdb", "on_postgres"])
def test_every_model_builds_and_passes_its_tests(request: pytest.FixtureRequest, engine: str):
    built: Built = request.getfixturevalue(engine)
    assert built.dbt.failures() == []
    kinds = {name.split(".")[0] for name in built.statuses}
    assert kinds == {"model", "seed", "test", "unit_test"}


def test_duckdb_and_postgres_publish_the_same_figures(
    on_duckdb: Built, on_postgres: Built, postgres_database: str
):
    assert compare_warehouses(on_duckdb.settings.duckdb_path, postgres_database) == []


def test_adding_to_what_is_there_gives_what_a_full_build_gives(
    on_duckdb: Built, on_postgres: Built, postgres_database: str, tmp_path: Path
):
    """PostgreSQL adds the second landing to the first; DuckDB builds all anew from both."""
    anew = replace(on_duckdb.settings, duckdb_path=tmp_path / "shop.duckdb")
    shutil.copy(on_duckdb.settings.duckdb_path, anew.duckdb_path)
    for settings in (anew, on_postgres.settings):
        warehouse.execute(settings, CHANGES)
    replay(on_duckdb.dbt, anew)
    on_postgres.dbt.build(*WITHOUT_TESTS)
    assert on_postgres.dbt.failures() == []
    assert compare_warehouses(anew.duckdb_path, postgres_database) == []
