"""Insights: what is asked, and the rows that answer it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.ads import AdWorld
from sandbox.facebook_ads import actions, fields
from sandbox.facebook_ads.errors import invalid, too_old
from sandbox.facebook_ads.objects import SOURCE, Graph

LIVE_ALONE = ("ACTIVE", "PAUSED", "CAMPAIGN_PAUSED", "ADSET_PAUSED")
ATTRIBUTION_SETTING = "7d_click_1d_view"
RETENTION = timedelta(days=37 * 30 + 18)
# The level's key in the made-up world, and the edge that holds its objects.
KEYS = {"campaign": "campaign_id", "adset": "ad_group_id", "ad": "ad_id"}
EDGES = {"campaign": "campaigns", "adset": "adsets", "ad": "ads"}

Row = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What a request for insights asks of one account."""

    level: str
    first: date
    last: date
    is_daily: bool
    fields: frozenset[str]
    breakdowns: tuple[str, ...]
    windows: tuple[str, ...]
    statuses: Mapping[str, frozenset[str]]

    @property
    def is_hourly(self) -> bool:
        return fields.HOURLY in self.breakdowns


def question(params: Mapping[str, str], graph: Graph, now: datetime) -> Question:
    """The question, or what is wrong with it."""
    fields.one_of(params, "action_report_time", fields.REPORT_TIMES, "mixed")
    if fields.words(params, "action_breakdowns") not in ([], ["action_type"]):
        raise invalid("Current combination of data breakdown columns is invalid")
    first, last = _days(params, graph, now)
    return Question(
        level=fields.one_of(params, "level", fields.LEVELS, "account"),
        first=first,
        last=last,
        is_daily=params.get("time_increment") == "1",
        fields=fields.insight_fields(params),
        breakdowns=tuple(fields.breakdowns(params)),
        windows=tuple(fields.windows(params)),
        statuses=_statuses(params),
    )


def _days(params: Mapping[str, str], graph: Graph, now: datetime) -> tuple[date, date]:
    today = now.replace(tzinfo=UTC).astimezone(ZoneInfo(graph.account["time_zone"])).date()
    span = fields.structure(params, "time_range")
    if span is None:
        return today - timedelta(days=30), today - timedelta(days=1)
    try:
        first, last = (date.fromisoformat(span[name]) for name in ("since", "until"))
    except (KeyError, TypeError, ValueError) as error:
        raise invalid("param time_range must have since and until like 2024-01-31") from error
    if first > last:
        raise invalid("The start date must be before the end date")
    if first < today - RETENTION:
        raise too_old()
    return first, last


def _statuses(params: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The effective statuses that a filter lets in, by level."""
    found: dict[str, frozenset[str]] = {}
    for rule in fields.structure(params, "filtering") or []:
        level, _, name = str(rule.get("field")).partition(".")
        if name != "effective_status" or level not in EDGES or rule.get("operator") != "IN":
            raise invalid(f"Filtering field {rule.get('field')} is not supported")
        found[level] = frozenset(rule.get("value", []))
    return found


def rows(world: AdWorld, graph: Graph, asked: Question, now: datetime) -> list[Row]:
    """What Meta answers at this instant; days and objects without impressions have no row."""
    keys = [name for level, name in KEYS.items() if _is_within(level, asked.level)]
    kinds = [fields.BREAKDOWNS[name] for name in asked.breakdowns]
    by = [*(["day"] if asked.is_daily else []), *keys, *kinds]
    found = world.rows(SOURCE, graph.id, by, asked.first, asked.last, now)
    hidden = _hidden(graph, asked)
    teller = _Teller(graph, asked)
    return [
        teller.row(row)
        for row in found.sort_by([(name, "ascending") for name in by]).to_pylist()
        if (row["impressions"] or row["spend"]) and row.get(hidden.key) not in hidden.ids
    ]


def _is_within(level: str, asked: str) -> bool:
    return fields.LEVELS.index(level) <= fields.LEVELS.index(asked)


@dataclass(frozen=True)
class _Hidden:
    """Objects whose rows are left out."""

    key: str
    ids: frozenset[str]


def _hidden(graph: Graph, asked: Question) -> _Hidden:
    """Deleted and archived objects, but those that the filter lets in; an account hides none."""
    if asked.level == "account":
        return _Hidden("", frozenset())
    shown = asked.statuses.get(asked.level, frozenset(LIVE_ALONE))
    statuses = graph.statuses(EDGES[asked.level])
    ids = frozenset(object_id for object_id, status in statuses.items() if status not in shown)
    return _Hidden(KEYS[asked.level], ids)


class _Teller:
    """Says rows of figures as Meta does: every figure is text."""

    def __init__(self, graph: Graph, asked: Question) -> None:
        self._asked = asked
        self._account = {
            "account_id": graph.id,
            "account_name": graph.account["account_name"],
            "account_currency": graph.account["currency_code"],
            "attribution_setting": ATTRIBUTION_SETTING,
            "buying_type": "AUCTION",
        }
        self._nodes = {
            edge: {node["id"]: node for node in graph.edges[edge]} for edge in graph.edges
        }

    def row(self, row: Mapping[str, Any]) -> Row:
        told = dict(self._told(row))
        day = row.get("day")
        answer: Row = {name: told[name] for name in self._asked.fields if name in told}
        answer["date_start"] = (day or self._asked.first).isoformat()
        answer["date_stop"] = (day or self._asked.last).isoformat()
        for name in self._asked.breakdowns:
            answer[name] = _breakdown(name, row)
        return answer

    def _told(self, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Every field that has a value."""
        yield from self._account.items()
        yield from self._names(row)
        yield from _figures(row)
        asked = self._asked
        if "actions" in asked.fields and (
            found := actions.actions(row, asked.windows, is_hourly=asked.is_hourly)
        ):
            yield "actions", found
        if "action_values" in asked.fields and (
            found := actions.values(row, asked.windows, is_hourly=asked.is_hourly)
        ):
            yield "action_values", found

    def _names(self, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for level, key in KEYS.items():
            if key in row:
                node = self._nodes[EDGES[level]][row[key]]
                yield f"{level}_id", row[key]
                yield f"{level}_name", node["name"]
                if level == "campaign":
                    yield "objective", node["objective"]
                if level == "adset":
                    yield "optimization_goal", node["optimization_goal"]


def _figures(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    spend, impressions, clicks = row["spend"], row["impressions"], row["clicks"]
    yield "spend", actions.text(spend)
    yield "impressions", str(impressions)
    yield "clicks", str(clicks)
    yield "inline_link_clicks", str(clicks * 4 // 5)
    yield "inline_post_engagement", str(int(row["engagements"] or 0))
    if row["reach"]:
        yield "reach", str(row["reach"])
        yield "frequency", _ratio(Decimal(impressions), row["reach"])
    if impressions:
        yield "ctr", _ratio(Decimal(100 * clicks), impressions)
        yield "cpm", _ratio(1000 * spend, impressions)
    if clicks:
        yield "cpc", _ratio(spend, clicks)


def _ratio(part: Decimal, whole: int) -> str:
    return f"{part / whole:.6f}"


def _breakdown(name: str, row: Mapping[str, Any]) -> str:
    value = row[fields.BREAKDOWNS[name]]
    if name == fields.HOURLY:
        return f"{int(value):02}:00:00 - {int(value):02}:59:59"
    return str(value)
