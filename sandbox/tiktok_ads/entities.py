"""Advertisers, campaigns, ad groups and ads as TikTok lists them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sandbox.tiktok_ads.errors import NOT_FOUND, ApiError, bad
from sandbox.tiktok_ads.figures import SHOP_OBJECTIVE
from sandbox.tiktok_ads.platform import Platform, Row

FORMATS = {
    "image": "SINGLE_IMAGE",
    "video": "SINGLE_VIDEO",
    "carousel": "CAROUSEL_ADS",
    "text": "SINGLE_IMAGE",
    "product": "CATALOG_CAROUSEL",
}
PROMOTION = "PRODUCT_GMV_MAX"
PRIMARY = {"ENABLE": "STATUS_DELIVERY_OK", "DISABLE": "STATUS_DISABLE", "DELETE": "STATUS_DELETE"}
STATES = {"deleted": "DELETE", "paused": "DISABLE"}
TEN_YEARS = timedelta(days=3653)


def advertisers(platform: Platform, ids: list[str]) -> list[Row]:
    """What /advertiser/info/ tells of them."""
    return [_advertiser(platform.account(id)) for id in ids]


def campaigns(platform: Platform, query: Mapping[str, str]) -> list[Row]:
    own = platform.entities("campaigns", query["advertiser_id"])
    usual = [row for row in own if not platform.is_gmv_max(row)]
    return _listed(platform, "campaigns", usual, query, _campaign)


def ad_groups(platform: Platform, query: Mapping[str, str]) -> list[Row]:
    own = platform.entities("ad_groups", query["advertiser_id"])
    return _listed(platform, "ad_groups", own, query, _ad_group)


def ads(platform: Platform, query: Mapping[str, str]) -> list[Row]:
    own = platform.entities("ads", query["advertiser_id"])
    return _listed(platform, "ads", own, query, _ad)


def gmv_max_campaigns(platform: Platform, query: Mapping[str, str]) -> list[Row]:
    """The campaigns of GMV Max, with little more than their names."""
    filtering = _filtering(query)
    if PROMOTION not in filtering.get("gmv_max_promotion_types", []):
        return []
    own = platform.entities("campaigns", query["advertiser_id"])
    shown = [row for row in own if platform.is_gmv_max(row)]
    names = ("advertiser_id", "campaign_id", "campaign_name", "objective_type", "operation_status",
             "secondary_status", "create_time", "modify_time")  # fmt: skip
    found = _listed(platform, "campaigns", shown, query, _campaign)
    return [{name: row[name] for name in names} for row in found]


def gmv_max_info(platform: Platform, query: Mapping[str, str]) -> Row:
    """One campaign of GMV Max in full."""
    account_id = query["advertiser_id"]
    for row in platform.entities("campaigns", account_id):
        if row["campaign_id"] == query.get("campaign_id") and platform.is_gmv_max(row):
            return _gmv_max(platform, row)
    raise ApiError(NOT_FOUND, "campaign_id: not found")


def shops(platform: Platform, query: Mapping[str, str]) -> list[Row]:
    """The TikTok Shops of an advertiser."""
    account = platform.account(query["advertiser_id"])
    return [
        {
            "store_id": platform.shop_of(account["account_id"]),
            "store_name": account["account_name"],
            "is_gmv_max_available": True,
            "store_status": "ACTIVE",
        }
    ]


def audiences(platform: Platform, query: Mapping[str, str]) -> list[Row]:
    """The audiences that ad groups are shown to."""
    own = platform.entities("ad_groups", query["advertiser_id"])
    kinds = [(row, _audience_kind(platform, row)) for row in own]
    return [
        {"audience_id": _audience_id(row), "name": row["ad_group_name"], "audience_type": kind}
        for row, kind in kinds
        if kind
    ]


def _audience_id(ad_group: Row) -> str:
    return f"9{ad_group['ad_group_id']}"


def _audience_kind(platform: Platform, ad_group: Row) -> str | None:
    """Who came before is known to the pixel, or to the shop, which needs no audience."""
    if ad_group["targeting"] == "lookalike":
        return "Lookalike Audience"
    is_retargeted = ad_group["targeting"] == "retargeting" and not _is_of_shop(platform, ad_group)
    return "Website Traffic Audience" if is_retargeted else None


def _is_of_shop(platform: Platform, ad_group: Row) -> bool:
    """Whether it is shown to people who were in the TikTok Shop before."""
    objective = platform.campaign(ad_group["campaign_id"])["objective"]
    return bool(ad_group["targeting"] == "retargeting" and objective == SHOP_OBJECTIVE)


def _advertiser(account: Row) -> Row:
    return {
        "advertiser_id": account["account_id"],
        "name": account["account_name"],
        "company": "Sandbox Outfitters",
        "status": "STATUS_ENABLE",
        "currency": account["currency_code"],
        "timezone": account["time_zone"],
        "display_timezone": account["time_zone"],
        "country": None,
    }


def _listed(
    platform: Platform, kind: str, rows: list[Row], query: Mapping[str, str], show: Any
) -> list[Row]:
    """Those of the status that is asked for, by default what is not deleted, with their fields."""
    status = _filtering(query).get("primary_status", "STATUS_NOT_DELETE")
    fields = json.loads(query.get("fields") or "null")
    found = []
    for row in rows:
        state = STATES.get(row["status"], "ENABLE")
        is_deleted = state == "DELETE"
        asked = {"STATUS_ALL": True, "STATUS_NOT_DELETE": not is_deleted}
        if asked.get(status, PRIMARY[state] == status):
            found.append(show(platform, row) | _status(kind, state) | _changes(platform, row))
    unknown = set(fields or []) - set(found[0] if found else fields or [])
    if unknown:
        raise bad(f"fields: {', '.join(sorted(unknown))} not supported")
    return [{name: row[name] for name in fields or row} for row in found]


def _filtering(query: Mapping[str, str]) -> Row:
    found: Row = json.loads(query.get("filtering") or "{}")
    return found


def _status(kind: str, state: str) -> Row:
    subject = {"campaigns": "CAMPAIGN", "ad_groups": "ADGROUP", "ads": "AD"}[kind]
    return {"operation_status": state, "secondary_status": f"{subject}_STATUS_{state}"}


def _changes(platform: Platform, row: Row) -> Row:
    created = platform.instant(row["account_id"], row.get("created_on") or row["start_date"])
    changed = row.get("deleted_on") or row.get("paused_on")
    return {
        "advertiser_id": row["account_id"],
        "create_time": created,
        "modify_time": platform.instant(row["account_id"], changed) if changed else created,
    }


def _campaign(_: Platform, row: Row) -> Row:
    return {
        "campaign_id": row["campaign_id"],
        "campaign_name": row["campaign_name"],
        "campaign_type": "REGULAR_CAMPAIGN",
        "objective_type": row["objective"],
        "budget": float(row["daily_budget"]),
        "budget_mode": "BUDGET_MODE_DAY",
        "bid_type": row["bidding"],
    }


def _gmv_max(platform: Platform, row: Row) -> Row:
    return {
        "advertiser_id": row["account_id"],
        "campaign_id": row["campaign_id"],
        "campaign_name": row["campaign_name"],
        "store_id": platform.shop_of(row["account_id"]),
        "shopping_ads_type": "PRODUCT",
        "optimization_goal": "VALUE",
        "deep_bid_type": "VO_MIN_ROAS",
        "roas_bid": 2.5,
        "budget": float(row["daily_budget"]),
        **_schedule(platform, row["account_id"], row["start_date"], row["end_date"]),
    }


def _ad_group(platform: Platform, row: Row) -> Row:
    campaign = platform.campaign(row["campaign_id"])
    targeting = row["targeting"]
    return {
        "adgroup_id": row["ad_group_id"],
        "adgroup_name": row["ad_group_name"],
        "campaign_id": row["campaign_id"],
        "budget": 0.0,
        "budget_mode": "BUDGET_MODE_INFINITE",
        "bid_type": campaign["bidding"],
        "bid_price": 0.0,
        "optimization_goal": "CONVERT",
        "audience_ids": [_audience_id(row)] if _audience_kind(platform, row) else [],
        "interest_category_ids": ["14", "22101"] if targeting == "interest" else [],
        "shopping_ads_retargeting_type": "LAB1" if _is_of_shop(platform, row) else "OFF",
        **_schedule(platform, row["account_id"], row["created_on"], campaign["end_date"]),
    }


def _schedule(platform: Platform, account_id: str, first: Any, last: Any) -> Row:
    """Without an end TikTok tells one in ten years."""
    return {
        "schedule_type": "SCHEDULE_START_END" if last else "SCHEDULE_FROM_NOW",
        "schedule_start_time": platform.instant(account_id, first),
        "schedule_end_time": platform.instant(account_id, last or first + TEN_YEARS),
    }


def _ad(_: Platform, row: Row) -> Row:
    is_video = row["format"] == "video"
    return {
        "ad_id": row["ad_id"],
        "ad_name": row["ad_name"],
        "adgroup_id": row["ad_group_id"],
        "campaign_id": row["campaign_id"],
        "ad_format": FORMATS[row["format"]],
        "ad_text": row["body"],
        "call_to_action": row["call_to_action"],
        "landing_page_url": row["landing_page"],
        "video_id": f"v10033g50000{row['ad_id']}" if is_video else None,
        "image_ids": [] if is_video else [row["image_url"]],
    }
