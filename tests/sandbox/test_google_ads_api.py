"""The replica of the Google Ads API over gRPC, asked with the google-ads client."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import grpc
import pytest
from google.ads.googleads.errors import GoogleAdsException
from google.api_core.exceptions import ResourceExhausted

from sandbox.ads import AdWorld, make_ads
from sandbox.google_ads import GoogleAdsSandbox, figures
from tests.sandbox.google_ads_client import CLOSED, HERE, MANAGER, THERE, error_of, search
from tests.sandbox.small_shops import new_shop

FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
DAYS = f"segments.date BETWEEN '{FIRST}' AND '{LAST}'"
CLICKS = f"SELECT metrics.clicks FROM campaign WHERE {DAYS}"


@pytest.fixture(scope="module")
def world() -> AdWorld:
    return make_ads(new_shop().at())


@pytest.fixture
def sandbox(world: AdWorld) -> Iterator[GoogleAdsSandbox]:
    with GoogleAdsSandbox(world) as running:
        yield running


def refused(sandbox: GoogleAdsSandbox, query: str, *words: str, **options: str) -> tuple[str, str]:
    with pytest.raises(GoogleAdsException) as caught:
        search(sandbox, query, *words, **options)
    return error_of(caught.value)


def cost(sandbox: GoogleAdsSandbox, resource: str, *fields: str, where: str = DAYS) -> int:
    """The millionths that a resource's rows add up to, told by these fields."""
    asked = ", ".join([*fields, "metrics.cost_micros"])
    return sum(
        row.metrics.cost_micros
        for row in search(sandbox, f"SELECT {asked} FROM {resource} WHERE {where}")
    )


def test_customers_stand_below_their_manager(sandbox):
    found = search(
        sandbox,
        "SELECT customer_client.id, customer_client.level, customer_client.manager, "
        "customer_client.status, customer_client.currency_code FROM customer_client",
        MANAGER,
    )
    told = {
        str(each.id): (each.level, each.manager, each.status, each.currency_code)
        for each in (row.customer_client for row in found)
    }
    enabled, canceled = 2, 3
    assert told == {
        MANAGER: (0, True, enabled, "USD"),
        HERE: (1, False, enabled, "USD"),
        THERE: (1, False, enabled, "EUR"),
        CLOSED: (1, False, canceled, "USD"),
    }


def test_breakdowns_of_campaigns_add_up_to_the_account_to_the_millionth(sandbox):
    whole = cost(sandbox, "customer")
    assert whole > 0
    assert cost(sandbox, "campaign", "campaign.id", "segments.date") == whole
    for segment in ("segments.device", "segments.ad_network_type", "segments.hour"):
        assert cost(sandbox, "campaign", "campaign.id", "segments.date", segment) == whole
    assert cost(sandbox, "geographic_view", "geographic_view.country_criterion_id") == whole


def test_performance_max_is_a_campaign_without_ads(sandbox):
    is_max = f"{DAYS} AND campaign.advertising_channel_type = 'PERFORMANCE_MAX'"
    assert cost(sandbox, "campaign", where=is_max) > 0
    assert cost(sandbox, "ad_group_ad", "ad_group_ad.ad.id", where=is_max) == 0
    without = cost(sandbox, "campaign") - cost(sandbox, "campaign", where=is_max)
    assert cost(sandbox, "ad_group_ad", "ad_group_ad.ad.id") == without


def test_keywords_and_search_terms_leave_out_what_has_none(sandbox):
    keywords = cost(sandbox, "keyword_view", "ad_group_criterion.keyword.text")
    terms = cost(sandbox, "search_term_view", "search_term_view.search_term")
    assert 0 < terms < keywords < cost(sandbox, "campaign")


def test_rows_without_any_figure_are_left_out(sandbox, world):
    found = search(
        sandbox,
        "SELECT campaign.id, segments.date, metrics.impressions, metrics.clicks, "
        f"metrics.cost_micros, metrics.conversions FROM campaign WHERE {DAYS}",
    )
    days = Counter(row.campaign.id for row in found)
    assert min(days.values()) < (LAST - FIRST).days + 1
    assert all(row.metrics.impressions or row.metrics.conversions for row in found)


