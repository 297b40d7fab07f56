"""Puts literal rows into prepared raw tables, as a load would have."""

from collections.abc import Mapping, Sequence
from typing import Any

from storehouse import warehouse
from storehouse.settings import Settings

Row = Mapping[str, Any]
LOAD_ID = "1700000000.0"


def insert(settings: Settings, rows: Mapping[str, Sequence[Row]]) -> None:
    """Rows by table, such as `raw_files.orders`; columns that a row leaves out are null."""
    statements = (_insert(settings, table, given) for table, given in rows.items() if given)
    warehouse.execute(settings, ";\n".join(statements))


def _insert(settings: Settings, table: str, rows: Sequence[Row]) -> str:
    loaded = [{"_dlt_load_id": LOAD_ID} | dict(row) for row in rows]
    columns = list(dict.fromkeys(name for row in loaded for name in row))
    values = ",\n".join(
        "(" + ", ".join(_literal(row.get(column)) for column in columns) + ")" for row in loaded
    )
    names = ", ".join(f'"{column}"' for column in columns)
    return f"insert into {warehouse.relation(settings, table)} ({names}) values {values}"


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
