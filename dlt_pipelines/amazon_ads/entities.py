"""Profiles, campaigns, ad groups, ads and keywords, archived ones too, as rows of raw tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dlt_pipelines.ads.reading import Account
from dlt_pipelines.amazon_ads import tables
from dlt_pipelines.amazon_ads.client import Client
from dlt_pipelines.tables import Table

PAGE_SIZE = 100
STATES = ("ENABLED", "PAUSED", "ARCHIVED")

Record = dict[str, Any]


@dataclass(frozen=True)
class Listing:
    """A list of one product. Sponsored Display has no media type: its lists are fetched."""

    table: Table
    ad_product: str
    path: str
    field: str = ""
    media_type: str = ""


LISTINGS = (
    Listing(tables.CAMPAIGNS, "SPONSORED_PRODUCTS", "/sp/campaigns/list",
            "campaigns", "application/vnd.spCampaign.v3+json"),
    Listing(tables.CAMPAIGNS, "SPONSORED_BRANDS", "/sb/v4/campaigns/list",
            "campaigns", "application/vnd.sbcampaignresource.v4+json"),
    Listing(tables.CAMPAIGNS, "SPONSORED_DISPLAY", "/sd/campaigns"),
    Listing(tables.AD_GROUPS, "SPONSORED_PRODUCTS", "/sp/adGroups/list",
            "adGroups", "application/vnd.spAdGroup.v3+json"),
    Listing(tables.AD_GROUPS, "SPONSORED_BRANDS", "/sb/v4/adGroups/list",
            "adGroups", "application/vnd.sbadgroupresource.v4+json"),
    Listing(tables.AD_GROUPS, "SPONSORED_DISPLAY", "/sd/adGroups"),
    Listing(tables.ADS, "SPONSORED_PRODUCTS", "/sp/productAds/list",
            "productAds", "application/vnd.spProductAd.v3+json"),
    Listing(tables.ADS, "SPONSORED_BRANDS", "/sb/v4/ads/list",
            "ads", "application/vnd.sbadresource.v4+json"),
    Listing(tables.ADS, "SPONSORED_DISPLAY", "/sd/productAds"),
    Listing(tables.KEYWORDS, "SPONSORED_PRODUCTS", "/sp/keywords/list",
            "keywords", "application/vnd.spKeyword.v3+json"),
)  # fmt: skip


def account(profile: Record) -> Account:
    """What landing must know of a profile."""
    return Account(
        str(profile["profileId"]),
        str(profile.get("currencyCode") or ""),
        str(profile.get("timezone") or ""),
        str((profile.get("accountInfo") or {}).get("name") or ""),
    )


def profile_row(profile: Record) -> Record:
    """The row of `accounts`."""
    info = profile.get("accountInfo") or {}
    return {
        "account_name": info.get("name"),
        "account_kind": info.get("type"),
        "marketplace_id": info.get("marketplaceStringId"),
        "country_code": profile.get("countryCode"),
        "currency_code": profile.get("currencyCode"),
        "time_zone": profile.get("timezone"),
        "is_payment_method_valid": info.get("validPaymentMethod"),
    }


def rows(client: Client, profile_id: str, table: Table) -> list[Record]:
    """What a profile has of one kind of entity, of all products."""
    make = MAKERS[table.name]
    return [
        {"ad_product": listing.ad_product, "state": _state(record), **make(record)}
        for listing in LISTINGS
        if listing.table is table
        for record in _records(client, profile_id, listing)
    ]


def _records(client: Client, profile_id: str, listing: Listing) -> Iterator[Record]:
    if listing.media_type:
        yield from _posted(client, profile_id, listing)
    else:
        yield from _fetched(client, profile_id, listing)


def _posted(client: Client, profile_id: str, listing: Listing) -> Iterator[Record]:
    headers = {"Accept": listing.media_type, "Content-Type": listing.media_type}
    body: Record = {
        "stateFilter": {"include": list(STATES)},
        "maxResults": PAGE_SIZE,
        "includeExtendedDataFields": True,
    }
    while True:
        page = client.post(profile_id, listing.path, body, headers)
        yield from page.get(listing.field) or []
        if not page.get("nextToken"):
            return
        body = {**body, "nextToken": page["nextToken"]}


def _fetched(client: Client, profile_id: str, listing: Listing) -> Iterator[Record]:
    """Pages have no mark of the last one: an empty one is asked for."""
    start = 0
    states = ",".join(STATES).lower()
    while True:
        params = {"startIndex": start, "count": PAGE_SIZE, "stateFilter": states}
        page = client.get(profile_id, listing.path, params) or []
        if not page:
            return
        yield from page
        start += len(page)


def _state(record: Record) -> str | None:
    return str(record["state"]).upper() if record.get("state") else None


def _campaign(record: Record) -> Record:
    budget = record.get("budget")
    told = budget if isinstance(budget, Mapping) else record
    bidding = record.get("dynamicBidding") or {}
    return {
        "campaign_id": _id(record, "campaignId"),
        "name": record.get("name"),
        "targeting_type": record.get("targetingType") or record.get("tactic"),
        "bidding_strategy": bidding.get("strategy")
        or (record.get("bidding") or {}).get("bidOptimizationStrategy"),
        "cost_type": record.get("costType"),
        "goal": record.get("goal"),
        "budget": _amount(told.get("budget")),
        "budget_type": told.get("budgetType"),
        "start_date": _day(record.get("startDate")),
        "end_date": _day(record.get("endDate")),
        "serving_status": _extended(record).get("servingStatus"),
    }


def _ad_group(record: Record) -> Record:
    return {
        "ad_group_id": _id(record, "adGroupId"),
        "campaign_id": _id(record, "campaignId"),
        "name": record.get("name"),
        "default_bid": _amount(record.get("defaultBid")),
        "tactic": record.get("tactic"),
        "creative_type": record.get("creativeType"),
    }


def _ad(record: Record) -> Record:
    creative = record.get("creative") or {}
    return {
        "ad_id": _id(record, "adId"),
        "ad_group_id": _id(record, "adGroupId"),
        "campaign_id": _id(record, "campaignId"),
        "name": record.get("name") or record.get("adName"),
        "asin": record.get("asin"),
        "sku": record.get("sku"),
        "creative_type": creative.get("type"),
        "headline": creative.get("headline"),
        "landing_page": (record.get("landingPage") or {}).get("url")
        or record.get("landingPageURL"),
        "created_at": _instant(_extended(record).get("creationDate")),
    }


def _keyword(record: Record) -> Record:
    return {
        "keyword_id": _id(record, "keywordId"),
        "ad_group_id": _id(record, "adGroupId"),
        "campaign_id": _id(record, "campaignId"),
        "keyword_text": record.get("keywordText"),
        "match_type": record.get("matchType"),
        "bid": _amount(record.get("bid")),
    }


MAKERS = {
    tables.CAMPAIGNS.name: _campaign,
    tables.AD_GROUPS.name: _ad_group,
    tables.ADS.name: _ad,
    tables.KEYWORDS.name: _keyword,
}


def _extended(record: Record) -> Mapping[str, Any]:
    extended: Mapping[str, Any] = record.get("extendedData") or {}
    return extended


def _id(record: Record, name: str) -> str | None:
    """Numbers in some lists, texts in others."""
    return str(record[name]) if record.get(name) is not None else None


def _amount(value: Any) -> str | None:
    return None if value is None else str(value)


def _day(value: Any) -> str | None:
    """2026-01-31 for 20260131 too."""
    text = str(value or "")
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if text.isdigit() and len(text) == 8 else value


def _instant(milliseconds: Any) -> datetime | None:
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds else None
