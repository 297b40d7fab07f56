"""What the made-up shop was made from, found again in the analyses of stock, returns and ads."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import exp
from typing import Any

import pytest

from tests.made_up_shop import (
    ADS_START,
    FIGURES,
    GOOGLE_FIRST,
    SPEC,
    Told,
    accounts,
    analysed,
    platform_total,
)

ANALYSES = (
    "returns__customers",
    "returns__prevention",
    "returns__product_quality",
    "returns__reason_by_category",
    "returns__spikes",
    "inventory__stock_accuracy",
    "inventory__suppliers",
    "ads__ab_tests",
    "ads__attribution",
    "ads__conversion_lag",
    "ads__creative_fatigue",
    "ads__keyword_opportunities",
    "ads__metrics_by_platform",
    "ads__negative_keywords",
    "ads__response_curves",
)
PLATFORMS = {"google": "google_ads", "tiktok": "tiktok_ads"}


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The shop with what its people note in files and its ads, landed and analysed."""
    with analysed(tmp_path_factory.mktemp("truth"), ANALYSES) as warehouse:
        yield warehouse


def test_the_faulty_batch_is_the_only_jump_of_returns(told: Told):
    sku, first_day, last_day = told.truth(
        "select sku, first_day, last_day from truth_defective_batches"
    )[0]
    spikes = told.found(
        "select sku, week_start, defect_lines, returned_lines from returns.spikes where is_peak"
    )
    assert [spike[0] for spike in spikes] == [sku]
    _, week, defective, returned = spikes[0]
    # Its goods come back within a month or so, and nearly all as faulty.
    assert first_day <= _day(week)
    assert (_day(week) - last_day).days <= 35
    assert defective > 0.8 * returned


def test_the_product_with_the_faulty_batch_is_the_only_one_of_poor_quality(told: Told):
    poor = told.found("select sku from returns.product_quality where quality_grade = 'poor'")
    assert poor == told.truth("select sku from truth_defective_batches")


def test_sizes_are_found_wrong_in_the_category_where_they_are(told: Told):
    category = told.truth("select category from truth_size_problems")[0]
    worst = told.found(
        "select category from returns.reason_by_category where store_id = 'sandbox' "
        "and return_reason_category = 'size_fit' order by excess_score desc nulls last limit 1"
    )
    assert worst == [category]
    advised = told.found(
        "select category from returns.prevention where recommendation = 'size_guide' "
        "group by category order by count(*) desc limit 1"
    )
    assert advised == [category]


def test_serial_returners_are_found_and_few_others_taken_for_them(told: Told):
    truth = set(told.truth("select cast(customer_id as varchar) from truth_serial_returners"))
    found = set(told.found("select customer_id from returns.customers where is_serial_returner"))
    assert len(truth) > 10
    assert len(found & truth) >= 0.8 * len(truth)
    assert len(found - truth) <= 0.25 * len(found)


def test_the_late_supplier_is_the_only_one_that_is_often_late(told: Told):
    late = told.found("select supplier_id from inventory.suppliers where is_often_late")
    assert late == told.truth("select supplier_id from truth_late_suppliers")


def test_what_counts_find_missing_is_what_was_lost(told: Told):
    """Left out: what was shipped for orders that were deleted, which no source tells any more, and
    SKUs that several variants share, or whose product is gone."""
    untold = told.truth(
        """
        select distinct variants.sku
        from variants
        left join stock_movements as moved using (inventory_item_id)
        left join orders
            on moved.kind = 'SALE' and moved.reference_id = cast(orders.order_id as varchar)
        where
            orders.deleted_at is not null
            or variants.sku in (select sku from variants group by sku having count(*) > 1)
        """
    )
    lost = told.truth(
        """
        select variants.sku, locations.name, truth.counted_at, truth.units
        from truth_shrinkage as truth
        inner join variants using (inventory_item_id)
        inner join locations on truth.location_id = locations.location_id
        """
    )
    missing = told.found(
        "select sku, warehouse_location, cast(counted_at as timestamp), -variance "
        "from inventory.stock_accuracy where variance <> 0"
    )
    skus = {row[0] for row in untold}
    expected = {row for row in lost if row[0] not in skus}
    assert len(expected) > 0.5 * len(lost)
    assert {row for row in missing if row[0] not in skus} == expected


