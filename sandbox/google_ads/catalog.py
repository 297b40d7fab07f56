"""Which fields can be selected together, and what the API says of those that cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from google.ads.googleads.v26.services.types.google_ads_service import GoogleAdsRow

from sandbox.google_ads.failures import query_error
from sandbox.google_ads.gaql import Query

Row = GoogleAdsRow.pb()

# Segments, and what the ad world calls them.
KINDS = {
    "segments.date": "day",
    "segments.hour": "hour",
    "segments.device": "device",
    "segments.ad_network_type": "network",
}
CATEGORY = "segments.conversion_action_category"
KEYWORD_SEGMENTS = ("segments.keyword.info.text", "segments.keyword.info.match_type")
COMMON = frozenset({"segments.date", "segments.device", "segments.ad_network_type", CATEGORY})
BY_HOUR = COMMON | {"segments.hour"}
OF_CONVERSIONS = frozenset(
    f"metrics.{name}"
    for name in ("conversions", "conversions_value", "all_conversions", "all_conversions_value")
)
METRICS = OF_CONVERSIONS | {
    f"metrics.{name}"
    for name in (
        "impressions", "clicks", "cost_micros", "interactions", "engagements",
        "video_trueview_views", "view_through_conversions", "ctr", "average_cpc",
    )
}  # fmt: skip
IMPRESSION_SHARES = frozenset(
    f"metrics.{name}"
    for name in (
        "search_impression_share", "search_rank_lost_impression_share",
        "search_top_impression_share", "search_absolute_top_impression_share",
    )
)  # fmt: skip
LOST_TO_BUDGET = frozenset({"metrics.search_budget_lost_impression_share"})
QUALITY = frozenset({"metrics.historical_quality_score"})


@dataclass(frozen=True)
class Resource:
    """What stands in a FROM clause: the keys of its rows, and what goes with it."""

    attributes: tuple[str, ...]
    keys: tuple[str, ...] = ()
    segments: frozenset[str] = frozenset()
    metrics: frozenset[str] = frozenset()


RESOURCES = {
    "customer": Resource(("customer",), (), BY_HOUR, METRICS),
    "customer_client": Resource(("customer_client", "customer")),
    "conversion_action": Resource(("conversion_action", "customer")),
    "geo_target_constant": Resource(("geo_target_constant",)),
    "campaign": Resource(
        ("campaign", "campaign_budget", "customer"),
        ("campaign_id",),
        BY_HOUR,
        METRICS | IMPRESSION_SHARES | LOST_TO_BUDGET,
    ),
    "ad_group": Resource(
        ("ad_group", "campaign", "customer"),
        ("campaign_id", "ad_group_id"),
        BY_HOUR,
        METRICS | IMPRESSION_SHARES,
    ),
    "ad_group_ad": Resource(
        ("ad_group_ad", "ad_group", "campaign", "customer"),
        ("campaign_id", "ad_group_id", "ad_id"),
        COMMON,
        METRICS,
    ),
    "ad_group_criterion": Resource(("ad_group_criterion", "ad_group", "campaign", "customer")),
    "keyword_view": Resource(
        ("keyword_view", "ad_group_criterion", "ad_group", "campaign", "customer"),
        ("campaign_id", "ad_group_id", "keyword_id"),
        BY_HOUR,
        METRICS | IMPRESSION_SHARES | QUALITY,
    ),
    "search_term_view": Resource(
        ("search_term_view", "ad_group", "campaign", "customer"),
        ("campaign_id", "ad_group_id", "search_term"),
        COMMON | frozenset(KEYWORD_SEGMENTS),
        METRICS,
    ),
    "campaign_search_term_view": Resource(
        ("campaign_search_term_view", "campaign", "customer"),
        ("campaign_id", "search_term"),
        COMMON,
        METRICS,
    ),
    "age_range_view": Resource(
        ("age_range_view", "ad_group_criterion", "ad_group", "campaign", "customer"),
        ("campaign_id", "ad_group_id", "age"),
        COMMON,
        METRICS,
    ),
    "gender_view": Resource(
        ("gender_view", "ad_group_criterion", "ad_group", "campaign", "customer"),
        ("campaign_id", "ad_group_id", "gender"),
        COMMON,
        METRICS,
    ),
    "geographic_view": Resource(
        ("geographic_view", "campaign", "customer"),
        ("campaign_id", "country"),
        COMMON,
        METRICS,
    ),
}


@cache
def path(field: str) -> tuple[str, ...] | None:
    """Where a field stands in a row's message; None for a field that does not exist."""
    message, names = Row.DESCRIPTOR, []
    for word in field.split("."):
        known = message.fields_by_name if message else {}
        name = next((each for each in (word, f"{word}_") if each in known), None)
        if name is None:
            return None
        names.append(name)
        message = known[name].message_type
    return tuple(names)


