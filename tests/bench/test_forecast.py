"""The catalogue that forecasts are measured on, and how the measures are told."""

import pandas as pd

from bench.forecast import AS_OF, DAYS, Result, shop, table
from bench.measure import Measured


def test_the_made_up_catalogue_is_whole_adds_up_and_is_the_same_each_time():
    series, days = shop(20)
    assert series["level"].value_counts().to_dict() == {"sku": 20, "category": 10, "store": 1}
    assert days.groupby("series_id").size().eq(DAYS).all()
    assert days["day"].max() == pd.Timestamp(AS_OF)
    sums = days.merge(series, on="series_id").groupby("level")["y"].sum()
    assert sums["sku"] == sums["category"] == sums["store"]
    assert days.equals(shop(20)[1])


def test_growth_is_told_against_the_next_smaller_catalogue():
    rows = [Result(500, Measured(9.0, 10.0, 2**30)), Result(1_000, Measured(30.0, 20.0, 2**31))]
    view = table(rows)
    told = {str(column.header): list(column.cells) for column in view.columns}
    assert told["growth"] == ["", "x2.0"]
    assert told["s per 1,000"] == ["18.0", "30.0"]
    assert told["GB"] == ["1.1", "2.1"]
