"""What can be asked of a node and of insights, and what values a parameter may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from sandbox.facebook_ads.actions import WINDOWS
from sandbox.facebook_ads.errors import invalid

NODE_FIELDS: Mapping[str, frozenset[str]] = {
    "AdAccount": frozenset({
        "id", "account_id", "name", "account_status", "currency", "timezone_name",
    }),
    "Campaign": frozenset({
        "id", "account_id", "name", "objective", "status", "configured_status", "effective_status",
        "buying_type", "bid_strategy", "daily_budget", "lifetime_budget", "start_time", "stop_time",
        "created_time", "updated_time",
    }),
    "AdSet": frozenset({
        "id", "account_id", "campaign_id", "name", "status", "configured_status",
        "effective_status", "optimization_goal", "billing_event", "bid_strategy",
        "attribution_spec", "targeting", "daily_budget", "lifetime_budget", "start_time",
        "end_time", "created_time", "updated_time",
    }),
    "Ad": frozenset({
        "id", "account_id", "campaign_id", "adset_id", "name", "status", "configured_status",
        "effective_status", "creative", "created_time", "updated_time",
    }),
    "AdCreative": frozenset({
        "id", "account_id", "name", "title", "body", "call_to_action_type", "object_type",
        "link_url", "image_url", "video_id", "object_story_spec", "status",
    }),
    "AdReportRun": frozenset({
        "id", "account_id", "async_status", "async_percent_completion", "time_ref",
        "time_completed", "date_start", "date_stop", "error_code", "error_message",
        "error_subcode", "is_running",
    }),
}  # fmt: skip
NODE_TYPES = {
    "campaigns": "Campaign",
    "adsets": "AdSet",
    "ads": "Ad",
    "adcreatives": "AdCreative",
}
INSIGHT_FIELDS = frozenset({
    "date_start", "date_stop", "account_id", "account_name", "account_currency", "campaign_id",
    "campaign_name", "adset_id", "adset_name", "ad_id", "ad_name", "objective",
    "optimization_goal", "attribution_setting", "buying_type", "spend", "impressions", "reach",
    "frequency", "clicks", "inline_link_clicks", "inline_post_engagement", "ctr", "cpc", "cpm",
    "actions", "action_values",
})  # fmt: skip
HOURLY = "hourly_stats_aggregated_by_advertiser_time_zone"
# What Meta calls a breakdown and what the made-up world calls it.
BREAKDOWNS = {
    "age": "age",
    "gender": "gender",
    "country": "country",
    "publisher_platform": "network",
    "impression_device": "device",
    "platform_position": "placement",
    HOURLY: "hour",
}
COMBINATIONS = (
    frozenset({"age", "gender"}),
    frozenset({"publisher_platform", "impression_device"}),
    frozenset({"publisher_platform", "platform_position"}),
)
LEVELS = ("account", "campaign", "adset", "ad")
REPORT_TIMES = ("conversion", "impression", "lifetime", "mixed")


def words(params: Mapping[str, str], name: str) -> list[str]:
    """A list in JSON, or with commas between."""
    text = params.get(name, "")
    if text.startswith("["):
        return [str(word) for word in structure(params, name)]
    return [word.strip() for word in text.split(",") if word.strip()]


def structure(params: Mapping[str, str], name: str) -> Any:
    """A parameter in JSON; None where there is none."""
    if not params.get(name):
        return None
    try:
        return orjson.loads(params[name])
    except ValueError as error:
        raise invalid(f"param {name} must be valid JSON") from error


def one_of(params: Mapping[str, str], name: str, known: tuple[str, ...], usual: str) -> str:
    value = params.get(name, usual)
    if value not in known:
        raise invalid(f"{name} must be one of the following values: {', '.join(known)}")
    return value


def node_fields(params: Mapping[str, str], node_type: str) -> list[str]:
    """The fields asked for, `creative{id}` as `creative`; by default the id alone."""
    asked = [word.partition("{")[0] for word in words(params, "fields")]
    for name in asked:
        if name not in NODE_FIELDS[node_type]:
            raise invalid(f"Tried accessing nonexisting field ({name}) on node type ({node_type})")
    return ["id", *(name for name in asked if name != "id")]


def insight_fields(params: Mapping[str, str]) -> frozenset[str]:
    asked = words(params, "fields") or ["impressions", "spend"]
    for name in asked:
        if name not in INSIGHT_FIELDS:
            raise invalid(f"{name} is not valid for fields param.")
    return frozenset(asked)


def breakdowns(params: Mapping[str, str]) -> list[str]:
    asked = words(params, "breakdowns")
    for place, name in enumerate(asked):
        if name not in BREAKDOWNS:
            known = ", ".join(BREAKDOWNS)
            raise invalid(f"breakdowns[{place}] must be one of the following values: {known}")
    alone = asked == ["platform_position"]
    if alone or (len(asked) > 1 and frozenset(asked) not in COMBINATIONS):
        columns = ", ".join(["action_type", *asked])
        raise invalid(f"Current combination of data breakdown columns ({columns}) is invalid")
    return asked


def windows(params: Mapping[str, str]) -> list[str]:
    """The windows told beside `value`, which is always there."""
    asked = words(params, "action_attribution_windows")
    known = (*WINDOWS, "default")
    for place, name in enumerate(asked):
        if name not in known:
            raise invalid(
                f"action_attribution_windows[{place}] must be one of the following values: "
                f"{', '.join(known)}"
            )
    return [name for name in asked if name != "default"]
