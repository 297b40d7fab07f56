"""How fast a catalogue of made-up SKUs is forecast, its models' choice included.

Run: python -m bench --forecast 500,1000,2000. Alone: python -m bench.forecast SKUS
"""

import argparse
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from rich.table import Table

from bench.measure import Measured, measure

AS_OF = date(2026, 1, 31)
DAYS = 730
HORIZON = 90
CATEGORIES = 10
REGULAR_SHARE = 0.25
SEED = 1
KEYS = ["series_id", "store_id", "level", "measure", "entity", "warehouse_location", "category"]


@dataclass(frozen=True)
class Result:
    """What one size of catalogue took."""

    skus: int
    took: Measured


def results(sizes: Sequence[int]) -> Iterator[Result]:
    """Each size in a process of its own, from made-up days to the rows of raw_ml."""
    for size in sizes:
        words = [sys.executable, "-m", "bench.forecast", str(size)]
        yield Result(size, measure(words, os.environ))


def table(rows: Sequence[Result]) -> Table:
    """Growth is against the next smaller catalogue."""
    view = Table(title=f"Forecasts of {DAYS} days of each SKU, {HORIZON} days ahead")
    for name in ("SKUs", "seconds", "CPU s", "s per 1,000", "CPU s per 1,000", "GB", "growth"):
        view.add_column(name, justify="right")
    for row, smaller in zip(rows, [None, *rows], strict=False):
        took, thousands = row.took, row.skus / 1000
        growth = f"x{took.cpu_seconds / smaller.took.cpu_seconds:.1f}" if smaller else ""
        view.add_row(
            f"{row.skus:,}", f"{took.seconds:.1f}", f"{took.cpu_seconds:.1f}",
            f"{took.seconds / thousands:.1f}", f"{took.cpu_seconds / thousands:.1f}",
            f"{took.peak_bytes / 1e9:.1f}", growth,
        )  # fmt: skip
    return view


def shop(skus: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Series and days of SKUs that sell rarely, or often with a week and a year, and their sums."""
    dice = np.random.default_rng(SEED)
    day = np.arange(DAYS)
    season = (1 + 0.3 * np.sin(2 * np.pi * day / 7)) * (1 + 0.3 * np.sin(2 * np.pi * day / 365))
    is_regular = np.arange(skus) < skus * REGULAR_SHARE
    rate = np.where(is_regular, dice.lognormal(1.5, 0.7, skus), dice.lognormal(-2, 1, skus))
    units = dice.poisson(rate[:, None] * season)
    category = np.arange(skus) % CATEGORIES
    names = [f"c{number}" for number in range(CATEGORIES)]
    keys = [("sku", f"sku{number}", names[category[number]]) for number in range(skus)]
    keys += [("category", name, None) for name in names] + [("store", "total", None)]
    sums = [units[category == number].sum(axis=0) for number in range(CATEGORIES)]
    values = np.vstack([units, *sums, units.sum(axis=0)]).astype(float)
    return _series(keys), _days(keys, values)


def _series(keys: Sequence[tuple[str, str, str | None]]) -> pd.DataFrame:
    rows = [
        (_name(level, entity), "main", level, "units", entity, "", category)
        for level, entity, category in keys
    ]
    return pd.DataFrame(rows, columns=KEYS).assign(last_day=AS_OF)


def _days(keys: Sequence[tuple[str, str, str | None]], values: np.ndarray) -> pd.DataFrame:
    names = [_name(level, entity) for level, entity, _ in keys]
    days = pd.DataFrame(
        {
            "series_id": np.repeat(names, DAYS),
            "day": np.tile(pd.date_range(end=AS_OF, periods=DAYS), len(names)),
            "y": values.ravel(),
        }
    )
    return days.assign(observed=days["y"], is_censored=False)


def _name(level: str, entity: str) -> str:
    return f"main|{level}|units|{entity}|"


def _plans() -> pd.DataFrame:
    days = pd.date_range(end=AS_OF, periods=DAYS).union(
        pd.date_range(AS_OF, periods=HORIZON + 1, inclusive="right")
    )
    return pd.DataFrame({"store_id": "main", "day": days, "season_plan": None}).assign(
        price_index=1.0, discount_rate=0.0, ad_spend=0.0, is_promotion=False, is_peak=False
    )


def main() -> None:
    from ml.forecast.run import Inputs, Options, forecast

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("ml.forecast").setLevel(logging.INFO)
    parser = argparse.ArgumentParser(prog="python -m bench.forecast", description=__doc__)
    parser.add_argument("skus", type=int)
    series, days = shop(parser.parse_args().skus)
    stores = pd.DataFrame({"store_id": ["main"], "country": ["US"]})
    shares = pd.DataFrame(columns=["store_id", "sku", "warehouse_location", "share"])
    scenarios = pd.DataFrame(
        columns=["scenario", "kind", "quantile_pct", "price_change_pct", "discount_change_pct",
                 "ad_spend_change_pct"]
    )  # fmt: skip
    inputs = Inputs(series, days, _plans(), shares, stores, scenarios)
    told = forecast(inputs, AS_OF, Options(HORIZON))
    logging.getLogger("ml.forecast").info("%d rows of forecasts", len(told["forecasts"]))


if __name__ == "__main__":
    main()
