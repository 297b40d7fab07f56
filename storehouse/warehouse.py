"""The only Python that knows DuckDB, PostgreSQL or BigQuery: read a table, write a frame, land.

`dbt_project/profiles.yml` reads the same variables, so that dbt and Python mean the same place.
Relations are named `schema.table`; a developer's schema prefix is put before them here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pandas as pd
import pyarrow as pa

from storehouse.engines import engine
from storehouse.engines.base import Mode, WarehouseError, Write, quoted, relation, schema, typed
from storehouse.engines.duckdb import make_folder
from storehouse.engines.postgres import postgres_arguments
from storehouse.settings import Settings, variable

__all__ = ["WarehouseError", "relation", "schema"]


@dataclass(frozen=True)
class Frame:
    """A frame for a table: appended, or in the place of its rows, or of those of `where`."""

    name: str
    frame: pd.DataFrame | pa.Table
    mode: Mode = "append"
    where: str | None = None


def postgres_url(dialect: str = "postgresql") -> str:
    """libpq's PG* variables as a URL; the host may be a socket's folder."""
    given = postgres_arguments()
    who = f"{quote(given['user'], safe='')}:{quote(given['password'], safe='')}"
    database = quote(given["dbname"], safe="")
    host = quote(given["host"], safe="")
    return f"{dialect}://{who}@{host}:{given['port']}/{database}"


def _duckdb_credentials(settings: Settings) -> Any:
    """A limit leaves memory for reading the source; without one DuckDB takes what it gets."""
    from dlt.destinations.impl.duckdb.configuration import DuckDbCredentials

    limits = {
        "memory_limit": variable("DUCKDB_MEMORY_LIMIT", "2GB"),
        "preserve_insertion_order": "false",
    }
    return DuckDbCredentials(str(settings.duckdb_path), global_config=limits)


def destination(settings: Settings) -> Any:
    """The dlt destination of this warehouse."""
    import dlt

    if settings.warehouse == "duckdb":
        make_folder(settings)
        return dlt.destinations.duckdb(_duckdb_credentials(settings))
    if settings.warehouse == "postgres":
        return dlt.destinations.postgres(postgres_url())
    return dlt.destinations.bigquery(
        project_id=variable("BIGQUERY_PROJECT"),
        location=variable("BIGQUERY_LOCATION", "US"),
    )


def read_table(
    settings: Settings,
    name: str,
    columns: Sequence[str] | None = None,
    where: str | None = None,
) -> pa.Table:
    """A table's rows, or those of `where`, with all columns or only the named ones."""
    wanted = ", ".join(quoted(settings, column) for column in columns) if columns else "*"
    condition = f" where {where}" if where else ""
    return arrow(settings, f"select {wanted} from {relation(settings, name)}{condition}")


def query(settings: Settings, sql: str) -> pd.DataFrame:
    """What a select returns, as a pandas frame."""
    return arrow(settings, sql).to_pandas()


def arrow(settings: Settings, sql: str) -> pa.Table:
    """What a select returns, as an Arrow table; the warehouse is only read."""
    return engine(settings).select(sql)


def execute(settings: Settings, sql: str) -> None:
    """Run statements that change the warehouse, in one transaction."""
    engine(settings).execute(sql)


def write_frame(
    settings: Settings,
    name: str,
    frame: pd.DataFrame | pa.Table,
    mode: Mode = "append",
    where: str | None = None,
) -> None:
    """Append a frame to a table, or put it in the place of its rows, or of those of `where`.

    Schema and table are made.
    """
    write_frames(settings, [Frame(name, frame, mode, where)])


def write_frames(settings: Settings, frames: Sequence[Frame]) -> None:
    """Write several frames in one transaction: all of them, or none."""
    engine(settings).write(
        [Write(one.name, typed(_arrow_of(one.frame)), one.mode, one.where) for one in frames]
    )


def _arrow_of(frame: pd.DataFrame | pa.Table) -> pa.Table:
    if isinstance(frame, pa.Table):
        return frame
    return pa.Table.from_pandas(frame, preserve_index=False)


def tables(settings: Settings, schema_name: str) -> list[str]:
    """The names of a schema's tables and views, sorted; none when the schema is missing."""
    found = engine(settings).names(schema(settings, schema_name))
    return sorted(found.column("table_name").to_pylist())


def exists(settings: Settings, name: str) -> bool:
    """Whether the warehouse holds the table."""
    schema_name, _, table = name.partition(".")
    return table in tables(settings, schema_name)
