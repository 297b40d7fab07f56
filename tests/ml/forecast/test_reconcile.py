"""Forecasts of a store, its categories, channels and SKUs add up."""

import numpy as np
import pandas as pd
import pytest
from hierarchicalforecast.methods import MinTraceSparse
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from ml.forecast.reconcile import reconcile

DAY = pd.Timestamp("2026-02-01")


def member(level: str, entity: str, measure: str, category: str | None = None) -> dict:
    key = f"s|{level}|{measure}|{entity}|"
    return {
        "unique_id": key,
        "store_id": "s",
        "level": level,
        "measure": measure,
        "entity": entity,
        "warehouse_location": "",
        "category": category,
    }


def frames(
    *rows: tuple[dict, list[float], float | None],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Forecasts of some days, series and variances, each row a member with its forecasts."""
    days = pd.date_range(DAY, periods=len(rows[0][1]))
    forecasts = [
        pd.DataFrame({"unique_id": own["unique_id"], "ds": days, "model": "m", "forecast": values})
        for own, values, _ in rows
    ]
    variances = {own["unique_id"]: variance for own, _, variance in rows}
    return (
        pd.concat(forecasts, ignore_index=True),
        pd.DataFrame([own for own, _, _ in rows]),
        pd.Series(variances, dtype=float),
    )


def result(rows: list, with_variances: bool = True) -> dict[str, list[float]]:
    forecasts, series, variances = frames(*rows)
    found = reconcile(forecasts, series, variances if with_variances else None)
    assert found.drop(columns="forecast").equals(forecasts.drop(columns="forecast"))
    by_series = found.groupby("unique_id", sort=False)["forecast"].apply(list)
    return {key.split("|")[1] + ":" + key.split("|")[3]: own for key, own in by_series.items()}


def test_what_is_missing_is_shared_out_by_variance():
    found = result(
        [
            (member("store", "total", "revenue"), [100.0], 2.0),
            (member("category", "a", "revenue"), [50.0], 1.0),
            (member("category", "b", "revenue"), [38.0], 3.0),
        ]
    )
    # The gap of 12 is closed 2 : 1 : 3, the store going down and the categories up.
    assert found["store:total"] == pytest.approx([96])
    assert found["category:a"] == pytest.approx([52])
    assert found["category:b"] == pytest.approx([44])


def test_a_leaf_is_held_at_zero_and_the_rest_shared_out_again():
    found = result(
        [
            (member("store", "total", "revenue"), [10.0], 1.0),
            (member("category", "a", "revenue"), [20.0], 1.0),
            (member("category", "b", "revenue"), [1.0], 9.0),
        ]
    )
    # Free, b would be 1 - 9 * 11 / 11 = -8. Without it the gap of 10 is closed half and half.
    assert found["category:b"] == [0]
    assert found["store:total"] == pytest.approx([15])
    assert found["category:a"] == pytest.approx([15])


def test_a_store_is_the_sum_of_its_categories_and_of_its_channels():
    found = result(
        [
            (member("store", "total", "revenue"), [90.0], 1.0),
            (member("category", "a", "revenue"), [60.0], 1.0),
            (member("category", "b", "revenue"), [40.0], 1.0),
            (member("channel", "web", "revenue"), [110.0], 1.0),
        ]
    )
    # Total: precisions 1, 1 / 2 and 1: (90 + 100 / 2 + 110) / 2.5 = 100
    assert found["store:total"] == pytest.approx([100])
    assert found["category:a"] == pytest.approx([60])
    assert found["category:b"] == pytest.approx([40])
    assert found["channel:web"] == pytest.approx([100])


def shop(dice: np.random.Generator, skus: int, categories: int, days: int) -> list:
    names = [f"c{number}" for number in range(categories)]
    of = [names[number % categories] for number in range(skus)]
    values = dice.gamma(0.3, 3, (skus, days))
    sums = {name: values[[own == name for own in of]].sum(axis=0) for name in names}
    noise = lambda own: np.clip(own * dice.uniform(0.2, 1.6, days), 0, None)  # noqa: E731
    return [
        (member("store", "total", "units"), noise(values.sum(axis=0)).tolist(), 5.0),
        *(
            (member("category", key, "units"), noise(own).tolist(), 3.0)
            for key, own in sums.items()
        ),
        *(
            (member("sku", f"k{n:02}", "units", of[n]), values[n].tolist(), dice.uniform(0.1, 4))
            for n in range(skus)
        ),
    ]


def test_a_tree_is_as_hierarchicalforecast_reconciles_it():
    rows = shop(np.random.default_rng(3), skus=24, categories=4, days=12)
    variances = np.array([variance for _, _, variance in rows])
    summing = np.zeros((29, 24))
    summing[0] = 1
    for number in range(24):
        summing[1 + number % 4, number] = 1
        summing[5 + number, number] = 1
    residuals = np.sqrt(variances / 2)[:, None] * np.array([1.0, -1.0])  # variance with ddof 1
    peer = MinTraceSparse("wls_var", nonnegative=True).fit_predict(
        S=csr_matrix(summing),
        y_hat=np.array([values for _, values, _ in rows]),
        y_insample=residuals,
        y_hat_insample=np.zeros_like(residuals),
    )["mean"]
    found = np.array(list(result(rows).values()))
    assert (found[5:] == 0).any()
    assert found == pytest.approx(peer, abs=1e-4)


def test_two_ways_to_divide_are_as_close_to_the_forecasts_as_they_can_be():
    dice = np.random.default_rng(11)
    for _ in range(5):
        ways = ["category"] * 4 + ["channel"] * 3
        given = np.concatenate([[dice.uniform(1, 30)], dice.gamma(0.4, 20, 7)])
        weights = dice.uniform(0.2, 30, 8)
        rows = [(member("store", "total", "revenue"), [given[0]], weights[0])]
        for number, way in enumerate(ways, start=1):
            own = member(way, f"e{number}", "revenue")
            rows.append((own, [given[number]], weights[number]))
        found = np.array(list(result(rows).values()))[:, 0]
        peer = minimize(
            lambda x, y=given, w=weights: ((x - y) ** 2 / w).sum(),
            found * 0 + 1,
            bounds=[(0, None)] * 8,
            constraints=[
                {"type": "eq", "fun": lambda x: x[0] - x[1:5].sum()},
                {"type": "eq", "fun": lambda x: x[0] - x[5:].sum()},
            ],
            method="SLSQP",
            options={"ftol": 1e-14, "maxiter": 500},
        )
        assert found == pytest.approx(peer.x, abs=1e-3)
        assert found[1:5].sum() == pytest.approx(found[0], abs=1e-9)
        assert found[5:].sum() == pytest.approx(found[0], abs=1e-9)


def test_units_add_up_from_skus_to_categories_to_the_store():
    rows = shop(np.random.default_rng(8), skus=50, categories=5, days=30)
    forecasts, series, variances = frames(*rows)
    found = reconcile(forecasts, series, variances).merge(series, on="unique_id")
    skus = found[found["level"] == "sku"].groupby(["category", "ds"])["forecast"].sum()
    categories = found[found["level"] == "category"].set_index(["entity", "ds"])["forecast"]
    store = found[found["level"] == "store"].set_index("ds")["forecast"]
    assert skus.to_numpy() == pytest.approx(categories.sort_index().to_numpy(), abs=1e-9)
    assert store.to_numpy() == pytest.approx(categories.groupby("ds").sum().to_numpy(), abs=1e-9)
    assert (found["forecast"] >= 0).all()


def test_each_cutoff_is_reconciled_by_itself():
    rows = [
        (member("store", "total", "revenue"), [100.0, 10.0], 1.0),
        (member("category", "a", "revenue"), [80.0, 30.0], 1.0),
    ]
    forecasts, series, variances = frames(*rows)
    once = reconcile(forecasts, series, variances)
    assert once["forecast"].tolist() == pytest.approx([90, 20, 90, 20])
    cutoffs = {DAY: DAY - pd.Timedelta(days=9), DAY + pd.Timedelta(days=1): DAY}
    apart = forecasts.assign(cutoff=forecasts["ds"].map(cutoffs), ds=DAY + pd.Timedelta(days=1))
    assert reconcile(apart, series, variances)["forecast"].equals(once["forecast"])


def test_orders_and_platforms_are_left_as_they_are():
    rows = [
        (member("store", "total", "orders"), [7.0], 1.0),
        (member("platform", "google", "revenue"), [5.0], 1.0),
        (member("store", "total", "revenue"), [9.0], 1.0),
        (member("channel", "web", "revenue"), [3.0], 1.0),
    ]
    found = reconcile(*frames(*rows))
    assert found["forecast"].tolist() == pytest.approx([7, 5, 6, 6])  # the gap of 6 half and half


def test_a_sku_that_is_not_forecast_on_a_day_counts_as_zero_there():
    rows = [
        (member("category", "a", "units"), [10.0, 10.0], 1.0),
        (member("sku", "old", "units", "a"), [4.0, 4.0], 1.0),
        (member("sku", "new", "units", "a"), [3.0, 3.0], 1.0),
    ]
    forecasts, series, variances = frames(*rows)
    forecasts = forecasts[(forecasts["unique_id"] != "s|sku|units|new|") | (forecasts["ds"] > DAY)]
    found = reconcile(forecasts, series, variances)
    # A gap of 10 - 4 between two, then one of 10 - 7 between three.
    assert found["forecast"].tolist() == pytest.approx([7, 9, 7, 5, 4])


def test_a_category_of_which_no_sku_is_forecast_stands_for_itself():
    found = result(
        [
            (member("store", "total", "units"), [20.0], 1.0),
            (member("category", "a", "units"), [6.0], 1.0),
            (member("category", "b", "units"), [8.0], 1.0),
            (member("sku", "k", "units", "b"), [8.0], 1e-6),
        ]
    )
    # b is as sure as its SKU, so the gap of 6 is closed by the store and a.
    assert found["store:total"] == pytest.approx([17], abs=1e-3)
    assert found["category:a"] == pytest.approx([9], abs=1e-3)
    assert found["category:b"] == found["sku:k"] == pytest.approx([8], abs=1e-3)


def test_skus_add_up_to_the_store_where_categories_are_not_forecast():
    found = result(
        [
            (member("store", "total", "units"), [20.0], 2.0),
            (member("sku", "k", "units", "a"), [6.0], 1.0),
            (member("sku", "l", "units", None), [6.0], 1.0),
        ]
    )
    assert found == {
        "store:total": pytest.approx([16]),
        "sku:k": pytest.approx([8]),
        "sku:l": pytest.approx([8]),
    }


def test_without_errors_to_weigh_by_the_larger_gives_way_the_more():
    rows = [
        (member("store", "total", "revenue"), [60.0], None),
        (member("category", "a", "revenue"), [10.0], None),
        (member("category", "b", "revenue"), [20.0], None),
    ]
    # 60 : 10 : 20 of the gap of 30
    expected = {"store:total": [40.0], "category:a": [40 / 3], "category:b": [80 / 3]}
    for with_variances in (True, False):
        found = result(rows, with_variances)
        assert found == {key: pytest.approx(value) for key, value in expected.items()}


def test_a_series_without_errors_is_weighed_like_the_others():
    found = result(
        [
            (member("store", "total", "revenue"), [90.0], 180.0),
            (member("category", "a", "revenue"), [10.0], 20.0),
            (member("category", "b", "revenue"), [50.0], None),
        ]
    )
    # Twice the forecast is usual, so b has 100: 30 is shared out 180 : 20 : 100.
    assert found == {
        "store:total": pytest.approx([72]),
        "category:a": pytest.approx([12]),
        "category:b": pytest.approx([60]),
    }


@pytest.mark.parametrize("variance", [0.0, 1.0, None])
def test_forecasts_of_zero_stay_zero(variance):
    found = result(
        [
            (member("store", "total", "units"), [0.0, 4.0], variance),
            (member("category", "a", "units"), [0.0, 4.0], variance),
            (member("sku", "k", "units", "a"), [0.0, 4.0], variance),
        ]
    )
    assert found == {
        "store:total": pytest.approx([0, 4]),
        "category:a": pytest.approx([0, 4]),
        "sku:k": pytest.approx([0, 4]),
    }


def test_what_never_erred_keeps_its_forecast():
    found = result(
        [
            (member("store", "total", "revenue"), [50.0], 0.0),
            (member("category", "a", "revenue"), [10.0], 0.0),
            (member("category", "b", "revenue"), [20.0], 1.0),
        ]
    )
    assert found["store:total"] == pytest.approx([50])
    assert found["category:a"] == pytest.approx([10])
    assert found["category:b"] == pytest.approx([40])


def test_nothing_is_made_of_what_is_null_and_nothing_of_no_forecasts():
    rows = [
        (member("store", "total", "revenue"), [8.0, float("nan")], 1.0),
        (member("channel", "web", "revenue"), [float("nan"), 6.0], 1.0),
    ]
    found = result(rows)
    assert found["store:total"] == pytest.approx([8, float("nan")], nan_ok=True)
    assert found["channel:web"] == pytest.approx([float("nan"), 6], nan_ok=True)
    forecasts, series, variances = frames(*rows)
    assert reconcile(forecasts[:0], series, variances).empty


def test_stores_do_not_mix():
    here = (member("store", "total", "revenue"), [10.0], 1.0)
    there = (member("category", "a", "revenue"), [90.0], 1.0)
    forecasts, series, variances = frames(here, there)
    series["store_id"] = ["s", "t"]
    assert reconcile(forecasts, series, variances)["forecast"].tolist() == [10, 90]


def test_a_forecast_of_an_unknown_series_is_left_as_it_is():
    rows = [
        (member("store", "total", "revenue"), [10.0], 1.0),
        (member("channel", "web", "revenue"), [6.0], 1.0),
        (member("category", "unknown", "revenue"), [3.0], 1.0),
    ]
    forecasts, series, variances = frames(*rows)
    found = reconcile(forecasts, series[:2], variances)
    assert found["forecast"].tolist() == pytest.approx([8, 8, 3])
