"""What a change of price, discount or ad spend would do to a store, by the regression.

The effect is the regression's forecast under the change over that without it. It is told only where
the past can tell it, and else left out with the reason. All must hold:

- the driver has varied: price by 1 % or more, discounts by half a point, ad spend by 5 % (standard
  deviation over the past, events left out, as design.py takes them);
- the change is at most twice the range (1st to 99th percentile) that the past has seen;
- the effect differs from none: its 95 % interval leaves out zero. Errors that go together for up to
  two weeks count in it (Newey and West 1987).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ml.forecast.design import Array, Design, design
from ml.forecast.regression import Fit, fit, groups, store_days

LEAST_SPREAD = {"log_price_index": 0.01, "discount_rate": 0.005, "log_ad_spend": 0.05}
WORDS = {
    "log_price_index": "the price index",
    "discount_rate": "the discount rate",
    "log_ad_spend": "ad spend",
}
RANGE = (1, 99)
MOST_RANGES = 2.0
INTERVAL_ERRORS = 1.96
ERRORS_TOGETHER_DAYS = 14


@dataclass(frozen=True)
class Effects:
    """The regression of one series: `covariance` is that of all its coefficients."""

    matrix: Design
    fit: Fit
    covariance: Array

    def ratio(self, shifts: Mapping[str, float]) -> Array:
        """Forecast of each day to come where the drivers shift, over the one where they do not."""
        ahead = self.matrix.columns[self.matrix.past :]
        moved, _ = self._move(shifts)
        base = self.fit.predict(ahead)[:, 0]
        changed = self.fit.predict(ahead, moved)[:, 0]
        return np.divide(changed, base, out=np.ones(len(base)), where=base > 0)

    def doubt(self, shifts: Mapping[str, float]) -> str | None:
        """Why the past cannot tell what these shifts would do; none where it can."""
        for name, shift in shifts.items():
            if reason := self._unseen(name, shift):
                return reason
        moved, error = self._move(shifts)
        if abs(moved) <= INTERVAL_ERRORS * error:
            return "the effect cannot be told from none: its 95 % interval holds zero"
        return None

    def _unseen(self, name: str, shift: float) -> str | None:
        if name not in self.matrix.names:
            return f"{WORDS[name]} is not known or has never changed"
        values = self.matrix.columns[:, self.matrix.names.index(name)]
        past, ahead = values[: self.matrix.past], values[self.matrix.past :]
        least = LEAST_SPREAD[name]
        if past.std() < least:
            return (
                f"{WORDS[name]} has hardly varied: its standard deviation is "
                f"{100 * past.std():.2g} %, less than {100 * least:.2g} %"
            )
        if name == "log_ad_spend" and np.median(ahead) <= 0:
            return "no ads are running"
        seen = np.ptp(np.percentile(past, RANGE))
        if abs(shift) > MOST_RANGES * seen:
            return (
                f"the past has seen no such change: {WORDS[name]} has moved within a range of "
                f"{100 * seen:.2g} %"
            )
        return None

    def _move(self, shifts: Mapping[str, float]) -> tuple[float, float]:
        """By how much the shifts move the log, and the standard error of that."""
        weights = np.zeros(len(self.matrix.names))
        for name, shift in shifts.items():
            if name in self.matrix.names:
                weights[self.matrix.names.index(name)] = shift
        moved = float(weights @ self.fit.coefficients[:, 0])
        return moved, float(np.sqrt(weights @ self.covariance @ weights))


def effects(
    history: pd.DataFrame, series: pd.DataFrame, features: pd.DataFrame, horizon: int
) -> dict[str, Effects]:
    """The effects by series, for those that the regression can learn from."""
    found = {}
    for store_id, last, ids, values in groups(history, series):
        days = store_days(features, store_id, last, len(values), horizon)
        matrix = design(days, len(values), drivers_known=True)
        for place, unique_id in enumerate(ids):
            fitted = fit(matrix, values[:, [place]])
            found[unique_id] = Effects(matrix, fitted, _covariance(matrix, fitted))
    return found


def _covariance(matrix: Design, fitted: Fit) -> Array:
    """Of one series' coefficients, by the residuals of days and of pairs of days close by."""
    columns = (matrix.columns[: matrix.past] - fitted.centre) * matrix.sizes
    bread = np.linalg.inv(columns.T @ columns + fitted.penalties[0] * np.eye(columns.shape[1]))
    scores = columns * fitted.residuals
    meat = scores.T @ scores
    for lag in range(1, ERRORS_TOGETHER_DAYS + 1):
        pairs = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (ERRORS_TOGETHER_DAYS + 1)) * (pairs + pairs.T)
    return (bread @ meat @ bread) * matrix.sizes[:, None] * matrix.sizes
