"""How far what comes may lie from a forecast, told by how far it lay in the backtest.

The error of a sum of orders grows with the square root of its mean, so an error is divided by the
root of its forecast. What is left is pooled over origins and over the days of a band of the
horizon, and its signed quantiles, times the root of a new forecast, are the interval: conformal
prediction (Vovk, Gammerman and Shafer 2005, "Algorithmic Learning in a Random World"; Hyndman and
Athanasopoulos 2021, "Forecasting: Principles and Practice", 5.5, on intervals from errors of
equal horizon), with the rank (n + 1) * share of a finite sample.

Few origins tell little of one series alone, so its scale and the shape of its errors are told
apart. The scale is the root of its own mean squared error, drawn to the median of the series of its
level, measure and size as if that were one origin more. The shape is shared: by the store's
measures; by its categories and channels, where a few large orders make the best days; by its SKUs
of a size; by its platforms. It is made of errors divided by the scale that the *other* origins
give, like the jackknife+ and CV+ of Barber, Candès, Ramdas and Tibshirani (2021, "Predictive
inference with the jackknife+"), so that its tails tell how wrong a scale from few origins is, too.

Errors of one origin have much in common: a forecast too high on one day is too high on the next,
and in another category. So they count as few (Kish 1965, "Survey Sampling": effective sample size),
and quantiles are widened as Student's t is wider than the normal distribution at that many.
"""

import numpy as np
import pandas as pd
from scipy import stats

from ml.forecast.errors import Errors, backtest_errors

BANDS = (7, 30, 60)  # last days of the bands; what follows is the last
HORIZONS = (30, 60, 90)
FIXED_LEVELS = (80.0, 95.0)
LEVEL = 90.0
PRIOR_ORIGINS = 1.0
FLOOR_SHARE = 0.1
SKU_SIZES = (0.1, 0.5, 2.0, 10.0)  # mean units a day that divide SKUs
FEWEST_INDEPENDENT, MOST_INDEPENDENT = 1.5, 1e9

Array = np.ndarray
Levels = tuple[float, ...]
Classes = tuple[Array, Array]


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
    reach = _reach_by_band(errors, classes(errors, series), all_levels(level))
    number = errors.ids.get_indexer(future["unique_id"])
    before = future["ds"].min() - pd.Timedelta(days=1)
    band = bands((future["ds"] - before).dt.days.to_numpy())
    floor = np.append(floors(errors), np.nan)[number]
    return bounded(future, floor, reach[band, :, :, number], level)


