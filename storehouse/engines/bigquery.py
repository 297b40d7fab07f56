"""The warehouse in the datasets of a BigQuery project."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa

from storehouse.engines.base import WarehouseError, Write, first_line, missing, quoted, schema
from storehouse.settings import Settings, variable

ASIDE = "__incoming"


class BigQuery:
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
            raise missing(error) from None
        except exceptions.GoogleAPIError as error:
            raise WarehouseError(f"BigQuery, project {self.project}: {first_line(error)}") from None

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
