"""Weeks, months and horizons are sums of days, with intervals of their own."""

import numpy as np
import pandas as pd
import pytest

from ml.forecast.sums import COLUMNS, forecast_rows, sums
from ml.forecast.tables import FORECASTS

LAST = pd.Timestamp("2026-01-31")  # a Saturday
BOUNDS = ["lower_80", "upper_80", "lower_95", "upper_95", "lower", "upper"]
# Student's t of two degrees over the normal distribution, as (2p - 1) / sqrt(2p(1 - p)) tells
WIDER_80 = 1.885618 / 1.281552
STORE = pd.DataFrame(
    [
        {
            "unique_id": "s|store|revenue|total|",
            "store_id": "s",
            "level": "store",
            "measure": "revenue",
            "entity": "total",
            "warehouse_location": "",
        }
    ]
)


def ahead(*values: float) -> pd.DataFrame:
    days = pd.date_range(LAST + pd.Timedelta(days=1), periods=len(values))
    bounds = dict.fromkeys(BOUNDS, 0.0)
    return pd.DataFrame(
        {"unique_id": STORE["unique_id"][0], "ds": days, "model": "m", "forecast": values}
    ).assign(**bounds, interval_pct=90.0)


def erring(errors: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Backtest and history of forecasts of 100 that erred as told, shape (origins, days)."""
    origins, days = errors.shape
    cutoffs = LAST - pd.to_timedelta(np.arange(origins, 0, -1) * days, unit="D")
    backtest = pd.DataFrame(
        {
            "unique_id": STORE["unique_id"][0],
            "cutoff": np.repeat(cutoffs, days),
            "ds": pd.date_range(cutoffs[0], periods=origins * days + 1)[1:],
            "model": "m",
            "forecast": 100.0,
        }
    )
    history = backtest[["unique_id", "ds"]].assign(y=100 + errors.ravel(), is_censored=False)
    return backtest, history


NOTHING = erring(np.zeros((1, 1)))


def of_type(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows[rows["period_type"] == name].reset_index(drop=True)


def test_weeks_begin_on_monday_and_are_cut_to_the_days_forecast():
    weeks = of_type(sums(ahead(*[2.0] * 90), *NOTHING, STORE), "week")
    assert weeks["days"].tolist() == [1, *[7] * 12, 5]
    assert weeks["forecast"].tolist() == [2, *[14] * 12, 10]
    assert weeks["period_start"].tolist()[:2] == [
        pd.Timestamp("2026-02-01"),
        pd.Timestamp("2026-02-02"),
    ]
    assert weeks["period_end"].tolist()[-1] == pd.Timestamp("2026-05-01")


def test_months_and_horizons_are_cut_to_the_days_forecast():
    rows = sums(ahead(*range(1, 91)), *NOTHING, STORE)
    months, horizons = of_type(rows, "month"), of_type(rows, "horizon")
    assert months["days"].tolist() == [28, 31, 30, 1]
    # 1 + ... + n = n (n + 1) / 2
    assert months["forecast"].tolist() == [406, 1770 - 406, 4005 - 1770, 90]
    assert months["period_start"].dt.day.tolist() == [1, 1, 1, 1]
    assert horizons["days"].tolist() == [30, 60, 90]
    assert horizons["forecast"].tolist() == [465, 1830, 4095]
    assert (horizons["period_start"] == "2026-02-01").all()
    assert [f"{day:%m-%d}" for day in horizons["period_end"]] == ["03-02", "04-01", "05-01"]


def test_rows_have_the_columns_of_the_table_and_its_key_but_once():
    rows = forecast_rows(ahead(*[1.0] * 90), *NOTHING, STORE)
    assert {*COLUMNS, "as_of_date"} == set(FORECASTS.columns)
    assert list(rows.columns) == COLUMNS
    assert rows["period_type"].value_counts().to_dict() == {
        "day": 90,
        "week": 14,
        "month": 4,
        "horizon": 3,
    }
    assert not rows.duplicated(["entity", "period_type", "period_start", "period_end"]).any()
    days = of_type(rows, "day")
    assert (days["days"] == 1).all()
    assert (days["period_start"] == days["period_end"]).all()


def test_errors_that_repeat_add_up():
    errors = np.array([[10.0], [-10.0], [10.0], [-10.0]]) * np.ones(30)
    month = of_type(sums(ahead(*[100.0] * 30), *erring(errors), STORE), "horizon").iloc[0]
    # A sum of 3,000 was off by 300 at each of the four origins, which rest on two (see intervals).
    assert month["lower_80"] == pytest.approx(3000 - 300 * WIDER_80, rel=1e-6)
    assert month["upper_80"] == pytest.approx(3000 + 300 * WIDER_80, rel=1e-6)


def test_errors_that_make_up_for_one_another_vanish_in_the_sum():
    errors = np.ones((4, 1)) * np.array([10.0, -10.0] * 15)
    rows = sums(ahead(*[100.0] * 30), *erring(errors), STORE)
    month, week = of_type(rows, "horizon").iloc[0], of_type(rows, "week").iloc[1]
    assert (month["lower_95"], month["upper_95"]) == pytest.approx((3000, 3000))
    # Seven days are off by ten or by minus ten, whichever comes four times.
    assert week["upper_80"] == pytest.approx(710)


def test_a_sum_longer_than_the_backtest_errs_as_if_every_day_did_alike():
    errors = np.array([[10.0], [-10.0], [10.0], [-10.0]]) * np.ones(30)
    rows = of_type(sums(ahead(*[100.0] * 60), *erring(errors), STORE), "horizon")
    assert rows["days"].tolist() == [30, 60]
    assert rows["upper_80"].tolist() == pytest.approx(
        [3000 + 300 * WIDER_80, 6000 + 600 * WIDER_80], rel=1e-6
    )


def test_origins_that_overlap_count_as_fewer():
    dice = np.random.default_rng(1)
    errors = dice.normal(0, 10, (4, 60))
    backtest, history = erring(errors)
    apart = of_type(sums(ahead(*[100.0] * 60), backtest, history, STORE), "horizon").iloc[1]
    nearer = {
        day: LAST - pd.Timedelta(days=60 + n) for n, day in enumerate(backtest["cutoff"].unique())
    }
    close = backtest.assign(cutoff=backtest["cutoff"].map(nearer))
    close["ds"] = close["cutoff"] + pd.to_timedelta(np.tile(np.arange(1, 61), 4), unit="D")
    actual = pd.DataFrame({"ds": close["ds"].unique(), "is_censored": False}).assign(
        unique_id=STORE["unique_id"][0], y=100.0
    )
    close["forecast"] = 100 + errors.ravel()
    overlapping = of_type(sums(ahead(*[100.0] * 60), close, actual, STORE), "horizon").iloc[1]
    assert overlapping["upper_95"] - overlapping["lower_95"] > apart["upper_95"] - apart["lower_95"]


def test_one_day_ahead_is_a_week_and_a_month_of_one_day():
    rows = sums(ahead(5.0), *erring(np.ones((2, 1))), STORE)
    assert rows["period_type"].tolist() == ["week", "month"]
    assert rows["days"].tolist() == [1, 1]
    assert rows["forecast"].tolist() == [5, 5]
    assert rows["upper_95"].notna().all()


def test_without_backtest_sums_have_no_bounds():
    backtest, history = NOTHING
    rows = sums(ahead(5.0, 6.0), backtest[:0], history, STORE)
    assert rows["forecast"].tolist() == [5, 6, 11]  # Sunday, Monday, both
    assert rows[BOUNDS].isna().all(axis=None)


def test_nothing_ahead_gives_no_rows():
    rows = forecast_rows(ahead(), *NOTHING, STORE)
    assert list(rows.columns) == COLUMNS
    assert rows.empty


def test_what_never_sells_sums_to_zero():
    errors = np.full((2, 30), -100.0)
    backtest, history = erring(errors)
    rows = sums(ahead(*[0.0] * 30), backtest.assign(forecast=0.0), history, STORE)
    assert (rows[["forecast", *BOUNDS]] == 0).all(axis=None)
