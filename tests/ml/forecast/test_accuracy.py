"""Errors by utilsforecast, held against numpy and against figures worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from ml.forecast.accuracy import accuracy
from tests.ml.forecast.made_days import backtest_of, history_of

BEFORE = [10, 20, 30, 40, 50, 60, 70, 11, 21, 31, 41, 51, 61, 71]  # off by one a week later
DICE = np.random.default_rng(3)
ACTUAL = DICE.poisson(3, 90).astype(float)
FORECAST = DICE.normal(3, 1, 90).clip(0)


def measured(backtest, history, model="m", days=90):
    rows = accuracy(backtest, history).set_index(["unique_id", "model", "horizon_days"])
    return rows.loc[("a", model, days)]


def test_every_measure_is_what_numpy_makes_of_it():
    history = history_of(a=[*BEFORE, *ACTUAL])
    row = measured(backtest_of("a", "m", FORECAST), history)
    error = FORECAST - ACTUAL
    sold = ACTUAL > 0
    assert row["mae"] == pytest.approx(np.abs(error).mean())
    assert row["rmse"] == pytest.approx(np.sqrt((error**2).mean()))
    assert row["mape"] == pytest.approx(100 * (np.abs(error[sold]) / ACTUAL[sold]).mean())
    assert row["smape"] == pytest.approx(100 * (np.abs(error) / (FORECAST + ACTUAL)).mean())
    assert row["wape"] == pytest.approx(100 * np.abs(error).sum() / ACTUAL.sum())
    assert row["mase"] == pytest.approx(np.abs(error).mean() / 1.0)
    assert row["bias"] == pytest.approx(error.mean())
    assert (row["origins"], row["days"]) == (1, 90)


def test_errors_of_two_days_are_those_worked_out_by_hand():
    history = history_of(a=[*BEFORE, *[10.0] * 28, 10.0, 20.0])
    row = measured(backtest_of("a", "m", [*[10.0] * 28, 13.0, 16.0]), history, days=30)
    assert row["mae"] == pytest.approx(7 / 30)
    assert row["rmse"] == pytest.approx((25 / 30) ** 0.5)
    assert row["wape"] == pytest.approx(100 * 7 / 310)
    assert row["mape"] == pytest.approx(100 * (0.3 + 0.2) / 30)
    assert row["bias"] == pytest.approx(-1 / 30)


def test_shorter_horizons_look_at_the_first_days_only():
    history = history_of(a=[*BEFORE, *ACTUAL])
    backtest = backtest_of("a", "m", FORECAST)
    for days in (30, 60):
        row = measured(backtest, history, days=days)
        assert row["mae"] == pytest.approx(np.abs(FORECAST - ACTUAL)[:days].mean())
        assert row["days"] == days


def test_days_on_which_stock_was_out_are_left_out():
    history = history_of(a=[*BEFORE, *ACTUAL])
    history.loc[history.index[-10:], "is_censored"] = True
    row = measured(backtest_of("a", "m", FORECAST), history)
    assert row["mae"] == pytest.approx(np.abs(FORECAST - ACTUAL)[:80].mean())
    assert row["days"] == 80


def test_percentages_of_nothing_sold_are_null():
    history = history_of(a=[*[3.0] * 14, *[0.0] * 30])
    row = measured(backtest_of("a", "m", [1.0] * 30), history, days=30)
    assert pd.isna(row["mape"])
    assert pd.isna(row["wape"])
    assert pd.isna(row["mase"])  # the weekly naive forecast made no error either
    assert row["mae"] == 1


def test_origins_are_measured_together():
    history = history_of(a=[*BEFORE, *[1.0] * 60])
    told = pd.concat(
        [backtest_of("a", "m", [3.0] * 30), backtest_of("a", "m", [2.0] * 30, days_held=60)]
    )
    row = measured(told, history, days=30)
    assert (row["mae"], row["origins"], row["days"]) == (1.5, 2, 60)


def test_a_model_that_lacks_an_origin_is_left_out():
    history = history_of(a=[*BEFORE, *[1.0] * 60])
    whole = [backtest_of("a", "m", [3.0] * 30), backtest_of("a", "m", [2.0] * 30, days_held=60)]
    told = pd.concat([*whole, backtest_of("a", "n", [1.0] * 30)])
    assert set(accuracy(told, history)["model"]) == {"m"}


def test_series_that_are_tested_on_fewer_days_have_no_row_of_more():
    history = history_of(a=[*BEFORE, *ACTUAL], b=[*BEFORE, *ACTUAL])
    told = pd.concat([backtest_of("a", "m", FORECAST), backtest_of("b", "m", FORECAST[:30])])
    rows = accuracy(told, history).groupby("unique_id")["horizon_days"].agg(list)
    assert rows.to_dict() == {"a": [30, 60, 90], "b": [30]}


def test_no_backtest_has_no_errors():
    nothing = accuracy(backtest_of("a", "m", []), history_of(a=[1.0]))
    assert len(nothing) == 0
