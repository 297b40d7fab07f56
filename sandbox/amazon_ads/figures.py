"""Rows of a report: figures of the ad world in the API's columns.

The ad world's purchases are those of the window that the profile's console shows: 7 days of a
seller's Sponsored Products, 14 days of all else. Other windows know fewer or more of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sandbox.ads import AdWorld
from sandbox.amazon_ads.checking import Wanted
from sandbox.amazon_ads.entities import SOURCE, Entities, asin, sku
from sandbox.amazon_ads.listing import Record

SHARES = {1: 0.7, 7: 1.0, 14: 1.1, 30: 1.2}

Value = Callable[[Record], Any]


def rows(
    world: AdWorld, entities: Entities, account_id: str, wanted: Wanted, now: datetime
) -> list[dict[str, Any]]:
    """The report's rows; days and parts in which nothing happened have none."""
    known = _Known(entities, account_id, now)
    days = ["day"] if wanted.is_daily else []
    found = world.rows(
        SOURCE,
        account_id,
        [*days, "campaign_id", *wanted.grain],
        wanted.first,
        wanted.last,
        now,
    ).to_pylist()
    values = [(name, _value(name, wanted, known)) for name in wanted.columns]
    return [
        {name: value(row) for name, value in values}
        for row in found
        if known.is_wanted(row, wanted)
    ]


class _Known:
    """What the report tells of entities besides figures."""

    def __init__(self, entities: Entities, account_id: str, now: datetime) -> None:
        self.account = entities.accounts(now)[account_id]
        self.window = 7 if self.account["kind"] == "seller" else 14
        self.campaigns = _by(entities.campaigns(account_id, now), "campaign_id")
        self.ad_groups = _by(entities.ad_groups(account_id, now), "ad_group_id")
        self.ads = _by(entities.ads(account_id, now), "ad_id")
        self.keywords = _by(entities.keywords(account_id, now), "keyword_id")

    def is_wanted(self, row: Record, wanted: Wanted) -> bool:
        campaign = self.campaigns.get(row["campaign_id"])
        if campaign is None or campaign["kind"] != wanted.kind.ad_product:
            return False
        if any(row[key] is None for key in wanted.grain):
            return False
        return all(
            self.keywords[row["keyword_id"]]["match_type"] in values
            for field, values in wanted.filters
            if field == "keywordType"
        )


def _by(records: list[Record], key: str) -> dict[str, Record]:
    return {record[key]: record for record in records}


def _value(name: str, wanted: Wanted, known: _Known) -> Value:
    """How a column is made of a row."""
    of_row = FIGURES.get(name) or _windowed(name, known.window)
    if of_row:
        return of_row
    about = {
        "date": lambda row: str(row["day"]),
        "startDate": lambda _: str(wanted.first),
        "endDate": lambda _: str(wanted.last),
        "campaignBudgetCurrencyCode": lambda _: known.account["currency_code"],
        **_of("campaign_id", known.campaigns, CAMPAIGN),
        **_of("ad_group_id", known.ad_groups, AD_GROUP),
        **_of("ad_id", known.ads, AD),
        **_of("keyword_id", known.keywords, KEYWORD),
    }
    return about.get(name, lambda _: None)


def _of(key: str, records: dict[str, Record], columns: dict[str, Value]) -> dict[str, Value]:
    def bound(value: Value) -> Value:
        return lambda row: value(records[row[key]])

    return {name: bound(value) for name, value in columns.items()}


def _windowed(name: str, window: int) -> Value | None:
    """Purchases, units and sales within some days of a click."""
    for prefix, of_window in WINDOWED.items():
        days = name.removeprefix(prefix).removesuffix("d")
        if name.startswith(prefix) and days.isdigit():
            share = SHARES[int(days)] / SHARES[window]
            return lambda row: of_window(row, share)
    return None


def _purchases(row: Record, share: float) -> int:
    return int(row["purchases"] * share + 0.5)


def _sales(row: Record, share: float) -> float:
    return round(float(row["purchase_value"]) * share, 6 if share == 1 else 2)


def _all_purchases(row: Record) -> int:
    """After a click or a view."""
    return int(row["purchases"] + (row["view_purchases"] or 0))


def _all_sales(row: Record) -> float:
    clicked = float(row["purchase_value"])
    average = clicked / row["purchases"] if row["purchases"] else 0.0
    return round(clicked + average * (row["view_purchases"] or 0), 2)


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


WINDOWED: dict[str, Callable[[Record, float], Any]] = {
    "purchasesSameSku": _purchases,
    "purchases": _purchases,
    "unitsSoldClicks": _purchases,
    "unitsSoldSameSku": _purchases,
    "sales": _sales,
    "attributedSalesSameSku": _sales,
}
FIGURES: dict[str, Value] = {
    "impressions": lambda row: row["impressions"],
    "clicks": lambda row: row["clicks"],
    "cost": lambda row: float(row["spend"]),
    "spend": lambda row: float(row["spend"]),
    "costPerClick": lambda row: _ratio(float(row["spend"]), row["clicks"]),
    "clickThroughRate": lambda row: _ratio(100 * row["clicks"], row["impressions"]),
    "purchases": _all_purchases,
    "purchasesClicks": lambda row: int(row["purchases"]),
    "sales": _all_sales,
    "salesClicks": lambda row: float(row["purchase_value"]),
    "unitsSold": _all_purchases,
    "unitsSoldClicks": lambda row: int(row["purchases"]),
    "addToCart": lambda row: int(row["add_to_carts"] or 0),
    "addToCartClicks": lambda row: int(row["add_to_carts"] or 0),
    "video5SecondViews": lambda row: int(row["video_views"] or 0),
    "videoFirstQuartileViews": lambda row: int(row["video_views"] or 0),
    "videoCompleteViews": lambda row: int((row["video_views"] or 0) // 3),
    "placementClassification": lambda row: row["placement"],
    "searchTerm": lambda row: row["search_term"],
}
CAMPAIGN: dict[str, Value] = {
    "campaignId": lambda campaign: int(campaign["campaign_id"]),
    "campaignName": lambda campaign: campaign["campaign_name"],
    "campaignStatus": lambda campaign: campaign["state"],
    "campaignBudgetAmount": lambda campaign: float(campaign["daily_budget"]),
    "campaignBudgetType": lambda _: "DAILY_BUDGET",
    "costType": lambda _: "CPC",
}
AD_GROUP: dict[str, Value] = {
    "adGroupId": lambda group: int(group["ad_group_id"]),
    "adGroupName": lambda group: group["ad_group_name"],
    "adStatus": lambda group: group["state"],
}
AD: dict[str, Value] = {
    "adId": lambda ad: int(ad["ad_id"]),
    "advertisedAsin": asin,
    "advertisedSku": sku,
    "promotedAsin": asin,
    "promotedSku": sku,
}
KEYWORD: dict[str, Value] = {
    "keywordId": lambda keyword: int(keyword["keyword_id"]),
    "keyword": lambda keyword: keyword["keyword"],
    "keywordType": lambda keyword: keyword["match_type"],
    "matchType": lambda keyword: keyword["match_type"],
    "targeting": lambda keyword: keyword["keyword"],
    "adKeywordStatus": lambda keyword: keyword["state"],
}