@pytest.mark.parametrize("platform", PLATFORMS)
def test_platforms_cost_and_brought_what_they_tell_to_the_cent(told: Told, platform: str):
    expected = platform_total(told, PLATFORMS[platform])
    ((impressions, clicks, *amounts),) = told.found(
        "select impressions, clicks, total_ad_spend, conversions, revenue_from_ads "
        "from ads.metrics_by_platform "
        f"where platform = '{platform}' and period_type = 'all_time' and store_id = 'all'"
    )
    assert (impressions, clicks) == (expected["impressions"], expected["clicks"])
    assert expected["spend"] > 1_000
    for amount, name in zip(amounts, FIGURES[2:], strict=True):
        assert abs(amount - expected[name]) < Decimal("0.005"), name


def test_learned_credits_are_nearer_to_the_truth_than_the_last_click(told: Told):
    truth = dict(told.truth("select channel, share from truth_attribution"))
    credit: dict[str, dict[str, float]] = defaultdict(dict)
    for model, channel, amount in told.found(
        "select model, channel, sum(credit) from ads.attribution "
        "where channel <> 'unattributed' group by model, channel"
    ):
        credit[model][channel] = float(amount)
    misplaced = {
        model: sum(
            abs(channels.get(name, 0) / sum(channels.values()) - truth.get(name, 0))
            for name in {*channels, *truth}
        )
        / 2
        for model, channels in credit.items()
    }
    assert misplaced["data_driven"] < 0.5 * misplaced["last_click"]
    assert misplaced["shapley"] < 0.5 * misplaced["last_click"]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_curve_of_what_spend_brings_is_found(told: Told, platform: str):
    ((maximum, half),) = told.truth(
        "select maximum_revenue, half_spend from truth_response_curves "
        f"where platform = '{platform}'"
    )
    ((low, high, half_low, half_high),) = told.found(
        "select maximum_revenue_low, maximum_revenue_high, half_spend_low, half_spend_high "
        f"from ads.response_curves where platform = '{platform}'"
    )
    assert low <= maximum <= high
    assert half_low <= half <= half_high


def test_ads_that_tire_are_found_where_they_are_clicked_enough(told: Told):
    """Google's, a video, is clicked seldom in so small a shop; then nothing is said of it."""
    tiring = {row[0] for row in told.truth("select ad_id from truth_fatigue")}
    trends = {
        ad: (clicks, change, p_value)
        for ad, clicks, change, p_value in told.found(
            "select ad_id, clicks, change_pct_per_day, p_value from ads.creative_fatigue"
        )
    }
    known = {ad for ad in tiring & trends.keys() if trends[ad][2] is not None}
    assert known
    assert all(trends[ad][1] < 0 and trends[ad][2] < 0.05 for ad in known)
    assert all(trends[ad][0] < 50 for ad in tiring & trends.keys() - known)
    others = [trend for ad, trend in trends.items() if ad not in tiring and trend[2] is not None]
    assert sum(p_value < 0.05 for _, _, p_value in others) <= 0.2 * len(others)


def test_the_better_ad_of_a_pair_wins(told: Told):
    winners = dict(told.truth("select ad_group_id, winner_ad_id from truth_ab"))
    verdicts = [
        row
        for row in told.found(
            "select ad_group_id, winner_ad_id, verdict from ads.ab_tests "
            "where measure = 'click_through_rate'"
        )
        if row[0] in winners
    ]
    assert [(group, ad) for group, ad, _ in verdicts] == [
        (group, winners[group]) for group, _, _ in verdicts
    ]
    assert len(verdicts) == len(PLATFORMS)


