"""The whole forecast of a small shop, and what becomes of odd series in it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from ml.forecast import univariate
from ml.forecast.run import Inputs, Options, forecast
from ml.forecast.tables import TABLES
from tests.ml.forecast.made_days import LAST, regular, sparse

AS_OF = LAST.date()
HORIZON = 30
DAYS = 240
SKUS = {
    "regular": regular(DAYS),
    "sparse": sparse(DAYS),
    "spike": np.append(np.append(np.zeros(100), [90.0]), np.zeros(DAYS - 101)),
    "corrected": np.where(np.arange(DAYS) == 50, -40.0, regular(DAYS, seed=2)),
    "unsold": np.zeros(DAYS),
    "launched": regular(7),
    "new": regular(40),
    "young": regular(80),
}  # fmt: skip


SCENARIOS = pd.DataFrame(
    {
        "scenario": ["realistic", "pessimistic", "price_up"],
        "kind": ["range", "range", "what_if"],
        "quantile_pct": [50.0, 10.0, None],
        "price_change_pct": [None, None, 10.0],
        "discount_change_pct": [None] * 3,
        "ad_spend_change_pct": [None] * 3,
    }
)


def series_row(level, measure, entity, category=None):
    name = f"main|{level}|{measure}|{entity}|"
    return name, "main", level, measure, entity, "", category


def days_of(row, values):
    days = pd.date_range(end=LAST, periods=len(values))
    frame = pd.DataFrame({"series_id": row[0], "day": days.date, "y": values})
    return frame.assign(observed=frame["y"], is_censored=False)


def made_shop() -> Inputs:
    """A store, two categories of eight SKUs, a platform; `gap` has a week without rows."""
    long = {name: np.append(np.zeros(DAYS - len(own)), own) for name, own in SKUS.items()}
    halves = [list(SKUS)[:4], list(SKUS)[4:]]
    total = sum(long.values())
    rows = [
        *((series_row("sku", "units", name, f"c{name in halves[1]}"), own)
          for name, own in SKUS.items()),
        *((series_row("category", "units", f"c{number == 1}"), sum(long[name] for name in half))
          for number, half in enumerate(halves)),
        (series_row("store", "units", "total"), total),
        (series_row("store", "orders", "total"), np.ceil(total / 2)),
        (series_row("platform", "spend", "google"), regular(DAYS, seed=5)),
        (series_row("sku", "units", "gap", "cTrue"), regular(DAYS, seed=6)),
    ]  # fmt: skip
    columns = ["series_id", "store_id", "level", "measure", "entity"]
    series = pd.DataFrame(
        [row for row, _ in rows], columns=[*columns, "warehouse_location", "category"]
    ).assign(first_day=None, last_day=AS_OF)
    days = pd.concat([days_of(*each) for each in rows], ignore_index=True)
    in_gap = days["series_id"].str.contains("gap") & days["day"].between(
        date(2026, 1, 5), date(2026, 1, 11)
    )
    plan = pd.date_range(LAST - pd.Timedelta(days=DAYS), periods=DAYS + 120)
    regressors = pd.DataFrame({"store_id": "main", "day": plan.date, "season_plan": None}).assign(
        price_index=1.0, discount_rate=0.0, ad_spend=0.0, is_promotion=False, is_peak=False
    )
    shares = pd.DataFrame(
        {
            "store_id": "main",
            "sku": "regular",
            "warehouse_location": ["x", "y"],
            "share": [0.8, 0.2],
        }
    )
    stores = pd.DataFrame({"store_id": ["main"], "country": ["US"]})
    return Inputs(series, days[~in_gap], regressors, shares, stores, SCENARIOS)


def run(inputs=None):
    return forecast(inputs or made_shop(), AS_OF, Options(horizon=HORIZON))


@pytest.fixture(scope="module")
def told():
    return run()


@pytest.fixture(scope="module")
def choices(told):
    skus = told["forecast_choices"].query("level == 'sku'")
    return skus.set_index("entity").to_dict("index")


def days_ahead(told, level, entity, measure="units"):
    rows = told["forecasts"].query(
        "level == @level and entity == @entity and measure == @measure and period_type == 'day'"
    )
    return rows.sort_values("period_start")


@pytest.mark.parametrize(
    ("sku", "series_class", "status", "words"),
    [
        ("regular", "sku_regular", "forecast", "WAPE"),
        ("sparse", "sku_sparse", "forecast", "RMSE"),
        ("spike", "sku_sparse", "forecast", "RMSE"),
        ("corrected", "sku_regular", "forecast", "1 days below zero, as zero"),
        ("gap", "sku_regular", "forecast", "7 missing days count as zero"),
        ("young", "sku_regular", "forecast", "from 1 origins"),
        ("new", "new", "forecast", "too few days to test any model"),
        ("launched", "too_short", "no_forecast", "fewer than 14 days of history"),
        ("unsold", "all_zero", "no_forecast", "every day of the history is zero"),
    ],
)
def test_each_odd_series_has_a_stated_model_or_none_with_a_reason(
    choices, sku, series_class, status, words
):
    row = choices[sku]
    assert (row["series_class"], row["status"]) == (series_class, status)
    assert words in row["reason"]
    assert (row["model"] in univariate.MODELS or "xgboost" in row["tried"]) == (
        status == "forecast"
    )


def test_every_forecast_series_has_its_days_weeks_months_and_horizon(told):
    rows = told["forecasts"].query("level == 'store' and measure == 'units'")
    assert rows.groupby("period_type").size().to_dict() == {
        "day": 30, "week": 5, "month": 1, "horizon": 1
    }  # fmt: skip
    assert rows.groupby("period_type")["forecast"].sum().nunique() <= 4
    assert rows.loc[rows["period_type"] == "day", "period_start"].min() == pd.Timestamp(
        "2026-04-01"
    )


def test_forecasts_without_a_model_have_no_rows_and_those_published_add_up(told):
    assert days_ahead(told, "sku", "launched").empty
    store = days_ahead(told, "store", "total")["forecast"].to_numpy()
    categories = sum(
        days_ahead(told, "category", name)["forecast"].to_numpy() for name in ("cFalse", "cTrue")
    )
    days = told["forecasts"].query("level == 'sku' and period_type == 'day'")
    skus = days.groupby("period_start")["forecast"].sum().to_numpy()
    assert categories == pytest.approx(store)
    assert skus == pytest.approx(store)


def test_locations_share_out_their_skus_forecast(told):
    whole = days_ahead(told, "sku", "regular")["forecast"].sum()
    by_place = days_ahead(told, "location", "regular").groupby("warehouse_location")["forecast"]
    assert by_place.sum().to_dict() == pytest.approx({"x": 0.8 * whole, "y": 0.2 * whole})


def test_intervals_hold_the_forecast_and_begin_at_zero_or_above(told):
    rows = told["forecasts"].dropna(subset=["lower_80"])
    assert (rows["lower_95"] >= 0).all()
    for lower, upper in (("lower_95", "lower_80"), ("lower_80", "forecast"),
                         ("forecast", "upper_80"), ("upper_80", "upper_95")):  # fmt: skip
        assert (rows[lower] <= rows[upper] + 1e-9).all()


def test_each_tested_series_has_one_published_row_a_horizon_and_one_chosen(told):
    rows = told["forecast_accuracy"]
    key = ["level", "measure", "entity", "horizon_days"]
    assert set(rows.groupby(key)["is_published"].sum()) == {1}
    assert set(rows.groupby(key)["is_chosen"].sum()) == {1}
    published = rows[rows["is_published"]]
    assert set(published.query("measure == 'units'")["model"]) == {"reconciled"}
    assert "reconciled" not in set(published.query("level == 'platform'")["model"])
    assert rows.loc[~rows["is_published"], "coverage_80"].isna().all()


def test_scenarios_of_the_store_are_told_by_its_intervals_and_the_regression(told):
    rows = told["forecast_scenarios"].query("measure == 'units'").set_index("scenario")
    realistic, pessimistic = (rows.loc[name, "forecast"] for name in ("realistic", "pessimistic"))
    assert realistic.to_numpy() == pytest.approx(
        days_ahead(told, "store", "total")["forecast"].to_numpy()
    )
    assert pessimistic.sum() < realistic.sum()
    assert rows.loc["price_up", "reason"].notna().all()  # prices never changed


def test_the_same_history_gives_the_same_numbers(told):
    again = run()
    for table in TABLES:
        if table.name in again:
            pd.testing.assert_frame_equal(told[table.name], again[table.name])


def test_a_model_that_fails_is_left_out_and_said_so(monkeypatch):
    whole = univariate.backtest

    def lame(history, names, cutoffs, horizon):
        told = whole(history, names, cutoffs, horizon)
        return told[~((told["model"] == "theta") & told["unique_id"].str.contains("regular"))]

    monkeypatch.setattr(univariate, "backtest", lame)
    rows = run()["forecast_choices"].set_index(["level", "entity"])
    assert "theta" not in rows.loc[("sku", "regular"), "tried"]
    assert "left out, for they gave no figures: theta" in rows.loc[("sku", "regular"), "reason"]
    assert "theta" in rows.loc[("sku", "corrected"), "tried"]


def test_a_model_that_fails_on_the_whole_history_gives_way_to_the_next_best(monkeypatch, choices):
    first = choices["regular"]["model"]
    whole = univariate.predict

    def lame(history, names, horizon):
        told = whole(history, names, horizon)
        is_lame = (told["model"] == first) & told["unique_id"].str.contains("regular")
        return told[~is_lame]

    monkeypatch.setattr(univariate, "predict", lame)
    told = run()
    row = told["forecast_choices"].query("entity == 'regular'").iloc[0]
    assert row["model"] != first
    assert f"gave no figures: {first}" in row["reason"]
    assert set(days_ahead(told, "sku", "regular")["model"]) == {row["model"]}


def test_a_shop_without_series_has_tables_without_rows():
    shop = made_shop()
    told = forecast(
        Inputs(shop.series.head(0), shop.days.head(0), shop.regressors.head(0),
               shop.location_shares.head(0), shop.stores.head(0), SCENARIOS),
        AS_OF, Options(),
    )  # fmt: skip
    assert {name: len(frame) for name, frame in told.items()} == {table.name: 0 for table in TABLES}


def test_a_shop_of_new_series_only_is_forecast_without_intervals():
    shop = made_shop()
    recent = shop.days[shop.days["day"] > date(2026, 3, 1)]
    told = run(replace(shop, days=recent))
    assert set(told["forecast_choices"]["series_class"]) == {"new", "too_short", "all_zero"}
    assert told["forecast_accuracy"].empty
    assert told["forecasts"]["lower_80"].isna().all()
    assert len(told["forecasts"])
