"""RunReport: a request -> SQL over the sessions -> a response."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb
from google.analytics.data_v1beta import types

from sandbox.ga4 import fields

USUAL_LIMIT, LARGEST_LIMIT = 10_000, 250_000
Request: Any = types.RunReportRequest.pb()
Response: Any = types.RunReportResponse.pb()
TYPES = {"TYPE_INTEGER": 1, "TYPE_CURRENCY": 9}


class InvalidArgumentError(Exception):
    """The API refuses the request; the text is what it says."""


def run_report(con: duckdb.DuckDBPyConnection, request: Any, zone: str, now: datetime) -> Any:
    """The rows of the request's page, largest first metric first; days without rows have none."""
    asked = [dimension.name for dimension in request.dimensions]
    metrics = _metrics(request, is_of_events="eventName" in asked)
    _check(asked, metrics)
    first, last = _days(request)
    order = [f"{number} desc" for number in range(len(asked) + 1, len(asked) + len(metrics) + 1)]
    sql = (
        f"select {', '.join([*(fields.DIMENSIONS[name] for name in asked), *metrics.values()])} "
        f"from ({fields.EVENTS if 'eventName' in asked else fields.SESSIONS}) as told "
        f"where day between $first and $last "
        f"group by {', '.join(map(str, range(1, len(asked) + 1))) or '()'} "
        f"order by {', '.join([*order, *map(str, range(1, len(asked) + 1))])}"
    )
    values = {"zone": zone, "now": now, "first": first, "last": last}
    return _response(request, asked, list(metrics), con.cursor().execute(sql, values).fetchall())


def _metrics(request: Any, *, is_of_events: bool) -> dict[str, str]:
    known = fields.EVENT_METRICS if is_of_events else fields.SESSION_METRICS
    names = [metric.name for metric in request.metrics]
    if unknown := [name for name in names if name not in known]:
        raise InvalidArgumentError(
            f"Field {unknown[0]} is not a valid metric. For a list of valid dimensions and "
            "metrics, see the API's schema."
        )
    return {name: known[name][1] for name in names}


def _check(dimensions: list[str], metrics: dict[str, str]) -> None:
    if unknown := [name for name in dimensions if name not in fields.DIMENSIONS]:
        raise InvalidArgumentError(f"Field {unknown[0]} is not a valid dimension.")
    if len(dimensions) > fields.MOST_DIMENSIONS:
        raise InvalidArgumentError("Requests are limited to 9 dimensions.")
    if not 0 < len(metrics) <= fields.MOST_METRICS:
        raise InvalidArgumentError("Requests need at least one metric and at most 10.")


def _days(request: Any) -> tuple[date, date]:
    try:
        (span,) = request.date_ranges
        return date.fromisoformat(span.start_date), date.fromisoformat(span.end_date)
    except ValueError as error:
        raise InvalidArgumentError(f"Invalid date range: {error}.") from error


def _response(
    request: Any, dimensions: list[str], metrics: list[str], rows: list[tuple[object, ...]]
) -> Any:
    kinds = fields.SESSION_METRICS | fields.EVENT_METRICS
    response = Response(row_count=len(rows), kind="analyticsData#runReport")
    for name in dimensions:
        response.dimension_headers.add(name=name)
    for name in metrics:
        response.metric_headers.add(name=name, type_=TYPES[kinds[name][0]])
    limit = min(request.limit or USUAL_LIMIT, LARGEST_LIMIT)
    for row in rows[request.offset : request.offset + limit]:
        added = response.rows.add()
        for value in row[: len(dimensions)]:
            added.dimension_values.add(value=str(value))
        for value in row[len(dimensions) :]:
            added.metric_values.add(value=str(value))
    return response
