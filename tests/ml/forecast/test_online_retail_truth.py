"""The forecast of a real wholesaler's revenue against what came in its last 60 days.

As of 60 and of 30 days before the end, from what was known then, each for the 30 days after it.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from ml.forecast.run import Options, forecast
from tests.ml.forecast.daily_sales import Sales, known_on, of_online_retail

DAYS = 30


def test_the_last_60_days_of_online_retail_are_told_better_than_by_seasonal_naive(shared: Path):
    sales = of_online_retail(shared / "data" / "online_retail")
    origins = [sales.last - pd.Timedelta(days=days) for days in (60, 30)]
    actual = np.concatenate([came(sales, as_of) for as_of in origins])
    naive = np.concatenate([sales.naive("total", as_of, DAYS) for as_of in origins])
    told = np.concatenate([expected(sales, as_of) for as_of in origins])
    assert len(told) == len(actual) == 60
    assert np.abs(told - actual).sum() < np.abs(naive - actual).sum()


def came(sales: Sales, as_of: pd.Timestamp) -> np.ndarray:
    return sales.of("total")[as_of:][1 : DAYS + 1].to_numpy()


def expected(sales: Sales, as_of: pd.Timestamp) -> np.ndarray:
    rows = forecast(known_on(sales, as_of), as_of.date(), Options())["forecasts"]
    days = rows.query("level == 'store' and period_type == 'day'").sort_values("period_start")
    return days["forecast"].to_numpy()[:DAYS]
