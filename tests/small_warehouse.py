"""A DuckDB warehouse of a few rows, for tests that need no landing and no models."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from storehouse import settings as settings_module
from storehouse import warehouse
from storehouse.settings import Settings


def duckdb_settings(folder: Path) -> Settings:
    """The settings of a warehouse that lies wholly in one folder."""
    return replace(
        settings_module.load(),
        warehouse="duckdb",
        duckdb_path=folder / "shop.duckdb",
        schema_prefix="",
        exports_dir=folder / "exports",
        state_dir=folder / "data",
        gx_docs_dir=folder / "gx_docs",
        airflow_home=folder / "airflow",
        dbt_target_dir=folder / "target",
    )


def put(settings: Settings, name: str, /, **columns: list[object]) -> None:
    """Make a table of these columns."""
    warehouse.write_frame(settings, name, pd.DataFrame(columns), mode="replace")
