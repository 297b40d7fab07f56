"""How each warehouse is opened, read and written; `warehouse.py` is what others call."""

from storehouse.engines.base import Engine
from storehouse.engines.bigquery import BigQuery
from storehouse.engines.duckdb import DuckDB
from storehouse.engines.postgres import Postgres
from storehouse.settings import Settings

ENGINES: dict[str, type[Engine]] = {
    "duckdb": DuckDB,
    "postgres": Postgres,
    "bigquery": BigQuery,
}


def engine(settings: Settings) -> Engine:
    """The warehouse that the settings name."""
    return ENGINES[settings.warehouse](settings)
