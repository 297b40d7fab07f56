"""Made-up days of series, for tests of forecasts."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

LAST = pd.Timestamp("2026-03-31")


def history_of(**values: Sequence[float]) -> pd.DataFrame:
    """Series that end on 2026-03-31, each as long as its values; stock was never out."""
    parts = [
        pd.DataFrame(
            {
                "unique_id": name,
                "ds": pd.date_range(end=LAST, periods=len(own)),
                "y": np.asarray(own, dtype=float),
                "observed": np.asarray(own, dtype=float),
                "is_censored": False,
            }
        )
        for name, own in values.items()
    ]
    return pd.concat(parts, ignore_index=True)


def backtest_of(
    unique_id: str, model: str, forecasts: Sequence[float], days_held: int | None = None
) -> pd.DataFrame:
    """What a model said of the last days, from one origin."""
    held = days_held or len(forecasts)
    cutoff = LAST - pd.Timedelta(days=held)
    return pd.DataFrame(
        {
            "unique_id": unique_id,
            "cutoff": cutoff,
            "ds": pd.date_range(cutoff + pd.Timedelta(days=1), periods=len(forecasts)),
            "model": model,
            "forecast": np.asarray(forecasts, dtype=float),
        }
    )


def regular(days: int, seed: int = 1) -> np.ndarray:
    """Sold on every day, most on Saturdays."""
    dice = np.random.default_rng(seed)
    return dice.poisson(20 + 15 * (pd.date_range(end=LAST, periods=days).dayofweek == 5))


def sparse(days: int, seed: int = 1) -> np.ndarray:
    """Sold on about one day in seven."""
    return np.random.default_rng(seed).poisson(0.15, days)
