"""Answers a query with rows of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sandbox.google_ads import figures
from sandbox.google_ads.catalog import CATEGORY, KINDS, RESOURCES
from sandbox.google_ads.entities import FIELDS, Entities, Record
from sandbox.google_ads.gaql import Query
from sandbox.google_ads.wire import Writer

ROWS_A_MESSAGE = 10_000
SOURCE = "google_ads"
DATE = "segments.date"
# The column of a report's rows that holds the id of an entity.
IDS = {
    "campaign": "campaign_id",
    "campaign_budget": "campaign_id",
    "ad_group": "ad_group_id",
    "ad_group_ad": "ad_id",
}
DEMOGRAPHICS = {
    "age": "ad_group_criterion.age_range.type",
    "gender": "ad_group_criterion.gender.type",
}
VIEWS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "search_term": {
        "search_term_view.search_term": str,
        "campaign_search_term_view.search_term": str,
    },
    "country": {"geographic_view.country_criterion_id": figures.country_id},
}
CONSTANTS = {
    "geographic_view.location_type": "LOCATION_OF_PRESENCE",
    "search_term_view.status": "NONE",
}

Columns = dict[str, Sequence[Any]]


def messages(world: Any, query: Query, entities: Entities, now: datetime) -> Iterator[bytes]:
    """The stream of responses to a query that has been checked."""
    columns = _columns(world, query, entities, now)
    chosen = _chosen(query, columns)
    writer = Writer(query.fields)
    for start in range(0, max(len(chosen), 1), ROWS_A_MESSAGE):
        part = chosen[start : start + ROWS_A_MESSAGE]
        yield writer.response([[columns[field][at] for at in part] for field in query.fields])


def _chosen(query: Query, columns: Columns) -> list[int]:
    """The places of the rows that are wanted, in the order that is wanted; days are known to be."""
    chosen = list(range(len(next(iter(columns.values())))))
    for condition in query.conditions:
        if condition.field != DATE:
            values = columns[condition.field]
            chosen = [at for at in chosen if condition.holds(values[at])]
    for field, descends in reversed(query.order):
        chosen.sort(key=columns[field].__getitem__, reverse=descends)
    return chosen[: query.limit]


def _columns(world: Any, query: Query, entities: Entities, now: datetime) -> Columns:
    """The values of each field that is selected or sorts out rows, row by row."""
    fields = [field for field in query.mentioned if field in query.fields or field != DATE]
    words = [field.split(".")[0] for field in query.mentioned]
    if "metrics" not in words and "segments" not in words:
        records = list(entities.records(query.resource).values())
        return {field: _of_records(field, records, entities) for field in fields}
    rows = _rows(world, query, entities, now)
    return {field: _of_rows(field, rows, entities, query) for field in fields}


def _rows(world: Any, query: Query, entities: Entities, now: datetime) -> pa.Table:
    """The figures, grouped as the query's resource and segments say."""
    kinds = [KINDS[field] for field in query.fields if field in KINDS]
    keywords = any(field.startswith("segments.keyword.") for field in query.fields)
    by = [*RESOURCES[query.resource].keys, *(["keyword_id"] if keywords else []), *kinds]
    first, last = _days(query)
    (account_id,) = entities.records("customer")
    rows = world.rows(SOURCE, account_id, by, first, last, now)
    for key in by:
        rows = rows.filter(pc.is_valid(rows.column(key)))
    rows = rows.filter(figures.is_shown(rows))
    return figures.by_category(rows) if CATEGORY in query.fields else rows


def _days(query: Query) -> tuple[date, date]:
    first, last = date(2000, 1, 1), date(2100, 1, 1)
    for condition in query.conditions:
        if condition.field == DATE:
            days = [date.fromisoformat(str(value)) for value in condition.values]
            first = max(first, min(days)) if condition.operator in ("=", "BETWEEN", ">=") else first
            last = min(last, max(days)) if condition.operator in ("=", "BETWEEN", "<=") else last
    return first, last


def _of_records(field: str, records: list[Record], entities: Entities) -> Sequence[Any]:
    """A field of each entity, or of the one it belongs to."""
    kind, _, name = field.partition(".")
    read = FIELDS[kind].get(name)
    if read is None:
        return [None] * len(records)
    owners = entities.records(kind)
    return [read(_owner(kind, record, owners)) for record in records]


def _owner(kind: str, record: Record, owners: dict[str, Record]) -> Record:
    """The record itself, or the campaign or ad group it belongs to."""
    key = IDS.get(kind)
    if kind == "customer":
        return owners.get(str(record.get("account_id")), record)
    return owners.get(str(record.get(key)), record) if key else record


def _of_rows(field: str, rows: pa.Table, entities: Entities, query: Query) -> Sequence[Any]:
    """A field of each row of figures."""
    kind, _, name = field.partition(".")
    if field in CONSTANTS:
        return [CONSTANTS[field]] * rows.num_rows
    for column, views in VIEWS.items():
        if field in views:
            return [views[field](value) for value in rows.column(column).to_pylist()]
    for column, demographic in DEMOGRAPHICS.items():
        if field == demographic and column in rows.column_names:
            return list(rows.column(column).to_pylist())
    if field.startswith("segments.keyword.info."):
        return _joined(
            rows, "keyword_id", "ad_group_criterion", field[len("segments.") :], entities
        )
    if kind == "metrics" and name == "historical_quality_score":
        return _joined(rows, "keyword_id", "ad_group_criterion", "quality_score", entities)
    if kind in ("metrics", "segments"):
        campaigns = entities.records("campaign")
        return figures.column(rows, field, {key: each["kind"] for key, each in campaigns.items()})
    if kind == "customer":
        (record,) = entities.records("customer").values()
        return [FIELDS[kind][name](record)] * rows.num_rows
    if kind == "ad_group_criterion" and query.resource == "keyword_view":
        return _joined(rows, "keyword_id", kind, name, entities)
    if kind in IDS:
        return _joined(rows, IDS[kind], kind, name, entities)
    return [None] * rows.num_rows


def _joined(rows: pa.Table, key: str, kind: str, name: str, entities: Entities) -> Sequence[Any]:
    """A field of the entity whose id stands in a column, read once an entity."""
    column = {"keyword.info.text": "keyword.text", "keyword.info.match_type": "keyword.match_type",
              "quality_score": "quality_info.quality_score"}.get(name, name)  # fmt: skip
    read = FIELDS[kind].get(column, lambda _: None)
    values = {each: read(record) for each, record in entities.records(kind).items()}
    return [values[each] for each in rows.column(key).to_pylist()]
