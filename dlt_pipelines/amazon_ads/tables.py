"""What lands in raw_amazon_ads. Columns of reports are Amazon's own, in snake case.

Reports of Sponsored Products, Brands and Display share tables; `report` tells them apart, for each
goes back as far as it does and fails by itself. What was bought is in long form, in `..._actions`:
`action_type` is the name of Amazon's column (`purchases7d`, `purchasesClicks`),
`attribution_window` its days; purchases bring their sales as `value`. Rows of nothing are left out.
"""

from dataclasses import replace
from typing import Any

from dlt_pipelines.ads.tables import FETCHES, REJECTED, entity, report
from dlt_pipelines.tables import Table

Columns = dict[str, Any]  # of texts; mypy holds `**columns` against the flags of `report` too

PART: Columns = {"campaign_id": "text", "ad_group_id": "text"}
AD: Columns = {**PART, "ad_id": "text"}
KEYWORD: Columns = {**PART, "keyword_id": "text"}
PARTS: Columns = {
    **KEYWORD,
    "ad_id": "text",
    "search_term": "text",
    "placement_classification": "text",
}
FIGURES: Columns = {"impressions": "bigint", "clicks": "bigint", "cost": "money"}
ACTIONS: Columns = {"action_type": "text", "quantity": "decimal", "value": "money"}

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


CAMPAIGN_DAILY = report(
    "campaign_daily", "campaign_id",
    is_history=True, is_shared=True, campaign_id="text", campaign_name="text",
    campaign_status="text", campaign_budget_amount="money", campaign_budget_currency_code="text",
    **FIGURES, video5_second_views="bigint",
)  # fmt: skip

PLACEMENT_DAILY = report(
    "placement_daily", "campaign_id", "placement_classification",
    is_shared=True, campaign_id="text", placement_classification="text", **FIGURES,
)  # fmt: skip

AD_GROUP_DAILY = report(
    "ad_group_daily", *PART,
    is_shared=True, **PART, ad_group_name="text", **FIGURES,
)  # fmt: skip

AD_DAILY = report(
    "ad_daily", *AD,
    is_shared=True, **AD, advertised_asin="text", advertised_sku="text", promoted_asin="text",
    promoted_sku="text", **FIGURES, video5_second_views="bigint",
)  # fmt: skip

KEYWORD_DAILY = report(
    "keyword_daily", *KEYWORD,
    is_shared=True, **KEYWORD, keyword="text", keyword_type="text", match_type="text",
    targeting="text", **FIGURES,
)  # fmt: skip

SEARCH_TERM_DAILY = report(
    "search_term_daily", *KEYWORD, "search_term",
    is_shared=True, **KEYWORD, search_term="text", keyword="text", keyword_type="text",
    match_type="text", targeting="text", **FIGURES,
)  # fmt: skip

# What was bought, for the rows of `campaign_daily`, and for those of all other reports.
CAMPAIGN_ACTIONS = report(
    "campaign_daily_actions", "campaign_id", "action_type",
    is_history=True, is_shared=True, campaign_id="text", **ACTIONS,
)  # fmt: skip

# Rows of several levels, each of which leaves other columns empty: none of them name a row.
PART_ACTIONS = replace(
    report("part_daily_actions", is_shared=True, **PARTS, **ACTIONS),
    key=(),
)

TABLES: tuple[Table, ...] = (
    ACCOUNTS, CAMPAIGNS, AD_GROUPS, ADS, KEYWORDS, CAMPAIGN_DAILY, PLACEMENT_DAILY, AD_GROUP_DAILY,
    AD_DAILY, KEYWORD_DAILY, SEARCH_TERM_DAILY, CAMPAIGN_ACTIONS, PART_ACTIONS, FETCHES, REJECTED,
)  # fmt: skip