def test_keywords_that_never_sell_are_to_be_paused_and_no_others(told: Told):
    wasted = told.truth(
        "select ad_keywords.keyword from truth_wasted_keywords "
        "inner join ad_keywords using (keyword_id) where platform_source = 'google_ads'"
    )
    paused = told.found("select keyword from ads.keyword_opportunities where action = 'pause'")
    assert sorted(paused) == sorted(wasted)


def test_search_terms_that_never_sell_are_proposed_as_negative_keywords(told: Told):
    """Every term that was clicked ten times; beside them only terms of wasted keywords."""
    terms = {row[0] for row in told.truth("select search_term from truth_wasted_terms")}
    keywords = [row[0] for row in told.truth("select keyword from truth_wasted_keywords")]
    proposed = {row[0] for row in told.found("select search_term from ads.negative_keywords")}
    clicked = {row[0] for row in told.found(
        "select search_term from ads.metrics_by_search_term "
        "where period_type = 'last_90_days' and store_id <> 'all' and clicks >= 10"
    )}  # fmt: skip
    assert len(terms & clicked) > 10
    assert terms & clicked <= proposed
    assert all(any(word in term for word in keywords) for term in proposed - terms)


def test_a_day_that_was_told_twice_counts_once_as_it_was_told_last(told: Told):
    """Google's account in the shop's currency, by campaign and day, at both instants."""
    account = next(
        row["account_id"]
        for row in accounts(told, "google_ads")
        if row["currency_code"] == SPEC.currency_code
    )
    told_days = told.found(
        "select campaign_id, date, fetched_on, conversions from core.ad_restatements "
        f"where account_id = '{account}'"
    )
    history = {(row[0], _day(row[1]), _day(row[2])): float(row[3]) for row in told_days}
    assert len(history) == len(told_days)
    first, last = (
        {
            (row["campaign_id"], row["day"]): row["purchases"]
            for row in told.world.rows(
                "google_ads", account, ["campaign_id", "day"], ADS_START, SPEC.end, instant
            ).to_pylist()
        }
        for instant in (GOOGLE_FIRST, SPEC.end_at)
    )
    fetched_first, fetched_last = sorted({key[2] for key in history})
    both = {key[:2] for key in history if key[2] == fetched_first} & {
        key[:2] for key in history if key[2] == fetched_last
    }
    assert len(both) > 100
    assert {key: history[*key, fetched_first] for key in both} == pytest.approx(
        {key: first[key] for key in both}
    )
    assert {key: history[*key, fetched_last] for key in both} == pytest.approx(
        {key: last[key] for key in both}
    )
    assert sum(first[key] for key in both) < 0.9 * sum(last[key] for key in both)
    current = told.found(
        "select campaign_id, date, sum(conversions) from core.ad_performance "
        f"where account_id = '{account}' group by campaign_id, date"
    )
    counted = {(campaign, _day(day)): float(amount) for campaign, day, amount in current}
    assert {key: counted[key] for key in last} == pytest.approx(last)


def test_how_late_conversions_become_known_is_measured(told: Told):
    ((lag_days,),) = told.truth(
        "select tau_days from truth_conversion_lag where platform_source = 'google_ads'"
    )
    measured = told.found(
        "select age_days, conversions_known, conversions_final from ads.conversion_lag "
        "where store_id = 'all' and platform_source = 'google_ads' and age_days between 1 and 27"
    )
    assert len(measured) == 27
    known, final = (sum(float(row[place]) for row in measured) for place in (1, 2))
    expected = sum(float(row[2]) * (1 - exp(-row[0] / lag_days)) for row in measured)
    assert known / final == pytest.approx(expected / final, abs=0.02)
    early = [row for row in measured if row[0] <= 3]
    assert sum(row[1] for row in early) < sum(row[2] for row in early) / 2


def _day(value: Any) -> date:
    return value.date() if hasattr(value, "date") else value
