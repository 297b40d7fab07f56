"""A folder of CSV, CSV.gz or Parquet files -> raw_files. Run: python -m dlt_pipelines files DIR

A table that the folder brings replaces the one in raw_files; the others keep what they have.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

import dlt
import pyarrow as pa
from dlt.extract import DltResource, DltSource

from dlt_pipelines.files import accepting, folder
from dlt_pipelines.files.accepting import Accepted, Connection
from dlt_pipelines.files.tables import BY_NAME, REJECTED
from dlt_pipelines.load_log import Tally
from storehouse import warehouse
from storehouse.settings import Settings

log = logging.getLogger(__name__)

BATCH = 200_000


def source(settings: Settings, directory: Path, tally: Tally) -> DltSource:
    """All files of the folder, read and judged; LandingError before anything is changed."""
    found, unknown = folder.parts(directory)
    if unknown:
        log.info("left alone, no table has these names: %s", ", ".join(unknown))
    connection = accepting.connect()
    accepted = accepting.accept_all(connection, found, lambda: _landed_orders(settings))
    for each in accepted:
        name = each.table.name
        tally.read.add(name)
        tally.rejected[name] = each.rejected
        tally.repeated[name] = each.repeated
    return files(connection, accepted)


@dlt.source(name="files")
def files(connection: Connection, accepted: list[Accepted]) -> list[DltResource]:
    """What was accepted, and what was rejected of the same tables."""

    def rows(each: Accepted) -> Iterator[pa.Table]:
        reader = accepting.rows(connection, each.table, BATCH)
        yield reader.schema.empty_table()
        for batch in reader:
            yield pa.Table.from_batches([batch])

    def rejected() -> Iterator[pa.Table]:
        names = [each.table.name for each in accepted]
        cleared = pa.table({"table_name": names, "_cleared": [True] * len(names)})
        yield pa.concat_tables([accepting.rejects(connection), cleared], promote_options="default")

    tables = [dlt.resource(rows(each), **each.table.raw().hints()) for each in accepted]
    return [*tables, dlt.resource(rejected(), **REJECTED.hints())]


def _landed_orders(settings: Settings) -> pa.Table:
    """The orders that earlier runs landed."""
    if warehouse.exists(settings, "raw_files.orders"):
        return warehouse.read_table(settings, "raw_files.orders", ["store_id", "order_id"])
    columns = BY_NAME["orders"].whole_key
    return pa.schema([(name, pa.string()) for name in columns]).empty_table()
