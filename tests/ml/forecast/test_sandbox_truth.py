"""The whole forecast against what came, on a made-up shop of 40,000 orders and four past days.

Each run knows nothing later than its own day, and forecasts the 90 days after it: together a whole
year, Black Friday and Christmas included, of which no day counts twice.
"""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ml.forecast.run import Options, forecast
from sandbox.shop import Shop, ShopSpec, generate
from tests.ml.forecast.daily_sales import Sales, known_on, of_the_sandbox

SPEC = ShopSpec(end=date(2026, 6, 30))
HORIZON = 90
ORIGINS = [pd.Timestamp(SPEC.end) - pd.Timedelta(days=HORIZON * back) for back in (1, 2, 3, 4)]
Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def shop() -> Shop:
    return generate(SPEC)


@pytest.fixture(scope="module")
def sales(shop: Shop) -> Sales:
    return of_the_sandbox(shop)


@pytest.fixture(scope="module")
def runs(sales: Sales) -> dict[pd.Timestamp, Tables]:
    return {as_of: run(sales, as_of) for as_of in ORIGINS}


def run(sales: Sales, as_of: pd.Timestamp) -> Tables:
    return forecast(known_on(sales, as_of), as_of.date(), Options(HORIZON))


@pytest.fixture(scope="module")
def told(sales: Sales, runs: dict[pd.Timestamp, Tables]) -> pd.DataFrame:
    """Every forecast day beside what came and what the seasonal naive forecast says."""
    parts = []
    for as_of, tables in runs.items():
        days = tables["forecasts"].query("period_type == 'day'").assign(as_of=as_of)
        days["day"] = pd.to_datetime(days["period_start"])
        parts += [
            rows.sort_values("day").assign(
                actual=sales.of(entity)[as_of:][1 : HORIZON + 1].to_numpy(),
                naive=sales.naive(entity, as_of, HORIZON),
            )
            for entity, rows in days.groupby("entity")
        ]
    return pd.concat(parts, ignore_index=True)


def wape(rows: pd.DataFrame, forecast: str) -> float:
    return (rows[forecast] - rows["actual"]).abs().sum() / rows["actual"].sum()


@pytest.mark.parametrize("level", ["store", "category"])
@pytest.mark.parametrize("days", [30, 60, 90])
def test_the_forecast_beats_seasonal_naive_by_15_percent(told, level, days):
    ahead = (told["day"] - told["as_of"]).dt.days
    rows = told[(told["level"] == level) & (ahead <= days)]
    assert rows.groupby("as_of")["day"].nunique().tolist() == [days] * 4
    assert wape(rows, "forecast") <= 0.85 * wape(rows, "naive")


@pytest.mark.parametrize("level", ["store", "category"])
@pytest.mark.parametrize("nominal", [80, 95])
def test_intervals_hold_as_many_days_as_they_say(told, level, nominal):
    rows = told[told["level"] == level]
    inside = rows["actual"].between(rows[f"lower_{nominal}"], rows[f"upper_{nominal}"])
    assert 100 * inside.mean() == pytest.approx(nominal, abs=5)


def test_categories_add_up_to_the_store(told):
    by_level = told.pivot_table(
        index=["as_of", "day"], columns="level", values="forecast", aggfunc="sum"
    )
    assert np.allclose(by_level["store"], by_level["category"])


@pytest.mark.parametrize("level", ["store", "category"])
@pytest.mark.parametrize("nominal", [80, 95])
def test_the_coverage_that_a_run_measures_on_its_own_past_is_nominal(runs, level, nominal):
    accuracy = runs[ORIGINS[0]]["forecast_accuracy"]
    rows = accuracy[accuracy["is_published"] & (accuracy["level"] == level)]
    assert set(rows["origins"]) == {4}
    assert rows[f"coverage_{nominal}"].mean() == pytest.approx(nominal, abs=5)


def test_the_same_days_give_the_same_numbers(sales, runs):
    as_of = ORIGINS[0]
    for name, table in run(sales, as_of).items():
        pd.testing.assert_frame_equal(table, runs[as_of][name])


def test_the_days_are_those_of_the_shops_own_books(shop, sales):
    books = shop.con.execute("select day, gross_sales - discounts from truth_ledger_daily")
    kept = {pd.Timestamp(day): float(amount) for day, amount in books.fetchall()}
    total = sales.of("total")
    assert len(total) == len(kept) == 791
    assert max(abs(amount - total[day]) for day, amount in kept.items()) < 0.005
