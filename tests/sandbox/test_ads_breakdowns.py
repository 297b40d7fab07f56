"""What a platform tells in parts adds up to what it tells as a whole."""

from datetime import date, datetime

import pytest

from tests.sandbox.small_ads import LATER, SETTLED, SOURCES, accounts, told, totals, truth

KINDS = {
    "google_ads": ("device", "country", "hour", "network"),
    "facebook_ads": ("device", "age", "gender", "country", "placement", "hour", "network"),
    "amazon_ads": ("placement",),
    "tiktok_ads": ("device", "age", "gender", "country", "placement", "hour"),
}
MONTH = {"first": date(2026, 5, 15), "last": date(2026, 6, 30)}


@pytest.mark.parametrize("now", [LATER, datetime(2026, 6, 20, 15, 30)])
@pytest.mark.parametrize("source", SOURCES)
def test_every_breakdown_adds_up_exactly_to_the_campaigns_day(source: str, now: datetime):
    keys = ["day", "campaign_id"]
    for account in accounts(source):
        campaigns = totals(told(source, account, keys, now, **MONTH), keys)
        for kind in KINDS[source]:
            parts = told(source, account, [*keys, kind], now, **MONTH)
            assert totals(parts, keys) == campaigns, kind


def test_two_kinds_together_add_up_to_the_ads():
    account = accounts("facebook_ads")[0]
    keys = ["day", "ad_id"]
    parts = told("facebook_ads", account, [*keys, "age", "gender"], **MONTH)
    assert len({(row["age"], row["gender"]) for row in parts}) == 7 * 3
    assert totals(parts, keys) == totals(told("facebook_ads", account, keys, **MONTH), keys)


def test_figures_at_the_end_are_those_that_the_world_was_made_with():
    for source in SOURCES:
        for account in accounts(source):
            told_rows = totals(told(source, account, ["day", "campaign_id"]), ["campaign_id"])
            made = truth(
                "select campaign_id, sum(impressions), sum(clicks), sum(spend), "
                "sum(purchase_value), round(100 * sum(purchases)), sum(add_to_carts) * 100 "
                "from main.ad_days where platform_source = ? and account_id = ? group by all",
                source,
                account,
            )
            assert {row[0]: row[1:] for row in made} == {
                campaign: (
                    sums["impressions"],
                    sums["clicks"],
                    sums["spend"],
                    sums["purchase_value"],
                    sums["purchases"],
                    sums["add_to_carts"],
                )
                for (campaign,), sums in told_rows.items()
            }


def test_performance_max_has_no_ad_groups_ages_or_keywords():
    account = accounts("google_ads")[0]
    ((campaign,),) = truth("select campaign_id from ad_campaigns where kind = 'PERFORMANCE_MAX'")
    own = {"campaign_id": [campaign]}
    assert told("google_ads", account, ["campaign_id"], **own)[0]["spend"] > 0
    for key in ("ad_group_id", "ad_id", "keyword_id", "age"):
        assert not told("google_ads", account, ["campaign_id", key], **own)
    assert not truth("select 1 from ad_groups where campaign_id = ?", campaign)


def test_search_terms_hide_a_part_of_what_the_keywords_tell():
    account = accounts("google_ads")[0]
    keywords = totals(told("google_ads", account, ["keyword_id"]), ["keyword_id"])
    terms = totals(told("google_ads", account, ["keyword_id", "search_term"]), ["keyword_id"])
    assert set(terms) == set(keywords)
    for keyword, sums in terms.items():
        assert 0.8 < sums["impressions"] / keywords[keyword]["impressions"] < 1
        assert sums["spend"] < keywords[keyword]["spend"]


def test_a_skipped_hour_has_no_rows_and_an_hour_that_comes_twice_has_more():
    account = accounts("facebook_ads")[1]
    spring, autumn, usual = date(2026, 3, 29), date(2025, 10, 26), date(2026, 3, 28)

    def impressions(day: date) -> dict[int, int]:
        rows = told("facebook_ads", account, ["hour"], SETTLED, day, day)
        return {row["hour"]: row["impressions"] for row in rows}

    assert 2 not in impressions(spring)
    assert 2 in impressions(usual)
    assert impressions(autumn)[2] > 1.3 * impressions(autumn)[3]


def test_reach_is_told_by_some_and_never_adds_up():
    account = accounts("tiktok_ads")[0]
    (whole,) = told("tiktok_ads", account, [])
    days = told("tiktok_ads", account, ["day"])
    assert whole["reach"] < sum(row["reach"] for row in days) < whole["impressions"]
    assert told("google_ads", accounts("google_ads")[0], [])[0]["reach"] is None
