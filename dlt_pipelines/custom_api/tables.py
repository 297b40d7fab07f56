"""What lands in raw_custom_api: the columns that ads share with those of files.

Rows of one campaign and day add up, so they have no key of their own: `position` is the place of a
row among those of its day.
"""

from dataclasses import replace

from dlt_pipelines.ads.tables import FETCHES, REJECTED, entity, report

ACCOUNTS = entity("accounts", platform="text", currency_code="text", time_zone="text")

CAMPAIGNS = replace(
    entity(
        "campaigns", "campaign_id",
        campaign_id="text", platform="text", campaign_name="text", campaign_type="text",
        status="text", budget="money", start_date="date", end_date="date", objective="text",
        currency="text",
    ),
    required=("campaign_id",),
)  # fmt: skip

PERFORMANCE = replace(
    report(
        "performance", "position",
        position="bigint", campaign_id="text", impressions="bigint", clicks="bigint", spend="money",
        conversions="decimal", revenue="money", video_views="bigint", engagements="bigint",
        add_to_carts="decimal", device_type="text", location="text", ad_group_id="text",
        ad_id="text", keyword="text", currency="text",
    ),
    required=("campaign_id", "date"),
)  # fmt: skip

TABLES = (ACCOUNTS, CAMPAIGNS, PERFORMANCE, FETCHES, REJECTED)

# The columns that a mapping may fill, and those that it must.
MAPPED = {
    "campaigns": (
        "campaign_id", "campaign_name", "campaign_type", "status", "budget", "start_date",
        "end_date", "objective", "currency",
    ),
    "performance": (
        "campaign_id", "date", "impressions", "clicks", "spend", "conversions", "revenue",
        "video_views", "engagements", "add_to_carts", "device_type", "location", "ad_group_id",
        "ad_id", "keyword", "currency",
    ),
}  # fmt: skip
NEEDED = {
    "campaigns": ("campaign_id",),
    "performance": ("campaign_id", "date", "impressions", "clicks", "spend"),
}
