"""What all warehouses have in common: names, what is written, and clear errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import pyarrow as pa
from pyarrow import types

from storehouse.settings import Settings, variable

Mode = Literal["append", "replace"]


class WarehouseError(RuntimeError):
    """The warehouse cannot be reached or does not hold what was asked for."""


@dataclass(frozen=True)
class Write:
    """Rows for a table; `replace` deletes those that are there, or only those of `where`."""

    name: str
    table: pa.Table
    mode: Mode
    where: str | None = None

    @property
    def deletes(self) -> str:
        """The end of a delete statement."""
        return f" where {self.where or 'true'}"


def schema(settings: Settings, name: str) -> str:
    """The schema's name in this warehouse, a developer's prefix before it."""
    return f"{settings.schema_prefix}{name}"


def relation(settings: Settings, name: str) -> str:
    """`ops.loads` as this warehouse's SQL writes it."""
    schema_name, _, table = name.partition(".")
    if settings.warehouse == "bigquery":
        return f"`{variable('BIGQUERY_PROJECT')}.{schema(settings, schema_name)}.{table}`"
    return f'"{schema(settings, schema_name)}"."{table}"'


def quoted(settings: Settings, column: str) -> str:
    """A column's name as this warehouse's SQL writes it."""
    return f"`{column}`" if settings.warehouse == "bigquery" else f'"{column}"'


class Engine(Protocol):
    def __init__(self, settings: Settings) -> None: ...
    def select(self, sql: str) -> pa.Table: ...
    def execute(self, sql: str) -> None: ...
    def write(self, writes: Sequence[Write]) -> None: ...
    def names(self, schema_name: str) -> pa.Table: ...


def first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def missing(error: Exception) -> WarehouseError:
    return WarehouseError(
        f"{first_line(error)} The step that makes it has not run yet; see `storehouse status`."
    )


def names_sql(schema_name: str) -> str:
    return f"select table_name from information_schema.tables where table_schema = '{schema_name}'"


def typed(table: pa.Table) -> pa.Table:
    """Columns without any value are text; a dictionary or large text is plain text."""

    def plain(kind: pa.DataType) -> pa.DataType:
        return pa.string() if _is_text(kind) or types.is_null(kind) else kind

    fields = [pa.field(field.name, plain(field.type)) for field in table.schema]
    return table.cast(pa.schema(fields))


def _is_text(kind: pa.DataType) -> bool:
    return types.is_string(kind) or types.is_large_string(kind) or types.is_dictionary(kind)
