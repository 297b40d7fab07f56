"""What lands in raw_facebook_ads: entities as they stand, reports by account-local day.

Budgets are whole numbers of the currency's smallest unit, as Meta keeps them; `spend` and values
are in the account's currency. What people did is in `<report>_actions`: one row for each type of
action and each window, with how many (`quantity`) and what they were worth (`value`), either of
which Meta may leave out. The window `default` counts by the ad set's own setting, which is the
row's `attribution_window`. Types of actions overlap: they may never be added up.

Campaigns and ads are reported by publisher (`publisher_platform`: facebook, instagram, ...), the
account as a whole; every other report breaks campaigns down by one thing more.
"""

from typing import Any

from dlt_pipelines.ads import tables as ads
from dlt_pipelines.tables import Table

_Columns = dict[str, Any]  # names and kinds, spread into keywords

_FIGURES: _Columns = {
    "spend": "money",
    "impressions": "bigint",
    "clicks": "bigint",
    "inline_link_clicks": "bigint",
    "reach": "bigint",
}
_ACTION: _Columns = {
    "action_type": "text",
    "action_window": "text",
    "quantity": "decimal",
    "value": "money",
}
_PUBLISHER: _Columns = {"publisher_platform": "text"}
_CAMPAIGN: _Columns = {"campaign_id": "text"}
_AD: _Columns = {"campaign_id": "text", "ad_group_id": "text", "ad_id": "text"}


def _pair(name: str, keys: _Columns, *, is_history: bool = False) -> tuple[Table, Table]:
    """A report's figures, and its actions."""
    return (
        ads.report(name, *keys, is_history=is_history, **keys, **_FIGURES),
        ads.report(
            f"{name}_actions", *keys, "action_type", "action_window",
            is_history=is_history, **keys, **_ACTION,
        ),
    )  # fmt: skip


ACCOUNTS = ads.entity(
    "accounts", name="text", account_status="bigint", currency_code="text", time_zone="text",
)  # fmt: skip

CAMPAIGNS = ads.entity(
    "campaigns", "id",
    id="text", name="text", objective="text", status="text", effective_status="text",
    buying_type="text", bid_strategy="text", daily_budget="bigint", lifetime_budget="bigint",
    start_time="timestamp", stop_time="timestamp", created_time="timestamp",
    updated_time="timestamp",
)  # fmt: skip

AD_GROUPS = ads.entity(
    "ad_groups", "id",
    id="text", campaign_id="text", name="text", status="text", effective_status="text",
    optimization_goal="text", billing_event="text", bid_strategy="text", daily_budget="bigint",
    lifetime_budget="bigint", audience_names="text", interest_names="text",
    start_time="timestamp", end_time="timestamp", created_time="timestamp",
    updated_time="timestamp",
)  # fmt: skip

ADS = ads.entity(
    "ads", "id",
    id="text", campaign_id="text", ad_group_id="text", creative_id="text", name="text",
    status="text", effective_status="text", created_time="timestamp", updated_time="timestamp",
)  # fmt: skip

CREATIVES = ads.entity(
    "creatives", "id",
    id="text", name="text", title="text", body="text", call_to_action_type="text",
    object_type="text", link_url="text", image_url="text", video_id="text", card_count="bigint",
)  # fmt: skip

ACCOUNT_DAILY = ads.report("account_daily", **_FIGURES)
CAMPAIGN_DAILY, CAMPAIGN_DAILY_ACTIONS = _pair(
    "campaign_daily", {**_CAMPAIGN, **_PUBLISHER}, is_history=True
)
AD_DAILY, AD_DAILY_ACTIONS = _pair("ad_daily", {**_AD, **_PUBLISHER})
AGE_DAILY, AGE_DAILY_ACTIONS = _pair("age_daily", {**_CAMPAIGN, "age": "text"})
GENDER_DAILY, GENDER_DAILY_ACTIONS = _pair("gender_daily", {**_CAMPAIGN, "gender": "text"})
COUNTRY_DAILY, COUNTRY_DAILY_ACTIONS = _pair("country_daily", {**_CAMPAIGN, "country": "text"})
DEVICE_DAILY, DEVICE_DAILY_ACTIONS = _pair(
    "device_daily", {**_CAMPAIGN, **_PUBLISHER, "impression_device": "text"}
)
PLACEMENT_DAILY, PLACEMENT_DAILY_ACTIONS = _pair(
    "placement_daily", {**_CAMPAIGN, **_PUBLISHER, "platform_position": "text"}
)
HOUR_DAILY, HOUR_DAILY_ACTIONS = _pair("hour_daily", {**_CAMPAIGN, "hour": "bigint"})

TABLES: tuple[Table, ...] = (
    ACCOUNTS, CAMPAIGNS, AD_GROUPS, ADS, CREATIVES, ACCOUNT_DAILY,
    CAMPAIGN_DAILY, CAMPAIGN_DAILY_ACTIONS, AD_DAILY, AD_DAILY_ACTIONS, AGE_DAILY,
    AGE_DAILY_ACTIONS, GENDER_DAILY, GENDER_DAILY_ACTIONS, COUNTRY_DAILY, COUNTRY_DAILY_ACTIONS,
    DEVICE_DAILY, DEVICE_DAILY_ACTIONS, PLACEMENT_DAILY, PLACEMENT_DAILY_ACTIONS, HOUR_DAILY,
    HOUR_DAILY_ACTIONS, ads.FETCHES, ads.REJECTED,
)  # fmt: skip
