"""TikTok's records as rows of raw tables."""

from collections.abc import Callable
from datetime import timedelta

from dlt_pipelines.ads.days import Span
from dlt_pipelines.tiktok_ads.client import Record, TooLargeError

NO_FIGURE = "-"

# The rows of a report from a day to a day.
Ask = Callable[[str, str], list[Record]]


def entity(record: Record) -> Record:
    """A campaign, ad group or ad as its table has it."""
    lists = {name: _joined(value) for name, value in record.items() if isinstance(value, list)}
    is_deleted = str(record.get("secondary_status")).endswith("_DELETE")
    return {**record, **lists, "is_deleted": is_deleted}


def figures(row: Record) -> Record:
    """A report's row as its table has it: flat, with its day and hour; `-` is no figure."""
    told = {name: None if value == NO_FIGURE else value for name, value in row["metrics"].items()}
    dimensions = dict(row["dimensions"])
    instant = str(dimensions.pop("stat_time_day", None) or dimensions.pop("stat_time_hour"))
    return {**told, **dimensions, "date": instant[:10], "hour": instant[11:13] or None}


def of_span(ask: Ask, span: Span) -> list[Record]:
    """The rows of a span, asked for in halves where they are too many for one report."""
    try:
        return [figures(row) for row in ask(span.first.isoformat(), span.last.isoformat())]
    except TooLargeError:
        if span.first == span.last:
            raise
    middle = span.first + (span.last - span.first) // 2
    return [
        *of_span(ask, Span(span.first, middle)),
        *of_span(ask, Span(middle + timedelta(days=1), span.last)),
    ]


def _joined(values: list[object]) -> str:
    return ", ".join(map(str, values))
