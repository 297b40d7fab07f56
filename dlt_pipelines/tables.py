"""What a raw table is: its key, its columns and its contract (columns may grow, types may not)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

DECIMALS = {
    "money": {"data_type": "decimal", "precision": 28, "scale": 6},
    "decimal": {"data_type": "decimal", "precision": 28, "scale": 6},
    "rate": {"data_type": "decimal", "precision": 38, "scale": 12},
}
ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "bool": pa.bool_(),
    "bigint": pa.int64(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "date": pa.date32(),
    "money": pa.decimal128(28, 6),
    "decimal": pa.decimal128(28, 6),
    "rate": pa.decimal128(38, 12),
}
LOAD_ID = {"name": "_dlt_load_id", "data_type": "text", "nullable": False}
CLEARED = {"name": "_cleared", "data_type": "bool", "nullable": True, "hard_delete": True}


def _column(name: str, kind: str) -> dict[str, Any]:
    return {"name": name, "nullable": True, **DECIMALS.get(kind, {"data_type": kind})}


@dataclass(frozen=True)
class Table:
    """A raw table: columns map names to dlt types, or to `money`, `decimal`, `rate`.

    Rows that share a merge key are replaced together: all lines of a changed order, for example.
    A row with `_cleared` true lands nothing: it says that its merge key has no rows any more.
    `required` are columns without which a row of an ad platform is rejected.
    """

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    write_disposition: str = "merge"
    merge_key: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    def schema(self) -> dict[str, dict[str, Any]]:
        """The columns as dlt knows them."""
        columns = {name: _column(name, kind) for name, kind in self.columns.items()}
        return columns | ({"_cleared": CLEARED} if self.merge_key else {})

    def arrow_schema(self) -> pa.Schema:
        """The columns as Arrow has them."""
        return pa.schema([(name, ARROW_TYPES[kind]) for name, kind in self.columns.items()])

    def hints(self) -> dict[str, Any]:
        """Arguments of dlt.resource that declare this table whole.

        Only one of the two keys is given to dlt: it joins them by OR, which no engine does fast.
        So a source lands each merge key once a run; rows of a plain key are deduplicated by dlt.
        """
        return {
            "name": self.name,
            "primary_key": None if self.merge_key else list(self.key) or None,
            "merge_key": list(self.merge_key) or None,
            "write_disposition": self.write_disposition,
            "columns": self.schema(),
            "schema_contract": {"tables": "evolve", "columns": "evolve", "data_type": "freeze"},
        }


def table(
    name: str,
    /,
    *key: str,
    write_disposition: str = "merge",
    merge_key: Any = (),  # a tuple of names; mypy holds `**columns` against a narrower type
    **columns: str,
) -> Table:
    """`table("orders", "store_id", "id", store_id="text", id="text")`."""
    return Table(name, key, columns, write_disposition, merge_key)
