"""What lands in raw_google_ads, and which field of the API fills each column.

Costs and bids are in millionths of the account's currency, as given. Enumerations are told by
name. A report's conversions stand apart in long form (`..._actions`), a row for each category of
conversion actions: the API does not give costs and clicks by category. There, `conversions` are
those of the account's primary actions, `all_conversions` those of all actions.

Search terms come from two views: those of ad groups, and those of Performance Max campaigns, which
have no ad group. Segments are a campaign's figures by device, network and hour, one row a value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dlt_pipelines.ads.tables import FETCHES, REJECTED, entity, report
from dlt_pipelines.tables import Table


@dataclass(frozen=True)
class Question:
    """One query: what it selects, by column, from which resource; `constants` are columns too."""

    resource: str
    fields: Mapping[str, str]
    where: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """A table of entities and the question that fills it."""

    table: Table
    question: Question


@dataclass(frozen=True)
class Level:
    """A report's tables, for figures and for conversions by category, and what fills them."""

    table: Table
    actions: Table
    questions: tuple[Question, ...]
    action_questions: tuple[Question, ...]
    longest: int | None = None


TYPES = {
    "is_manager": "bool", "is_negative": "bool", "is_primary": "bool", "is_budget_shared": "bool",
    "level": "bigint", "hierarchy_level": "bigint", "budget_micros": "bigint",
    "cpc_bid_micros": "bigint", "quality_score": "bigint", "historical_quality_score": "bigint",
    "click_through_window_days": "bigint", "view_through_window_days": "bigint",
    "impressions": "bigint", "clicks": "bigint", "cost_micros": "bigint", "interactions": "bigint",
    "engagements": "bigint", "video_views": "bigint", "view_through_conversions": "bigint",
    "conversions": "decimal", "conversions_value": "money", "all_conversions": "decimal",
    "all_conversions_value": "money", "search_impression_share": "rate",
    "search_budget_lost_impression_share": "rate", "search_rank_lost_impression_share": "rate",
    "search_top_impression_share": "rate", "search_absolute_top_impression_share": "rate",
}  # fmt: skip

OF_CONVERSIONS = {
    "conversions": "metrics.conversions",
    "conversions_value": "metrics.conversions_value",
    "all_conversions": "metrics.all_conversions",
    "all_conversions_value": "metrics.all_conversions_value",
}
FIGURES = {
    "impressions": "metrics.impressions",
    "clicks": "metrics.clicks",
    "cost_micros": "metrics.cost_micros",
    "interactions": "metrics.interactions",
    "engagements": "metrics.engagements",
    "video_views": "metrics.video_trueview_views",
    "view_through_conversions": "metrics.view_through_conversions",
    **OF_CONVERSIONS,
}
SHARES = {
    "search_impression_share": "metrics.search_impression_share",
    "search_rank_lost_impression_share": "metrics.search_rank_lost_impression_share",
    "search_top_impression_share": "metrics.search_top_impression_share",
    "search_absolute_top_impression_share": "metrics.search_absolute_top_impression_share",
}
LOST_TO_BUDGET = {
    "search_budget_lost_impression_share": "metrics.search_budget_lost_impression_share"
}
DATE = {"date": "segments.date"}
CATEGORY = {"action_type": "segments.conversion_action_category"}
CAMPAIGN = {"campaign_id": "campaign.id"}
AD_GROUP = {**CAMPAIGN, "ad_group_id": "ad_group.id"}
PERFORMANCE_MAX = "campaign.advertising_channel_type = 'PERFORMANCE_MAX'"
AUDIENCES = "'USER_LIST', 'USER_INTEREST', 'CUSTOM_AUDIENCE', 'COMBINED_AUDIENCE', 'AUDIENCE'"


def _types(*groups: Mapping[str, str]) -> dict[str, str]:
    """The columns of these groups with their types; text where nothing else is said."""
    return {name: TYPES.get(name, "text") for group in groups for name in group if name != "date"}


