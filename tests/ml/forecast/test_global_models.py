"""The global models: what they share between series, what they may know, what they leave out."""

import numpy as np
import pandas as pd
import pytest

from ml.forecast import global_models

FIRST = pd.Timestamp("2024-01-01")
DAYS, HORIZON = 300, 30
NAMES = ["xgboost", "random_forest"]
LAST = FIRST + pd.Timedelta(days=DAYS - 1)


def features(**columns: np.ndarray) -> pd.DataFrame:
    ds = pd.date_range(FIRST, periods=DAYS + HORIZON)
    return pd.DataFrame({"store_id": "s", "ds": ds, "event_sale": 0.0}).assign(**columns)


def history_of(values: dict[str, np.ndarray]) -> pd.DataFrame:
    """Series that all end on the last day."""
    return pd.concat(
        [
            pd.DataFrame(
                {"unique_id": name, "ds": pd.date_range(end=LAST, periods=len(own)), "y": own}
            )
            for name, own in values.items()
        ],
        ignore_index=True,
    )


def series_of(history: pd.DataFrame) -> pd.DataFrame:
    ids = history["unique_id"].unique()
    return pd.DataFrame({"unique_id": ids, "store_id": "s", "level": "sku", "measure": "units"})


def predicted(history: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    return global_models.predict(history, NAMES, HORIZON, series_of(history), known)


def backtested(
    history: pd.DataFrame, cutoffs: list[pd.Timestamp], known: pd.DataFrame
) -> pd.DataFrame:
    return global_models.backtest(history, NAMES, cutoffs, HORIZON, series_of(history), known)


def shop(seed: int = 1) -> dict[str, np.ndarray]:
    """Twelve SKUs of 0.5 to 40 units a day, half as much again on Sundays."""
    dice = np.random.default_rng(seed)
    sunday = pd.date_range(FIRST, periods=DAYS).dayofweek == 6
    return {
        f"sku{number:02}": dice.poisson(level * np.where(sunday, 1.5, 1.0)).astype(float)
        for number, level in enumerate(np.geomspace(0.5, 40, 12))
    }


@pytest.fixture(scope="module")
def shop_forecast() -> pd.DataFrame:
    return predicted(history_of(shop()), features())


def test_each_series_and_model_gets_every_day_of_the_horizon(shop_forecast):
    assert list(shop_forecast.columns) == ["unique_id", "ds", "model", "forecast"]
    assert not shop_forecast.duplicated(["unique_id", "ds", "model"]).any()
    assert len(shop_forecast) == 12 * 2 * HORIZON
    assert shop_forecast["ds"].min() == LAST + pd.Timedelta(days=1)
    assert (shop_forecast["forecast"] >= 0).all()


def test_large_and_small_series_keep_their_level_and_share_the_weekday(shop_forecast):
    sunday = shop_forecast["ds"].dt.dayofweek == 6
    by_day = shop_forecast[~sunday].groupby(["model", "unique_id"])["forecast"].mean()
    for model in NAMES:
        assert by_day[model, "sku00"] == pytest.approx(0.5, rel=0.3)
        assert by_day[model, "sku11"] == pytest.approx(40, rel=0.1)
    large = shop_forecast["unique_id"] >= "sku06"
    ratio = (
        shop_forecast[large & sunday].groupby("model")["forecast"].mean()
        / shop_forecast[large & ~sunday].groupby("model")["forecast"].mean()
    )
    assert ratio.to_list() == pytest.approx([1.5, 1.5], rel=0.1)


def test_the_same_history_gives_the_same_numbers(shop_forecast):
    shuffled = history_of(shop()).sample(frac=1, random_state=0)
    pd.testing.assert_frame_equal(predicted(shuffled, features()), shop_forecast)


def test_what_comes_after_a_cutoff_does_not_change_its_forecasts():
    cutoffs = [LAST - pd.Timedelta(days=back) for back in (60, 30)]
    price = np.random.default_rng(2).normal(0, 0.1, DAYS + HORIZON)
    history, known = history_of(shop()), features(log_price_index=price, discount_rate=-price)
    first = backtested(history, cutoffs, known)
    later = history.assign(y=history["y"].where(history["ds"] <= cutoffs[0], 99.0))
    other = known.assign(
        log_price_index=known["log_price_index"].where(known["ds"] <= cutoffs[0], 0.9)
    )
    second = backtested(later, cutoffs, other)
    assert set(first["cutoff"]) == set(cutoffs)
    pd.testing.assert_frame_equal(
        first[first["cutoff"] == cutoffs[0]], second[second["cutoff"] == cutoffs[0]]
    )


def test_a_later_cutoff_uses_what_became_known_by_then():
    cutoffs = [LAST - pd.Timedelta(days=back) for back in (120, 30)]
    step = (np.arange(DAYS) > DAYS - 120).astype(float)
    history = history_of({name: own * (1 + step) for name, own in shop().items()})
    told = backtested(history, cutoffs, features()).groupby("cutoff")["forecast"].mean()
    assert told[cutoffs[1]] > 1.5 * told[cutoffs[0]]


def test_the_seasons_of_the_shop_are_passed_on_to_every_series():
    event = np.zeros(DAYS + HORIZON)
    event[[100, 101, 200, 201, DAYS + 9, DAYS + 10]] = 1
    values = {name: own * (1 + 2 * event[:DAYS]) for name, own in shop().items()}
    told = predicted(history_of(values), features(event_sale=event))
    by_day = told.groupby(["model", "ds"])["forecast"].sum().unstack("model")
    busy, usual = by_day.iloc[[9, 10]].mean(), by_day.drop(by_day.index[[9, 10]]).mean()
    assert (busy > 2 * usual).all()


def test_a_series_of_less_than_four_weeks_is_left_out():
    told = predicted(history_of({**shop(), "new": np.ones(27), "young": np.ones(28)}), features())
    assert "new" not in set(told["unique_id"])
    assert "young" in set(told["unique_id"])


def test_odd_series_are_no_danger_to_themselves_or_others(shop_forecast):
    spike = np.where(np.arange(DAYS) == DAYS - 20, 5_000.0, 0.0)
    odd = {"zero": np.zeros(DAYS), "spike": spike, "constant": np.full(DAYS, 3.0)}
    told = predicted(history_of({**shop(), **odd}), features())
    assert np.isfinite(told["forecast"]).all()
    means = told.groupby("unique_id")["forecast"].mean()
    assert means["zero"] == pytest.approx(0, abs=0.01)
    assert means["constant"] == pytest.approx(3, rel=0.3)


def test_nothing_is_told_where_there_is_nothing_to_learn_from():
    few = history_of({"a": np.ones(40)})
    assert predicted(few, features()).empty
    assert predicted(few.iloc[:0], features()).empty
    assert backtested(few, [], features()).empty
    assert global_models.predict(few, ["theta"], HORIZON, series_of(few), features()).empty
