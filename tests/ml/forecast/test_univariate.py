"""Models of one series: what they say, and what becomes of one that fails."""

import numpy as np
import pandas as pd
import pytest

from ml.forecast import univariate
from ml.forecast.backtest import cutoffs
from ml.forecast.univariate import MODELS, Model, backtest, predict
from tests.ml.forecast.made_days import LAST, history_of, regular, sparse

SPIKE = np.append([500.0], np.zeros(299))


@pytest.mark.parametrize("name", MODELS)
def test_every_model_tells_every_day_of_odd_series_and_never_below_zero(name):
    history = history_of(a=regular(300), b=sparse(300), spike=SPIKE, flat=[3.0] * 300)
    told = predict(history, [name], 30)
    assert told.groupby("unique_id").size().to_dict() == dict.fromkeys("ab", 30) | {
        "spike": 30, "flat": 30
    }  # fmt: skip
    assert told["ds"].min() == LAST + pd.Timedelta(days=1)
    assert (told["forecast"] >= 0).all()
    assert set(told["model"]) == {name}


def test_seasonal_naive_repeats_the_last_week_and_the_average_that_of_four():
    history = history_of(a=[*[0.0] * 28, *[1, 2, 3, 4, 5, 6, 7] * 4])
    told = predict(history, ["seasonal_naive", "window_average"], 14)
    by_model = told.groupby("model")["forecast"].agg(list)
    assert by_model["seasonal_naive"] == [1, 2, 3, 4, 5, 6, 7] * 2
    assert by_model["window_average"] == [4.0] * 14


def test_averages_of_a_shorter_series_are_those_of_all_its_days():
    told = predict(history_of(a=[*[2.0] * 10, *[4.0] * 10]), ["window_average", "long_average"], 1)
    assert told["forecast"].to_list() == [3.0, 3.0]


def test_croston_and_tsb_tell_about_the_mean_of_a_sparse_series():
    history = history_of(**{f"sku{seed}": sparse(400, seed) for seed in range(40)})
    told = predict(history, ["croston", "tsb"], 30)
    assert told.groupby("model")["forecast"].mean().to_numpy() == pytest.approx(0.15, rel=0.2)


def test_a_backtest_tells_the_horizon_of_each_origin_from_what_was_known_then():
    values = regular(400)
    history = history_of(a=values)
    told = backtest(history, ["seasonal_naive", "theta"], cutoffs(history, 90), 90)
    assert told.groupby(["model", "cutoff"]).size().to_list() == [90] * 8
    origin = LAST - pd.Timedelta(days=120)
    first = told[(told["model"] == "seasonal_naive") & (told["cutoff"] == origin)].head(7)
    assert first["forecast"].to_list() == values[-127:-120].tolist()
    later = history.assign(y=history["y"].where(history["ds"] <= origin, 0.0))
    again = backtest(later, ["theta"], cutoffs(history, 90), 90)
    seen = told[(told["model"] == "theta") & (told["cutoff"] <= origin)]
    assert again[again["cutoff"] <= origin]["forecast"].to_numpy() == pytest.approx(
        seen["forecast"].to_numpy()
    )


def test_weekdays_of_a_regular_series_are_told_by_the_seasonal_models():
    told = predict(history_of(a=regular(400)), ["seasonal_es", "theta", "ets"], 28)
    saturday = told["ds"].dt.dayofweek == 5
    means = told.groupby([told["model"], saturday])["forecast"].mean().unstack()
    assert means[True].to_numpy() == pytest.approx(35, rel=0.2)
    assert means[False].to_numpy() == pytest.approx(20, rel=0.2)


class _Odd:
    """A model that fails on a series that begins with 13, and gives no number after 14."""

    uses_exog = False

    def __init__(self):
        self.alias = "odd"

    def __repr__(self):
        return self.alias

    def new(self):
        return self

    def forecast(self, y, h, **_):
        if y[0] == 13:
            raise ValueError("unlucky")
        return {"mean": np.full(h, np.nan if y[0] == 14 else 1.0)}


def test_a_model_that_fails_on_one_series_gives_it_no_rows_and_the_others_theirs(
    monkeypatch, caplog
):
    monkeypatch.setitem(univariate.MODELS, "odd", Model(lambda _: _Odd()))
    history = history_of(good=[1.0] * 60, bad=[13.0] * 60, blank=[14.0] * 60)
    with caplog.at_level("WARNING", logger="ml.forecast"):
        told = predict(history, ["odd"], 30)
    assert set(told["unique_id"]) == {"good"}
    assert "odd fails on bad: unlucky" in caplog.messages


def test_no_series_and_no_models_give_no_rows():
    assert predict(history_of(a=[1.0]).head(0), ["theta"], 30).empty
    assert predict(history_of(a=[1.0]), [], 30).empty
