"""What ad spend brings in, and how sure that is."""

import numpy as np
import pandas as pd
import pytest

from ml.response_curves import FEWEST_DAYS, fit, fit_curves, platform_days

DICE = np.random.default_rng(7)


def days(spend: np.ndarray, revenue: np.ndarray, platform: str = "google") -> pd.DataFrame:
    dates = pd.date_range("2025-01-01", periods=len(spend))
    return pd.DataFrame(
        {"store_id": "s", "platform": platform, "date": dates, "spend": spend, "revenue": revenue}
    )


def wandering(count: int, middle: float) -> np.ndarray:
    """A daily spend that wanders between a third and three times the middle."""
    steps = np.cumsum(DICE.normal(0, 0.25, count))
    return middle * np.exp(np.log(3) * np.sin(steps))


def test_a_curve_without_noise_is_found():
    spend = np.linspace(50, 2_000, 200)
    curve = fit(spend, 6_000 * spend / (700 + spend))
    assert curve.half == pytest.approx(700, rel=0.01)
    assert curve.maximum == pytest.approx(6_000, rel=0.01)
    # 6,000 * 700 / (700 + 700)^2 = 2.142857
    assert curve.marginal(700) == pytest.approx(2.142857, rel=0.01)
    assert curve.revenue(700) == pytest.approx(3_000, rel=0.01)


def test_the_truth_lies_within_the_interval_about_as_often_as_it_should():
    hits = 0
    for _ in range(40):
        maximum, half = DICE.uniform(2_000, 9_000), DICE.uniform(200, 800)
        spend = wandering(365, half)
        revenue = maximum * spend / (half + spend) * DICE.gamma(100, 0.01, 365)
        low, high = np.percentile(fit(spend, revenue).draws, [2.5, 97.5], axis=0)
        hits += bool(low[0] <= maximum <= high[0] and low[1] <= half <= high[1])
    assert hits >= 33  # 38 of 40 at 95 %; weeks drawn whole give up some of it


def test_days_without_revenue_do_not_spoil_the_fit():
    spend = wandering(365, 300)
    revenue = 5_000 * spend / (400 + spend)
    sold = DICE.random(365) < 0.7
    curve = fit(spend, np.where(sold, revenue / 0.7, 0))
    low, high = np.percentile(curve.draws, [2.5, 97.5], axis=0)
    assert low[0] <= 5_000 <= high[0]


def test_the_same_days_give_the_same_curve():
    spend = wandering(100, 300)
    revenue = spend * DICE.uniform(1, 3, 100)
    one, other = fit(spend, revenue), fit(spend, revenue)
    assert (one.maximum, one.half) == (other.maximum, other.half)
    assert np.array_equal(one.draws, other.draws)


@pytest.mark.parametrize(
    ("spend", "revenue", "status"),
    [
        (np.linspace(1, 9, FEWEST_DAYS - 1), np.ones(FEWEST_DAYS - 1), "too_few_days"),
        (np.zeros(90), np.zeros(90), "too_few_days"),
        (np.full(90, 10.0), np.linspace(1, 9, 90), "spend_hardly_varies"),
        (np.linspace(1, 90, 90), np.zeros(90), "no_revenue"),
        (np.linspace(1, 90, 90), np.linspace(1, 90, 90), "fitted"),
    ],
)
def test_where_no_curve_can_be_told_the_reason_is_given(spend, revenue, status):
    table, curves = fit_curves(days(spend, revenue))
    assert list(table["status"]) == [status]
    assert bool(curves) == (status == "fitted")
    assert table["maximum_revenue"].isna().all() == (status != "fitted")


def test_only_the_last_year_counts():
    old, new = np.linspace(10, 100, 365), np.linspace(10, 100, 365)
    spend = np.concatenate([old, new])
    revenue = np.concatenate([old * 9, 500 * new / (50 + new)])
    table, _ = fit_curves(days(spend, revenue))
    assert list(table["days"]) == [365]
    assert table["half_spend"].iloc[0] == pytest.approx(50, rel=0.01)
    assert table["explained_share"].iloc[0] == pytest.approx(1, abs=0.001)


def test_each_store_and_platform_has_its_own_curve():
    spend = np.linspace(10, 100, 60)
    frame = pd.concat([days(spend, spend), days(spend, 2 * spend, "tiktok")])
    table, curves = fit_curves(frame)
    assert list(table["platform"]) == ["google", "tiktok"]
    assert set(curves) == {("s", "google"), ("s", "tiktok")}


def test_without_ads_there_are_no_curves():
    table, curves = fit_curves(days(np.array([]), np.array([])))
    assert table.empty
    assert curves == {}


def test_a_day_is_settled_when_all_its_rows_are():
    performance = pd.DataFrame(
        {
            "store_id": "s",
            "platform": "google",
            "date": [pd.Timestamp("2026-01-01").date()] * 2 + [pd.Timestamp("2026-01-02").date()],
            "spend": ["1.50", "2.50", "3.00"],
            "revenue": ["1", None, "2"],
            "is_settled": [True, False, True],
        }
    )
    told = platform_days(performance).to_dict("list")
    assert told["spend"] == [4.0, 3.0]
    assert told["revenue"] == [1.0, 2.0]
    assert told["is_settled"] == [False, True]
