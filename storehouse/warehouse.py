"""The only Python that knows DuckDB, PostgreSQL or BigQuery: read a table, write a frame, land.

`dbt_project/profiles.yml` reads the same variables, so that dbt and Python mean the same place.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import dlt
import duckdb
import pandas as pd

from storehouse.settings import Settings


class WarehouseError(RuntimeError):
    """The warehouse cannot be reached or does not hold what was asked for."""


def schema(settings: Settings, name: str) -> str:
    """The schema's name in this warehouse, a developer's prefix before it."""
    return f"{settings.schema_prefix}{name}"


def postgres_url(dialect: str = "postgresql") -> str:
    """libpq's PG* variables as a URL; defaults are libpq's."""
    env = os.environ
    host, port = env.get("PGHOST", "localhost"), env.get("PGPORT", "5432")
    user, password = env.get("PGUSER", "postgres"), env.get("PGPASSWORD", "")
    database = env.get("PGDATABASE", "storehouse")
    if host.startswith("/"):
        return f"{dialect}://{user}:{password}@/{database}?host={host}&port={port}"
    return f"{dialect}://{user}:{password}@{host}:{port}/{database}"


def destination(settings: Settings) -> Any:
    """The dlt destination of this warehouse."""
    if settings.warehouse == "duckdb":
        settings.duckdb_path.parent.mkdir(parents=True, exist_ok=True)
        return dlt.destinations.duckdb(str(settings.duckdb_path))
    if settings.warehouse == "postgres":
        return dlt.destinations.postgres(postgres_url())
    return dlt.destinations.bigquery(
        project_id=os.environ["BIGQUERY_PROJECT"],
        location=os.environ.get("BIGQUERY_LOCATION", "US"),
    )
