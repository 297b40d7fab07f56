"""The ad world as TikTok knows it: advertisers, entities with their states, and figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.ads import AdWorld

SOURCE = "tiktok_ads"
GMV_MAX = "GMV_MAX"
KEYS = {"campaigns": "campaign_id", "ad_groups": "ad_group_id", "ads": "ad_id"}

Row = dict[str, Any]


class Platform:
    """What the world looks like at an instant (naive UTC)."""

    def __init__(self, world: AdWorld, now: datetime) -> None:
        self._world = world
        self._now = now
        found = world.entities(SOURCE, "accounts", "", now).to_pylist()
        self._accounts = {row["account_id"]: row for row in found}
        self._entities: dict[str, dict[str, Row]] = {}
        self._rows: dict[tuple[Any, ...], list[Row]] = {}

    @property
    def account_ids(self) -> list[str]:
        return list(self._accounts)

    def account(self, account_id: str) -> Row:
        return self._accounts[account_id]

    def shop_of(self, account_id: str) -> str:
        """The TikTok Shop that an advertiser sells for."""
        return f"749{int(account_id) % 10**16:016}"

    def entities(self, kind: str, account_id: str) -> list[Row]:
        """All campaigns, ad_groups or ads that there ever were until now."""
        return [row for row in self._all(kind).values() if row["account_id"] == account_id]

    def campaign(self, campaign_id: str) -> Row:
        return self._all("campaigns")[campaign_id]

    def is_gmv_max(self, campaign: Mapping[str, Any]) -> bool:
        return bool(campaign["kind"] == GMV_MAX)

    def is_deleted(self, id_name: str, id: str) -> bool:
        """Whether a campaign, ad group or ad was deleted."""
        kind = {"campaign_id": "campaigns", "adgroup_id": "ad_groups", "ad_id": "ads"}[id_name]
        return bool(self._all(kind)[id]["status"] == "deleted")

    def rows(self, account_id: str, by: tuple[str, ...], first: date, last: date) -> list[Row]:
        """The world's figures; asked for once, however many pages are read of them."""
        key = (account_id, by, first, last)
        if key not in self._rows:
            found = self._world.rows(SOURCE, account_id, by, first, last, self._now)
            self._rows[key] = found.to_pylist()
        return self._rows[key]

    def instant(self, account_id: str, day: date) -> str:
        """When an account's day begins, in UTC, as TikTok writes it."""
        zone = ZoneInfo(self._accounts[account_id]["time_zone"])
        begins = datetime.combine(day, time(), zone).astimezone(UTC)
        return begins.strftime("%Y-%m-%d %H:%M:%S")

    def _all(self, kind: str) -> dict[str, Row]:
        if kind not in self._entities:
            key = KEYS[kind]
            self._entities[kind] = {
                row[key]: {**row, "account_id": account_id}
                for account_id in self._accounts
                for row in self._world.entities(SOURCE, kind, account_id, self._now).to_pylist()
            }
        return self._entities[kind]
