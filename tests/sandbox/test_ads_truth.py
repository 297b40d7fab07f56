"""The truth tables of the ad world say what its rows were made from."""

from decimal import Decimal
from math import exp, log

import numpy as np
import pytest

from tests.sandbox.small_ads import SOURCES, accounts, told, truth

PLATFORM = """
    case platform_source
        when 'google_ads' then 'google' when 'amazon_ads' then 'amazon'
        when 'tiktok_ads' then 'tiktok' else network
    end
"""


def _euro_rates() -> dict[object, Decimal]:
    return dict(truth("select day, rate from ad_exchange_rates where from_currency = 'EUR'"))


def _days(platform: str) -> list[tuple[float, float]]:
    """Spend and revenue of the platform's days, in the shop's currency."""
    rates = _euro_rates()
    days: dict[object, list[Decimal]] = {}
    for day, currency, spend, revenue in truth(
        "select day, currency_code, spend, purchase_value from ad_days "
        f"inner join ad_accounts using (platform_source, account_id) where {PLATFORM} = ?",
        platform,
    ):
        rate = rates[day] if currency == "EUR" else Decimal(1)
        total = days.setdefault(day, [Decimal(0), Decimal(0)])
        total[0] += spend * rate
        total[1] += revenue * rate
    return [(float(spend), float(revenue)) for spend, revenue in days.values()]


@pytest.mark.parametrize("platform", ["google", "facebook", "instagram", "amazon"])
def test_a_platforms_revenue_follows_its_response_curve(platform: str):
    ((most, half),) = truth(
        "select maximum_revenue, half_spend from truth_response_curves where platform = ?",
        platform,
    )
    days = np.array(_days(platform))
    expected = most * days[:, 0] / (half + days[:, 0])
    noise = np.log(days[:, 1] / expected)
    assert abs(noise.mean()) < 0.02
    assert noise.std() == pytest.approx(0.1, abs=0.02)


@pytest.mark.parametrize("platform", ["google", "facebook", "instagram", "amazon", "tiktok"])
def test_spend_moves_enough_to_find_the_curve(platform: str):
    spend = np.array(_days(platform))[:, 0]
    assert np.quantile(spend, 0.95) > 3 * np.quantile(spend, 0.05)


def test_all_spend_is_about_an_eighth_of_the_shops_revenue():
    spend = sum(spend for name in ("google", "facebook", "instagram", "amazon", "tiktok")
                for spend, _ in _days(name))  # fmt: skip
    ((revenue,),) = truth(
        "select sum(gross_sales - discounts) from truth_ledger_daily "
        "where day >= (select min(day) from ad_days)"
    )
    assert spend / float(revenue) == pytest.approx(0.12, abs=0.005)


def test_the_better_of_two_ads_is_clicked_more():
    winners = truth("select ad_group_id, winner_ad_id from truth_ab")
    assert len(winners) == len(SOURCES)
    for group, winner in winners:
        rates = dict(
            truth(
                "select ad_id, sum(clicks) / sum(impressions) from ad_days "
                "where ad_group_id = ? group by ad_id",
                group,
            )
        )
        assert len(rates) == 2
        assert max(rates, key=rates.__getitem__) == winner


def test_tiring_ads_lose_clicks_at_their_rate():
    rows = truth(
        "select ad_id, daily_ctr_decay, day - min(day) over (partition by ad_id), impressions, "
        "clicks from ad_days inner join truth_fatigue using (ad_id)"
    )
    assert len({row[0] for row in rows}) == len(SOURCES)
    expected = early = late = 0.0
    for ad in {row[0] for row in rows}:
        own = [row[1:] for row in rows if row[0] == ad]
        fresh = sum(shown * exp(-decay * age) for decay, age, shown, _ in own if age < 65)
        rate = sum(clicks for _, age, _, clicks in own if age < 65) / fresh
        expected += sum(
            rate * shown * exp(-decay * age) for decay, age, shown, _ in own if age >= 65
        )
        early += rate * fresh
        late += sum(clicks for _, age, _, clicks in own if age >= 65)
    assert late < 0.7 * early
    assert log(late / expected) == pytest.approx(0, abs=3 * (1 / early + 1 / late) ** 0.5)


def test_wasted_keywords_cost_and_never_convert():
    wasted = truth(
        "select keyword_id, sum(spend), sum(purchases) from ad_days "
        "where keyword_id in (select keyword_id from truth_wasted_keywords) group by keyword_id"
    )
    assert len(wasted) >= 6
    assert all(spend > 0 and not purchases for _, spend, purchases in wasted)


def test_wasted_search_terms_cost_and_never_convert():
    wasted = set(truth("select keyword_id, search_term from truth_wasted_terms"))
    rows = told("google_ads", accounts("google_ads")[0], ["keyword_id", "search_term"])
    own = [row for row in rows if (row["keyword_id"], row["search_term"]) in wasted]
    assert len(own) > 10
    assert all(row["spend"] > 0 and not row["purchases"] for row in own)
    assert any(row["purchases"] for row in rows)