def test_conversions_come_by_category_and_fractional(sandbox):
    found = search(
        sandbox,
        "SELECT segments.conversion_action_category, metrics.conversions, "
        f"metrics.all_conversions FROM campaign WHERE {DAYS}",
    )
    whole = search(sandbox, f"SELECT metrics.conversions FROM customer WHERE {DAYS}")
    primary = sum(row.metrics.conversions for row in found)
    assert primary == pytest.approx(whole[0].metrics.conversions)
    assert any(row.metrics.conversions % 1 for row in found)
    assert sum(row.metrics.all_conversions for row in found) > primary


def test_a_day_grows_for_a_while_after_it_is_over(sandbox):
    day = LAST - timedelta(days=1)
    query = (
        "SELECT metrics.conversions_value, metrics.cost_micros FROM customer "
        f"WHERE segments.date = '{day}'"
    )
    (before,) = search(sandbox, query)
    sandbox.move(datetime(2026, 7, 20))
    (after,) = search(sandbox, query)
    assert after.metrics.cost_micros == before.metrics.cost_micros
    assert after.metrics.conversions_value > before.metrics.conversions_value


def test_shares_of_impressions_are_hidden_at_their_ends():
    assert figures._hidden_at_the_ends(0.02, hides_little=True) == 0.0999
    assert figures._hidden_at_the_ends(0.95, hides_little=True) == 0.9001
    assert figures._hidden_at_the_ends(0.456789, hides_little=True) == 0.4568


def test_only_search_and_shopping_have_shares_of_impressions(sandbox):
    found = search(
        sandbox,
        "SELECT campaign.advertising_channel_type, metrics.search_impression_share "
        f"FROM campaign WHERE {DAYS}",
    )
    searched, shopping = 2, 4
    told = {
        row.campaign.advertising_channel_type
        for row in found
        if row.metrics.HasField("search_impression_share")
    }
    assert told == {searched, shopping}


def test_rows_come_in_the_order_and_number_asked_for(sandbox):
    query = f"SELECT campaign.id, metrics.clicks FROM campaign WHERE {DAYS}"
    every = [row.metrics.clicks for row in search(sandbox, query)]
    some = search(sandbox, f"{query} ORDER BY metrics.clicks DESC LIMIT 3")
    assert [row.metrics.clicks for row in some] == sorted(every, reverse=True)[:3]


def test_texts_of_ads_stand_in_the_field_of_their_kind(sandbox):
    found = search(
        sandbox,
        "SELECT ad_group_ad.ad.type, ad_group_ad.ad.responsive_search_ad.headlines, "
        "ad_group_ad.ad.responsive_display_ad.headlines FROM ad_group_ad",
    )
    responsive_search = 15
    ads = [row.ad_group_ad.ad for row in found]
    texts = [ad for ad in ads if ad.type_ == responsive_search]
    assert texts
    assert all(ad.responsive_search_ad.headlines[0].text for ad in texts)
    assert not any(ad.responsive_display_ad.headlines for ad in texts)


def test_a_bad_token_is_refused(sandbox):
    assert refused(sandbox, CLICKS, token="old") == (
        "authentication_error",
        "OAUTH_TOKEN_INVALID",
    )
    assert refused(sandbox, CLICKS, developer_token="none") == (
        "authentication_error",
        "DEVELOPER_TOKEN_INVALID",
    )


def test_customers_are_reached_through_their_manager_or_by_themselves(sandbox):
    assert search(sandbox, CLICKS, HERE, login=HERE)
    problem = ("authorization_error", "USER_PERMISSION_DENIED")
    assert refused(sandbox, CLICKS, HERE, login=THERE) == problem
    assert refused(sandbox, CLICKS, "999") == problem


def test_a_customer_that_is_not_enabled_is_refused(sandbox):
    assert refused(sandbox, CLICKS, CLOSED) == ("authorization_error", "CUSTOMER_NOT_ENABLED")


def test_metrics_of_a_manager_are_refused(sandbox):
    assert refused(sandbox, CLICKS, MANAGER) == ("query_error", "REQUESTED_METRICS_FOR_MANAGER")


def test_faults_strike_as_often_as_they_are_told(sandbox):
    sandbox.faults("quota", times=1, match="FROM campaign", retry_after=7)
    with pytest.raises(ResourceExhausted) as caught:
        search(sandbox, CLICKS)
    assert caught.value.grpc_status_code == grpc.StatusCode.RESOURCE_EXHAUSTED
    assert search(sandbox, CLICKS)
    assert sandbox.requests["SearchStream"] == 2
