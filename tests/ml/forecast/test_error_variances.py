"""How much each forecast gives way where forecasts must add up."""

import numpy as np
import pandas as pd
import pytest

from ml.forecast.reconcile import error_variances

DAY = pd.Timestamp("2026-02-01")


def member(level: str, entity: str, category: str | None = None) -> dict[str, str | None]:
    key = {"store_id": "s", "level": level, "measure": "units", "entity": entity}
    return {"unique_id": f"s|{level}|units|{entity}|", "category": category, **key}


def missed(
    series: pd.DataFrame, *errors: list[float], censored: int | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Backtest, history and series of forecasts of 5 that were off as told, a row a series."""
    days = pd.date_range(DAY, periods=len(errors[0]))
    ids = series["unique_id"].repeat(len(days)).to_numpy()
    backtest = pd.DataFrame({"unique_id": ids, "ds": list(days) * len(series), "forecast": 5.0})
    backtest["cutoff"] = DAY - pd.Timedelta(days=1)
    history = backtest[["unique_id", "ds"]].assign(y=5 + np.ravel(errors), is_censored=False)
    if censored is not None:
        history.loc[censored, "is_censored"] = True
    return backtest, history, series


def test_the_error_variance_is_the_mean_square_of_what_was_not_censored():
    series = pd.DataFrame([member("sku", "k", "a")])
    backtest, history, _ = missed(series, [1.0, -3.0, 94.0], censored=2)
    key = series["unique_id"][0]
    assert error_variances(backtest, history, series).to_dict() == {key: 5.0}  # (1 + 9) / 2
    assert error_variances(backtest[2:], history, series).isna().tolist() == [True]
    assert error_variances(backtest[:0], history, series).empty


def test_parts_that_err_together_are_trusted_the_less():
    series = pd.DataFrame(
        [
            member("store", "total"),
            member("sku", "k", "a"),
            member("sku", "l", "a"),
            member("sku", "m", "b"),
        ]
    )
    found = error_variances(*missed(series, [3.0, 3.0], [1.0, 1.0], [2.0, 2.0], [4.0, 0.0]))
    # Of category a 3 and 3, squares 18, of its SKUs 2 and 8: times 1.8. Both categories 7 and 3,
    # squares 58, of each 18 and 16: times 58 / 34. The store and b's only SKU have none to share.
    both = 58 / 34
    assert found.tolist() == pytest.approx([9, 1 * 1.8 * both, 4 * 1.8 * both, 8 * both])
    assert found[1:].sum() == pytest.approx(58 / 2)
