"""How each warehouse is opened, read and written; `warehouse.py` is what others call."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import duckdb
import pyarrow as pa
from pyarrow import csv, types

from storehouse.settings import Settings, variable

Mode = Literal["append", "replace"]
ASIDE = "__incoming"


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


def postgres_arguments() -> dict[str, str]:
    """libpq's PG* variables; defaults are libpq's, the database's is `storehouse`."""
    return {
        "host": variable("PGHOST", "localhost"),
        "port": variable("PGPORT", "5432"),
        "user": variable("PGUSER", "postgres"),
        "password": variable("PGPASSWORD", ""),
        "dbname": variable("PGDATABASE", "storehouse"),
    }


class _Engine(Protocol):
    def __init__(self, settings: Settings) -> None: ...
    def select(self, sql: str) -> pa.Table: ...
    def execute(self, sql: str) -> None: ...
    def write(self, writes: Sequence[Write]) -> None: ...
    def names(self, schema_name: str) -> pa.Table: ...


def engine(settings: Settings) -> _Engine:
    engines: dict[str, type[_Engine]] = {
        "duckdb": _DuckDB,
        "postgres": _Postgres,
        "bigquery": _BigQuery,
    }
    return engines[settings.warehouse](settings)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _missing(error: Exception) -> WarehouseError:
    return WarehouseError(
        f"{_first_line(error)} The step that makes it has not run yet; see `storehouse status`."
    )


def typed(table: pa.Table) -> pa.Table:
    """Columns without any value are text; a dictionary or large text is plain text."""

    def plain(kind: pa.DataType) -> pa.DataType:
        return pa.string() if _is_text(kind) or types.is_null(kind) else kind

    fields = [pa.field(field.name, plain(field.type)) for field in table.schema]
    return table.cast(pa.schema(fields))


def _is_text(kind: pa.DataType) -> bool:
    return types.is_string(kind) or types.is_large_string(kind) or types.is_dictionary(kind)


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


def make_folder(settings: Settings) -> None:
    try:
        settings.duckdb_path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"The folder of DUCKDB_PATH, {settings.duckdb_path.parent}, cannot be made: "
            f"{error.strerror}."
        ) from None


