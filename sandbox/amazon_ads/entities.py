"""Campaigns, ad groups, ads and keywords of the ad world as the API's lists tell them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.ads import AdWorld
from sandbox.ads.known import today
from sandbox.amazon_ads.listing import Listing, Record

SOURCE = "amazon_ads"
PRODUCTS = {"sp": "SPONSORED_PRODUCTS", "sb": "SPONSORED_BRANDS", "sd": "SPONSORED_DISPLAY"}
COUNTRIES = {
    "USD": "US", "EUR": "DE", "GBP": "UK", "CAD": "CA", "JPY": "JP", "AUD": "AU", "SEK": "SE",
}  # fmt: skip
STATES = {"deleted": "ARCHIVED", "paused": "PAUSED"}
CREATIVES = {"video": "VIDEO", "carousel": "STORE_SPOTLIGHT"}


class Entities:
    """What the ad world holds of Amazon at an instant; each list is made once an instant."""

    def __init__(self, world: AdWorld) -> None:
        self._world = world
        self._held: dict[tuple[str, str], list[Record]] = {}
        self._held_of = datetime.min

    def accounts(self, now: datetime) -> dict[str, Record]:
        """The profiles, by id."""
        return {account["account_id"]: account for account in self._read("accounts", "", now)}

    def today(self, account_id: str, now: datetime) -> date:
        """The profile's day."""
        return today(now, ZoneInfo(self.accounts(now)[account_id]["time_zone"]))

    def campaigns(self, account_id: str, now: datetime) -> list[Record]:
        return self._read("campaigns", account_id, now)

    def ad_groups(self, account_id: str, now: datetime) -> list[Record]:
        return self._below("ad_groups", account_id, now)

    def ads(self, account_id: str, now: datetime) -> list[Record]:
        return self._below("ads", account_id, now)

    def keywords(self, account_id: str, now: datetime) -> list[Record]:
        return self._below("keywords", account_id, now)

    def _below(self, kind: str, account_id: str, now: datetime) -> list[Record]:
        """Parts of campaigns, each with its campaign's product."""
        products = {each["campaign_id"]: each["kind"] for each in self.campaigns(account_id, now)}
        return [
            {**record, "kind": products[record["campaign_id"]]}
            for record in self._read(kind, account_id, now)
            if record["campaign_id"] in products
        ]

    def _read(self, kind: str, account_id: str, now: datetime) -> list[Record]:
        if now != self._held_of:
            self._held, self._held_of = {}, now
        if (kind, account_id) not in self._held:
            found = self._world.entities(SOURCE, kind, account_id, now).to_pylist()
            self._held[kind, account_id] = [
                {**record, "state": STATES.get(record["status"], "ENABLED")} for record in found
            ]
        return self._held[kind, account_id]


def profile(account: Record) -> Record:
    """A profile as /v2/profiles tells it."""
    return {
        "profileId": int(account["account_id"]),
        "countryCode": COUNTRIES.get(account["currency_code"], "US"),
        "currencyCode": account["currency_code"],
        "timezone": account["time_zone"],
        "accountInfo": {
            "marketplaceStringId": f"A{account['account_id']}",
            "id": f"ENTITY{account['account_id']}",
            "type": account["kind"] or "seller",
            "name": account["account_name"],
            "validPaymentMethod": True,
        },
    }


def asin(ad: Record) -> str:
    return f"B0{int(ad['ad_id']) % 10**8:08d}"


def sku(ad: Record) -> str:
    return f"AMZ-{ad['ad_id'][-6:]}"


def _day(value: date | None, *, is_compact: bool = False) -> str | None:
    return f"{value:{'%Y%m%d' if is_compact else '%Y-%m-%d'}}" if value else None


def _sp_campaign(record: Record) -> Record:
    return {
        "campaignId": record["campaign_id"],
        "name": record["campaign_name"],
        "state": record["state"],
        "targetingType": "MANUAL",
        "budget": {"budget": float(record["daily_budget"]), "budgetType": "DAILY"},
        "dynamicBidding": {"strategy": record["bidding"], "placementBidding": []},
        "startDate": _day(record["start_date"]),
        "endDate": _day(record["end_date"]),
    }


def _sb_campaign(record: Record) -> Record:
    return {
        "campaignId": record["campaign_id"],
        "name": record["campaign_name"],
        "state": record["state"],
        "budget": float(record["daily_budget"]),
        "budgetType": "DAILY",
        "bidding": {"bidOptimization": True, "bidOptimizationStrategy": record["bidding"]},
        "isMultiAdGroupsEnabled": True,
        "startDate": _day(record["start_date"]),
        "endDate": _day(record["end_date"]),
    }


