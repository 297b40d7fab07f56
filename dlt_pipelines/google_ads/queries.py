"""Questions as GAQL, and the rows of an answer as columns."""

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import pyarrow as pa
from google.ads.googleads.v26.services.types.google_ads_service import GoogleAdsRow

from dlt_pipelines.ads.days import Span
from dlt_pipelines.google_ads.tables import FIGURES, Question

SEPARATOR = " | "
# Figures that are zero where the answer holds none; all else is null then.
COUNTED = frozenset(FIGURES.values())
ROW = GoogleAdsRow.pb().DESCRIPTOR

Read = Callable[[Sequence[Any]], list[Any]]


def gaql(question: Question, span: Span | None = None) -> str:
    """The question's text, for the days of a span if one is given."""
    conditions = [question.where] if question.where else []
    if span:
        conditions.append(f"segments.date BETWEEN '{span.first}' AND '{span.last}'")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {', '.join(question.fields.values())} FROM {question.resource}{where}"


def columns(question: Question, rows: Sequence[Any]) -> pa.Table:
    """What was selected, by column name."""
    found = {name: pa.array(reader(field)(rows)) for name, field in question.fields.items()}
    constants = {
        name: pa.repeat(pa.scalar(value), len(rows)) for name, value in question.constants.items()
    }
    return pa.table({**found, **constants})


@cache
def reader(field: str) -> Read:
    """Reads a field of all rows; those of figures that are missing are zero, others null."""
    names, found = _path(field)
    value = attrgetter(".".join(names))
    if found.is_repeated:
        return lambda rows: [_joined(texts) for texts in map(value, rows)]
    if found.enum_type:
        by_number = {number: each.name for number, each in found.enum_type.values_by_number.items()}
        return lambda rows: [_known(by_number.get(number)) for number in map(value, rows)]
    if field in COUNTED or not found.has_presence:
        return lambda rows: list(map(value, rows))
    return _optional(names)


def _optional(names: list[str]) -> Read:
    *parents, last = names
    parent = attrgetter(".".join(parents))

    def read(rows: Sequence[Any]) -> list[Any]:
        messages = map(parent, rows)
        return [getattr(each, last) if each.HasField(last) else None for each in messages]

    return read


def _known(name: str | None) -> str | None:
    return None if name == "UNSPECIFIED" else name


def _joined(texts: Sequence[Any]) -> str | None:
    """A list of texts, or of assets that are texts."""
    return SEPARATOR.join(getattr(each, "text", each) for each in texts) or None


def _path(field: str) -> tuple[list[str], Any]:
    """The names by which Python reaches a field, and its descriptor."""
    message, names, found = ROW, [], None
    for word in field.split("."):
        known = message.fields_by_name
        names.append(word if word in known else f"{word}_")
        found = known[names[-1]]
        message = found.message_type
    return names, found
