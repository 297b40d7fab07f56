"""A suite: expectations on the rows of one table, or on what a query says about it.

`raw_shopify.py`, `raw_files.py` and `published*.py` list suites; `run.py` validates them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import great_expectations.expectations as gxe
import pandas as pd
import pyarrow as pa
from great_expectations.expectations.metadata_types import FailureSeverity

from storehouse import warehouse
from storehouse.settings import Settings

WARNING = FailureSeverity.WARNING
PERIOD_KEY = ("store_id", "period_type", "period_start")
CENT = 0.005
MOST_ROWS = 250_000
LATEST_LOAD = "_dlt_load_id = (select max(_dlt_load_id) from {table})"


@dataclass(frozen=True)
class Suite:
    """Expectations on a table's rows (those of `where`), or on the frame or the query given.

    A query names relations as `{sales.metrics}`. At most MOST_ROWS rows are looked at: what has
    to hold for all rows of a big table is asked in SQL and expected of the answer.
    """

    table: str
    expectations: Sequence[Any]
    topic: str = "rows"
    where: str | None = None
    query: str | None = None
    frame: pd.DataFrame | None = None

    @property
    def name(self) -> str:
        return f"{self.table} {self.topic}"

    def read(self, settings: Settings) -> pd.DataFrame:
        """The frame that the expectations are about, with only the columns they name."""
        if self.frame is not None:
            return self.frame
        return numbers(warehouse.arrow(settings, named(settings, self._sql(settings))))

    def _sql(self, settings: Settings) -> str:
        if self.query is not None:
            return self.query
        columns = ", ".join(warehouse.quoted(settings, name) for name in self.columns) or "*"
        condition = f" where {self.where}" if self.where else ""
        sql = f"select {columns} from {{table}}{condition} limit {MOST_ROWS}"
        return sql.replace("{table}", f"{{{self.table}}}")

    @property
    def columns(self) -> list[str]:
        """The columns that the expectations name, each once."""
        names: dict[str, None] = {}
        for expectation in self.expectations:
            for attribute in ("column", "column_A", "column_B"):
                if name := getattr(expectation, attribute, None):
                    names[name] = None
            names |= dict.fromkeys(getattr(expectation, "column_list", None) or ())
        return list(names)


def key(*columns: str) -> list[Any]:
    """The columns make each row unique, and none of them is ever null."""
    return [
        gxe.ExpectCompoundColumnsToBeUnique(column_list=list(columns)),
        *(gxe.ExpectColumnValuesToNotBeNull(column=column) for column in columns),
    ]


def not_negative(*columns: str) -> list[Any]:
    return [gxe.ExpectColumnValuesToBeBetween(column=column, min_value=0) for column in columns]


def shares(*columns: str) -> list[Any]:
    """Percentages of a whole: 0 to 100."""
    return [
        gxe.ExpectColumnValuesToBeBetween(column=column, min_value=0, max_value=100)
        for column in columns
    ]


def differences(*columns: str, by: float = CENT) -> list[Any]:
    """What a total differs by from its parts: nothing that counts."""
    return [
        gxe.ExpectColumnValuesToBeBetween(column=column, min_value=-by, max_value=by)
        for column in columns
    ]


def named(settings: Settings, sql: str) -> str:
    """SQL whose `{schema.table}` are this warehouse's relations."""
    parts = sql.split("{")
    named_parts = (part.partition("}") for part in parts[1:])
    relations = (warehouse.relation(settings, name) + rest for name, _, rest in named_parts)
    return parts[0] + "".join(relations)


def numbers(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a frame whose decimals are floats, which Great Expectations compares."""
    fields = [
        field.with_type(pa.float64()) if pa.types.is_decimal(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields)).to_pandas()