class _DuckDB:
    """One file; many may read it, or one process may write it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.path = settings.duckdb_path

    def _open(self, read_only: bool) -> duckdb.DuckDBPyConnection:
        try:
            connection = duckdb.connect(str(self.path), read_only=read_only)
        except duckdb.ConnectionException:  # this process has it open for writing
            connection = duckdb.connect(str(self.path))
        connection.execute("set TimeZone = 'UTC'")
        return connection

    @contextmanager
    def _connection(self, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        if not read_only:
            make_folder(self.settings)
        elif not self.path.exists():
            raise WarehouseError(f"There is no warehouse at {self.path} yet; run `storehouse run`.")
        try:
            connection = self._open(read_only)
        except duckdb.Error as error:
            raise self._unopened(error) from None
        try:
            yield connection
        except duckdb.CatalogException as error:
            raise _missing(error) from None
        except duckdb.Error as error:
            raise WarehouseError(_first_line(error)) from None
        finally:
            connection.close()

    def _unopened(self, error: duckdb.Error) -> WarehouseError:
        if "lock" in str(error):
            return WarehouseError(
                f"{self.path} is in use by another process; DuckDB has one writer at a time. "
                "Try again when that run has ended or that connection is closed."
            )
        return WarehouseError(f"{self.path} cannot be opened: {_first_line(error)}")

    def select(self, sql: str) -> pa.Table:
        with self._connection(read_only=True) as connection:
            return connection.sql(sql).to_arrow_table()

    def execute(self, sql: str) -> None:
        with self._connection(read_only=False) as connection, _transaction(connection):
            connection.execute(sql)

    def write(self, writes: Sequence[Write]) -> None:
        with self._connection(read_only=False) as connection, _transaction(connection):
            for one in writes:
                self._write(connection, one)

    def _write(self, connection: duckdb.DuckDBPyConnection, one: Write) -> None:
        target = relation(self.settings, one.name)
        schema_name = schema(self.settings, one.name.partition(".")[0])
        connection.register("frame_to_write", one.table)
        connection.execute(f'create schema if not exists "{schema_name}"')
        connection.execute(
            f"create table if not exists {target} as select * from frame_to_write limit 0"
        )
        if one.mode == "replace":
            connection.execute(f"delete from {target}{one.deletes}")
        connection.execute(f"insert into {target} by name select * from frame_to_write")

    def names(self, schema_name: str) -> pa.Table:
        if not self.path.exists():
            return pa.table({"table_name": pa.array([], pa.string())})
        return self.select(_names_sql(schema_name))


def _names_sql(schema_name: str) -> str:
    return f"select table_name from information_schema.tables where table_schema = '{schema_name}'"


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


class _Postgres:
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
                f"{given['dbname']}, user {given['user']}: {_first_line(error)}"
            ) from None
        try:
            with connection, connection.cursor() as cursor:
                yield cursor
        except (errors.UndefinedTable, errors.InvalidSchemaName) as error:
            raise _missing(error) from None
        except psycopg2.Error as error:
            raise WarehouseError(_first_line(error)) from None
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
        return self.select(_names_sql(schema_name))


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


class _BigQuery:
    """A project's datasets, with Google's default credentials."""

    def __init__(self, settings: Settings) -> None:
        from google.cloud import bigquery

        self.settings = settings
        self.project = variable("BIGQUERY_PROJECT")
        self.client = bigquery.Client(
            project=self.project, location=variable("BIGQUERY_LOCATION", "US")
        )

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        from google.api_core import exceptions

        try:
            yield
        except exceptions.NotFound as error:
            raise _missing(error) from None
        except exceptions.GoogleAPIError as error:
            raise WarehouseError(
                f"BigQuery, project {self.project}: {_first_line(error)}"
            ) from None

    def select(self, sql: str) -> pa.Table:
        with self._clear_errors():
            return self.client.query_and_wait(sql).to_arrow()

    def execute(self, sql: str) -> None:
        with self._clear_errors():
            self.client.query_and_wait(sql)

    def write(self, writes: Sequence[Write]) -> None:
        """One write is one load job; several, or one of some rows, are loaded aside, then moved."""
        with self._clear_errors():
            if len(writes) == 1 and not writes[0].where:
                self._load(writes[0].name, writes[0])
                return
            for one in writes:
                self._load(f"{one.name}{ASIDE}", Write(one.name, one.table, "replace"))
            self.client.query_and_wait(self._moves(writes))
            for one in writes:
                self.client.delete_table(self._path(f"{one.name}{ASIDE}"), not_found_ok=True)

    def _path(self, name: str) -> str:
        schema_name, _, table = name.partition(".")
        return f"{self.project}.{schema(self.settings, schema_name)}.{table}"

    def _load(self, name: str, one: Write) -> None:
        from google.cloud import bigquery
        from pyarrow import parquet

        content = io.BytesIO()
        parquet.write_table(one.table, content)
        content.seek(0)
        replace = bigquery.WriteDisposition.WRITE_TRUNCATE
        append = bigquery.WriteDisposition.WRITE_APPEND
        config = bigquery.LoadJobConfig(
            source_format=bigquery.SourceFormat.PARQUET,
            write_disposition=replace if one.mode == "replace" else append,
        )
        target = self._path(name)
        self.client.create_dataset(target.rpartition(".")[0], exists_ok=True)
        self.client.load_table_from_file(content, target, job_config=config).result()

    def _moves(self, writes: Sequence[Write]) -> str:
        """A script that puts what was loaded aside into the tables, in one transaction."""
        makes, moves = [], []
        for one in writes:
            target, aside = (f"`{self._path(name)}`" for name in (one.name, f"{one.name}{ASIDE}"))
            names = ", ".join(quoted(self.settings, column) for column in one.table.column_names)
            makes.append(f"create table if not exists {target} like {aside}")
            if one.mode == "replace":
                moves.append(f"delete from {target}{one.deletes}")
            moves.append(f"insert into {target} ({names}) select {names} from {aside}")
        return ";\n".join([*makes, "begin transaction", *moves, "commit transaction"])

    def names(self, schema_name: str) -> pa.Table:
        from google.api_core.exceptions import NotFound

        with self._clear_errors():
            try:
                listed = self.client.list_tables(f"{self.project}.{schema_name}")
                found = [item.table_id for item in listed]
            except NotFound:
                found = []
        return pa.table({"table_name": pa.array(found, pa.string())})
