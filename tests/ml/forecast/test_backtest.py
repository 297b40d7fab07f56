"""Where the past is cut."""

import pandas as pd
import pytest

from ml.forecast.backtest import cutoffs, origins
from tests.ml.forecast.made_days import LAST, history_of


def test_a_long_history_is_cut_four_times_thirty_days_apart():
    found = cutoffs(history_of(a=[1] * 400), 90)
    assert found == [LAST - pd.Timedelta(days=days) for days in (180, 150, 120, 90)]


@pytest.mark.parametrize(
    ("days", "tested", "count"),
    [
        (800, 90, 4),
        (236, 90, 4),  # 56 days before the first origin, 90 of steps, 90 of test
        (235, 90, 3),
        (146, 90, 1),
        (145, 30, 3),  # 28 days before the first origin: 28 + 60 + 30 = 118
        (117, 30, 2),
        (58, 30, 1),
        (57, 0, 0),
        (1, 0, 0),
    ],
)
def test_a_short_history_is_cut_less_often_then_tested_on_fewer_days(days, tested, count):
    assert origins(days, 90) == (tested, count)


def test_the_shortest_series_rules_and_none_is_no_origin():
    assert len(cutoffs(history_of(a=[1] * 400, b=[1] * 150), 90)) == 1
    assert cutoffs(history_of(a=[1] * 400).head(0), 90) == []


def test_a_horizon_of_thirty_days_is_not_tested_on_less():
    assert origins(85, 30) == (30, 1)  # 28 days before the origin, or 56
    assert origins(86, 30) == (30, 1)
    assert origins(400, 30) == (30, 4)
