"""Prophet as an optional extra: what it is given, by a stand-in, and that it is not missed."""

import sys
from types import ModuleType

import pandas as pd
import pytest

from ml.forecast import models, prophet_model
from ml.forecast.classes import candidates
from tests.ml.forecast.made_days import LAST, history_of

SERIES = pd.DataFrame({"unique_id": ["a", "b"], "store_id": ["s", "other"]})


class StandIn:
    """Repeats the last value, and adds a hundred on a day of the sale."""

    def __init__(self, **_):
        self.regressors = []

    def add_regressor(self, name):
        self.regressors.append(name)

    def fit(self, known):
        self.last = known["y"].iloc[-1]
        assert known[self.regressors].notna().all(axis=None)

    def predict(self, days):
        return days.assign(yhat=self.last + 100 * days["event_sale"] - 5)


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch):
    module = ModuleType("prophet")
    module.Prophet = StandIn
    monkeypatch.setitem(sys.modules, "prophet", module)


def features():
    days = pd.date_range(LAST - pd.Timedelta(days=9), periods=13)
    sale = (days == LAST + pd.Timedelta(days=2)).astype(float)
    return pd.DataFrame({"store_id": "s", "ds": days, "event_sale": sale, "log_price_index": 9.0})


def test_the_days_ahead_know_their_events_and_are_never_below_zero():
    history = history_of(a=[7.0] * 10, b=[3.0] * 10)
    told = prophet_model.predict(history, ["prophet"], 3, SERIES, features())
    by_series = told.groupby("unique_id")["forecast"].agg(list).to_dict()
    assert by_series == {"a": [2.0, 102.0, 2.0], "b": [0.0, 0.0, 0.0]}
    assert list(told.columns) == ["unique_id", "ds", "model", "forecast"]


def test_each_origin_is_told_from_what_was_known_then():
    history = history_of(a=[*[7.0] * 8, 50.0, 50.0])
    cutoffs = [LAST - pd.Timedelta(days=2)]
    told = prophet_model.backtest(history, ["prophet"], cutoffs, 2, SERIES, features())
    assert told["forecast"].to_list() == [2.0, 2.0]
    assert told["ds"].to_list() == [LAST - pd.Timedelta(days=1), LAST]


def test_it_is_tried_for_stores_where_it_is_installed_only(monkeypatch):
    names = candidates("store", 800, 90)
    monkeypatch.setattr(models, "find_spec", lambda _: None)
    assert "prophet" in names
    assert models.installed(names) == tuple(name for name in names if name != "prophet")
    monkeypatch.setattr(models, "find_spec", lambda _: object())
    assert models.installed(names) == names
