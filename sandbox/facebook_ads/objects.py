"""Accounts, campaigns, ad sets, ads and creatives as nodes of the graph.

What was deleted is left out of every edge and is read by its id alone. Campaigns with an odd number
have their budget on their ad sets, shared out evenly; the others have it themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.ads import AdWorld
from sandbox.shop.spec import decimals

SOURCE = "facebook_ads"
CREATIVE_PREFIX = "9"
ATTRIBUTION_SPEC = [
    {"event_type": "CLICK_THROUGH", "window_days": 7},
    {"event_type": "VIEW_THROUGH", "window_days": 1},
]
ACCOUNT_STATUS = {"enabled": 1, "refused": 1, "cancelled": 101}
OBJECT_TYPES = {"video": "VIDEO", "image": "SHARE", "carousel": "SHARE"}

Node = dict[str, Any]
Row = Mapping[str, Any]


@dataclass
class Graph:
    """The nodes of one account as they stand at an instant, by edge, and all nodes by id."""

    account: Row
    edges: dict[str, list[Node]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.account["account_id"])

    @property
    def is_refused(self) -> bool:
        return bool(self.account["status"] == "refused")

    @property
    def node(self) -> Node:
        return {
            "id": f"act_{self.id}",
            "account_id": self.id,
            "name": self.account["account_name"],
            "account_status": ACCOUNT_STATUS[self.account["status"]],
            "currency": self.account["currency_code"],
            "timezone_name": self.account["time_zone"],
        }

    @property
    def nodes(self) -> dict[str, Node]:
        return {node["id"]: node for nodes in self.edges.values() for node in nodes}

    def statuses(self, edge: str) -> dict[str, str]:
        """The effective status of each object of an edge."""
        return {node["id"]: node["effective_status"] for node in self.edges[edge]}


def graphs(world: AdWorld, now: datetime) -> dict[str, Graph]:
    """Every account's nodes, by account."""
    accounts = world.entities(SOURCE, "accounts", "", now).to_pylist()
    return {str(account["account_id"]): _graph(world, account, now) for account in accounts}


def _graph(world: AdWorld, account: Row, now: datetime) -> Graph:
    zone = ZoneInfo(account["time_zone"])
    today = now.replace(tzinfo=UTC).astimezone(zone).date()
    rows = {
        kind: world.entities(SOURCE, kind, account["account_id"], now).to_pylist()
        for kind in ("campaigns", "ad_groups", "ads")
    }
    makers = _Makers(account, zone, today)
    campaigns = {row["campaign_id"]: row for row in rows["campaigns"]}
    groups = {row["ad_group_id"]: row for row in rows["ad_groups"]}
    counts = _live_groups(rows["ad_groups"], today)
    edges = {
        "campaigns": [makers.campaign(row) for row in rows["campaigns"]],
        "adsets": [
            makers.ad_set(row, campaigns[row["campaign_id"]], counts) for row in rows["ad_groups"]
        ],
        "ads": [
            makers.ad(row, groups[row["ad_group_id"]], campaigns[row["campaign_id"]])
            for row in rows["ads"]
        ],
        "adcreatives": [makers.creative(row) for row in rows["ads"]],
    }
    return Graph(account, edges)


def _live_groups(groups: Iterable[Row], today: date) -> dict[str, int]:
    """How many ad groups of each campaign are not deleted."""
    counts: dict[str, int] = {}
    for group in groups:
        if not _is_past(group["deleted_on"], today):
            counts[group["campaign_id"]] = counts.get(group["campaign_id"], 0) + 1
    return counts


def has_budget_on_ad_sets(campaign_id: str) -> bool:
    return int(campaign_id) % 2 == 1


