"""The regression: what it learns, what it may know, and what it leaves out."""

import numpy as np
import pandas as pd
import pytest

from ml.forecast import regression
from ml.forecast.design import design, drivers

FIRST = pd.Timestamp("2024-01-01")
HORIZON = 60
EVENT_DAY = (11, 29)


def day_features(days: int, **columns: np.ndarray) -> pd.DataFrame:
    ds = pd.date_range(FIRST, periods=days)
    event = (ds.month == EVENT_DAY[0]) & (ds.day == EVENT_DAY[1])
    made = pd.DataFrame({"store_id": "s", "ds": ds, "event_sale": event.astype(float)})
    return made.assign(log_price_index=0.0, discount_rate=0.0, log_ad_spend=0.0).assign(**columns)


def history_of(**values: np.ndarray) -> pd.DataFrame:
    """Series that end on the same day, the longest one beginning on the first."""
    longest = max(len(own) for own in values.values())
    frames = [
        pd.DataFrame(
            {"unique_id": name, "ds": pd.date_range(FIRST, periods=longest)[-len(own) :], "y": own}
        )
        for name, own in values.items()
    ]
    return pd.concat(frames, ignore_index=True)


def series_of(history: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"unique_id": history["unique_id"].unique(), "store_id": "s"})


def predicted(history: pd.DataFrame, features: pd.DataFrame) -> pd.DataFrame:
    return regression.predict(history, ["regression"], HORIZON, series_of(history), features)


