"""Reads one CSV, CSV.gz or Parquet file into a DuckDB table of text, as it stands.

`_line` is the line that a record begins on (of Parquet, its number). Records that are no whole row
go to the table `rejected` at once; what the cells of the others mean is judged by `checking`.
"""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple

import duckdb
import pyarrow as pa
from dlt.common.normalizers.naming.snake_case import NamingConvention

from dlt_pipelines.errors import LandingError
from dlt_pipelines.files.checking import literal, quoted
from dlt_pipelines.files.folder import Part
from dlt_pipelines.files.tables import BY_NAME, EITHER, KEY_DEFAULTS

BATCH = 20_000
LONGEST_CELL = 64 * 1024 * 1024
LONGEST_NAME = 63
OURS = ("_file", "_line", "_part", "_cleared", "_dlt_load_id")
BROKEN = (OSError, EOFError, zlib.error, UnicodeError, duckdb.Error)

Connection = duckdb.DuckDBPyConnection


class Fault(NamedTuple):
    """A record that is no row: the line it begins on, its cells, and what is wrong."""

    line: int
    cells: list[str]
    what: str


@dataclass
class Rows:
    """Whole rows and the lines they begin on, and the records between them that are none."""

    cells: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(connection: Connection, part: Part, relation: str, number: int) -> list[str]:
    """Make the table `relation` of a file's rows; returns the columns that the file has."""
    reading = _read_parquet if part.kind == "parquet" else _read_csv
    try:
        return reading(connection, part, relation, number)
    except BROKEN as error:
        raise _unreadable(part, error) from None


def column_names(part: Part, header: Sequence[str]) -> list[str]:
    """The header in snake case; a name must not come twice, and the required ones must be there."""
    naming = NamingConvention(LONGEST_NAME)
    names = [
        naming.normalize_identifier(cell.strip()) if cell.strip() else f"column_{number}"
        for number, cell in enumerate(header, start=1)
    ]
    names = [f"given{name}" if name in OURS else name for name in names]
    for name in names:
        if names.count(name) > 1:
            raise _refused(part, f"has the column {name} twice; keep one of them")
    _check_required(part, names, header)
    return names


def _check_required(part: Part, names: list[str], header: Sequence[str]) -> None:
    table = BY_NAME[part.table_name]
    missing = [name for name in table.required if name not in names]
    if missing:
        otherwise = len(header) == 1 and any(mark in header[0] for mark in ";\t|")
        hint = "; its cells must be separated by commas" if otherwise else ""
        raise _refused(part, f"lacks the required column {', '.join(missing)}{hint}")
    either = EITHER.get(table.name, ())
    if either and not set(either) & set(names):
        raise _refused(part, f"lacks the required column {' or '.join(either)}")


def _refused(part: Part, what: str) -> LandingError:
    return LandingError(f"{part.path.name} {what}.", part.table_name)


def _unreadable(part: Part, error: BaseException) -> LandingError:
    if isinstance(error, UnicodeError):
        return _refused(part, "is not UTF-8 text; save it as CSV UTF-8")
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return _refused(part, f"cannot be read: {lines[0].rstrip('.')}")


def _opened(part: Part) -> IO[bytes]:
    return gzip.open(part.path) if part.kind == "csv.gz" else part.path.open("rb")  # type: ignore[return-value]


def _read_csv(connection: Connection, part: Part, relation: str, number: int) -> list[str]:
    csv.field_size_limit(LONGEST_CELL)
    with _opened(part) as binary, io.TextIOWrapper(binary, "utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True)
        header = next((cells for cells in reader if any(cells)), None)
        if header is None:
            raise _refused(part, "is empty; its first line must name the columns")
        columns = column_names(part, header)
        schema = pa.schema([*((name, pa.string()) for name in columns), ("_line", pa.int64())])
        _store(connection, relation, schema.empty_table(), number, create=True)
        for rows in _batches(part, reader, len(columns)):
            _store(connection, relation, _table(rows, schema), number)
            _reject(connection, part, columns, rows.faults)
    return columns


def _batches(part: Part, reader: Any, width: int) -> Iterator[Rows]:
    """The records that hold anything; a quote that never closes makes the file unreadable."""
    rows = Rows()
    end = reader.line_num
    while True:
        try:
            for cells in reader:
                if len(cells) == width and any(cells):
                    rows.cells.append(cells)
                    rows.lines.append(end + 1)
                    if len(rows.lines) == BATCH:
                        yield rows
                        rows = Rows()
                elif any(cells):
                    what = f"the row has {len(cells)} cells, the header {width}"
                    rows.faults.append(Fault(end + 1, cells, what))
                end = reader.line_num
            yield rows
            return
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                raise _refused(part, f"has a quote on line {end + 1} that never closes") from None
            rows.faults.append(Fault(end + 1, [], f"the line is not CSV: {error}"))
            end = reader.line_num


def _table(rows: Rows, schema: pa.Schema) -> pa.Table:
    if not rows.lines:
        return schema.empty_table()
    columns = [pa.array(column, pa.string()) for column in zip(*rows.cells, strict=True)]
    return pa.table([*columns, pa.array(rows.lines, pa.int64())], schema=schema)


def _store(
    connection: Connection, relation: str, batch: pa.Table, number: int, create: bool = False
) -> None:
    verb = f"create table {relation} as" if create else f"insert into {relation}"
    connection.register("batch", batch)
    connection.execute(f"{verb} select *, {number} as _part from batch")
    connection.unregister("batch")


def _reject(connection: Connection, part: Part, columns: list[str], faults: list[Fault]) -> None:
    if not faults:
        return
    records = [_record(columns, fault) for fault in faults]
    batch = pa.table(
        {
            "store_id": [record.get("store_id") or KEY_DEFAULTS["store_id"] for record in records],
            "table_name": [part.table_name] * len(faults),
            "reason": [fault.what for fault in faults],
            "record": [json.dumps(record) for record in records],
            "_file": [part.path.name] * len(faults),
            "_line": [fault.line for fault in faults],
        }
    )
    connection.register("batch", batch)
    connection.execute("insert into rejected by name select * from batch")
    connection.unregister("batch")


def _record(columns: list[str], fault: Fault) -> dict[str, Any]:
    """The cells by their column, those beyond the header together."""
    record: dict[str, Any] = dict(zip(columns, fault.cells, strict=False))
    beyond = fault.cells[len(columns) :]
    return record | ({"_more": beyond} if beyond else {})


def _read_parquet(connection: Connection, part: Part, relation: str, number: int) -> list[str]:
    source = f"read_parquet({literal(str(part.path))}, binary_as_string=true"
    described = connection.execute(f"describe select * from {source})").fetchall()
    given = [(str(name), str(kind)) for name, kind, *_ in described]
    columns = column_names(part, [name for name, _ in given])
    cells = ", ".join(
        f"{_as_text(name, kind)} as {quoted(column)}"
        for (name, kind), column in zip(given, columns, strict=True)
    )
    connection.execute(
        f"create table {relation} as select {cells}, file_row_number + 1 as _line, "
        f"{number} as _part from {source}, file_row_number=true)"
    )
    return columns


def _as_text(name: str, kind: str) -> str:
    """A typed column as text: 17850.0 is 17850, for identifiers may have been numbers; NaN null."""
    column = quoted(name)
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"isfinite({column}) and {column} = trunc({column}) and abs({column}) < 1e15"
        number = f"cast(cast({column} as bigint) as varchar)"
        text = f"cast({column} as varchar)"
        return f"case when isnan({column}) then null when {whole} then {number} else {text} end"
    return f"cast({column} as varchar)"