@dataclass(frozen=True)
class _Makers:
    """Makes nodes of one account on one day."""

    account: Row
    zone: ZoneInfo
    today: date

    def campaign(self, row: Row) -> Node:
        own, effective = self._status(row)
        budget = None if has_budget_on_ad_sets(row["campaign_id"]) else row["daily_budget"]
        return self._common(row["campaign_id"], row["campaign_name"], row["start_date"]) | {
            "objective": row["objective"],
            "status": own,
            "configured_status": own,
            "effective_status": effective,
            "buying_type": "AUCTION",
            "bid_strategy": row["bidding"],
            **self._budget(budget),
            "start_time": self._midnight(row["start_date"]),
            "stop_time": self._midnight(row["end_date"]),
        }

    def ad_set(self, row: Row, campaign: Row, live: Mapping[str, int]) -> Node:
        own, effective = self._status(row, campaign)
        budget = None
        if has_budget_on_ad_sets(row["campaign_id"]) and own != "DELETED":
            budget = campaign["daily_budget"] / live[row["campaign_id"]]
        return self._common(row["ad_group_id"], row["ad_group_name"], row["created_on"]) | {
            "campaign_id": row["campaign_id"],
            "status": own,
            "configured_status": own,
            "effective_status": effective,
            "optimization_goal": "OFFSITE_CONVERSIONS",
            "billing_event": "IMPRESSIONS",
            "attribution_spec": ATTRIBUTION_SPEC,
            "targeting": _targeting(row),
            **self._budget(budget),
            "start_time": self._midnight(campaign["start_date"]),
            "end_time": self._midnight(campaign["end_date"]),
        }

    def ad(self, row: Row, group: Row, campaign: Row) -> Node:
        own, effective = self._status(row, group, campaign)
        return self._common(row["ad_id"], row["ad_name"], row["created_on"]) | {
            "campaign_id": row["campaign_id"],
            "adset_id": row["ad_group_id"],
            "status": own,
            "configured_status": own,
            "effective_status": effective,
            "creative": {"id": creative_id(row["ad_id"])},
        }

    def creative(self, row: Row) -> Node:
        is_video, is_carousel = row["format"] == "video", row["format"] == "carousel"
        page = row["landing_page"]
        cards = [{"link": page, "name": row["headline"]}] * 3
        link = {"link": page, "message": row["body"]}
        spec = {"link_data": link | ({"child_attachments": cards} if is_carousel else {})}
        node = {
            "id": creative_id(row["ad_id"]),
            "account_id": str(self.account["account_id"]),
            "name": f"{row['ad_name']} creative",
            "title": row["headline"],
            "body": row["body"],
            "call_to_action_type": row["call_to_action"],
            "object_type": OBJECT_TYPES.get(row["format"], "SHARE"),
            "link_url": page,
            "image_url": row["image_url"],
            "object_story_spec": spec,
            "status": "ACTIVE",
            "effective_status": "ACTIVE",
        }
        return _told(node | ({"video_id": f"7{row['ad_id']}"} if is_video else {}))

    def _common(self, object_id: str, name: str, created_on: date) -> Node:
        return {
            "id": object_id,
            "account_id": str(self.account["account_id"]),
            "name": name,
            "created_time": self._midnight(created_on),
            "updated_time": self._midnight(created_on),
        }

    def _status(self, row: Row, *above: Row) -> tuple[str, str]:
        """An object's own status, and what those above it make of it."""
        own = "ACTIVE"
        if _is_past(row.get("paused_on"), self.today):
            own = "PAUSED"
        if _is_past(row.get("deleted_on"), self.today):
            own = "DELETED"
        if own == "DELETED" or any(_is_past(each["deleted_on"], self.today) for each in above):
            return own, "DELETED"
        if above and _is_past(above[-1].get("paused_on"), self.today):
            return own, "CAMPAIGN_PAUSED"
        return own, own

    def _budget(self, amount: Decimal | None) -> Node:
        """Budgets are whole numbers of the currency's smallest unit, as text."""
        if amount is None:
            return {}
        units = Decimal(amount).scaleb(decimals(self.account["currency_code"]))
        return {"daily_budget": str(round(units))}

    def _midnight(self, day: date | None) -> str | None:
        if day is None:
            return None
        return datetime.combine(day, time(), self.zone).strftime("%Y-%m-%dT%H:%M:%S%z")


def creative_id(ad_id: str) -> str:
    return f"{CREATIVE_PREFIX}{ad_id}"


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _told(node: Node) -> Node:
    return {name: value for name, value in node.items() if value is not None}


def _targeting(group: Row) -> Node:
    """Whom an ad set is meant for."""
    place = {"geo_locations": {"countries": ["US"]}, "age_min": 18, "age_max": 65}
    audience_id = f"6{group['ad_group_id']}"
    kinds: dict[str, Node] = {
        "retargeting": {
            "custom_audiences": [{"id": audience_id, "name": "Visitors of the last 30 days"}]
        },
        "lookalike": {
            "custom_audiences": [{"id": audience_id, "name": "Lookalike (US, 1%) - Customers"}]
        },
        "interest": {
            "flexible_spec": [
                {"interests": [{"id": "6003107902433", "name": "Outdoor recreation"}]}
            ]
        },
    }
    return place | kinds.get(group["targeting"], {})
