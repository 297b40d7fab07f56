"""A platform's batches as dlt resources, one for each raw table."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

import dlt
import pyarrow as pa
from dlt.extract import DltResource

from dlt_pipelines.ads.reading import Batch
from dlt_pipelines.tables import Table

MOST_ROWS = 500_000


def resources(
    read: Callable[[], Iterator[Batch]], tables: tuple[Table, ...]
) -> tuple[DltResource, ...]:
    """The resources of a platform's source; `read` gives batches while dlt extracts."""

    @dlt.resource(name="batches", selected=False)
    def batches() -> Iterator[Batch]:
        nothing = {table.name: table.arrow_schema().empty_table() for table in tables}
        yield from gathered(chain([nothing], read()))

    return batches, *(_resource(batches, table) for table in tables)


def gathered(batches: Iterable[Batch], most_rows: int = MOST_ROWS) -> Iterator[Batch]:
    """Batches put together until they hold this many rows: dlt takes its time for each table."""
    parts: dict[str, list[pa.Table]] = {}
    count = 0
    for batch in batches:
        for name, rows in batch.items():
            parts.setdefault(name, []).append(rows)
            count += rows.num_rows
        if count >= most_rows:
            yield _together(parts)
            parts, count = {}, 0
    yield _together(parts)


def _together(parts: dict[str, list[pa.Table]]) -> Batch:
    return {
        name: pa.concat_tables(tables, promote_options="default") for name, tables in parts.items()
    }


def _resource(batches: DltResource, table: Table) -> DltResource:
    """The resource that lands one table's part of each batch."""

    @dlt.transformer(data_from=batches, **table.hints())
    def rows(batch: Batch) -> Iterator[Any]:
        if table.name in batch:
            yield batch[table.name]

    return rows
