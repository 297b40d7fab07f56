"""A platform's records as rows of our columns, all values as text or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from dlt_pipelines.custom_api.config import Field, Resource

DAYS = frozenset({"date", "start_date", "end_date"})

Record = Mapping[str, Any]


def rows(resource: Resource, records: Iterable[Record]) -> Iterator[dict[str, str | None]]:
    fields = {column: resource.field(column) for column in resource.fields}
    for record in records:
        yield {column: _value(column, field, record) for column, field in fields.items()}


def _value(column: str, field: Field, record: Record) -> str | None:
    text = _text(_found(record, field.path))
    if text is None:
        return None
    if text in field.values:
        return field.values[text]
    if field.divide_by != 1:
        return _divided(text, field.divide_by)
    return _day(text) if column in DAYS else text


def _found(record: Any, path: str) -> Any:
    """The value at a dotted path; nothing where the record ends before."""
    for name in path.split("."):
        record = record.get(name) if isinstance(record, Mapping) else None
    return record


def _text(value: Any) -> str | None:
    """Numbers as they are written: 12.0 counts as 12."""
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _divided(text: str, divisor: int) -> str:
    """A text that is no number stays, to be rejected with its row."""
    try:
        return f"{Decimal(text) / divisor:f}"
    except InvalidOperation:
        return text


def _day(text: str) -> str:
    """20260131 and instants as days."""
    if len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text[:10]