def _listing(name: str, question: Question, *key: str) -> Listing:
    return Listing(entity(name, *(key or ("id",)), **_types(question.fields)), question)


def _level(
    name: str,
    key: tuple[str, ...],
    asked: tuple[Question, ...],
    more: Mapping[str, str] | None = None,
    longest: int | None = 92,
) -> Level:
    """A report by its key columns; `asked` say where its rows come from, `more` is asked of all."""
    is_history = name == "campaign"
    keys = dict.fromkeys(key, "text")
    extra = more or {}
    return Level(
        report(f"{name}_daily", *key, is_history=is_history, **keys, **_types(extra, FIGURES)),
        report(
            f"{name}_daily_actions", *key, "action_type", is_history=is_history,
            **keys, **_types(CATEGORY, OF_CONVERSIONS),
        ),
        tuple(_with(question, {**extra, **FIGURES}) for question in asked),
        tuple(_with(question, {**CATEGORY, **OF_CONVERSIONS}) for question in asked),
        longest,
    )  # fmt: skip


def _with(question: Question, figures: Mapping[str, str]) -> Question:
    fields = {**DATE, **question.fields, **figures}
    return Question(question.resource, fields, question.where, question.constants)


def _segment(name: str, field_name: str) -> Question:
    return Question("campaign", {**CAMPAIGN, "value": field_name}, constants={"segment": name})


def _demographic(name: str, resource: str, field_name: str) -> Question:
    return Question(resource, {**AD_GROUP, "value": field_name}, constants={"demographic": name})


