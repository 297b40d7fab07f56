"""The same raw rows give the same published tables on DuckDB and PostgreSQL."""

from tests.dbt_project.compare import compare_warehouses
from tests.dbt_project.conftest import Built


def test_every_model_builds_and_passes_its_tests(built: Built):
    assert built.dbt.failures() == []
    kinds = {name.split(".")[0] for name in built.statuses}
    assert kinds == {"model", "seed", "test", "unit_test"}


def test_duckdb_and_postgres_publish_the_same_figures(
    on_duckdb: Built, on_postgres: Built, postgres_database: str
):
    assert compare_warehouses(on_duckdb.settings.duckdb_path, postgres_database) == []
