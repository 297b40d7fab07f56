"""The integrated report and that of GMV Max: what may be asked, and the rows of the answer."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sandbox.tiktok_ads import figures
from sandbox.tiktok_ads.errors import bad
from sandbox.tiktok_ads.platform import Platform

IDS = {
    "AUCTION_ADVERTISER": "advertiser_id",
    "AUCTION_CAMPAIGN": "campaign_id",
    "AUCTION_ADGROUP": "adgroup_id",
    "AUCTION_AD": "ad_id",
}
# What the world calls it.
WORLDS = {
    "campaign_id": "campaign_id", "adgroup_id": "ad_group_id", "ad_id": "ad_id", "age": "age",
    "gender": "gender", "country_code": "country", "placement": "placement", "platform": "device",
}  # fmt: skip
TRAITS = frozenset({"age", "gender", "country_code", "placement", "platform"})
TIMES = {"stat_time_day": 30, "stat_time_hour": 1}
GMV_MAX_DIMENSIONS = frozenset({"advertiser_id", "campaign_id", "stat_time_day"})

Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A report that may be asked for."""

    advertiser_id: str
    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]
    first: date
    last: date
    with_deleted: bool

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(name for name in self.dimensions if name in IDS.values())

    @property
    def traits(self) -> tuple[str, ...]:
        return tuple(name for name in self.dimensions if name in TRAITS)

    @property
    def time(self) -> str | None:
        return next((name for name in self.dimensions if name in TIMES), None)


def integrated(platform: Platform, query: Mapping[str, str]) -> list[Row]:
    """The rows of the integrated report; campaigns of GMV Max are in none of them."""
    asked = _integrated(query)
    return _rows(platform, asked, is_gmv_max=False)


def gmv_max(platform: Platform, query: Mapping[str, str]) -> list[Row]:
    """The rows of the report of GMV Max."""
    shops = _list(query, "store_ids")
    if len(shops) != 1:
        raise bad("store_ids: must have exactly 1 item")
    statuses = json.loads(query.get("filtering") or "{}").get("campaign_statuses", [])
    asked = _asked(query, with_deleted="STATUS_DELETE" in statuses)
    _must(set(asked.dimensions) <= GMV_MAX_DIMENSIONS, "dimensions: not supported")
    _must(set(asked.metrics) <= set(figures.GMV_MAX), "metrics: not supported")
    if shops != [platform.shop_of(asked.advertiser_id)]:
        return []
    return _rows(platform, asked, is_gmv_max=True)


def _integrated(query: Mapping[str, str]) -> Asked:
    kind = query.get("report_type")
    _must(kind in ("BASIC", "AUDIENCE"), "report_type: must be BASIC or AUDIENCE")
    _must(query.get("service_type", "AUCTION") == "AUCTION", "service_type: must be AUCTION")
    level = IDS.get(query.get("data_level", ""))
    _must(level is not None, "data_level: not supported")
    asked = _asked(query, with_deleted=_with_deleted(query, str(level)))
    known = {*IDS.values(), *TRAITS, *TIMES}
    _must(set(asked.dimensions) <= known, "dimensions: not supported")
    _must(asked.ids == (level,), f"dimensions: must have one id, {level}")
    most = 1 if kind == "AUDIENCE" else 0
    _must(len(asked.traits) <= most or asked.traits == ("country_code",),
          f"dimensions: {kind} takes {most} trait of the audience")  # fmt: skip
    refused = figures.NOT_OF_AUDIENCE if kind == "AUDIENCE" else frozenset()
    wrong = [name for name in asked.metrics if name not in figures.METRICS - refused]
    _must(not wrong, f"metrics: {', '.join(wrong)} not supported for {kind}")
    return asked


def _asked(query: Mapping[str, str], *, with_deleted: bool) -> Asked:
    dimensions = tuple(_list(query, "dimensions"))
    first, last = (_day(query, name) for name in ("start_date", "end_date"))
    times = [name for name in dimensions if name in TIMES]
    _must(len(times) <= 1, "dimensions: one time at most")
    longest = TIMES[times[0]] if times else 365
    _must(first <= last, "start_date: must not be after end_date")
    _must((last - first).days < longest, f"end_date: at most {longest} days with {dimensions}")
    metrics = tuple(_list(query, "metrics") or ("spend", "impressions"))
    return Asked(query["advertiser_id"], dimensions, metrics, first, last, with_deleted)


