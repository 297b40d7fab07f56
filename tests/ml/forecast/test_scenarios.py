"""Scenarios of a store: ends of intervals, and changes whose effect the past can tell."""

import numpy as np
import pandas as pd
import pytest

from ml.forecast.scenarios import NO_REGRESSION, scenarios

FIRST = pd.Timestamp("2024-03-01")
DAYS, HORIZON = 420, 30
LAST = FIRST + pd.Timedelta(days=DAYS - 1)
SERIES = pd.DataFrame(
    [("u", "s", "store", "units"), ("c", "s", "category", "units")],
    columns=["unique_id", "store_id", "level", "measure"],
)
PRICE, DISCOUNT, ADS = "price_change_pct", "discount_change_pct", "ad_spend_change_pct"


def steps(seed: int, size: float, lasting: int = 30) -> np.ndarray:
    """A driver that stays for a while, then jumps."""
    levels = np.random.default_rng(seed).normal(0, size, DAYS // lasting + 1)
    return np.append(np.repeat(levels, lasting)[:DAYS], np.zeros(HORIZON))


def features(**columns: np.ndarray) -> pd.DataFrame:
    ds = pd.date_range(FIRST, periods=DAYS + HORIZON)
    made = pd.DataFrame({"store_id": "s", "ds": ds, "event_sale": 0.0})
    return made.assign(log_price_index=0.0, discount_rate=0.0, log_ad_spend=0.0).assign(**columns)


def history(factors: np.ndarray | float = 1.0, days: int = DAYS, seed: int = 0) -> pd.DataFrame:
    """A hundred units a day, times the factors and five percent of noise."""
    values = 100 * np.random.default_rng(seed).normal(1, 0.05, DAYS) * factors
    ds = pd.date_range(FIRST, periods=DAYS)
    return pd.DataFrame({"unique_id": "u", "ds": ds, "y": values}).tail(days)


def rows(forecast: float = 100.0) -> pd.DataFrame:
    """Published days, the second as busy as two, and the sum of the horizon with its interval."""
    days = pd.date_range(LAST + pd.Timedelta(days=1), periods=HORIZON)
    amounts = np.where(np.arange(HORIZON) == 1, 2, 1) * forecast
    daily = pd.DataFrame(
        {"period_type": "day", "period_start": days, "days": 1, "forecast": amounts}
    )
    total = amounts.sum()
    horizon = {
        "period_type": "horizon", "period_start": days[0], "days": HORIZON, "forecast": total,
        "lower_80": 0.9 * total, "upper_80": 1.2 * total, "lower_95": 0.8 * total,
        "upper_95": 1.4 * total, "lower": 0.85 * total, "upper": 1.3 * total, "interval_pct": 90.0,
    }  # fmt: skip
    published = pd.concat([daily, pd.DataFrame([horizon])], ignore_index=True)
    return published.assign(store_id="s", level="store", measure="units", entity="total")


def template(scenario: str, **values: float) -> pd.DataFrame:
    kind = "range" if "quantile_pct" in values else "what_if"
    empty = dict.fromkeys([PRICE, DISCOUNT, ADS, "quantile_pct"])
    return pd.DataFrame([{"scenario": scenario, "kind": kind, **empty, **values}])


def told(
    known: pd.DataFrame, past: pd.DataFrame | None = None, **changes: float
) -> tuple[float, str | None]:
    """The effect of a what-if in percent, or the reason why there is none."""
    made = scenarios(
        rows(), template("x", **changes), history() if past is None else past, SERIES, known
    )
    assert made["forecast"].isna().all() == made["effect_pct"].isna().all()
    return made["effect_pct"].iloc[0], made["reason"].iloc[0]


@pytest.mark.parametrize(
    ("quantile", "factor"),
    [(90, 1.2), (50, 1.0), (10, 0.9), (97.5, 1.4), (2.5, 0.8), (95, 1.3), (5, 0.85)],
)
def test_a_range_spreads_the_end_of_the_interval_over_days_in_proportion(quantile, factor):
    made = scenarios(rows(), template("x", quantile_pct=quantile), history(), SERIES, features())
    assert len(made) == HORIZON
    assert made["forecast"].iloc[:3].to_list() == pytest.approx(
        [100 * factor, 200 * factor, 100 * factor]
    )
    assert made["effect_pct"].iloc[0] == pytest.approx(100 * (factor - 1))
    assert made["base_forecast"].iloc[1] == 200
    assert made["reason"].isna().all()


def test_a_quantile_without_an_interval_has_a_reason_and_no_figure():
    made = scenarios(rows(), template("x", quantile_pct=70), history(), SERIES, features())
    assert set(made["reason"]) == {"no interval ends at the 70 % quantile"}
    assert made["forecast"].isna().all()


def test_a_price_change_moves_sales_by_the_elasticity_of_the_past():
    price = steps(1, 0.08)
    past = history(np.exp(-1.5 * price[:DAYS]))
    effect, reason = told(features(log_price_index=price), past, price_change_pct=10)
    assert reason is None
    # 1.1 to the power of -1.5 is 0.867
    assert effect == pytest.approx(-13.3, abs=2)


def test_a_price_index_that_is_blurred_by_what_was_sold_keeps_most_of_its_effect():
    price = steps(2, 0.06)
    blur = np.random.default_rng(3).normal(0, 0.04, DAYS + HORIZON)
    past = history(np.exp(-1.5 * price[:DAYS]))
    effect, _ = told(features(log_price_index=price + blur), past, price_change_pct=10)
    assert -16 < effect < -9


def test_changes_together_have_the_product_of_their_effects():
    price, discount = steps(4, 0.08), np.abs(steps(5, 0.05, 12))
    past = history(np.exp(-1.5 * price[:DAYS] + 2 * discount[:DAYS]))
    known = features(log_price_index=price, discount_rate=discount)
    effect, _ = told(known, past, price_change_pct=10, discount_change_pct=5)
    # 1.1 to the power of -1.5, times exp(2 * 0.05): 0.867 * 1.105 = 0.958
    assert effect == pytest.approx(-4.2, abs=3)


def test_ad_spend_counts_in_percent_of_itself():
    spend = 6 + steps(6, 0.4, 14)
    past = history(np.exp(0.3 * (spend[:DAYS] - 6)))
    effect, _ = told(features(log_ad_spend=spend), past, ad_spend_change_pct=20)
    # 1.2 to the power of 0.3 is 1.056
    assert effect == pytest.approx(5.6, abs=1)


@pytest.mark.parametrize(
    ("columns", "changes", "words"),
    [
        ({}, {PRICE: 10}, "the price index is not known or has never changed"),
        (
            {"log_price_index": steps(7, 0.003)},
            {PRICE: 10},
            "less than 1 %",
        ),
        ({"log_price_index": steps(8, 0.011)}, {PRICE: 30}, "the past has seen no such change"),
        ({"discount_rate": steps(9, 0.05)}, {DISCOUNT: 5, ADS: 20}, "ad spend is not known"),
        (
            {"log_ad_spend": np.append(steps(10, 1)[:DAYS] + 5, np.zeros(HORIZON))},
            {ADS: 20},
            "no ads",
        ),
    ],
)
def test_what_the_past_has_not_seen_has_a_reason_and_no_figure(columns, changes, words):
    effect, reason = told(features(**columns), **changes)
    assert np.isnan(effect)
    assert words in reason


def test_an_effect_that_is_not_there_is_hardly_ever_told():
    found = [
        told(features(log_price_index=steps(seed, 0.05)), history(seed=seed), price_change_pct=10)
        for seed in range(40)
    ]
    # Five percent of 40 is 2; prices that stay for a month leave few independent days.
    assert sum(reason is None for _, reason in found) <= 6
    assert all("cannot be told from none" in reason for _, reason in found if reason)


def test_a_store_with_a_short_history_has_ranges_but_no_what_ifs():
    both = pd.concat([template("good", quantile_pct=90), template("dear", price_change_pct=10)])
    made = scenarios(rows(), both, history(days=50), SERIES, features())
    reasons = made.groupby("scenario")["reason"].first()
    assert reasons["dear"] == NO_REGRESSION
    assert reasons["good"] is None or pd.isna(reasons["good"])


def test_nothing_forecast_and_nothing_sold_are_no_errors():
    assert scenarios(
        rows().iloc[:0], template("x", quantile_pct=90), history(), SERIES, features()
    ).empty
    made = scenarios(rows(0.0), template("x", quantile_pct=90), history(), SERIES, features())
    assert (made["forecast"] == 0).all()
    assert made["effect_pct"].isna().all()
