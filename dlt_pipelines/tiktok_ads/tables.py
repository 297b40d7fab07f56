"""What lands in raw_tiktok_ads, in TikTok's own names.

Money is in the advertiser's currency, a day is the advertiser's own. Instants are UTC. Lists of
ids are joined by ", ". `-` is no figure, and null here. GMV Max campaigns stand among the others
(`is_gmv_max`), and their figures in a table of their own, for TikTok tells less of them.
"""

from typing import Any

from dlt_pipelines.ads.tables import FETCHES, REJECTED, entity, report
from dlt_pipelines.tables import Table
from dlt_pipelines.tiktok_ads import queries

TYPES = {
    "spend": "money",
    "total_complete_payment_rate": "money",
    "total_onsite_shopping_value": "money",
    "total_purchase_value": "money",
    "cost": "money",
    "net_cost": "money",
    "gross_revenue": "money",
    "campaign_id": "text",
    "adgroup_id": "text",
}
STATUS = {"operation_status": "text", "secondary_status": "text"}
CHANGES = {"create_time": "timestamp", "modify_time": "timestamp", "is_deleted": "bool"}
SCHEDULE = {"schedule_start_time": "timestamp", "schedule_end_time": "timestamp"}
BUDGET = {"budget": "money", "budget_mode": "text", "bid_type": "text"}


def _figures(metrics: tuple[str, ...]) -> dict[str, Any]:
    return {name: TYPES.get(name, "bigint") for name in metrics}


def _of_report(asked: queries.Report) -> Table:
    keys = (asked.id, *((asked.trait,) if asked.trait else ()), *asked.clock)
    columns: dict[str, Any] = dict.fromkeys(keys, "text") | dict.fromkeys(asked.clock, "bigint")
    is_history = asked is queries.CAMPAIGN_DAILY
    return report(asked.name, *keys, is_history=is_history, **columns, **_figures(asked.metrics))


ACCOUNTS = entity(
    "accounts",
    name="text", company="text", status="text", country="text", currency_code="text",
    time_zone="text",
)  # fmt: skip

CAMPAIGNS = entity(
    "campaigns", "campaign_id",
    campaign_id="text", campaign_name="text", campaign_type="text", objective_type="text",
    **BUDGET, is_gmv_max="bool", shopping_ads_type="text", shop_id="text", roas_bid="decimal",
    **SCHEDULE, **STATUS, **CHANGES,
)  # fmt: skip

AD_GROUPS = entity(
    "ad_groups", "adgroup_id",
    adgroup_id="text", adgroup_name="text", campaign_id="text", **BUDGET, bid_price="money",
    optimization_goal="text", audience_ids="text", interest_category_ids="text",
    shopping_ads_retargeting_type="text", schedule_type="text", **SCHEDULE, **STATUS, **CHANGES,
)  # fmt: skip

ADS = entity(
    "ads", "ad_id",
    ad_id="text", ad_name="text", adgroup_id="text", campaign_id="text", ad_format="text",
    ad_text="text", call_to_action="text", landing_page_url="text", video_id="text",
    image_ids="text", **STATUS, **CHANGES,
)  # fmt: skip

AUDIENCES = entity(
    "audiences", "audience_id",
    audience_id="text", name="text", audience_type="text",
)  # fmt: skip

REPORTS = {asked.name: _of_report(asked) for asked in queries.REPORTS}

GMV_MAX_DAILY = report(
    "gmv_max_daily", "campaign_id",
    is_history=True, campaign_id="text", **_figures(queries.GMV_MAX_METRICS),
)  # fmt: skip

TABLES = (
    ACCOUNTS, CAMPAIGNS, AD_GROUPS, ADS, AUDIENCES, *REPORTS.values(), GMV_MAX_DAILY, FETCHES,
    REJECTED,
)  # fmt: skip
