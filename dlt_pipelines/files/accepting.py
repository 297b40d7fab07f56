"""Decides which rows of the files land: those without a fault, the last one of each key.

All is read and judged in a DuckDB of its own before the warehouse is touched: `read_<table>` holds
the text, `checked_<table>` the values and their faults, `accepted_<table>` what lands, and
`rejected` what does not.
"""

import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from dlt_pipelines.files import checking, reading
from dlt_pipelines.files.checking import quoted
from dlt_pipelines.files.folder import Part
from dlt_pipelines.files.tables import MADE_KEYS, TABLES, FileTable

log = logging.getLogger(__name__)

Connection = duckdb.DuckDBPyConnection
LandedOrders = Callable[[], pa.Table]
REJECTED = (
    "create table rejected (store_id varchar, table_name varchar, reason varchar, "
    "record varchar, _file varchar, _line bigint)"
)


@dataclass(frozen=True)
class Accepted:
    """A table whose files were judged."""

    table: FileTable
    rejected: int
    repeated: int


def connect() -> Connection:
    """A DuckDB in memory, what it has no room for in the system's temporary folder."""
    overflow = Path(tempfile.gettempdir()) / f"storehouse_files_{os.getpid()}"
    connection = duckdb.connect(config={"temp_directory": str(overflow)})
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(REJECTED)
    return connection


def accept_all(
    connection: Connection, found: dict[str, list[Part]], landed_orders: LandedOrders
) -> list[Accepted]:
    """Judge every table's files; `landed_orders` gives the orders of earlier runs, if need be."""
    accepted = []
    for table in TABLES:
        if table.name not in found:
            continue
        log.info("reading %s", ", ".join(part.path.name for part in found[table.name]))
        columns = _read(connection, table, found[table.name])
        _check(connection, table, columns)
        if table.name == "order_items":
            _fault_items_without_order(connection, landed_orders)
        accepted.append(_accept(connection, table, columns))
        _forget(connection, table, len(found[table.name]))
    return accepted


def rows(connection: Connection, table: FileTable, batch: int) -> pa.RecordBatchReader:
    """The accepted rows, read through a cursor of their own."""
    return connection.cursor().sql(f"from accepted_{table.name}").to_arrow_reader(batch)


def rejects(connection: Connection) -> pa.Table:
    return connection.cursor().sql("from rejected").to_arrow_table()


def _read(connection: Connection, table: FileTable, parts: list[Part]) -> list[str]:
    """Make `read_<table>` of all parts; returns the columns that any of them has."""
    columns: dict[str, None] = {}
    for number, part in enumerate(parts, start=1):
        columns |= dict.fromkeys(
            reading.read(connection, part, f"part_{table.name}_{number}", number)
        )
    together = " union all by name ".join(
        f"from part_{table.name}_{number}" for number in range(1, len(parts) + 1)
    )
    names = ", ".join(checking.literal(part.path.name) for part in parts)
    connection.execute(
        f"create view read_{table.name} as select *, ([{names}])[_part] as _file from ({together})"
    )
    return list(columns)


def _check(connection: Connection, table: FileTable, columns: list[str]) -> None:
    """Make `checked_<table>`: the typed values, where they stood, and their fault ('' for none)."""
    typed = ", ".join(
        f"{expression} as {quoted(name)}"
        for name, expression in checking.typed_columns(table, columns).items()
    )
    connection.execute(
        f"create table checked_{table.name} as select {typed}, _file, _line, _part, "
        f"{checking.faults(table, columns)} as _fault from read_{table.name}"
    )
    if table.name in MADE_KEYS:
        _make_keys(connection, table.name, *MADE_KEYS[table.name])


def _make_keys(connection: Connection, name: str, key: str, parent: str) -> None:
    """Key the n-th line of an order `<order>-<n>` where the file has no key."""
    connection.execute(
        f"update checked_{name} as line set {key} = line.{parent} || '-' || numbered.n from ("
        f"select _part, _line, row_number() over ("
        f"partition by store_id, {parent} order by _part, _line) as n from checked_{name}"
        f") as numbered where line._part = numbered._part and line._line = numbered._line "
        f"and line.{key} is null"
    )


def _fault_items_without_order(connection: Connection, landed_orders: LandedOrders) -> None:
    """Fault items whose order neither this folder has, if it brings orders, nor an earlier run."""
    known = "accepted_orders"
    if not connection.execute(
        "select 1 from duckdb_tables() where table_name = 'accepted_orders'"
    ).fetchone():
        connection.register("landed_orders", landed_orders())
        known = "landed_orders"
    connection.execute(
        "update checked_order_items as item set _fault = concat_ws('; ', nullif(_fault, ''), "
        "'order_id ''' || order_id || ''' is in no order that landed') "
        "where order_id is not null and not exists (select 1 from "
        f"{known} as known where known.store_id = item.store_id "
        "and known.order_id = item.order_id)"
    )


def _accept(connection: Connection, table: FileTable, columns: list[str]) -> Accepted:
    _collect_rejects(connection, table, columns)
    key = ", ".join(quoted(name) for name in table.whole_key)
    last = (
        f"qualify row_number() over (partition by {key} order by _part desc, _line desc) = 1"
        if _has_repeats(connection, table)
        else ""
    )
    connection.execute(
        f"create table accepted_{table.name} as select * exclude (_part, _fault) "
        f"from checked_{table.name} where _fault = '' {last}"
    )
    good = _count(connection, f"checked_{table.name} where _fault = ''")
    landing = _count(connection, f"accepted_{table.name}")
    rejected = _count(connection, f"rejected where table_name = '{table.name}'")
    return Accepted(table, rejected, good - landing)


def _forget(connection: Connection, table: FileTable, parts: int) -> None:
    """Drop what led to the accepted rows; only these are needed further."""
    connection.execute(f"drop view read_{table.name}; drop table checked_{table.name}")
    for number in range(1, parts + 1):
        connection.execute(f"drop table part_{table.name}_{number}")


def _has_repeats(connection: Connection, table: FileTable) -> bool:
    if not table.whole_key:
        return False
    key = ", ".join(quoted(name) for name in table.whole_key)
    return bool(
        _count(
            connection,
            f"(select 1 from checked_{table.name} where _fault = '' "
            f"group by {key} having count(*) > 1 limit 1)",
        )
    )


def _collect_rejects(connection: Connection, table: FileTable, columns: list[str]) -> None:
    """Put faulty records into `rejected`, as they stood in the file."""
    record = ", ".join(f"{checking.literal(name)}: origin.{quoted(name)}" for name in columns)
    connection.execute(
        f"insert into rejected select line.store_id, '{table.name}', line._fault, "
        f"cast(to_json({{{record}}}) as varchar), line._file, line._line "
        f"from checked_{table.name} as line join read_{table.name} as origin "
        "on origin._part = line._part and origin._line = line._line where line._fault <> ''"
    )


def _count(connection: Connection, relation: str) -> int:
    found = connection.execute(f"select count(*) from {relation}").fetchone()
    return int(found[0]) if found else 0