def _sd_campaign(record: Record) -> Record:
    return {
        "campaignId": int(record["campaign_id"]),
        "name": record["campaign_name"],
        "state": record["state"].lower(),
        "tactic": "T00020",
        "costType": "cpc",
        "budget": float(record["daily_budget"]),
        "budgetType": "daily",
        "startDate": _day(record["start_date"], is_compact=True),
        "endDate": _day(record["end_date"], is_compact=True),
        "deliveryProfile": "as_soon_as_possible",
    }


def _ad_group(record: Record) -> Record:
    return {
        "adGroupId": record["ad_group_id"],
        "campaignId": record["campaign_id"],
        "name": record["ad_group_name"],
        "state": record["state"],
        "defaultBid": 0.75 if record["kind"] == PRODUCTS["sp"] else None,
    }


def _sd_ad_group(record: Record) -> Record:
    told = _ad_group(record)
    ids: dict[str, Any] = {name: int(told[name]) for name in ("adGroupId", "campaignId")}
    tactic = "T00030" if record["targeting"] == "retargeting" else "T00020"
    return {**told, **ids, "state": record["state"].lower(), "defaultBid": 0.5, "tactic": tactic}


def _sp_ad(record: Record) -> Record:
    return {
        "adId": record["ad_id"],
        "adGroupId": record["ad_group_id"],
        "campaignId": record["campaign_id"],
        "asin": asin(record),
        "sku": sku(record),
        "state": record["state"],
    }


def _sb_ad(record: Record) -> Record:
    kind = CREATIVES.get(record["format"], "PRODUCT_COLLECTION")
    return {
        "adId": record["ad_id"],
        "adGroupId": record["ad_group_id"],
        "campaignId": record["campaign_id"],
        "name": record["ad_name"],
        "state": record["state"],
        "creative": {"type": kind, "headline": record["headline"]},
        "landingPage": {"pageType": "CUSTOM_URL", "url": record["landing_page"]},
    }


def _sd_ad(record: Record) -> Record:
    ids = {"adId": "ad_id", "adGroupId": "ad_group_id", "campaignId": "campaign_id"}
    return {
        **{name: int(record[column]) for name, column in ids.items()},
        "adName": record["ad_name"],
        "asin": asin(record),
        "sku": sku(record),
        "landingPageURL": record["landing_page"],
        "state": record["state"].lower(),
    }


def _keyword(record: Record) -> Record:
    return {
        "keywordId": record["keyword_id"],
        "adGroupId": record["ad_group_id"],
        "campaignId": record["campaign_id"],
        "keywordText": record["keyword"],
        "matchType": record["match_type"],
        "bid": float(record["bid"]) if record["bid"] is not None else None,
        "state": record["state"],
    }


def _sb(kind: str) -> str:
    return f"application/vnd.sb{kind}resource.v4+json"


def _sp(kind: str) -> str:
    return f"application/vnd.sp{kind}.v3+json"


# By path: which product, which kind of entity, how it is listed.
POSTED: dict[str, tuple[str, str, Listing]] = {
    "/sp/campaigns/list": (
        "sp", "campaigns", Listing("campaigns", _sp("Campaign"), "totalResults", _sp_campaign)
    ),
    "/sp/adGroups/list": (
        "sp", "ad_groups", Listing("adGroups", _sp("AdGroup"), "totalResults", _ad_group)
    ),
    "/sp/productAds/list": (
        "sp", "ads", Listing("productAds", _sp("ProductAd"), "totalResults", _sp_ad)
    ),
    "/sp/keywords/list": (
        "sp", "keywords", Listing("keywords", _sp("Keyword"), "totalResults", _keyword)
    ),
    "/sb/v4/campaigns/list": (
        "sb", "campaigns", Listing("campaigns", _sb("campaign"), "totalCount", _sb_campaign)
    ),
    "/sb/v4/adGroups/list": (
        "sb", "ad_groups", Listing("adGroups", _sb("adgroup"), "totalResults", _ad_group)
    ),
    "/sb/v4/ads/list": ("sb", "ads", Listing("ads", _sb("ad"), "totalResults", _sb_ad)),
}  # fmt: skip
FETCHED: dict[str, tuple[str, str, Listing]] = {
    "/sd/campaigns": ("sd", "campaigns", Listing("", "", "", _sd_campaign)),
    "/sd/adGroups": ("sd", "ad_groups", Listing("", "", "", _sd_ad_group)),
    "/sd/productAds": ("sd", "ads", Listing("", "", "", _sd_ad)),
}
