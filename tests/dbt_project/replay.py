"""Builds a DuckDB warehouse with the SQL that dbt compiled for another one of the same day.

What dbt compiles does not depend on the rows, so the statements are those that dbt would send; a
warehouse takes seconds so, and a minute with dbt.
"""

from graphlib import TopologicalSorter
from typing import Any

import duckdb

from storehouse.settings import Settings
from tests.dbt_project.dbt_runs import Dbt

Node = dict[str, Any]


def replay(built: Dbt, settings: Settings) -> None:
    """Every seed and model, anew from the raw tables; the file has the name of that of `built`."""
    nodes = built.manifest()["nodes"]
    assert settings.duckdb_path.name == built.settings.duckdb_path.name
    with _connect(settings) as connection:
        connection.execute(f"attach '{built.settings.duckdb_path}' as other (read_only)")
        for schema in {node["schema"] for node in nodes.values()}:
            connection.execute(f"create schema if not exists {schema}")
        for node in _in_order(nodes):
            connection.execute(_statement(node))


def failing_tests(built: Dbt, settings: Settings) -> list[str]:
    """A line for each data test that finds rows."""
    nodes = built.manifest()["nodes"].values()
    tests = {node["name"]: node for node in nodes if node["resource_type"] == "test"}
    assert all(test["config"]["fail_calc"] == "count(*)" for test in tests.values())
    with _connect(settings) as connection:
        found = {name: _count(connection, test) for name, test in tests.items()}
    return [f"{name}: {count} rows" for name, count in found.items() if count]


def _connect(settings: Settings) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(settings.duckdb_path), config={"threads": 1})
    connection.execute("set TimeZone = 'UTC'")
    return connection


def _in_order(nodes: dict[str, Node]) -> list[Node]:
    """Seeds and models, each after those it reads."""
    made = {key: node for key, node in nodes.items() if node["resource_type"] in ("seed", "model")}
    reads = {
        key: [other for other in node.get("depends_on", {}).get("nodes", []) if other in made]
        for key, node in made.items()
    }
    return [made[key] for key in TopologicalSorter(reads).static_order()]


def _statement(node: Node) -> str:
    if node["resource_type"] == "seed":
        rows = f"from other.{node['schema']}.{node['alias']}"
        return f"create or replace table {node['relation_name']} as {rows}"
    kind = "view" if node["config"]["materialized"] == "view" else "table"
    return f"create or replace {kind} {node['relation_name']} as {node['compiled_code']}"


def _count(connection: duckdb.DuckDBPyConnection, test: Node) -> int:
    (count,) = connection.execute(f"select count(*) from ({test['compiled_code']})").fetchall()[0]
    return int(count)
