"""A platform's batches as dlt resources, one for each raw table."""

from collections.abc import Callable, Iterator
from typing import Any

import dlt
from dlt.extract import DltResource

from dlt_pipelines.ads.reading import Batch
from dlt_pipelines.tables import Table


def resources(
    read: Callable[[], Iterator[Batch]], tables: tuple[Table, ...]
) -> tuple[DltResource, ...]:
    """The resources of a platform's source; `read` gives batches while dlt extracts."""

    @dlt.resource(name="batches", selected=False)
    def batches() -> Iterator[Batch]:
        yield {table.name: table.arrow_schema().empty_table() for table in tables}
        yield from read()

    return batches, *(_resource(batches, table) for table in tables)


def _resource(batches: DltResource, table: Table) -> DltResource:
    """The resource that lands one table's part of each batch."""

    @dlt.transformer(data_from=batches, **table.hints())
    def rows(batch: Batch) -> Iterator[Any]:
        if table.name in batch:
            yield batch[table.name]

    return rows