def backtested(history: pd.DataFrame, features: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
    return regression.backtest(
        history, ["regression"], [cutoff], HORIZON, series_of(history), features
    )


def weekly(days: int, seed: int = 1) -> np.ndarray:
    """A hundred a day, twice that on Sundays, with five percent of noise."""
    sunday = pd.date_range(FIRST, periods=days).dayofweek == 6
    return np.where(sunday, 200, 100) * np.random.default_rng(seed).normal(1, 0.05, days)


def test_weekdays_are_learned_and_the_mean_is_kept():
    history = history_of(a=weekly(300))
    forecast = predicted(history, day_features(400))
    sunday = forecast["ds"].dt.dayofweek == 6
    assert forecast.loc[sunday, "forecast"].mean() == pytest.approx(200, rel=0.05)
    assert forecast.loc[~sunday, "forecast"].mean() == pytest.approx(100, rel=0.05)
    assert list(forecast.columns) == ["unique_id", "ds", "model", "forecast"]
    assert forecast["ds"].min() == history["ds"].max() + pd.Timedelta(days=1)
    assert len(forecast) == HORIZON


def test_an_event_seen_once_is_expected_again_a_year_later():
    days = (pd.Timestamp("2025-11-10") - FIRST).days
    features = day_features(days + HORIZON)
    event = features["event_sale"].to_numpy()[:days] > 0
    values = 100 * np.random.default_rng(2).normal(1, 0.05, days)
    forecast = predicted(history_of(a=np.where(event, 3, 1) * values), features)
    on_event = (forecast["ds"].dt.month == 11) & (forecast["ds"].dt.day == 29)
    assert forecast.loc[on_event, "forecast"].item() > 240
    assert forecast.loc[~on_event, "forecast"].max() < 130


def test_growth_goes_on_for_a_while_but_levels_off():
    growing = 100 * 1.3 ** (np.arange(730) / 365)
    forecast = predicted(history_of(a=growing), day_features(800))["forecast"].to_numpy()
    steps = np.diff(np.log(forecast))
    # The last value is 168.9; growth that never slackens would bring 176.4 after sixty days.
    assert 165 < forecast[-1] < 176.4
    assert steps[-7:].mean() < steps[:7].mean()


def test_what_comes_after_the_cutoff_does_not_change_its_forecasts():
    days = 400
    cutoff = FIRST + pd.Timedelta(days=days - HORIZON - 1)
    dice = np.random.default_rng(3)
    drivers = {
        name: dice.normal(1, 0.1, days)
        for name in ("log_price_index", "discount_rate", "log_ad_spend")
    }
    history, features = history_of(a=weekly(days), b=weekly(300)), day_features(days, **drivers)
    later_days = history["ds"] > cutoff
    changed = history.assign(y=history["y"].where(~later_days, 9_999.0))
    other = features.copy()
    other.loc[other["ds"] > cutoff, list(drivers)] = 5.0
    pd.testing.assert_frame_equal(
        backtested(history, features, cutoff), backtested(changed, other, cutoff)
    )


def test_planned_prices_count_in_a_forecast_but_not_in_a_backtest():
    days = 300
    price = np.repeat(np.random.default_rng(4).normal(0, 0.1, 12), 30)
    price[days:] = 0.2
    values = weekly(days) * np.exp(-2 * price[:days])
    features = day_features(days + HORIZON, log_price_index=price)
    dear = predicted(history_of(a=values), features)["forecast"].sum()
    features.loc[days:, "log_price_index"] = 0.0
    usual = predicted(history_of(a=values), features)["forecast"].sum()
    # An elasticity of -2 at a price that is exp(0.2) of the usual one: exp(-0.4) = 0.67
    assert dear / usual == pytest.approx(0.67, abs=0.06)


def test_a_discount_that_belongs_to_an_event_does_not_count_twice():
    days = 500
    features = day_features(days)
    event = features["event_sale"].to_numpy() > 0
    own = drivers(features.assign(discount_rate=np.where(event, 0.3, 0.02)), days, True)
    assert "discount_rate" not in own


def test_ad_spend_counts_from_the_day_it_is_tracked():
    days = 300
    spend = np.where(np.arange(days) < 200, 0, np.arange(days))
    found = drivers(day_features(days, log_ad_spend=spend), days, True)["log_ad_spend"]
    assert found[0] == pytest.approx(np.arange(200, 300).mean())
    late = np.where(np.arange(days) < 270, 0, np.arange(days))
    assert "log_ad_spend" not in drivers(day_features(days, log_ad_spend=late), days, True)


def test_seasons_of_the_year_are_learned_once_a_part_of_it_came_twice():
    names = [set(design(day_features(500), past, False).names) for past in (449, 450)]
    assert not any(name.startswith("year") for name in names[0])
    assert {"year1", "year5"} < names[1]


@pytest.mark.parametrize(
    "values",
    [
        np.ones(59),
        np.zeros(200),
        np.full(200, 7.0),
        np.where(np.arange(200) == 150, 500.0, 0.0),
    ],
    ids=["short", "zero", "constant", "one spike"],
)
def test_series_without_enough_to_learn_from_are_left_out(values):
    history = history_of(good=weekly(300), odd=values)
    forecast = predicted(history, day_features(400))
    assert set(forecast["unique_id"]) == {"good"}
    assert predicted(history_of(odd=values), day_features(400)).empty


def test_forecasts_are_never_negative_and_always_numbers():
    dice = np.random.default_rng(5)
    falling = np.maximum(np.linspace(50, -20, 200) + dice.normal(0, 5, 200), 0)
    sparse = (dice.random(400) < 0.05) * dice.integers(1, 9, 400).astype(float)
    features = day_features(500).drop(columns=["log_ad_spend"])
    forecast = predicted(history_of(falling=falling, sparse=sparse), features)["forecast"]
    assert len(forecast) == 2 * HORIZON
    assert np.isfinite(forecast).all()
    assert (forecast >= 0).all()


def test_a_series_is_fitted_alike_alone_and_among_others():
    history, features = history_of(a=weekly(300), b=weekly(300, seed=9)), day_features(400)
    both = predicted(history, features)
    alone = predicted(history[history["unique_id"] == "b"], features)
    np.testing.assert_allclose(
        both.loc[both["unique_id"] == "b", "forecast"], alone["forecast"], rtol=1e-9
    )


def test_models_of_other_names_are_none_of_its_business():
    history = history_of(a=weekly(100))
    assert regression.predict(
        history, ["theta"], HORIZON, series_of(history), day_features(200)
    ).empty
