"""Whether an ad's click-through rate falls."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from ml.creative_fatigue import fatigue, poisson_slope

COLUMNS = ["store_id", "campaign_id", "ad_group_id", "ad_id", "date", "impressions", "clicks"]


def days(ad: str, impressions: np.ndarray, clicks: np.ndarray) -> pd.DataFrame:
    dates = pd.date_range("2026-01-01", periods=len(clicks))
    return pd.DataFrame(
        {
            **{"store_id": "s", "campaign_id": "c", "ad_group_id": "g", "ad_id": ad},
            **{"date": dates, "impressions": impressions, "clicks": clicks},
        },
        columns=COLUMNS,
    )


def test_a_rate_that_halves_every_ten_days_is_found():
    at = np.arange(40)
    (row,) = fatigue(days("a", np.full(40, 1e6), 1e6 * 0.04 * 0.5 ** (at / 10))).to_dict("records")
    assert row["slope_per_day"] == pytest.approx(np.log(0.5) / 10)
    assert row["first_rate"] == pytest.approx(0.04)
    assert row["last_rate"] == pytest.approx(0.04 * 0.5**3.9)
    assert (row["days"], row["p_value"]) == (40, pytest.approx(0))


def test_the_regression_agrees_with_statsmodels():
    dice = np.random.default_rng(5)
    at = np.arange(50.0)
    exposure = dice.integers(500, 9_000, 50).astype(float)
    counts = dice.poisson(exposure * 0.03 * np.exp(-0.01 * at) * dice.gamma(20, 1 / 20, 50))
    model = sm.GLM(counts, sm.add_constant(at), sm.families.Poisson(), exposure=exposure)
    wanted = model.fit(scale="X2")
    level, slope, error = poisson_slope(at, counts, exposure)
    assert [level, slope] == pytest.approx(list(wanted.params))
    assert error == pytest.approx(wanted.bse[1], rel=1e-6)


def test_a_steady_ad_is_hardly_ever_called_tired():
    dice = np.random.default_rng(11)
    steady = pd.concat(
        [days(f"{number:03}", np.full(60, 3_000), dice.poisson(60, 60)) for number in range(200)]
    )
    share = (fatigue(steady)["p_value"] < 0.05).mean()
    assert share == pytest.approx(0.05, abs=0.045)


def test_too_few_days_or_clicks_tell_no_trend():
    few_days = days("a", np.full(13, 1_000), np.full(13, 50))
    few_clicks = days("b", np.full(20, 1_000), np.full(20, 2))
    found = fatigue(pd.concat([few_days, few_clicks]))
    assert found["slope_per_day"].isna().all()
    assert found["days"].tolist() == [13, 20]


def test_only_the_last_sixty_days_count_and_days_that_were_not_shown_do_not():
    early = days("a", np.full(100, 1_000), np.concatenate([np.full(40, 900), np.full(60, 30)]))
    early.loc[early.index[-1], ["impressions", "clicks"]] = 0
    (row,) = fatigue(early).to_dict("records")
    assert row["days"] == 60
    assert row["slope_per_day"] < 0
    (later,) = fatigue(early[early["date"] > "2026-02-10"]).to_dict("records")
    assert later["slope_per_day"] == pytest.approx(0, abs=1e-9)


def test_without_ads_there_is_no_row():
    assert fatigue(days("a", np.array([]), np.array([]))).empty
