"""How far what comes may lie from a forecast."""

import numpy as np
import pandas as pd
import pytest

from ml.forecast.intervals import coverage, reaches, with_intervals

LAST = pd.Timestamp("2026-01-31")
BOUNDS = ["lower_95", "lower", "lower_80", "forecast", "upper_80", "upper", "upper_95"]
ONE = (np.zeros(1, dtype=int), np.zeros(1, dtype=int))


def members(*rows: tuple[str, str, str]) -> pd.DataFrame:
    series = pd.DataFrame(rows, columns=["level", "measure", "entity"])
    key = "s|" + series["level"] + "|" + series["measure"] + "|" + series["entity"]
    return series.assign(unique_id=key, store_id="s", warehouse_location="")


STORE = members(("store", "revenue", "total"))


def backtested(
    forecast: np.ndarray, actual: np.ndarray, series: pd.DataFrame = STORE
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Backtest and history from blocks of shape (series, origins, days); no origins overlap."""
    count, origins, days = forecast.shape
    cutoffs = LAST - pd.to_timedelta(np.arange(origins, 0, -1) * days, unit="D")
    ds = np.concatenate([pd.date_range(cutoff, periods=days + 1)[1:] for cutoff in cutoffs])
    ids = np.repeat(series["unique_id"].to_numpy(), origins * days)
    backtest = pd.DataFrame(
        {
            "unique_id": ids,
            "cutoff": np.tile(np.repeat(cutoffs, days), count),
            "ds": np.tile(ds, count),
            "model": "m",
            "forecast": forecast.ravel(),
        }
    )
    history = backtest[["unique_id", "ds"]].assign(
        y=actual.ravel(), observed=actual.ravel(), is_censored=False
    )
    return backtest, history


def future(*values: float, series: pd.DataFrame = STORE) -> pd.DataFrame:
    days = pd.date_range(LAST + pd.Timedelta(days=1), periods=len(values))
    parts = [
        pd.DataFrame({"unique_id": own, "ds": days, "model": "m", "forecast": values})
        for own in series["unique_id"]
    ]
    return pd.concat(parts, ignore_index=True)


def flat(*errors: float, origins: int = 2) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A forecast of 100 a day that erred as told on the days after each origin."""
    forecast = np.full((1, origins, len(errors)), 100.0)
    return backtested(forecast, forecast + np.array(errors))


def test_errors_are_ranked_and_grow_with_the_root_of_the_forecast():
    backtest, history = flat(-30, -20, -10, 0, 10, 20, 30)
    found = with_intervals(future(100, 400, 4, 0), backtest, history, STORE)
    # In roots of the forecast -3 to 3, twice: rank (14 + 1) * 0.9 = 13.5, so the 14th: 3. An origin
    # errs by zero on the whole, so errors count as many. 4 and 0 err like 10, a tenth of the mean.
    root = 10**0.5
    assert found["lower_80"].tolist() == pytest.approx([70, 340, 0, 0])
    assert found["upper_80"].tolist() == pytest.approx([130, 460, 4 + 3 * root, 3 * root])
    assert found["interval_pct"].tolist() == [90.0] * 4


def test_the_rank_is_that_of_the_level():
    errors = np.array([[[*range(-10, 0), *range(1, 11)]] * 2], dtype=float).reshape(1, 2, 20)
    low, high = reaches(errors, ONE, (80.0, 95.0))
    # 40 errors, each value twice: the 37th is 9 (41 * 0.9 = 36.9), the 40th is 10 (41 * 0.975).
    assert high[:, 0] == pytest.approx([9, 10])
    assert low[:, 0] == pytest.approx([-9, -10])


def test_few_origins_that_err_as_one_widen_the_interval():
    errors = np.array([2.0, -2.0, 2.0, -2.0]).reshape(1, 4, 1) * np.ones(30)
    _, high = reaches(errors, ONE, (80.0, 95.0))
    # Scale and shape rest on four errors each, together on 1 / (1 / 4 + 1 / 4) = 2. Student's t of
    # two degrees has the quantile (2p - 1) / sqrt(2p(1 - p)): 1.885618 and 4.302653, the normal
    # distribution 1.281552 and 1.959964.
    assert high[:, 0] == pytest.approx([2 * 1.885618 / 1.281552, 2 * 4.302653 / 1.959964], rel=1e-6)


def test_bounds_are_nested_around_the_forecast():
    dice = np.random.default_rng(5)
    series = members(*(("sku", "units", f"k{n}") for n in range(30)))
    mean = dice.gamma(0.5, 2, (30, 1, 1)) * np.ones((30, 4, 90))
    ahead = future(*dice.gamma(0.5, 2, 90), series=series)
    found = with_intervals(ahead, *backtested(mean, dice.poisson(mean), series), series)
    assert (np.diff(found[BOUNDS].to_numpy(), axis=1) >= 0).all()
    assert (found["lower_95"] >= 0).all()


@pytest.mark.parametrize("level", [50.0, 80.0, 95.0, 99.0])
def test_the_adjustable_level_is_one_of_a_nested_row(level):
    dice = np.random.default_rng(6)
    backtest, history = backtested(np.full((1, 4, 90), 50.0), dice.poisson(50, (1, 4, 90)))
    found = with_intervals(future(50, 60), backtest, history, STORE, level)
    width = found["upper"] - found["lower"]
    assert (found["interval_pct"] == level).all()
    assert (width >= found["upper_80"] - found["lower_80"]).all() == (level >= 80)
    assert (width <= found["upper_95"] - found["lower_95"]).all() == (level <= 95)


@pytest.mark.parametrize("level", [0.0, 100.0, -5.0])
def test_a_level_that_is_no_share_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 100"):
        with_intervals(future(1), *flat(1.0, -1.0), STORE, level)


def test_a_series_without_backtest_has_a_forecast_and_no_bounds():
    backtest, history = flat(1.0, -1.0)
    series = members(("store", "revenue", "total"), ("sku", "units", "new"))
    found = with_intervals(future(5.0, series=series), backtest, history, series)
    assert found["forecast"].tolist() == [5.0, 5.0]
    assert found["upper_80"].isna().tolist() == [False, True]
    nothing = with_intervals(future(5.0), backtest[:0], history, STORE)
    assert nothing[["lower_80", "upper_95", "lower"]].isna().all(axis=None)


def test_what_never_sold_and_never_was_forecast_has_bounds_of_zero():
    nothing = np.zeros((1, 2, 7))
    found = with_intervals(future(0.0), *backtested(nothing, nothing), STORE)
    assert (found[BOUNDS] == 0).all(axis=None)


def test_a_forecast_that_never_erred_is_its_own_interval():
    found = with_intervals(future(100.0, 50.0), *flat(0.0, 0.0, 0.0), STORE)
    assert (found["lower_95"] == found["forecast"]).all()
    assert (found["upper_95"] == found["forecast"]).all()


def test_days_censored_or_unknown_teach_nothing():
    backtest, history = flat(-30, -20, -10, 0, 10, 20, 30)
    usual = with_intervals(future(100), backtest, history, STORE)
    more_backtest, more = flat(-30, -20, -10, 0, 10, 20, 30, -99, 50)
    more.loc[more["y"] == 1, "is_censored"] = True
    more.loc[more["y"] == 150, "y"] = np.nan
    found = with_intervals(future(100), more_backtest, more, STORE)
    assert found[BOUNDS].iloc[0].tolist() == pytest.approx(usual[BOUNDS].iloc[0].tolist())


def test_a_band_that_was_not_tested_takes_the_errors_of_all():
    found = with_intervals(future(*[100.0] * 40), *flat(-30, -20, -10, 0, 10, 20, 30), STORE)
    assert found["upper_80"].tolist() == pytest.approx([130.0] * 40)


def test_coverage_is_measured_by_the_other_origins_only():
    forecast = np.full((1, 2, 10), 100.0)
    swing = np.array([1, -1] * 5)
    backtest, history = backtested(forecast, forecast + np.array([[1], [10]]) * swing)
    found = coverage(backtest, history, STORE)
    # The origin of errors of 10 covers that of 1 and is not covered by it.
    assert found["coverage_80"].tolist() == [50, 50, 50]
    assert found["coverage_95"].tolist() == [50, 50, 50]
    assert found["horizon_days"].tolist() == [30, 60, 90]


def test_one_origin_measures_no_coverage():
    found = coverage(*flat(1.0, -1.0, origins=1), STORE)
    assert found[["coverage_80", "coverage_95"]].isna().all(axis=None)


def shop(dice: np.random.Generator, overdispersed: bool) -> tuple[np.ndarray, np.ndarray]:
    """Forecast and truth of a store and eight categories, five origins of 90 days.

    Demand grows, has a week and holidays of an uncertain height; the forecast knows the week, takes
    growth and holidays for the usual ones and a level that is off by some percent at each origin.
    """
    days = np.arange(90)
    week = np.array([0.9, 0.85, 0.9, 1.0, 1.15, 1.2, 1.0])[days % 7]
    share = dice.dirichlet(np.full(8, 3.0))[:, None, None]
    expected = 90 * share * week * np.ones((1, 5, 1))
    holiday = np.where(days % 30 > 26, np.exp(dice.normal(0, 0.15, (1, 5, 1))), 1.0)
    drift = np.exp(dice.normal(0, 0.1, (1, 5, 1)) * days / 90 + dice.normal(0, 0.04, (8, 5, 1)))
    demand = expected * holiday * drift
    if overdispersed:
        demand = demand * dice.gamma(5, 1 / 5, demand.shape)
    truth = dice.poisson(demand).astype(float)
    return (
        np.concatenate([expected.sum(axis=0, keepdims=True), expected]),
        np.concatenate([truth.sum(axis=0, keepdims=True), truth]),
    )


@pytest.mark.parametrize("overdispersed", [False, True])
def test_as_many_days_lie_within_as_should_measured_and_in_truth(overdispersed):
    dice = np.random.default_rng(20)
    series = members(
        ("store", "units", "total"), *(("category", "units", str(n)) for n in range(8))
    )
    measured, true = [], []
    for _ in range(25):
        forecast, truth = shop(dice, overdispersed)
        backtest, history = backtested(forecast[:, :4], truth[:, :4], series)
        measured.append(coverage(backtest, history, series)[18:].to_numpy()[:, 2:])
        ahead = future(*range(90), series=series).assign(forecast=forecast[:, 4].ravel())
        ahead = with_intervals(ahead, backtest, history, series)
        came = truth[:, 4].ravel()
        within = [
            100 * ((came >= ahead[f"lower_{level}"]) & (came <= ahead[f"upper_{level}"]))
            for level in (80, 95)
        ]
        true.append(np.array(within).reshape(2, 9, 90).mean(axis=2).T)
    for shares in (np.mean(measured, axis=0), np.mean(true, axis=0)):
        assert shares[0].astype(float) == pytest.approx([80, 95], abs=5)
        assert shares[1:].mean(axis=0).astype(float) == pytest.approx([80, 95], abs=5)
