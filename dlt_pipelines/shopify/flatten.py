"""Rows -> Arrow tables, shaped as tables.py says.

Amounts and instants are cast as whole columns. A row whose value cannot be cast is rejected with
the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dlt_pipelines.shopify import records, tables
from dlt_pipelines.shopify.columns import Rows
from dlt_pipelines.shopify.layout import LAYOUT
from dlt_pipelines.tables import ARROW_TYPES, Table

UNCASTABLE = (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError)
BY_NAME = {table.name: table for table in tables.TABLES}

Batch = dict[str, pa.Table]
Constants = Mapping[str, Any]


@dataclass(frozen=True)
class Rejected:
    """A row of the table rejected."""

    table_name: str
    reason: str
    record: str


def arrow(table: Table, rows: Rows, constants: Constants) -> tuple[pa.Table, list[Rejected]]:
    """The rows as an Arrow table, and those that have a value which cannot be cast.

    `constants` are values that are the same in all rows of a run, for the columns so called.
    """
    columns: dict[str, pa.Array] = {}
    bad: dict[int, str] = {}
    for name, column in LAYOUT[table.name].items():
        values = column.read(rows)
        try:
            columns[name] = _cast(values, table.columns[name], column.is_id)
        except UNCASTABLE as error:
            places = _uncastable(values, table.columns[name], column.is_id)
            bad = dict.fromkeys(places, f"{name}: {error}") | bad
    if bad:
        rejected = [_rejected(table, rows.own[at], bad[at]) for at in sorted(bad)]
        kept, _ = arrow(table, rows.without(set(bad)), constants)
        return kept, rejected
    return _complete(table, columns, len(rows.own), constants), []


def _cast(values: Sequence[Any], kind: str, is_id: bool) -> pa.Array:
    """Values as a whole column; texts are parsed where the column is of another type."""
    wanted = ARROW_TYPES[kind]
    if is_id:
        return _numbers(pa.array(values, pa.string())).cast(wanted)
    if pa.types.is_string(wanted):
        return _no_empty_texts(pa.array(values, wanted))
    return pa.array(values).cast(wanted)


def _no_empty_texts(array: pa.Array) -> pa.Array:
    """Empty texts as nulls: some engines load them as nothing else."""
    is_empty = pc.equal(array, "")
    return pc.if_else(is_empty, None, array) if pc.any(is_empty).as_py() else array


def _numbers(ids: pa.Array) -> pa.Array:
    """What follows the last slash of each global id; those of one type have one prefix."""
    first = next((value.as_py() for value in ids if value.is_valid), "")
    prefix = first[: first.rfind("/") + 1]
    if prefix and pc.all(pc.starts_with(ids, prefix)).as_py():
        return pc.utf8_slice_codeunits(ids, start=len(prefix))
    return pc.replace_substring_regex(ids, pattern=r"^.*/", replacement="")


def _uncastable(values: Sequence[Any], kind: str, is_id: bool, start: int = 0) -> list[int]:
    """Where the values stand that cannot be cast, found by halving."""
    try:
        _cast(values, kind, is_id)
    except UNCASTABLE:
        if len(values) == 1:
            return [start]
        middle = len(values) // 2
        left = _uncastable(values[:middle], kind, is_id, start)
        return left + _uncastable(values[middle:], kind, is_id, start + middle)
    return []


def _rejected(table: Table, item: Any, reason: str) -> Rejected:
    return Rejected(table.name, reason, records.encode(item))


def _complete(
    table: Table, columns: dict[str, pa.Array], count: int, constants: Constants
) -> pa.Table:
    """The columns in the declared order, constants among them."""
    wanted = table.arrow_schema()
    arrays = columns | {
        name: pa.repeat(pa.scalar(constants[name], wanted.field(name).type), count)
        for name in table.columns
        if name in constants and name not in columns
    }
    return pa.table({name: arrays[name] for name in table.columns}, schema=wanted)


def empty(table: Table) -> pa.Table:
    return table.arrow_schema().empty_table()