ACCOUNTS = Listing(
    entity("accounts", name="text", currency_code="text", time_zone="text", status="text",
           is_manager="bool", hierarchy_level="bigint"),
    Question("customer_client", {
        "id": "customer_client.id",
        "name": "customer_client.descriptive_name",
        "currency_code": "customer_client.currency_code",
        "time_zone": "customer_client.time_zone",
        "status": "customer_client.status",
        "is_manager": "customer_client.manager",
        "hierarchy_level": "customer_client.level",
    }),
)  # fmt: skip
CONVERSION_ACTIONS = _listing(
    "conversion_actions",
    Question("conversion_action", {
        "id": "conversion_action.id",
        "name": "conversion_action.name",
        "category": "conversion_action.category",
        "status": "conversion_action.status",
        "type": "conversion_action.type",
        "is_primary": "conversion_action.primary_for_goal",
        "click_through_window_days": "conversion_action.click_through_lookback_window_days",
        "view_through_window_days": "conversion_action.view_through_lookback_window_days",
    }),
)  # fmt: skip
LISTINGS = (
    CONVERSION_ACTIONS,
    _listing("campaigns", Question("campaign", {
        "id": "campaign.id",
        "name": "campaign.name",
        "status": "campaign.status",
        "channel_type": "campaign.advertising_channel_type",
        "bidding_strategy_type": "campaign.bidding_strategy_type",
        "start_date_time": "campaign.start_date_time",
        "end_date_time": "campaign.end_date_time",
        "budget_micros": "campaign_budget.amount_micros",
        "budget_period": "campaign_budget.period",
        "is_budget_shared": "campaign_budget.explicitly_shared",
    })),
    _listing("ad_groups", Question("ad_group", {
        "id": "ad_group.id",
        "campaign_id": "campaign.id",
        "name": "ad_group.name",
        "status": "ad_group.status",
        "type": "ad_group.type",
    })),
    _listing("ads", Question("ad_group_ad", {
        "id": "ad_group_ad.ad.id",
        **AD_GROUP,
        "name": "ad_group_ad.ad.name",
        "status": "ad_group_ad.status",
        "type": "ad_group_ad.ad.type",
        "final_urls": "ad_group_ad.ad.final_urls",
        "search_headlines": "ad_group_ad.ad.responsive_search_ad.headlines",
        "search_descriptions": "ad_group_ad.ad.responsive_search_ad.descriptions",
        "display_headlines": "ad_group_ad.ad.responsive_display_ad.headlines",
        "display_descriptions": "ad_group_ad.ad.responsive_display_ad.descriptions",
        "display_call_to_action": "ad_group_ad.ad.responsive_display_ad.call_to_action_text",
        "video_headlines": "ad_group_ad.ad.video_responsive_ad.headlines",
        "video_descriptions": "ad_group_ad.ad.video_responsive_ad.descriptions",
        "video_calls_to_action": "ad_group_ad.ad.video_responsive_ad.call_to_actions",
        "carousel_call_to_action": "ad_group_ad.ad.demand_gen_carousel_ad.call_to_action_text",
    }), "ad_group_id", "id"),
    _listing("keywords", Question("ad_group_criterion", {
        "id": "ad_group_criterion.criterion_id",
        **AD_GROUP,
        "keyword": "ad_group_criterion.keyword.text",
        "match_type": "ad_group_criterion.keyword.match_type",
        "status": "ad_group_criterion.status",
        "is_negative": "ad_group_criterion.negative",
        "cpc_bid_micros": "ad_group_criterion.effective_cpc_bid_micros",
        "quality_score": "ad_group_criterion.quality_info.quality_score",
    }, "ad_group_criterion.type = 'KEYWORD'"), "ad_group_id", "id"),
    _listing("ad_group_audiences", Question("ad_group_criterion", {
        "id": "ad_group_criterion.criterion_id",
        **AD_GROUP,
        "type": "ad_group_criterion.type",
        "status": "ad_group_criterion.status",
        "is_negative": "ad_group_criterion.negative",
    }, f"ad_group_criterion.type IN ({AUDIENCES})"), "ad_group_id", "id"),
    _listing("countries", Question("geo_target_constant", {
        "id": "geo_target_constant.id",
        "name": "geo_target_constant.name",
        "country_code": "geo_target_constant.country_code",
    }, "geo_target_constant.target_type = 'Country'")),
)  # fmt: skip
KEYWORD = {
    **AD_GROUP,
    "criterion_id": "ad_group_criterion.criterion_id",
    "keyword": "ad_group_criterion.keyword.text",
    "match_type": "ad_group_criterion.keyword.match_type",
}
LEVELS = (
    _level("campaign", tuple(CAMPAIGN), (Question("campaign", CAMPAIGN),),
           {**SHARES, **LOST_TO_BUDGET}, longest=None),
    _level("ad", (*AD_GROUP, "ad_id"),
           (Question("ad_group_ad", {**AD_GROUP, "ad_id": "ad_group_ad.ad.id"}),)),
    _level("keyword", tuple(KEYWORD), (Question("keyword_view", KEYWORD),),
           {**SHARES, "historical_quality_score": "metrics.historical_quality_score"}),
    _level("search_term", (*AD_GROUP, "search_term"), (
        Question("search_term_view",
                 {**AD_GROUP, "search_term": "search_term_view.search_term"}),
        Question("campaign_search_term_view",
                 {**CAMPAIGN, "search_term": "campaign_search_term_view.search_term"},
                 PERFORMANCE_MAX),
    )),
    _level("demographic", (*AD_GROUP, "demographic", "value"), (
        _demographic("age", "age_range_view", "ad_group_criterion.age_range.type"),
        _demographic("gender", "gender_view", "ad_group_criterion.gender.type"),
    )),
    _level("location", (*CAMPAIGN, "country_id"), (
        Question("geographic_view",
                 {**CAMPAIGN, "country_id": "geographic_view.country_criterion_id"},
                 "geographic_view.location_type = 'LOCATION_OF_PRESENCE'"),
    )),
    _level("segment", (*CAMPAIGN, "segment", "value"), (
        _segment("device", "segments.device"),
        _segment("network", "segments.ad_network_type"),
        _segment("hour", "segments.hour"),
    )),
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    ACCOUNTS.table,
    *(listing.table for listing in LISTINGS),
    *(table for level in LEVELS for table in (level.table, level.actions)),
    FETCHES,
    REJECTED,
)
