"""Numpy arrays -> Arrow columns -> tables of DuckDB, without a Python object for each value.

A `Column` is an Arrow array (pyarrow brings no types).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike

from sandbox.shop.streams import Flags, Floats, Ints

Column: TypeAlias = Any


def whole(values: ArrayLike, missing: Flags | None = None) -> Column:
    return pa.array(np.asarray(values, dtype=np.int64), mask=missing)


def number(values: Floats) -> Column:
    return pa.array(np.asarray(values, dtype=np.float64))


def flag(values: Flags) -> Column:
    return pa.array(np.asarray(values, dtype=bool))


def decimal(values: ArrayLike, scale: int, missing: Flags | None = None) -> Column:
    """Whole numbers as decimals with `scale` digits after the point."""
    low = np.ascontiguousarray(values, dtype=np.int64)
    halves = np.column_stack([low, low >> 63])
    valid = None if missing is None else pa.array(~missing).buffers()[1]
    buffers = [valid, pa.py_buffer(np.ascontiguousarray(halves))]
    return pa.Array.from_buffers(pa.decimal128(18, scale), len(low), buffers)


def money(minor_units: ArrayLike, decimals: int, missing: Flags | None = None) -> Column:
    scaled = np.asarray(minor_units, dtype=np.int64) * 10 ** (4 - decimals)
    return decimal(scaled, 4, missing)


def instant(seconds: ArrayLike, missing: Flags | None = None) -> Column:
    micros = np.asarray(seconds, dtype=np.int64).astype("datetime64[s]").astype("datetime64[us]")
    return pa.array(micros, mask=missing)


def choice(codes: ArrayLike, vocabulary: Sequence[str | None]) -> Column:
    """Words by their index; -1, and a word that is None, is null."""
    codes = np.asarray(codes, dtype=np.int32)
    missing = codes < 0
    return pa.DictionaryArray.from_arrays(
        pa.array(codes, mask=missing), pa.array(list(vocabulary), type=pa.string())
    )


def same(word: str | None, count: int) -> Column:
    return pa.repeat(pa.scalar(word, type=pa.string()), count)


def text(words: Iterable[str | None]) -> Column:
    return pa.array(list(words), type=pa.string())


def numbered(prefix: str, numbers: Ints, suffix: str = "") -> Column:
    """`prefix` + number + `suffix`."""
    digits = pc.cast(pa.array(numbers), pa.string())
    return pc.binary_join_element_wise(prefix, digits, suffix, "")


def append(con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, Column]) -> None:
    """Adds rows to a table of main; columns that are not given are null."""
    rows = pa.table(dict(columns))
    if not rows.num_rows:
        return
    names = ", ".join(columns)
    con.register("new_rows", rows)
    con.execute(f"insert into main.{table} ({names}) select {names} from new_rows")
    con.unregister("new_rows")
