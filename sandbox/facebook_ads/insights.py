"""Insights: what is asked, and the rows that answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from operator import itemgetter
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
Tell = Callable[[Mapping[str, Any]], Any]


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
    """What Meta answers at this instant; days and objects of which nothing came have no row."""
    keys = [name for level, name in KEYS.items() if _is_within(level, asked.level)]
    kinds = [fields.BREAKDOWNS[name] for name in asked.breakdowns]
    by = [*(["day"] if asked.is_daily else []), *keys, *kinds]
    found = world.rows(SOURCE, graph.id, by, asked.first, asked.last, now)
    hidden = _hidden(graph, asked)
    teller = _Teller(graph, asked)
    return [teller.row(row) for row in found.to_pylist() if row.get(hidden.key) not in hidden.ids]


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
    """Says rows of figures as Meta does: every figure is text, and what there is none of is left
    out.
    """

    def __init__(self, graph: Graph, asked: Question) -> None:
        self._asked = asked
        constants = {
            "account_id": graph.id,
            "account_name": graph.account["account_name"],
            "account_currency": graph.account["currency_code"],
            "attribution_setting": ATTRIBUTION_SETTING,
            "buying_type": "AUCTION",
        }
        self._constants = {name: constants[name] for name in constants if name in asked.fields}
        tellers = {**FIGURES, **_lists(asked), **_names(graph, asked)}
        self._tellers = [(name, tellers[name]) for name in tellers if name in asked.fields]

    def row(self, row: Mapping[str, Any]) -> Row:
        day = row.get("day")
        answer: Row = {
            **self._constants,
            "date_start": (day or self._asked.first).isoformat(),
            "date_stop": (day or self._asked.last).isoformat(),
        }
        for name, tell in self._tellers:
            if told := tell(row):
                answer[name] = told
        for name in self._asked.breakdowns:
            answer[name] = _breakdown(name, row)
        return answer


def _names(graph: Graph, asked: Question) -> dict[str, Tell]:
    """Ids and names of what a row is of, and what else Meta tells of it."""
    tellers: dict[str, Tell] = {}
    for level, key in KEYS.items():
        if _is_within(level, asked.level):
            nodes = {node["id"]: node for node in graph.edges[EDGES[level]]}
            tellers[f"{level}_id"] = itemgetter(key)
            tellers[f"{level}_name"] = partial(_of_node, nodes, key, "name")
            if level != "ad":
                name = "objective" if level == "campaign" else "optimization_goal"
                tellers[name] = partial(_of_node, nodes, key, name)
    return tellers


def _of_node(nodes: Mapping[str, Row], key: str, name: str, row: Mapping[str, Any]) -> Any:
    return nodes[row[key]][name]


def _lists(asked: Question) -> dict[str, Tell]:
    windows, is_hourly = asked.windows, asked.is_hourly
    return {
        "actions": partial(actions.actions, windows=windows, is_hourly=is_hourly),
        "action_values": partial(actions.values, windows=windows, is_hourly=is_hourly),
    }


FIGURES: dict[str, Tell] = {
    "spend": lambda row: actions.text(row["spend"]),
    "impressions": lambda row: str(row["impressions"]),
    "clicks": lambda row: str(row["clicks"]),
    "inline_link_clicks": lambda row: str(actions.link_clicks(row)),
    "inline_post_engagement": lambda row: str(row["engagements"]),
    "reach": lambda row: row["reach"] and str(row["reach"]),
    "frequency": lambda row: _ratio(row["impressions"], row["reach"]),
    "ctr": lambda row: _ratio(100 * row["clicks"], row["impressions"]),
    "cpm": lambda row: _ratio(1000 * row["spend"], row["impressions"]),
    "cpc": lambda row: _ratio(row["spend"], row["clicks"]),
}


def _ratio(part: Decimal | int, whole: int | None) -> str | None:
    return f"{Decimal(part) / whole:.6f}" if whole else None


def _breakdown(name: str, row: Mapping[str, Any]) -> str:
    value = row[fields.BREAKDOWNS[name]]
    if name == fields.HOURLY:
        return f"{value:02}:00:00 - {value:02}:59:59"
    return str(value)
