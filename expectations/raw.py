"""What is expected of every source's raw tables: whole keys, rows that did not vanish, no rejects.

A source's own suites stand in `raw_<source>.py`.
"""

from collections.abc import Mapping, Sequence

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from dlt_pipelines.tables import Table
from expectations.suite import WARNING, Suite
from storehouse import warehouse
from storehouse.settings import Settings

KEPT_SHARE = 0.5
ROW_COUNT = "row_count"
CRITICAL = FailureSeverity.CRITICAL


def key_suites(
    settings: Settings, source: str, tables: Sequence[Table], previous: Mapping[str, int]
) -> list[Suite]:
    """One suite for each table that holds rows or held some: keys once, and rows kept."""
    keyed = [table for table in tables if table.key]
    if not keyed:
        return []
    parts = (_counts(settings, f"raw_{source}.{table.name}", table.key) for table in keyed)
    counted = warehouse.query(settings, " union all ".join(parts))
    return [
        _key_suite(counted.iloc[[index]], previous.get(name, 0))
        for index, name in enumerate(counted["table_name"])
        if counted.at[index, ROW_COUNT] or previous.get(name, 0)
    ]


def _counts(settings: Settings, name: str, key: Sequence[str]) -> str:
    relation = warehouse.relation(settings, name)
    columns = ", ".join(warehouse.quoted(settings, column) for column in key)
    whole = " and ".join(f"{warehouse.quoted(settings, column)} is not null" for column in key)
    return (
        f"select '{name}' as table_name, count(*) as row_count, "
        f"count(*) - (select count(*) from (select distinct {columns} from {relation}) as keys) "
        f"as repeated_keys, count(*) - count(case when {whole} then 1 end) as keys_with_nulls "
        f"from {relation}"
    )


def _key_suite(frame: pd.DataFrame, previous: int) -> Suite:
    name, rows = str(frame["table_name"].iloc[0]), int(frame[ROW_COUNT].iloc[0])
    kept = f"{name} had {previous:,} rows the last time it was checked and has {rows:,} now"
    return Suite(
        table=name,
        topic="keys",
        frame=frame,
        expectations=[
            gxe.ExpectColumnMaxToBeBetween(column="repeated_keys", max_value=0),
            gxe.ExpectColumnMaxToBeBetween(column="keys_with_nulls", max_value=0),
            gxe.ExpectColumnMaxToBeBetween(
                column=ROW_COUNT, min_value=previous * KEPT_SHARE, description=kept
            ),
        ],
    )


def not_null(*columns: str) -> list[Expectation]:
    """That these columns are filled in every row."""
    return [gxe.ExpectColumnValuesToNotBeNull(column=column) for column in columns]


def not_negative(*columns: str) -> list[Expectation]:
    """That these columns hold nothing below zero."""
    return [gxe.ExpectColumnValuesToBeBetween(column=column, min_value=0) for column in columns]


def one_of(column: str, *values: str) -> Expectation:
    """A warning about values that nobody knew: they land, and count as what they are not."""
    return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(values), severity=WARNING)


def belongs_to(
    child: str, parent: str, keys: Mapping[str, str], *, severity: FailureSeverity = CRITICAL
) -> Suite:
    """That every row has its parent: the child's columns name the parent's. Null names none."""
    column = f"rows_without_{parent.partition('.')[2]}"
    on = " and ".join(f"children.{mine} = parents.{theirs}" for mine, theirs in keys.items())
    named = " and ".join(f"children.{mine} is not null" for mine in keys)
    return Suite(
        table=child,
        topic=parent.partition(".")[2],
        query=f"""
            select count(*) as {column}
            from {{{child}}} as children
            left join {{{parent}}} as parents
                on children.store_id = parents.store_id and {on}
            where {named} and parents.store_id is null
        """,
        expectations=[
            gxe.ExpectColumnMaxToBeBetween(column=column, max_value=0, severity=severity)
        ],
    )


def rejected_suite(settings: Settings, source: str) -> Suite:
    """A warning that says how many rows the latest load rejected, and the first reasons."""
    rejected = warehouse.relation(settings, f"raw_{source}.rejected")
    loads = warehouse.relation(settings, f"raw_{source}._dlt_loads")
    known = warehouse.exists(settings, f"raw_{source}._dlt_loads")
    latest = f"(select max(load_id) from {loads})" if known else "''"
    frame = warehouse.query(
        settings,
        f"select table_name, reason, count(*) as row_count from {rejected} "
        f"where _dlt_load_id = {latest} group by table_name, reason order by count(*) desc",
    )
    return Suite(
        table=f"raw_{source}.rejected",
        topic="latest load",
        frame=frame,
        expectations=[
            gxe.ExpectTableRowCountToEqual(
                value=0, severity=WARNING, description=_reasons(source, frame)
            )
        ],
    )


def _reasons(source: str, frame: pd.DataFrame) -> str:
    first = [
        f"{row.table_name}: {row.reason} ({row.row_count:,})"
        for row in frame.head(3).itertuples(index=False)
    ]
    total = int(frame["row_count"].sum())
    return f"{total:,} rows of {source} were rejected by the last load; {'; '.join(first)}"
