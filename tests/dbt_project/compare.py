"""Compares what people and forecasts read of a DuckDB warehouse with that of a PostgreSQL one.

`compare_warehouses("data/storehouse.duckdb", "postgresql://...")` is empty when both are equal.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import psycopg2

PUBLISHED = ("core", "ads", "inventory", "int_forecast", "sales", "returns", "metrics", "reports")
TABLES = """
    select table_schema || '.' || table_name from information_schema.tables
    where table_catalog = current_database() and list_contains(?, table_schema) order by 1
"""


def compare_warehouses(
    duckdb_path: str | Path, postgres_url: str, schemas: Iterable[str] = PUBLISHED
) -> list[str]:
    """A line for each table or view that differs, with a row that only one of the two has."""
    connection = psycopg2.connect(postgres_url)
    try:
        with (
            duckdb.connect(str(duckdb_path), read_only=True) as ours,
            connection.cursor() as theirs,
            tempfile.TemporaryDirectory() as folder,
        ):
            theirs.execute("set time zone 'UTC'")
            tables = [row[0] for row in ours.execute(TABLES, [list(schemas)]).fetchall()]
            assert tables, f"{duckdb_path} has nothing published"
            found = (
                _difference(ours, theirs, table, Path(folder) / "rows.csv") for table in tables
            )
            return [line for line in found if line]
    finally:
        connection.close()


def _difference(ours: duckdb.DuckDBPyConnection, theirs: Any, table: str, file: Path) -> str:
    columns = dict(
        ours.execute(f"select column_name, column_type from (describe {table})").fetchall()
    )
    missing = set(columns) ^ _columns(theirs, table)
    if missing:
        return f"{table}: only one of the two has {', '.join(sorted(missing))}"
    _copy(ours, theirs, table, list(columns), file)
    shown = ", ".join(_comparable(name, kind) for name, kind in columns.items())
    for first, second, owner in ((table, "theirs", "DuckDB"), ("theirs", table, "PostgreSQL")):
        lost = ours.execute(
            f"select {shown} from {first} except all select {shown} from {second}"
        ).fetchall()
        if lost:
            row = dict(zip(columns, lost[0], strict=True))
            return f"{table}: {len(lost)} rows only on {owner}, such as {row}"
    return ""


def _columns(theirs: Any, table: str) -> set[str]:
    theirs.execute(
        "select column_name from information_schema.columns "
        "where table_schema || '.' || table_name = %s",
        [table],
    )
    return {row[0] for row in theirs.fetchall()}


def _copy(
    ours: duckdb.DuckDBPyConnection, theirs: Any, table: str, columns: list[str], file: Path
) -> None:
    """Their rows as a table of ours, through a CSV file."""
    names = ", ".join(f'"{column}"' for column in columns)
    with file.open("w") as out:
        theirs.copy_expert(
            f"copy (select {names} from {table}) to stdout with (format csv, null '\\N')", out
        )
    kinds = ", ".join(f"'{column}': 'varchar'" for column in columns)
    ours.execute(f"create or replace temp table theirs as select * from {table} limit 0")
    ours.execute(
        f"insert into theirs select * from read_csv('{file}', auto_detect = false, "
        f"columns = {{{kinds}}}, header = false, nullstr = '\\N', delim = ',', quote = '\"', "
        "escape = '\"')"
    )


def _comparable(column: str, kind: str) -> str:
    """Quotients differ between engines in their last digits: six decimals are compared."""
    return (
        f'round("{column}", 6)' if kind == "DOUBLE" or kind.startswith("DECIMAL") else f'"{column}"'
    )
