"""How a table becomes a file of each format. A new format is one function in WRITERS."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

Writer = Callable[[pa.Table, Path], None]

# A spreadsheet takes a text that begins so for a formula.
FORMULA = r"^[=+\-@\t\r]"


def write_csv(table: pa.Table, path: Path) -> None:
    """UTF-8, a header, ISO dates; a text that a spreadsheet would run gets an apostrophe first."""
    csv.write_csv(escaped(table), path)


def write_parquet(table: pa.Table, path: Path) -> None:
    parquet.write_table(table, path, compression="zstd")


WRITERS: dict[str, Writer] = {"csv": write_csv, "parquet": write_parquet}


def escaped(table: pa.Table) -> pa.Table:
    """The table with an apostrophe before each text that begins as a formula does."""
    for index, field in enumerate(table.schema):
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            table = table.set_column(index, field.name, _escaped(table.column(index)))
    return table


def _escaped(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    runs = pc.match_substring_regex(texts, FORMULA)
    return pc.if_else(runs, pc.binary_join_element_wise("'", texts, ""), texts)
