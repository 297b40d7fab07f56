"""The warehouse in one file of DuckDB."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from storehouse.engines.base import (
    WarehouseError,
    Write,
    first_line,
    missing,
    names_sql,
    relation,
    schema,
)
from storehouse.settings import Settings


class DuckDB:
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
            raise missing(error) from None
        except duckdb.Error as error:
            raise WarehouseError(first_line(error)) from None
        finally:
            connection.close()

    def _unopened(self, error: duckdb.Error) -> WarehouseError:
        if "lock" in str(error):
            return WarehouseError(
                f"{self.path} is in use by another process; DuckDB has one writer at a time. "
                "Try again when that run has ended or that connection is closed."
            )
        return WarehouseError(f"{self.path} cannot be opened: {first_line(error)}")

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
        return self.select(names_sql(schema_name))


def make_folder(settings: Settings) -> None:
    try:
        settings.duckdb_path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"The folder of DUCKDB_PATH, {settings.duckdb_path.parent}, cannot be made: "
            f"{error.strerror}."
        ) from None


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
