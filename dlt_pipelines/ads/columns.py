"""Rows of a platform -> Arrow tables, shaped as the declared table says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from dlt_pipelines.tables import ARROW_TYPES, Table

UNCASTABLE = (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError)

# Records by column, or whole columns; a column that a record lacks is null.
Rows: TypeAlias = pa.Table | Sequence[Mapping[str, Any]]
Values: TypeAlias = pa.Array | list[Any]


@dataclass(frozen=True)
class Rejected:
    """A row that has a value which cannot be what its column says."""

    table_name: str
    reason: str
    record: str


def arrow(
    table: Table, rows: Rows, constants: Mapping[str, Any]
) -> tuple[pa.Table, list[Rejected]]:
    """The rows as the table has them, and those that cannot be.

    Texts are parsed where the column is of another type. `constants` are values of all rows, for
    the columns so called which the rows do not have.
    """
    columns: dict[str, pa.Array] = {}
    bad: dict[int, str] = {}
    for name, kind in table.columns.items():
        values = _values(rows, name, constants)
        try:
            columns[name] = _cast(values, kind)
        except UNCASTABLE as error:
            places = _uncastable(values, kind)
            bad = dict.fromkeys(places, f"{name}: {error}") | bad
    for name in table.required:
        bad = dict.fromkeys(_missing(columns.get(name)), f"{name}: is missing") | bad
    if not bad:
        return pa.table(columns, schema=table.arrow_schema()), []
    records = rows.to_pylist() if isinstance(rows, pa.Table) else rows
    kept, _ = arrow(table, [row for at, row in enumerate(records) if at not in bad], constants)
    return kept, [_rejected(table, records[at], bad[at]) for at in sorted(bad)]


def _missing(values: pa.Array | None) -> list[int]:
    """Where there is no value."""
    return [] if values is None else pc.indices_nonzero(pc.is_null(values)).to_pylist()


def _values(rows: Rows, name: str, constants: Mapping[str, Any]) -> Values:
    if isinstance(rows, pa.Table):
        if name in rows.column_names:
            return rows.column(name).combine_chunks()
        return pa.repeat(pa.scalar(constants.get(name)), rows.num_rows)
    value = constants.get(name)
    return [row.get(name, value) for row in rows]


def _cast(values: Values, kind: str) -> pa.Array:
    array = values if isinstance(values, pa.Array) else pa.array(values)
    return CASTS.get(kind, _plain)(array, ARROW_TYPES[kind])


def _plain(array: pa.Array, wanted: pa.DataType) -> pa.Array:
    return array.cast(wanted)


def _text(array: pa.Array, wanted: pa.DataType) -> pa.Array:
    """Empty texts as nulls: some engines load them as nothing else."""
    texts = array.cast(wanted)
    is_empty = pc.equal(texts, "")
    return pc.if_else(is_empty, None, texts) if pc.any(is_empty).as_py() else texts


def _decimal(array: pa.Array, wanted: pa.DataType) -> pa.Array:
    """Rounded to what the column holds."""
    if pa.types.is_string(array.type) or pa.types.is_decimal(array.type):
        return pc.round(array.cast(pa.decimal128(38, 14)), wanted.scale).cast(wanted)
    return array.cast(wanted)


def _instant(array: pa.Array, wanted: pa.DataType) -> pa.Array:
    """A text without an offset is UTC."""
    try:
        return array.cast(wanted)
    except pa.ArrowInvalid:
        return pc.assume_timezone(array.cast(pa.timestamp("us")), "UTC")


CASTS: dict[str, Callable[[pa.Array, pa.DataType], pa.Array]] = {
    "text": _text,
    "money": _decimal,
    "decimal": _decimal,
    "rate": _decimal,
    "timestamp": _instant,
}


def _uncastable(values: Values, kind: str, start: int = 0) -> list[int]:
    """Where the values stand that cannot be cast, found by halving."""
    try:
        _cast(values, kind)
    except UNCASTABLE:
        if len(values) == 1:
            return [start]
        middle = len(values) // 2
        left = _uncastable(values[:middle], kind, start)
        return left + _uncastable(values[middle:], kind, start + middle)
    return []


def _rejected(table: Table, record: Mapping[str, Any], reason: str) -> Rejected:
    return Rejected(table.name, reason, msgspec.json.encode(record, enc_hook=str).decode())
