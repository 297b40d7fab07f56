"""How far what comes may lie from a forecast, told by how far it lay in the backtest.

The error of a sum of orders grows with the square root of its mean, so an error is divided by the
square root of its forecast. What is left is pooled over origins and over the days of a band of the
horizon, and its signed quantiles, times the root of a new forecast, are the interval: split
conformal prediction (Vovk, Gammerman and Shafer 2005; the root as the normaliser of Lei et al.
2018), with the rank (n + 1) * share of a finite sample.

Few origins tell little of one series alone, so scale and shape are told apart. A series' own mean
squared error is its scale, drawn to the median of its class as if that were PRIOR_ORIGINS origins
more. The shape is that of the class: each error is divided by the scale that the *other* origins
give, as in the jackknife+ and CV+ of Barber, Candès, Ramdas and Tibshirani (2021), so that its
tails also tell how wrong a scale from few origins can be. Classes are those of `classes`: the
store, whose sums err with lighter tails than its parts; its categories and channels together; its
SKUs by how much they sell; its platforms by measure.
"""

import numpy as np
import pandas as pd

from ml.forecast.errors import Errors, backtest_errors

BANDS = (7, 30, 60)  # last days of the bands; what follows is the last
HORIZONS = (30, 60, 90)
FIXED_LEVELS = (80.0, 95.0)
LEVEL = 90.0
PRIOR_ORIGINS = 1.0
FLOOR_SHARE = 0.1
SKU_SIZES = (0.1, 0.5, 2.0, 10.0)  # mean units a day that divide SKUs into classes

Array = np.ndarray


def with_intervals(
    future: pd.DataFrame,
    backtest: pd.DataFrame,
    history: pd.DataFrame,
    series: pd.DataFrame,
    level: float = LEVEL,
) -> pd.DataFrame:
    """The same rows with lower_80, upper_80, lower_95, upper_95, lower, upper and interval_pct.

    `future` holds unique_id, ds and forecast from the day after the last known on; `backtest` is
    that of the published forecasts. A series without backtest has null bounds.
    """
    errors = backtest_errors(backtest, history)
    floor = floors(errors)
    groups = classes(errors, series)
    scaled = scaled_errors(errors.open_actual, errors.forecast, floor)
    levels = (*FIXED_LEVELS, level)
    bands = np.searchsorted(BANDS, np.arange(errors.forecast.shape[2]) + 1)
    reach = np.full((len(BANDS) + 1, 2, len(levels), len(errors.ids) + 1), np.nan)
    for band in range(len(BANDS) + 1):
        own = scaled[:, :, bands == band]
        reach[band, :, :, :-1] = reaches(own if own.size else scaled, groups, levels)
    row = errors.ids.get_indexer(future["unique_id"])
    origin = future["ds"].min() - pd.Timedelta(days=1)
    band = np.searchsorted(BANDS, (future["ds"] - origin).dt.days.to_numpy())
    lowest = np.append(floor, np.nan)[row]
    return bounded(future, lowest, reach[band, :, :, row], level)


def bounded(frame: pd.DataFrame, floor: Array, reach: Array, level: float) -> pd.DataFrame:
    """Forecasts with bounds; `reach`, shape (rows, 2, levels), is in roots of the forecast."""
    forecast = frame["forecast"].to_numpy(dtype=float)
    width = reach * np.sqrt(np.maximum(forecast, floor))[:, None, None]
    bounds = np.clip(forecast[:, None, None] + width, 0, None)
    names = [f"_{own:g}" for own in FIXED_LEVELS] + [""]
    columns = {
        f"{side}{name}": bounds[:, number, place]
        for place, name in enumerate(names)
        for number, side in enumerate(("lower", "upper"))
    }
    return frame.assign(**columns, interval_pct=level)


