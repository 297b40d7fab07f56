"""Every model and column is described, and what is described exists."""

from typing import Any

import duckdb
import pytest

from dlt_pipelines import landing
from storehouse.settings import ROOT
from tests.dbt_project.conftest import Built

SPEC = ROOT.parent / "shared" / "spec" / "metrics.csv"


@pytest.fixture(scope="module")
def models(on_duckdb: Built) -> dict[str, dict[str, Any]]:
    """The manifest's models and seeds by name."""
    nodes = on_duckdb.dbt.manifest()["nodes"].values()
    return {node["name"]: node for node in nodes if node["resource_type"] in ("model", "seed")}


@pytest.fixture(scope="module")
def built_columns(on_duckdb: Built) -> dict[str, list[str]]:
    """The columns of every relation that dbt built, by model name."""
    with duckdb.connect(str(on_duckdb.settings.duckdb_path), read_only=True) as connection:
        rows = connection.execute(
            "select schema_name || '__' || table_name, list(column_name order by column_index) "
            "from duckdb_columns() where not internal group by all"
        ).fetchall()
    return dict(rows)


def test_every_model_and_seed_is_described(models: dict[str, dict[str, Any]]):
    assert [name for name, model in models.items() if not model["description"]] == []


def test_every_column_that_is_built_is_described(
    models: dict[str, dict[str, Any]], built_columns: dict[str, list[str]]
):
    undescribed = [
        f"{name}.{column}"
        for name, model in models.items()
        for column in built_columns[name]
        if not model["columns"].get(column, {}).get("description")
    ]
    assert undescribed == []


def test_every_column_that_is_described_is_built(
    models: dict[str, dict[str, Any]], built_columns: dict[str, list[str]]
):
    missing = [
        f"{name}.{column}"
        for name, model in models.items()
        for column in model["columns"]
        if column not in built_columns[name]
    ]
    assert missing == []


def test_every_source_table_is_described_and_declared_by_its_pipeline(on_duckdb: Built):
    sources = on_duckdb.dbt.manifest()["sources"].values()
    described = {f"{node['source_name']}.{node['name']}" for node in sources if node["description"]}
    landed = {
        f"raw_{source}.{table.name}"
        for source, tables in landing.raw_tables().items()
        for table in tables
    }
    assert described == landed


def test_descriptions_reach_the_warehouse(on_duckdb: Built):
    with duckdb.connect(str(on_duckdb.settings.duckdb_path), read_only=True) as connection:
        query = "select comment from duckdb_columns() where schema_name = ? and column_name = ?"
        (comment,) = connection.execute(query, ["core", "order_day"]).fetchone() or ("",)
    assert comment.startswith("Store-local day of the sale")


def test_every_model_has_a_grain_test_or_says_that_its_rows_add_up(
    on_duckdb: Built, models: dict[str, dict[str, Any]]
):
    nodes = on_duckdb.dbt.manifest()["nodes"].values()
    grained = {
        node["attached_node"]
        for node in nodes
        if node["resource_type"] == "test"
        and (node.get("test_metadata") or {}).get("name") in ("grain", "unique")
    }
    without = [
        name
        for name, model in models.items()
        if model["unique_id"] not in grained and "add up" not in model["description"]
    ]
    assert without == []


@pytest.mark.parametrize(
    ("module", "count"), [("ads", 19), ("inventory", 12), ("returns", 15), ("sales", 21)]
)
def test_the_catalog_holds_every_metric_of_the_spec_where_the_spec_says(
    on_duckdb: Built, module: str, count: int
):
    if not SPEC.is_file():
        pytest.skip("../shared is not here")
    with duckdb.connect(str(on_duckdb.settings.duckdb_path), read_only=True) as connection:
        wanted = connection.execute(
            f'select metric_id, relation, "column", unit, spec_section, name '
            f"from read_csv('{SPEC}', all_varchar = true) where module = '{module}' order by 1"
        ).fetchall()
        found = connection.execute(
            "select metric_id, relation, column_name, unit, spec_section, name "
            f"from metrics.catalog where module = '{module}' order by 1"
        ).fetchall()
    assert len(wanted) == count
    assert found == wanted
