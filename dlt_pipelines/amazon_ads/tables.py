"""What lands in raw_amazon_ads. Columns of reports are Amazon's own, in snake case.

A report of each product has tables of its own, for each goes back as far as it does and fails by
itself. What was bought is in long form, in `<report>_actions`: `action_type` is the name of
Amazon's column (`purchases7d`, `purchasesClicks`), `attribution_window` its days; purchases bring
their sales as `value`. Rows of nothing are left out.
"""

from dlt_pipelines.ads.tables import FETCHES, REJECTED, entity, report
from dlt_pipelines.tables import Table

CAMPAIGN = {
    "campaign_id": "text", "campaign_name": "text", "campaign_status": "text",
    "campaign_budget_amount": "money", "campaign_budget_currency_code": "text",
}  # fmt: skip
PART = {"campaign_id": "text", "ad_group_id": "text"}
AD = {**PART, "ad_id": "text"}
KEYWORD = {**PART, "keyword_id": "text"}
FIGURES = {"impressions": "bigint", "clicks": "bigint", "cost": "money"}

ACCOUNTS = entity(
    "accounts",
    account_name="text", account_kind="text", marketplace_id="text", country_code="text",
    currency_code="text", time_zone="text", is_payment_method_valid="bool",
)  # fmt: skip

CAMPAIGNS = entity(
    "campaigns", "campaign_id",
    campaign_id="text", ad_product="text", name="text", state="text", targeting_type="text",
    bidding_strategy="text", cost_type="text", goal="text", budget="money", budget_type="text",
    start_date="date", end_date="date", serving_status="text",
)  # fmt: skip

AD_GROUPS = entity(
    "ad_groups", "ad_group_id",
    ad_group_id="text", campaign_id="text", ad_product="text", name="text", state="text",
    default_bid="money", tactic="text", creative_type="text",
)  # fmt: skip

ADS = entity(
    "ads", "ad_id",
    ad_id="text", ad_group_id="text", campaign_id="text", ad_product="text", name="text",
    state="text", asin="text", sku="text", creative_type="text", headline="text",
    landing_page="text", created_at="timestamp",
)  # fmt: skip

KEYWORDS = entity(
    "keywords", "keyword_id",
    keyword_id="text", ad_group_id="text", campaign_id="text", ad_product="text",
    keyword_text="text", match_type="text", state="text", bid="money",
)  # fmt: skip


def _pair(name: str, /, *key: str, is_history: bool = False, **columns: str) -> tuple[Table, Table]:
    """A report's figures, and what was bought by action and window."""
    keys = dict.fromkeys(key, "text")
    return (
        report(name, *key, is_history=is_history, **{**keys, **columns}, **FIGURES),
        report(
            f"{name}_actions", *key, "action_type",
            is_history=is_history, **keys, action_type="text", quantity="decimal", value="money",
        ),
    )  # fmt: skip


SP_CAMPAIGN_DAILY = _pair("sp_campaign_daily", "campaign_id", is_history=True, **CAMPAIGN)
SP_PLACEMENT_DAILY = _pair("sp_placement_daily", "campaign_id", "placement_classification")
SP_AD_GROUP_DAILY = _pair("sp_ad_group_daily", *PART, ad_group_name="text")
SP_KEYWORD_DAILY = _pair(
    "sp_keyword_daily", *KEYWORD,
    keyword="text", keyword_type="text", match_type="text", targeting="text",
)  # fmt: skip
SP_SEARCH_TERM_DAILY = _pair(
    "sp_search_term_daily", *KEYWORD, "search_term",
    keyword="text", keyword_type="text", match_type="text", targeting="text",
)  # fmt: skip
SP_AD_DAILY = _pair("sp_ad_daily", *AD, advertised_asin="text", advertised_sku="text")
SB_CAMPAIGN_DAILY = _pair(
    "sb_campaign_daily", "campaign_id",
    is_history=True, **CAMPAIGN, video5_second_views="bigint",
)  # fmt: skip
SB_AD_DAILY = _pair("sb_ad_daily", *AD, video5_second_views="bigint")
SD_CAMPAIGN_DAILY = _pair("sd_campaign_daily", "campaign_id", is_history=True, **CAMPAIGN)
SD_AD_DAILY = _pair("sd_ad_daily", *AD, promoted_asin="text", promoted_sku="text")

TABLES: tuple[Table, ...] = (
    ACCOUNTS, CAMPAIGNS, AD_GROUPS, ADS, KEYWORDS, *SP_CAMPAIGN_DAILY, *SP_PLACEMENT_DAILY,
    *SP_AD_GROUP_DAILY, *SP_KEYWORD_DAILY, *SP_SEARCH_TERM_DAILY, *SP_AD_DAILY, *SB_CAMPAIGN_DAILY,
    *SB_AD_DAILY, *SD_CAMPAIGN_DAILY, *SD_AD_DAILY, FETCHES, REJECTED,
)  # fmt: skip