def descriptor(field: str) -> Any:
    """The field's descriptor."""
    message, found = Row.DESCRIPTOR, None
    for name in path(field) or ():
        found = message.fields_by_name[name]
        message = found.message_type
    return found


def check(query: Query, *, is_manager: bool) -> Resource:
    """The resource that is asked; Refused when the API would not answer."""
    for problem in _problems(query, is_manager):
        raise problem
    return RESOURCES[query.resource]


def _problems(query: Query, is_manager: bool) -> Iterator[Exception]:
    if query.resource not in RESOURCES:
        yield query_error(
            "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE",
            f"Error in query: '{query.resource}' is not a valid resource name.",
        )
        return
    for field in query.mentioned:
        if path(field) is None:
            yield query_error("UNRECOGNIZED_FIELD", f"Unrecognized field in the query: '{field}'.")
    metrics = [field for field in query.mentioned if field.startswith("metrics.")]
    segments = [field for field in query.mentioned if field.startswith("segments.")]
    if metrics and is_manager:
        yield query_error(
            "REQUESTED_METRICS_FOR_MANAGER",
            "Metrics cannot be requested for a manager account. To retrieve metrics, issue "
            "separate requests against each client account under the manager account.",
        )
    yield from _prohibited(query, metrics, segments)
    yield from _unreferenced(query)
    dated = any(condition.field == "segments.date" for condition in query.conditions)
    if "segments.date" in query.fields and not dated:
        yield query_error(
            "EXPECTED_FILTERS_ON_DATE_RANGE",
            "Expected filters on date range: 'segments.date' is selected.",
        )


def _prohibited(query: Query, metrics: list[str], segments: list[str]) -> Iterator[Exception]:
    """Fields that do not go with the resource or with one another."""
    resource = RESOURCES[query.resource]
    where = f"since it is incompatible with the resource in the FROM clause, '{query.resource}'"
    for field in query.mentioned:
        prefix = field.split(".")[0]
        if prefix not in ("metrics", "segments") and prefix not in resource.attributes:
            yield query_error(
                "PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE",
                f"Cannot select '{field}', {where}.",
            )
    for field in metrics:
        if field not in resource.metrics:
            yield query_error(
                "PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE",
                f"Cannot select or filter on the metric '{field}', {where}.",
            )
    for field in segments:
        if field not in resource.segments:
            yield query_error(
                "PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE",
                f"Cannot select or filter on the segment '{field}', {where}.",
            )
    apart = sorted(set(metrics) - OF_CONVERSIONS)
    if CATEGORY in segments and apart:
        yield query_error(
            "PROHIBITED_SEGMENT_WITH_METRIC_IN_SELECT_OR_WHERE_CLAUSE",
            f"Cannot select or filter on the segment '{CATEGORY}', since it is incompatible with "
            f"the metrics {', '.join(apart)}.",
        )


def _unreferenced(query: Query) -> Iterator[Exception]:
    """Segments that only filter, and fields that only sort; dates may filter alone."""
    filtered = [condition.field for condition in query.conditions]
    needed = [field for field in filtered if field.startswith("segments.")]
    for field in (*needed, *(field for field, _ in query.order)):
        if field not in query.fields and field != "segments.date":
            yield query_error(
                "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE",
                f"The field '{field}' must be present in the SELECT clause.",
            )
