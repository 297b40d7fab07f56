"""Which model is taken, and the words that say why."""

import pandas as pd
import pytest

from ml.forecast.choice import SIMPLEST_FIRST, choose
from ml.forecast.classes import CLASSES


def errors(measure, days=90, **of_models):
    other = "rmse" if measure == "wape" else "wape"
    return pd.DataFrame(
        [
            {
                "unique_id": "a", "model": name, "horizon_days": days, measure: error,
                other: None, "origins": 4, "days": 4 * days,
            }
            for name, error in of_models.items()
        ]
    )  # fmt: skip


def chosen(table, series_class, tried):
    classes = pd.DataFrame({"unique_id": ["a"], "series_class": [series_class], "tried": [tried]})
    (row,) = choose(table, classes).itertuples()
    return row


def test_a_regular_series_takes_the_lowest_wape():
    row = chosen(errors("wape", theta=20.0, ets=18.0, arima=25.0), "store", ("theta", "ets"))
    assert (row.model, row.rule) == ("ets", "lowest_wape")
    assert row.reason == "WAPE 18 % over 90 days from 4 origins, the lowest of 2 models"


def test_a_sparse_series_takes_the_lowest_rmse():
    row = chosen(errors("rmse", croston=0.5, tsb=0.4), "sku_sparse", ("croston", "tsb"))
    assert (row.model, row.rule) == ("tsb", "lowest_rmse")


def test_within_one_percent_the_simpler_model_is_taken():
    names = ("arima", "seasonal_naive")
    row = chosen(errors("wape", arima=20.0, seasonal_naive=20.2), "store", names)
    assert row.model == "seasonal_naive"
    assert "the simplest within 1 % of the lowest (arima, 20)" in row.reason
    assert chosen(errors("wape", arima=20.0, seasonal_naive=20.3), "store", names).model == "arima"


def test_of_a_sparse_series_only_a_thousandth_is_a_tie():
    names = ("croston", "long_average")
    near, far = ({"croston": 1.0, "long_average": error} for error in (1.0009, 1.002))
    assert chosen(errors("rmse", **near), "sku_sparse", names).model == "long_average"
    assert chosen(errors("rmse", **far), "sku_sparse", names).model == "croston"


def test_the_longest_tested_horizon_decides():
    table = pd.concat(
        [errors("wape", days=30, theta=1.0, ets=9.0), errors("wape", days=90, theta=9.0, ets=1.0)]
    )
    assert chosen(table, "store", ("theta", "ets")).model == "ets"


def test_where_nothing_was_sold_in_the_tested_days_rmse_decides():
    table = errors("rmse", theta=0.2, ets=0.1)
    row = chosen(table, "store", ("theta", "ets"))
    assert (row.model, row.rule) == ("ets", "lowest_rmse")
    assert "nothing was sold in the tested days" in row.reason


def test_a_series_that_cannot_be_tested_takes_the_simplest_and_says_so():
    row = chosen(errors("wape", theta=1.0).head(0), "sku_regular", ("theta", "window_average"))
    assert (row.model, row.rule) == ("window_average", "untested")
    assert "stock was out" in row.reason


def test_a_series_without_models_is_not_chosen_for():
    classes = pd.DataFrame({"unique_id": ["a"], "series_class": ["all_zero"], "tried": [()]})
    assert choose(errors("wape", theta=1.0), classes).empty


@pytest.mark.parametrize("name", CLASSES)
def test_every_model_of_a_class_has_a_place_among_the_simplest(name):
    assert set(CLASSES[name].models) <= set(SIMPLEST_FIRST)
