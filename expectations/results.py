"""One row for each expectation that was validated, and its sentence; they land in ops."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from storehouse import warehouse
from storehouse.settings import Settings

NAME = "ops.quality_results"
SCHEMA = pa.schema(
    {
        "run_at": pa.timestamp("us", tz="UTC"),
        "as_of_date": pa.date32(),
        "border": pa.string(),
        "suite": pa.string(),
        "table_name": pa.string(),
        "expectation": pa.string(),
        "column_name": pa.string(),
        "severity": pa.string(),
        "success": pa.bool_(),
        "row_count": pa.int64(),
        "unexpected_count": pa.int64(),
        "observed": pa.string(),
        "message": pa.string(),
    }
)
_SAYS = {
    "expect_column_values_to_not_be_null": "is null",
    "expect_column_values_to_be_unique": "is not unique",
    "expect_compound_columns_to_be_unique": "is not unique",
    "expect_column_values_to_match_regex": "does not look like {regex}",
    "expect_column_values_to_be_in_set": "is none of {value_set}",
    "expect_table_row_count_to_equal": "is not {value}",
}


@dataclass(frozen=True)
class Result:
    """How one expectation fared."""

    suite: str
    table_name: str
    expectation: str
    column_name: str | None
    severity: str
    success: bool
    row_count: int | None
    unexpected_count: int | None
    observed: str | None
    message: str | None

    @property
    def stops_the_run(self) -> bool:
        return not self.success and self.severity == "critical"


def result(suite: str, table: str, validated: Any) -> Result:
    """A row from Great Expectations' result of one expectation."""
    config, found = validated.expectation_config, validated.result or {}
    kwargs = config.kwargs
    column = kwargs.get("column") or ", ".join(kwargs.get("column_list", ())) or None
    return Result(
        suite=suite,
        table_name=table,
        expectation=config.type,
        column_name=column,
        severity=getattr(config.severity, "value", str(config.severity)),
        success=bool(validated.success),
        row_count=found.get("element_count"),
        unexpected_count=found.get("unexpected_count"),
        observed=_observed(found),
        message=None if validated.success else _message(table, column, validated),
    )


def unreadable(suite: str, table: str, error: Exception) -> Result:
    """The row of a suite whose table could not be read."""
    message = f"{table} cannot be checked: {error}"
    return Result(
        suite, table, "table_can_be_read", None, "critical", False, None, None, None, message
    )


def _observed(found: dict[str, Any]) -> str | None:
    value = found.get("observed_value")
    if value is None:
        samples = found.get("partial_unexpected_list") or []
        known = [str(sample) for sample in samples if sample == sample and sample is not None]
        return ", ".join(known[:5]) or None
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)


def _message(table: str, column: str | None, validated: Any) -> str:
    config, found = validated.expectation_config, validated.result or {}
    if error := _exception(validated.exception_info):
        return f"{table}: {config.type} of {column} could not be validated: {error}"
    if config.description:
        return str(config.description)
    subject = f"{table}.{column}" if column else f"the number of rows of {table}"
    says = _SAYS[config.type].format_map(config.kwargs) if config.type in _SAYS else _range(config)
    count, total = found.get("unexpected_count"), found.get("element_count")
    if count is None:
        return f"{subject} {says}: it is {_observed(found)}"
    examples = f", such as {_observed(found)}" if _observed(found) else ""
    return f"{subject} {says} in {count:,} of {total:,} rows{examples}"


def _range(config: Any) -> str:
    lowest, highest = config.kwargs.get("min_value"), config.kwargs.get("max_value")
    if lowest is not None and highest is not None:
        return f"is not within {lowest:g} and {highest:g}"
    if highest is not None:
        return f"is above {highest:g}"
    return f"is below {lowest:g}" if lowest is not None else f"fails {config.type}"


def _exception(info: dict[str, Any] | None) -> str | None:
    """The first exception among those of an expectation's metrics."""
    if not info:
        return None
    entries = [info] if "raised_exception" in info else list(info.values())
    for entry in entries:
        if isinstance(entry, dict) and entry.get("raised_exception"):
            return str(entry.get("exception_message")).splitlines()[0]
    return None


def append(
    settings: Settings, border: str, run_at: datetime, as_of: date, results: Iterable[Result]
) -> None:
    """Add a run's rows to ops.quality_results."""
    about = {"run_at": run_at, "as_of_date": as_of, "border": border}
    records = [about | asdict(row) for row in results]
    warehouse.write_frame(settings, NAME, pa.Table.from_pylist(records, schema=SCHEMA))


def previous_row_counts(settings: Settings, border: str) -> dict[str, int]:
    """How many rows each table had the last time its count was accepted."""
    if not warehouse.exists(settings, NAME):
        return {}
    relation = warehouse.relation(settings, NAME)
    rows = warehouse.arrow(
        settings,
        f"""
        select table_name, observed from {relation} as results
        where border = '{border}' and column_name = 'row_count' and success and run_at = (
            select max(run_at) from {relation} as others
            where others.border = '{border}' and others.column_name = 'row_count'
                and others.success and others.table_name = results.table_name
        )
        """,
    )
    return {row["table_name"]: int(row["observed"]) for row in rows.to_pylist()}
