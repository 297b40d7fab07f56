"""The warehouse on a server of PostgreSQL."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from pyarrow import csv, types

from storehouse.engines.base import (
    WarehouseError,
    Write,
    first_line,
    missing,
    names_sql,
    relation,
    schema,
)
from storehouse.settings import Settings, variable

_POSTGRES_TYPES = {
    16: pa.bool_(),
    20: pa.int64(),
    21: pa.int64(),
    23: pa.int64(),
    700: pa.float64(),
    701: pa.float64(),
    1082: pa.date32(),
    1114: pa.timestamp("us"),
    1184: pa.timestamp("us", tz="UTC"),
}
_NUMERIC = 1700


class Postgres:
    """A server, reached through libpq's variables."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        import psycopg2
        from psycopg2 import errors

        given = postgres_arguments()
        try:
            connection = psycopg2.connect(**given, connect_timeout=10, options="-c timezone=UTC")
        except psycopg2.OperationalError as error:
            raise WarehouseError(
                f"PostgreSQL cannot be reached at {given['host']}:{given['port']}, database "
                f"{given['dbname']}, user {given['user']}: {first_line(error)}"
            ) from None
        try:
            with connection, connection.cursor() as cursor:
                yield cursor
        except (errors.UndefinedTable, errors.InvalidSchemaName) as error:
            raise missing(error) from None
        except psycopg2.Error as error:
            raise WarehouseError(first_line(error)) from None
        finally:
            connection.close()

    def select(self, sql: str) -> pa.Table:
        with self._cursor() as cursor:
            cursor.execute("set transaction read only")
            cursor.execute(sql)
            described, rows = cursor.description, cursor.fetchall()
        columns = list(zip(*rows, strict=True)) or [()] * len(described)
        return pa.table(
            [
                _postgres_array(about, values)
                for about, values in zip(described, columns, strict=True)
            ],
            names=[about.name for about in described],
        )

    def execute(self, sql: str) -> None:
        with self._cursor() as cursor:
            cursor.execute(sql)

    def write(self, writes: Sequence[Write]) -> None:
        with self._cursor() as cursor:
            for one in writes:
                self._write(cursor, one)

    def _write(self, cursor: Any, one: Write) -> None:
        target = relation(self.settings, one.name)
        schema_name = schema(self.settings, one.name.partition(".")[0])
        columns = ", ".join(f'"{field.name}" {_sql_type(field.type)}' for field in one.table.schema)
        names = ", ".join(f'"{column}"' for column in one.table.column_names)
        text = io.BytesIO()
        csv.write_csv(
            one.table, text, csv.WriteOptions(include_header=False, quoting_style="all_valid")
        )
        text.seek(0)
        cursor.execute(f'create schema if not exists "{schema_name}"')
        cursor.execute(f"create table if not exists {target} ({columns})")
        if one.mode == "replace":
            cursor.execute(f"delete from {target}{one.deletes}")
        cursor.copy_expert(f"copy {target} ({names}) from stdin with (format csv)", text)

    def names(self, schema_name: str) -> pa.Table:
        return self.select(names_sql(schema_name))


def _postgres_array(about: Any, values: Sequence[Any]) -> pa.Array:
    """One column; a numeric without declared digits takes those of its values."""
    if about.type_code in _POSTGRES_TYPES:
        return pa.array(values, _POSTGRES_TYPES[about.type_code])
    if about.type_code != _NUMERIC:
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    if about.precision and about.precision <= 38:
        return pa.array(values, pa.decimal128(about.precision, about.scale))
    known = any(value is not None for value in values)
    return pa.array(values) if known else pa.array(values, pa.decimal128(38, 9))


def _sql_type(kind: pa.DataType) -> str:
    """The PostgreSQL type of an Arrow type."""
    if types.is_decimal(kind):
        return f"numeric({kind.precision}, {kind.scale})"
    if types.is_timestamp(kind):
        return "timestamptz" if kind.tz else "timestamp"
    for matches, name in (
        (types.is_boolean, "boolean"),
        (types.is_integer, "bigint"),
        (types.is_floating, "double precision"),
        (types.is_date, "date"),
    ):
        if matches(kind):
            return name
    return "text"


def postgres_arguments() -> dict[str, str]:
    """libpq's PG* variables; defaults are libpq's, the database's is `storehouse`."""
    return {
        "host": variable("PGHOST", "localhost"),
        "port": variable("PGPORT", "5432"),
        "user": variable("PGUSER", "postgres"),
        "password": variable("PGPASSWORD", ""),
        "dbname": variable("PGDATABASE", "storehouse"),
    }
