"""The Google Ads query language, as the replica reads it."""

from collections.abc import Callable

import pytest

from sandbox.google_ads import catalog
from sandbox.google_ads.failures import Refused
from sandbox.google_ads.gaql import Condition, Query, parse

DAYS = "segments.date BETWEEN '2026-06-01' AND '2026-06-02'"


def code(call: Callable[[], object]) -> str:
    """The error with which something is refused."""
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def refused(text: str, *, is_manager: bool = False) -> str:
    return code(lambda: catalog.check(parse(text), is_manager=is_manager))


def test_a_query_is_read_with_conditions_order_and_limit():
    text = f"""
        SELECT campaign.id, metrics.clicks FROM campaign
        WHERE {DAYS} AND campaign.status IN ('ENABLED', "PAUSED") AND metrics.clicks > 3
        ORDER BY metrics.clicks DESC, campaign.id LIMIT 10
    """
    assert parse(text) == Query(
        ("campaign.id", "metrics.clicks"),
        "campaign",
        (
            Condition("segments.date", "BETWEEN", ("2026-06-01", "2026-06-02")),
            Condition("campaign.status", "IN", ("ENABLED", "PAUSED")),
            Condition("metrics.clicks", ">", (3,)),
        ),
        (("metrics.clicks", True), ("campaign.id", False)),
        10,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("campaign.id FROM campaign", "EXPECTED_SELECT"),
        ("SELECT campaign.id", "EXPECTED_FROM"),
        ("SELECT campaign.id FROM campaign LIMIT 0", "BAD_LIMIT_VALUE"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id ~ 1", "UNEXPECTED_INPUT"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id NEAR 1", "BAD_OPERATOR"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id IN 1", "EXPECTED_LIST"),
        ("SELECT campaign.id FROM campaign WHERE", "UNEXPECTED_END_OF_QUERY"),
        ("SELECT campaign.id FROM campaign campaign", "UNEXPECTED_INPUT"),
    ],
)
def test_a_broken_query_is_refused(text, expected):
    assert code(lambda: parse(text)) == expected


def test_unknown_fields_and_resources_are_refused():
    assert refused("SELECT metrics.average_position FROM campaign") == "UNRECOGNIZED_FIELD"
    assert refused("SELECT campaign.id FROM campaigns") == "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE"


def test_costs_and_clicks_cannot_be_told_by_conversion_action():
    by_category = "segments.conversion_action_category"
    text = f"SELECT {by_category}, metrics.{{}} FROM campaign WHERE {DAYS}"
    expected = "PROHIBITED_SEGMENT_WITH_METRIC_IN_SELECT_OR_WHERE_CLAUSE"
    assert refused(text.format("clicks")) == expected
    assert refused(text.format("cost_micros")) == expected
    assert catalog.check(parse(text.format("conversions")), is_manager=False)


def test_fields_that_a_resource_does_not_have_are_refused():
    assert (
        refused("SELECT ad_group.id FROM campaign") == "PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE"
    )
    assert (
        refused("SELECT metrics.historical_quality_score FROM campaign")
        == "PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE"
    )
    assert (
        refused(f"SELECT segments.hour, metrics.clicks FROM age_range_view WHERE {DAYS}")
        == "PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE"
    )


def test_dates_need_a_range_and_other_segments_must_be_selected_to_filter():
    assert (
        refused("SELECT segments.date, metrics.clicks FROM campaign")
        == "EXPECTED_FILTERS_ON_DATE_RANGE"
    )
    assert (
        refused("SELECT metrics.clicks FROM campaign WHERE segments.device = 'MOBILE'")
        == "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE"
    )
    assert catalog.check(
        parse(f"SELECT metrics.clicks FROM campaign WHERE {DAYS}"), is_manager=False
    )


def test_managers_have_no_metrics():
    text = f"SELECT metrics.clicks FROM customer WHERE {DAYS}"
    assert refused(text, is_manager=True) == "REQUESTED_METRICS_FOR_MANAGER"
