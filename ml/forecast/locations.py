"""Forecasts of a SKU shared out over the locations that hold it.

Top-down by average historical proportions (Gross and Sohl 1990, "Disaggregation methods to expedite
product line forecasting"): each location has its share of the SKU's forecast, so the locations add
up to the SKU. Days of one location are too few orders to forecast alone.

A bound lies as many times the root of the share away from the forecast as the SKU's bound from the
SKU's forecast. Orders come as a compound Poisson process, and of one that is divided at random a
location with share p has p of the mean and p of the variance, so its deviations are those of the
SKU times the root of p: the rule by which intervals grow with the root of the forecast.
"""

import numpy as np
import pandas as pd

from ml.forecast.sums import BOUNDS

SKU = ["store_id", "entity"]


def shared_out(rows: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Rows of level `location` for the SKUs in `rows` that two or more locations hold.

    `rows` are those of `sums.forecast_rows`; `shares` holds store_id, sku, warehouse_location and
    share. Shares are scaled to add up to one, and are equal where none is above zero.
    """
    held = _proportions(shares)
    skus = rows[rows["level"] == "sku"].drop(columns="warehouse_location")
    found = skus.merge(held, on=SKU)
    forecast = found["forecast"] * found["proportion"]
    root = np.sqrt(found["proportion"])
    bounds = {
        name: np.maximum(forecast + root * (found[name] - found["forecast"]), 0) for name in BOUNDS
    }
    return found.assign(level="location", forecast=forecast, **bounds)[rows.columns]


def _proportions(shares: pd.DataFrame) -> pd.DataFrame:
    """Share of each location of the SKUs with several."""
    held = shares.rename(columns={"sku": "entity"}).assign(
        share=shares["share"].astype(float).fillna(0).clip(lower=0)
    )
    by_sku = held.groupby(SKU)["share"]
    count, total = by_sku.transform("size"), by_sku.transform("sum")
    held["proportion"] = np.where(total > 0, held["share"] / total.where(total > 0, 1.0), 1 / count)
    return held.loc[count > 1, [*SKU, "warehouse_location", "proportion"]]