def _with_deleted(query: Mapping[str, str], level: str) -> bool:
    """Levels below the advertiser leave out what was deleted, unless all statuses are asked for."""
    name = level.replace("_id", "_status")
    filters = json.loads(query.get("filtering") or "[]")
    values = [part["filter_value"] for part in filters if part["field_name"] == name]
    return level == "advertiser_id" or any("STATUS_ALL" in json.loads(value) for value in values)


def _rows(platform: Platform, asked: Asked, *, is_gmv_max: bool) -> list[Row]:
    grouped: dict[tuple[str, ...], list[Mapping[str, Any]]] = defaultdict(list)
    parents: dict[tuple[str, ...], Row] = {}
    for row in _of_world(platform, asked):
        campaign = platform.campaign(row["campaign_id"])
        if platform.is_gmv_max(campaign) != is_gmv_max or not _is_listed(platform, asked, row):
            continue
        key = tuple(_value(asked, row, name) for name in asked.dimensions)
        grouped[key].append(figures.of_row(row, campaign["objective"]))
        parents[key] = row
    return [
        {
            "dimensions": dict(zip(asked.dimensions, key, strict=True)),
            "metrics": _metrics(platform, asked, parts, parents[key], is_gmv_max=is_gmv_max),
        }
        for key, parts in sorted(grouped.items())
    ]


def _metrics(
    platform: Platform,
    asked: Asked,
    parts: Iterable[Mapping[str, Any]],
    row: Row,
    *,
    is_gmv_max: bool,
) -> dict[str, str]:
    sums = figures.summed(parts)
    if is_gmv_max:
        return figures.gmv_max(sums, asked.metrics)
    attributes = {
        "campaign_id": str(row["campaign_id"]),
        "adgroup_id": str(row.get("ad_group_id")),
        "campaign_name": platform.campaign(row["campaign_id"])["campaign_name"],
        "currency": platform.account(asked.advertiser_id)["currency_code"],
    }
    return figures.told(sums, asked.metrics, attributes)


def _of_world(platform: Platform, asked: Asked) -> list[Row]:
    below = {"adgroup_id": ["ad_group_id"], "ad_id": ["ad_group_id", "ad_id"]}
    by = ["day", "campaign_id", *(name for id in asked.ids for name in below.get(id, []))]
    by += [WORLDS[name] for name in asked.traits]
    by += ["hour"] if asked.time == "stat_time_hour" else []
    return platform.rows(asked.advertiser_id, tuple(by), asked.first, asked.last)


def _is_listed(platform: Platform, asked: Asked, row: Row) -> bool:
    """Whether the row's entity exists at that level and is not left out as deleted."""
    for name in asked.ids:
        if name == "advertiser_id":
            return True
        id = row[WORLDS[name]]
        return id is not None and (asked.with_deleted or not platform.is_deleted(name, id))
    return True


def _value(asked: Asked, row: Row, name: str) -> str:
    if name == "advertiser_id":
        return asked.advertiser_id
    if name == "stat_time_day":
        return f"{row['day']} 00:00:00"
    if name == "stat_time_hour":
        return f"{row['day']} {int(row['hour']):02}:00:00"
    return str(row[WORLDS[name]])


def _list(query: Mapping[str, str], name: str) -> list[str]:
    try:
        found = json.loads(query.get(name) or "[]")
    except ValueError as error:
        raise bad(f"{name}: must be a JSON array") from error
    _must(isinstance(found, list), f"{name}: must be a JSON array")
    return [str(item) for item in found]


def _day(query: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(query.get(name, ""))
    except ValueError as error:
        raise bad(f"{name}: must be like 2026-01-31") from error


def _must(is_met: bool, message: str) -> None:
    if not is_met:
        raise bad(message)
