"""What is asked of the Marketing API: fields of entities, and the reports."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.reading import Report
from dlt_pipelines.facebook_ads import tables
from dlt_pipelines.tables import Table

API_VERSION = "v26.0"
# Windows that are told beside the ad set's own; 7d_view and 28d_view are no more.
VIEW = "1d_view"
WINDOWS = ("1d_click", "7d_click", "28d_click", VIEW)
HOURLY = "hourly_stats_aggregated_by_advertiser_time_zone"
RETENTION_DAYS = 1_120  # 37 months
REACH_DAYS = 390  # 13 months, with a breakdown
LONGEST_DAYS = 120
PAGE_SIZE = 1_000

_CAMPAIGN_STATUSES = ("ACTIVE", "PAUSED", "ARCHIVED", "IN_PROCESS", "WITH_ISSUES")
_AD_SET_STATUSES = (*_CAMPAIGN_STATUSES, "CAMPAIGN_PAUSED")
_AD_STATUSES = (
    *_AD_SET_STATUSES, "ADSET_PAUSED", "DISAPPROVED", "PENDING_BILLING_INFO", "PENDING_REVIEW",
    "PREAPPROVED",
)  # fmt: skip
# Of what level reports are read: what is archived or deleted counts only when it is asked for.
REPORTED = {
    "campaign": (*_CAMPAIGN_STATUSES, "DELETED"),
    "ad": (*_AD_STATUSES, "DELETED"),
}

ACCOUNT_FIELDS = ("account_id", "name", "account_status", "currency", "timezone_name")


@dataclass(frozen=True)
class Edge:
    """A kind of entity: the edge that lists it, what is asked of it, and where it lands.

    `statuses` are those that it lists: an edge hides what is archived unless it is asked for, and
    what is deleted always. Without any, the edge knows none.
    """

    name: str
    table: Table
    fields: tuple[str, ...]
    statuses: tuple[str, ...] = ()

    def params(self) -> dict[str, Any]:
        listed = {"effective_status": list(self.statuses)} if self.statuses else {}
        return {"fields": ",".join(self.fields), "limit": PAGE_SIZE // 2, **listed}


_STATUS = ("id", "name", "status", "effective_status", "created_time", "updated_time")
_BUDGET = ("bid_strategy", "daily_budget", "lifetime_budget", "start_time")

CAMPAIGNS = Edge(
    "campaigns", tables.CAMPAIGNS, (*_STATUS, *_BUDGET, "objective", "buying_type", "stop_time"),
    _CAMPAIGN_STATUSES,
)  # fmt: skip
AD_SETS = Edge(
    "adsets", tables.AD_GROUPS,
    (*_STATUS, *_BUDGET, "campaign_id", "optimization_goal", "billing_event", "targeting",
     "end_time"),
    _AD_SET_STATUSES,
)  # fmt: skip
ADS = Edge(
    "ads", tables.ADS, (*_STATUS, "campaign_id", "adset_id", "creative"), _AD_STATUSES
)  # fmt: skip
CREATIVES = Edge(
    "adcreatives", tables.CREATIVES,
    ("id", "name", "title", "body", "call_to_action_type", "object_type", "link_url", "image_url",
     "video_id", "object_story_spec"),
)  # fmt: skip
EDGES = (CAMPAIGNS, AD_SETS, ADS, CREATIVES)


@dataclass(frozen=True, eq=False)
class Insights:
    """A report as Meta makes it; its first table holds the figures, the second the actions."""

    report: Report
    level: str
    keys: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.report.name

    @property
    def has_reach(self) -> bool:
        """People are counted once in each row, so only where rows are what they are read for."""
        return self.level == "account" or bool(self.windows)

    def fields(self, span: Span, today: date) -> list[str]:
        """Reach by publisher is not told of what is long past."""
        is_told = not self.breakdowns or today - span.first <= timedelta(days=REACH_DAYS)
        reach = ["reach"] if self.has_reach and is_told else []
        actions = ["actions", "action_values"] if len(self.report.tables) > 1 else []
        figures = ["attribution_setting", "spend", "impressions", "clicks", "inline_link_clicks"]
        return [*self.keys, *figures, *reach, *actions]

    def params(self, span: Span, today: date) -> dict[str, Any]:
        """Parameters of the report's job. What is deleted counts below the account, too."""
        asked: dict[str, Any] = {
            "level": self.level,
            "fields": self.fields(span, today),
            "time_increment": 1,
            "time_range": {"since": span.first.isoformat(), "until": span.last.isoformat()},
            "action_report_time": "mixed",
            "action_breakdowns": ["action_type"],
            "use_unified_attribution_setting": True,
        }
        if self.breakdowns:
            asked["breakdowns"] = list(self.breakdowns)
        if self.windows:
            asked["action_attribution_windows"] = [*self.windows, "default"]
        if self.level != "account":
            rule = {"field": f"{self.level}.effective_status", "operator": "IN"}
            asked["filtering"] = [rule | {"value": list(REPORTED[self.level])}]
        return asked


def _report(*of: Table) -> Report:
    return Report(of[0].name, of, longest=LONGEST_DAYS, reach=RETENTION_DAYS)


def _of_campaigns(figures: Table, actions: Table, *breakdowns: str) -> Insights:
    return Insights(_report(figures, actions), "campaign", ("campaign_id",), breakdowns)


PUBLISHER = "publisher_platform"
REPORTS = (
    Insights(_report(tables.ACCOUNT_DAILY), "account"),
    Insights(
        _report(tables.CAMPAIGN_DAILY, tables.CAMPAIGN_DAILY_ACTIONS), "campaign",
        ("campaign_id",), (PUBLISHER,), WINDOWS,
    ),
    Insights(
        _report(tables.AD_DAILY, tables.AD_DAILY_ACTIONS), "ad",
        ("campaign_id", "adset_id", "ad_id"), (PUBLISHER,), (VIEW,),
    ),
    _of_campaigns(tables.AGE_DAILY, tables.AGE_DAILY_ACTIONS, "age"),
    _of_campaigns(tables.GENDER_DAILY, tables.GENDER_DAILY_ACTIONS, "gender"),
    _of_campaigns(tables.COUNTRY_DAILY, tables.COUNTRY_DAILY_ACTIONS, "country"),
    _of_campaigns(
        tables.DEVICE_DAILY, tables.DEVICE_DAILY_ACTIONS, PUBLISHER, "impression_device"
    ),
    _of_campaigns(
        tables.PLACEMENT_DAILY, tables.PLACEMENT_DAILY_ACTIONS, PUBLISHER, "platform_position"
    ),
    _of_campaigns(tables.HOUR_DAILY, tables.HOUR_DAILY_ACTIONS, HOURLY),
)  # fmt: skip