def coverage(backtest: pd.DataFrame, history: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Share of days inside the intervals that the other origins give, in percent.

    Columns unique_id, horizon_days, coverage_80, coverage_95; null where there is one origin only.
    """
    errors = backtest_errors(backtest, history)
    scaled = scaled_errors(errors.open_actual, errors.forecast, floors(errors))
    inside = left_out(errors, scaled, classes(errors, series))
    parts = []
    for horizon in HORIZONS:
        with np.errstate(invalid="ignore"):
            shares = 100 * _mean(inside[:, :, :, :horizon], axis=(2, 3))
        parts.append(
            pd.DataFrame(
                {
                    "unique_id": errors.ids,
                    "horizon_days": horizon,
                    "coverage_80": shares[0],
                    "coverage_95": shares[1],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def left_out(errors: Errors, scaled: Array, groups: Array) -> Array:
    """1 inside, 0 outside, NaN unknown, shape (levels, series, origins, days of the horizon)."""
    origins = scaled.shape[1]
    inside = np.full((len(FIXED_LEVELS), *scaled.shape), np.nan)
    bands = np.searchsorted(BANDS, np.arange(scaled.shape[2]) + 1)
    lowest = -errors.forecast / np.sqrt(np.maximum(errors.forecast, floors(errors)[:, None, None]))
    for band in np.unique(bands):
        days = np.flatnonzero(bands == band)
        for origin in range(origins if origins > 1 else 0):
            others = np.delete(scaled[:, :, days], origin, axis=1)
            low, high = reaches(others, groups, FIXED_LEVELS)[:, :, :, None]
            own = scaled[:, origin, days]
            hit = (own >= np.maximum(low, lowest[:, origin, days])) & (own <= high)
            known = np.isfinite(own) & np.isfinite(low) & np.isfinite(high)
            inside[:, :, origin, days] = np.where(known, hit, np.nan)
    return inside


def reaches(scaled: Array, groups: Array, levels: tuple[float, ...]) -> Array:
    """How far below and above a forecast its interval reaches, shape (2, levels, series).

    `scaled` are errors divided by the root of their forecast, shape (series, origins, days).
    """
    squares = _mean(scaled**2, axis=2)
    scale = _scales(squares, groups)
    others = np.empty_like(squares)
    for origin in range(squares.shape[1]):
        others[:, origin] = _scales(np.delete(squares, origin, axis=1), groups)
    others = np.where(np.isfinite(others), others, scale[:, None])
    with np.errstate(invalid="ignore", divide="ignore"):
        shape = np.where(scaled == 0, 0.0, scaled / others[:, :, None])
    reach = np.full((2, len(levels), len(scaled)), np.nan)
    for group in np.unique(groups):
        members = groups == group
        known = np.sort(shape[members][np.isfinite(shape[members])])
        if len(known):
            reach[:, :, members] = _quantiles(known, levels)[:, :, None] * scale[members]
    return reach


def _quantiles(known: Array, levels: tuple[float, ...]) -> Array:
    """Signed quantiles of a sorted sample, shape (2, levels): never above zero, never below."""
    tails = (1 - np.asarray(levels) / 100) / 2
    ranks = np.minimum(np.ceil((len(known) + 1) * (1 - tails)), len(known)).astype(int)
    return np.stack([np.minimum(known[len(known) - ranks], 0), np.maximum(known[ranks - 1], 0)])


def _scales(squares: Array, groups: Array) -> Array:
    """Root of the mean squared error of each series, drawn to the median of its class."""
    known = np.isfinite(squares).sum(axis=1)
    own = _mean(squares, axis=1)
    usual = pd.Series(own).groupby(groups).transform("median").to_numpy()
    drawn = (known * np.nan_to_num(own) + PRIOR_ORIGINS * usual) / (known + PRIOR_ORIGINS)
    return np.sqrt(drawn)


def scaled_errors(actual: Array, forecast: Array, floor: Array) -> Array:
    """Errors divided by the root of their forecast; a floor of zero knows no errors."""
    root = np.sqrt(np.maximum(forecast, floor[:, None, None]))
    error = actual - forecast
    return np.divide(error, root, out=error * 0, where=root > 0)


def floors(errors: Errors) -> Array:
    """A forecast below this share of the series' mean is taken to err as much as that."""
    size = _mean(errors.forecast, axis=(1, 2)) + _mean(errors.actual, axis=(1, 2))
    return FLOOR_SHARE * size / 2


def classes(errors: Errors, series: pd.DataFrame) -> Array:
    """A number for each series: which of them share the shape of their errors."""
    own = series.set_index("unique_id").reindex(errors.ids)
    size = np.searchsorted(SKU_SIZES, np.nan_to_num(_mean(errors.forecast, axis=(1, 2))))
    kind = np.select(
        [own["level"] == "sku", own["level"] == "platform", own["level"] == "store"],
        [
            "sku " + pd.Series(size, index=own.index).astype(str),
            "platform " + own["measure"],
            "store",
        ],
        "group",
    )
    return pd.factorize(own["store_id"].fillna("") + "|" + kind)[0]


def _mean(values: Array, axis: int | tuple[int, ...]) -> Array:
    """Mean of what is known, NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0).sum(axis=axis)
    result: Array = np.divide(total, count, out=np.full(np.shape(count), np.nan), where=count > 0)
    return result
