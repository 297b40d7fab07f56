"""What is asked of TikTok: reports with their dimensions and metrics, lists with their fields.

A report takes one id and one time, and in an audience report one trait of who saw the ad. By
default it leaves out what was deleted, as the lists do: each is asked for all statuses.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

INTEGRATED = "/report/integrated/get/"
GMV_MAX = "/gmv_max/report/get/"
LONGEST_DAILY = 30
LONGEST_HOURLY = 1

# The purchases of web, shop and app never overlap, so they may be added; `conversion` follows the
# campaign's goal and counts anything. The value of web purchases is `total_complete_payment_rate`.
PURCHASES = (
    "complete_payment", "total_complete_payment_rate",
    "onsite_shopping", "total_onsite_shopping_value",
    "total_purchase", "total_purchase_value",
)  # fmt: skip
CARTS = ("web_event_add_to_cart", "onsite_on_web_cart", "total_app_event_add_to_cart")
DELIVERY = ("spend", "impressions", "clicks", "conversion")
ATTENTION = (
    "video_play_actions", "video_watched_2s", "video_watched_6s", "engagements", "likes",
    "comments", "shares", "follows", "vta_complete_payment", "vta_purchase",
)  # fmt: skip

BASIC_METRICS = (*DELIVERY, "reach", *ATTENTION, *PURCHASES, *CARTS)
HOURLY_METRICS = (*DELIVERY, *ATTENTION, *PURCHASES, *CARTS)
AUDIENCE_METRICS = (*DELIVERY, *PURCHASES, *CARTS)
AD_ATTRIBUTES = ("campaign_id", "adgroup_id")
GMV_MAX_METRICS = ("cost", "net_cost", "orders", "gross_revenue")

CAMPAIGN_STATUSES = ("STATUS_DELIVERY_OK", "STATUS_DISABLE", "STATUS_NOT_DELIVERY", "STATUS_DELETE")


@dataclass(frozen=True)
class Report:
    """A report, named by the raw table that it fills."""

    name: str
    level: str
    id: str
    trait: str | None = None
    metrics: tuple[str, ...] = BASIC_METRICS
    time: str = "stat_time_day"

    @property
    def type(self) -> str:
        return "AUDIENCE" if self.trait else "BASIC"

    @property
    def longest(self) -> int:
        """How many days one request may span."""
        return LONGEST_HOURLY if self.time == "stat_time_hour" else LONGEST_DAILY

    @property
    def clock(self) -> tuple[str, ...]:
        """The column of the hour, where the report has hours."""
        return ("hour",) if self.time == "stat_time_hour" else ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        return (self.id, self.time, *((self.trait,) if self.trait else ()))

    def parameters(self, advertiser_id: str, first: str, last: str) -> Mapping[str, Any]:
        return {
            "advertiser_id": advertiser_id,
            "service_type": "AUCTION",
            "report_type": self.type,
            "data_level": self.level,
            "dimensions": list(self.dimensions),
            "metrics": list(self.metrics),
            "filtering": [_all_statuses(self.id)],
            "start_date": first,
            "end_date": last,
        }


def _all_statuses(id_name: str) -> Mapping[str, str]:
    return {
        "field_name": id_name.replace("_id", "_status"),
        "filter_type": "IN",
        "filter_value": json.dumps(["STATUS_ALL"]),
    }


def _by_campaign(name: str, trait: str) -> Report:
    return Report(name, "AUCTION_CAMPAIGN", "campaign_id", trait, AUDIENCE_METRICS)


CAMPAIGN_DAILY = Report("campaign_daily", "AUCTION_CAMPAIGN", "campaign_id")
REPORTS = (
    CAMPAIGN_DAILY,
    Report("ad_daily", "AUCTION_AD", "ad_id", metrics=(*AD_ATTRIBUTES, *BASIC_METRICS)),
    _by_campaign("age_daily", "age"),
    _by_campaign("gender_daily", "gender"),
    _by_campaign("country_daily", "country_code"),
    _by_campaign("placement_daily", "placement"),
    _by_campaign("platform_daily", "platform"),
    Report("campaign_hourly", "AUCTION_CAMPAIGN", "campaign_id", metrics=HOURLY_METRICS,
           time="stat_time_hour"),
)  # fmt: skip


def gmv_max_parameters(
    advertiser_id: str, shop_id: str, first: str, last: str
) -> Mapping[str, Any]:
    """One shop's GMV Max campaigns by day: they are in no other report."""
    return {
        "advertiser_id": advertiser_id,
        "store_ids": [shop_id],
        "dimensions": ["campaign_id", "stat_time_day"],
        "metrics": list(GMV_MAX_METRICS),
        "filtering": {"campaign_statuses": list(CAMPAIGN_STATUSES)},
        "start_date": first,
        "end_date": last,
    }


@dataclass(frozen=True)
class Listing:
    """A list of an advertiser's entities, named by the raw table that it fills."""

    name: str
    path: str
    fields: tuple[str, ...]


CAMPAIGNS = Listing("campaigns", "/campaign/get/", (
    "campaign_id", "campaign_name", "campaign_type", "objective_type", "budget", "budget_mode",
    "bid_type", "operation_status", "secondary_status", "create_time", "modify_time",
))  # fmt: skip
AD_GROUPS = Listing("ad_groups", "/adgroup/get/", (
    "adgroup_id", "adgroup_name", "campaign_id", "operation_status", "secondary_status", "budget",
    "budget_mode", "bid_type", "bid_price", "optimization_goal", "audience_ids",
    "interest_category_ids", "shopping_ads_retargeting_type", "schedule_type",
    "schedule_start_time", "schedule_end_time", "create_time", "modify_time",
))  # fmt: skip
ADS = Listing("ads", "/ad/get/", (
    "ad_id", "ad_name", "adgroup_id", "campaign_id", "ad_format", "ad_text", "call_to_action",
    "landing_page_url", "video_id", "image_ids", "operation_status", "secondary_status",
    "create_time", "modify_time",
))  # fmt: skip
ADVERTISERS = "/oauth2/advertiser/get/"
ADVERTISER_INFO = "/advertiser/info/"
ADVERTISER_FIELDS = (
    "advertiser_id", "name", "company", "status", "currency", "timezone", "display_timezone",
    "country",
)  # fmt: skip
AUDIENCES = "/dmp/custom_audience/list/"
LARGEST_AUDIENCE_PAGE = 100
GMV_MAX_CAMPAIGNS = "/gmv_max/campaign/get/"
GMV_MAX_INFO = "/campaign/gmv_max/info/"
GMV_MAX_SHOPS = "/gmv_max/store/list/"
GMV_MAX_TYPES = ("PRODUCT_GMV_MAX", "LIVE_GMV_MAX")
GMV_MAX_PAGE = 100
