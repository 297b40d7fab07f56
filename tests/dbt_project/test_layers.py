"""A model reads only from the layers below it, and is named and placed after what it builds."""

from pathlib import Path
from typing import Any

import pytest

from tests.dbt_project.conftest import Built

MODULES = {"inventory", "sales", "returns", "ads", "pricing", "seasons", "ops"}
STEPS = {
    *("int_ad_facts", "int_attribution", "int_forecast_runs", "int_inventory"),
    *("int_return_facts", "int_sales"),
}
FOLDERS = {
    "staging": "staging",
    "ml": "staging",
    "intermediate": "intermediate",
    "steps": "intermediate",
}
STORES = [["raw_files", "stores"], ["raw_files", "orders"], ["raw_shopify", "shop"]]
READS = {
    "staging": {"raw"},
    "ml": {"raw"},
    "intermediate": {"staging", "intermediate", "core", "seeds"},
    "core": {"staging", "intermediate", "core", "seeds"},
    # A module's own steps (int_sales) stand between core and its tables.
    "steps": {"intermediate", "core", "modules", "steps", "ml", "seeds"},
    "modules": {"intermediate", "core", "modules", "steps", "ml"},
    "metrics": {"core", "modules", "metrics"},
    "reports": {"core", "modules", "metrics"},
    "alerts": {"core", "modules", "metrics", "alerts"},
}


def layer(name: str) -> str:
    """The layer of a model, by the schema in its name."""
    schema = name.split("__")[0]
    if schema == "stg_ml":
        return "ml"
    if schema in MODULES:
        return "modules"
    if schema in STEPS:
        return "steps"
    prefixes = {"stg": "staging", "int": "intermediate", "raw": "raw"}
    return prefixes.get(schema.split("_")[0], schema)


@pytest.fixture(scope="module")
def manifest(on_duckdb: Built) -> dict[str, Any]:
    """The project as dbt parsed it."""
    return on_duckdb.dbt.manifest()


@pytest.fixture(scope="module")
def models(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The manifest's models."""
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def test_a_model_reads_only_from_the_layers_that_it_may(
    manifest: dict[str, Any], models: list[dict[str, Any]]
):
    relations = {**manifest["nodes"], **manifest["sources"]}
    wrong = [
        f"{model['name']} reads {relations[parent]['name']}"
        for model in models
        for parent in model["depends_on"]["nodes"]
        if _layer_of(relations[parent]) not in READS[layer(model["name"])]
    ]
    assert wrong == []


def test_only_staging_reads_raw_tables(models: list[dict[str, Any]]):
    readers = [model["name"] for model in models if model["sources"]]
    assert [name for name in readers if layer(name) not in ("staging", "ml")] == []


def test_a_staging_model_reads_one_table_of_its_own_source(manifest: dict[str, Any]):
    """Stores and shops are read beside: they tell whose a file's rows are, and their zone."""
    wrong = []
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model" and layer(node["name"]) in ("staging", "ml"):
            source, _, table = node["name"].removeprefix("stg_").partition("__")
            allowed = [[f"raw_{source}", table], *STORES]
            wrong += [node["name"] for read in node["sources"] if read not in allowed]
    assert wrong == []


def test_a_model_builds_the_relation_of_its_name_in_the_folder_of_its_layer(
    models: list[dict[str, Any]],
):
    wrong = []
    for model in models:
        schema, _, table = model["name"].partition("__")
        folder = Path(model["original_file_path"]).parts[1]
        expected = FOLDERS.get(layer(model["name"]), schema)
        if (model["schema"], model["alias"], folder) != (schema, table, expected):
            wrong.append(model["name"])
    assert wrong == []


def test_every_model_belongs_to_one_step_of_the_build(models: list[dict[str, Any]]):
    steps = {model["name"]: {"core", "published"} & set(model["tags"]) for model in models}
    assert [name for name, tags in steps.items() if len(tags) != 1] == []


def test_what_the_core_step_builds_reads_nothing_of_the_published_step(
    manifest: dict[str, Any], models: list[dict[str, Any]]
):
    wrong = [
        f"{model['name']} reads {manifest['nodes'][parent]['name']}"
        for model in models
        if "core" in model["tags"]
        for parent in model["depends_on"]["nodes"]
        if "published" in manifest["nodes"].get(parent, {}).get("tags", [])
    ]
    assert wrong == []


def _layer_of(node: dict[str, Any]) -> str:
    return "raw" if node["resource_type"] == "source" else layer(node["name"])