def coverage(backtest: pd.DataFrame, history: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Share of days, in percent, that lie within the intervals which the other origins give.

    Columns unique_id, horizon_days, coverage_80, coverage_95; null where there is one origin only.
    """
    errors = backtest_errors(backtest, history)
    inside = _inside(errors, classes(errors, series))
    parts = []
    for horizon in HORIZONS:
        shares = 100 * mean(inside[:, :, :, :horizon], axis=(2, 3))
        columns = {"coverage_80": shares[0], "coverage_95": shares[1]}
        parts.append(pd.DataFrame({"unique_id": errors.ids, "horizon_days": horizon, **columns}))
    return pd.concat(parts, ignore_index=True)


def all_levels(level: float) -> Levels:
    """The levels that every forecast has and the adjustable one."""
    if not 0 < level < 100:
        raise ValueError(f"An interval's level lies between 0 and 100 percent, not at {level:g}")
    return (*FIXED_LEVELS, level)


def bounded(frame: pd.DataFrame, floor: Array, reach: Array, level: float) -> pd.DataFrame:
    """Forecasts with bounds; `reach`, shape (rows, 2, levels), is in roots of the forecast."""
    forecast = frame["forecast"].to_numpy(dtype=float)
    width = reach * np.sqrt(np.maximum(forecast, floor))[:, None, None]
    bounds = np.maximum(forecast[:, None, None] + width, 0)
    names = [*(f"_{own:g}" for own in FIXED_LEVELS), ""]
    columns = {
        f"{side}{name}": bounds[:, number, place]
        for place, name in enumerate(names)
        for number, side in enumerate(("lower", "upper"))
    }
    return frame.assign(**columns, interval_pct=level)


def reaches(scaled: Array, groups: Classes, levels: Levels, apart: float = 1.0) -> Array:
    """How far below and above a forecast its interval reaches, shape (2, levels, series).

    `scaled` are errors divided by the root of their forecast, shape (series, origins, days);
    `apart` is the share of the origins that do not overlap.
    """
    alike, shaped = groups
    reach = np.full((2, len(levels), len(scaled)), np.nan)
    scale, shape = _scale_and_shape(scaled, alike)
    for group in np.unique(shaped):
        members = shaped == group
        own = shape[members]
        known = np.sort(own[np.isfinite(own)])
        if len(known):
            wider = _wider(_independent(own) * apart, levels)
            reach[:, :, members] = _quantiles(known, levels)[:, :, None] * wider * scale[members]
    return reach


def scaled_errors(actual: Array, forecast: Array, floor: Array) -> Array:
    """Errors divided by the root of their forecast; where floor and forecast are zero, zero."""
    root = np.sqrt(np.maximum(forecast, floor[:, None, None]))
    error = actual - forecast
    scaled: Array = np.divide(error, root, out=error * 0, where=root > 0)
    return scaled


def floors(errors: Errors) -> Array:
    """A forecast below this share of the series' mean is taken to err as much as that."""
    size = mean(errors.forecast, axis=(1, 2)) + mean(errors.actual, axis=(1, 2))
    return FLOOR_SHARE * np.nan_to_num(size) / 2


def classes(
    errors: Errors, series: pd.DataFrame, shapes: tuple[str, ...] = ("store", "sku", "platform")
) -> Classes:
    """Two numbers for each series: which share the usual scale, and which the shape of errors.

    Levels in `shapes` have a shape of their own, the others one together.
    """
    own = series.set_index("unique_id").reindex(errors.ids)
    size = np.searchsorted(SKU_SIZES, np.nan_to_num(mean(errors.forecast, axis=(1, 2))))
    sizes = np.where(own["level"] == "sku", size, 0).astype(str)
    store = own["store_id"].fillna("")
    kind = own["level"].where(own["level"].isin(shapes), "group")
    alike = store + "|" + own["level"] + "|" + own["measure"] + "|" + sizes
    return pd.factorize(alike)[0], pd.factorize(store + "|" + kind + "|" + sizes)[0]


def bands(days: Array) -> Array:
    """The band of the horizon in which each of its days lies."""
    return np.searchsorted(BANDS, days)


def mean(values: Array, axis: int | tuple[int, ...]) -> Array:
    """Mean of what is known, NaN where nothing is."""
    known = np.isfinite(values)
    return _quotient(np.where(known, values, 0).sum(axis=axis), known.sum(axis=axis))


def _reach_by_band(errors: Errors, groups: Classes, levels: Levels) -> Array:
    """Shape (bands, 2, levels, series + one without); where a band has no errors, those of all."""
    scaled = scaled_errors(errors.open_actual, errors.forecast, floors(errors))
    of_day = bands(np.arange(scaled.shape[2]) + 1)
    whole = reaches(scaled, groups, levels)
    found = np.full((len(BANDS) + 1, *whole.shape[:2], len(errors.ids) + 1), np.nan)
    for band in range(len(found)):
        own = reaches(scaled[:, :, of_day == band], groups, levels)
        found[band, :, :, :-1] = np.where(np.isfinite(own), own, whole)
    return found


def _inside(errors: Errors, groups: Classes) -> Array:
    """1 inside, 0 outside, NaN unknown, shape (levels, series, origins, days of the horizon)."""
    floor = floors(errors)
    scaled = scaled_errors(errors.open_actual, errors.forecast, floor)
    nothing = scaled_errors(np.zeros(scaled.shape), errors.forecast, floor)
    of_day = bands(np.arange(scaled.shape[2]) + 1)
    inside = np.full((len(FIXED_LEVELS), *scaled.shape), np.nan)
    for band in np.unique(of_day):
        days = np.flatnonzero(of_day == band)
        for origin in range(scaled.shape[1]):
            others = np.delete(scaled[:, :, days], origin, axis=1)
            low, high = reaches(others, groups, FIXED_LEVELS)[:, :, :, None]
            own = scaled[:, origin, days]
            hit = (own >= np.maximum(low, nothing[:, origin, days])) & (own <= high)
            known = np.isfinite(own) & np.isfinite(low + high)
            inside[:, :, origin, days] = np.where(known, hit, np.nan)
    return inside


def _scale_and_shape(scaled: Array, alike: Array) -> tuple[Array, Array]:
    """Scale of each series, and its errors in scales that the other origins give."""
    squares = mean(scaled**2, axis=2)
    scale = _scales(squares, alike)
    others = np.empty(squares.shape)
    for origin in range(squares.shape[1]):
        without = _scales(np.delete(squares, origin, axis=1), alike)
        others[:, origin] = np.where(np.isfinite(without), without, scale)
    return scale, np.where(scaled == 0, 0.0, _quotient(scaled, others[:, :, None]))


def _scales(squares: Array, alike: Array) -> Array:
    """Root of the mean squared error of each series, drawn to the median of those alike."""
    known = np.isfinite(squares).sum(axis=1)
    own = mean(squares, axis=1)
    usual = pd.Series(own).groupby(alike).transform("median").to_numpy()
    drawn = (known * np.nan_to_num(own) + PRIOR_ORIGINS * usual) / (known + PRIOR_ORIGINS)
    return np.sqrt(drawn)


def _quantiles(known: Array, levels: Levels) -> Array:
    """Signed quantiles of a sorted sample, shape (2, levels): none above zero, none below."""
    tails = (1 - np.asarray(levels) / 100) / 2
    ranks = np.minimum(np.ceil((len(known) + 1) * (1 - tails)), len(known)).astype(int)
    return np.stack([np.minimum(known[len(known) - ranks], 0), np.maximum(known[ranks - 1], 0)])


def _independent(shape: Array) -> Array:
    """How many independent errors the interval of each series of a class rests on.

    Its scale rests on its own errors, its shape on those of the class; what is uncertain of the two
    adds up. Errors of an origin count as one as far as they are the same.
    """
    own = mean(shape, axis=2)
    common = mean(shape, axis=(0, 2))
    of_own = _quotient(mean(own**2, axis=1), mean(shape**2, axis=(1, 2)))
    of_class = _quotient(mean(common**2, axis=0), mean(shape**2, axis=(0, 1, 2)))
    doubt = np.nan_to_num(_quotient(of_own, np.isfinite(own).sum(axis=1)))
    return _quotient(1.0, doubt + np.nan_to_num(of_class) / np.isfinite(common).sum())


def _wider(independent: Array, levels: Levels) -> Array:
    """What few errors add to a quantile: Student's t over the normal one's, (levels, series)."""
    shares = (1 + np.asarray(levels)[:, None] / 100) / 2
    freedom = np.where(np.isfinite(independent), independent, MOST_INDEPENDENT)
    freedom = np.clip(freedom, FEWEST_INDEPENDENT, MOST_INDEPENDENT)
    wider: Array = stats.t.ppf(shares, freedom) / stats.norm.ppf(shares)
    return wider


def _quotient(upper: Array | float, lower: Array) -> Array:
    """upper / lower, NaN where lower is zero."""
    shape = np.broadcast_shapes(np.shape(upper), np.shape(lower))
    quotient: Array = np.divide(upper, lower, out=np.full(shape, np.nan), where=lower != 0)
    return quotient
