"""Makes forecasts of a store, its categories, channels and SKUs add up.

Revenue of a store is the sum of its categories and the sum of its channels; units are the sum of
the categories, and those of their SKUs. Every series has been forecast on its own, so the sums
disagree. Of all forecasts that add up and are not negative those are taken that lie closest to the
given ones, each squared difference divided by the variance of the series' error: Hyndman,
Ahmed, Athanasopoulos and Shang (2011), "Optimal combination forecasts for hierarchical time
series", with the weights (WLS) of Wickramasuriya, Athanasopoulos and Hyndman (2019), "Optimal
forecast reconciliation through trace minimization", and the bound at zero of Wickramasuriya,
Turlach and Hyndman (2020), "Optimal non-negative forecast reconciliation".

With independent errors a tree needs no matrix: upwards, each node weighs its own forecast and the
sum of those below by their precision; downwards, what is missing is shared out by variance. A leaf
that would fall below zero is held at zero, and what is left shared out again (Michelot 1986 shows
for one sum that no leaf held so would be let go). Two ways to divide one store meet in the total
alone, which is found by Newton's method. `MinTraceSparse` of hierarchicalforecast gives the same
for a tree (a test compares them) but solves a quadratic programme for each day and knows no second
way to divide a store of which the cells (category by channel) are not forecast.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from ml.forecast.errors import backtest_errors

# How each measure of a store divides: an inner level, and the level below it where there is one.
DIVISIONS = {
    "revenue": (("category", None), ("channel", None)),
    "units": (("category", "sku"),),
}
LEAST_VARIANCE = 1e-9
MOST_STEPS = 200

Array = np.ndarray


@dataclass(frozen=True)
class Division:
    """Leaves, shape (leaves, days), under inner nodes, (nodes, days); `sums` adds leaves up.

    A leaf or a node that has no forecast on a day has precision or variance zero there.
    """

    sums: csr_array
    leaf: Array
    variance: Array
    node: Array
    precision: Array

    def on(self, days: Array) -> "Division":
        """The same on some of the days."""
        return Division(self.sums, *(part[:, days] for part in self._parts()))

    def _parts(self) -> tuple[Array, ...]:
        return self.leaf, self.variance, self.node, self.precision

    def estimates(self, held: Array) -> tuple[Array, Array]:
        """What each node is thought to be, with its variance, when some leaves are held at zero."""
        below = self.sums @ np.where(held, 0.0, self.leaf)
        spread = self.sums @ np.where(held, 0.0, self.variance)
        trust = spread * self.precision / (1 + spread * self.precision)
        return below + trust * (self.node - below), spread * (1 - trust)

    def total(self, held: Array) -> tuple[Array, Array]:
        """The sum over all nodes with its precision; zero where there is no leaf."""
        nodes, variances = (part.sum(axis=0) for part in self.estimates(held))
        return nodes, _quotient(1.0, variances)

    def leaves(self, total: Array, held: Array) -> Array:
        """Leaves that add up to the total and lie closest to the forecasts."""
        nodes, variances = self.estimates(held)
        missing = _quotient(total - nodes.sum(axis=0), variances.sum(axis=0))
        nodes = nodes + variances * missing
        open_variance = np.where(held, 0.0, self.variance)
        below = self.sums @ np.where(held, 0.0, self.leaf)
        rest = _quotient(nodes - below, self.sums @ open_variance)
        return np.where(held, 0.0, self.leaf) + open_variance * (self.sums.T @ rest)

    def held_at_zero(self, total: Array) -> Array:
        """The leaves that must be held at zero for the rest to add up to the total."""
        held = np.zeros(self.leaf.shape, dtype=bool)
        while (below := self.leaves(total, held) < 0).any():
            held |= below
        return held


def reconcile(
    forecasts: pd.DataFrame, series: pd.DataFrame, variances: pd.Series | None = None
) -> pd.DataFrame:
    """The same rows with forecasts that add up on each day, of each cutoff where there is one.

    `forecasts` holds unique_id, ds, forecast and cutoff or not, one row a series and day; `series`
    the key columns and category of each unique_id; `variances` the error variance by unique_id (see
    `error_variances`). A series without one is given its mean forecast times the usual ratio of
    variance to forecast in its tree. A series without a row counts as zero, but for a category or
    channel of which nothing below is forecast: that stands for itself.
    """
    days = [name for name in ("cutoff", "ds") if name in forecasts]
    ids = pd.Index(forecasts["unique_id"].unique())
    members = series.set_index("unique_id").reindex(ids)
    rows = ids.get_indexer(forecasts["unique_id"])
    columns = forecasts.groupby(days, sort=True).ngroup().to_numpy()
    values = np.full((len(ids), columns.max(initial=-1) + 1), np.nan)
    values[rows, columns] = forecasts["forecast"].to_numpy(dtype=float)
    known = None if variances is None else variances.reindex(ids).to_numpy(float)
    for numbers in _trees(members):
        own = None if known is None else known[numbers]
        values[numbers] = _coherent(members.iloc[numbers], values[numbers], own)
    return forecasts.assign(forecast=values[rows, columns])


def error_variances(
    backtest: pd.DataFrame, history: pd.DataFrame, series: pd.DataFrame
) -> pd.Series:
    """Mean squared error of each series over all origins, by unique_id; censored days left out.

    Those of parts are scaled to add up to the mean squared error of their sum: SKUs of a category,
    categories of a store and channels of a store err together, and were their errors taken for
    independent, their sum would be trusted too much.
    """
    errors = backtest_errors(backtest, history)
    count, origins, days = errors.forecast.shape
    missed = (errors.open_actual - errors.forecast).reshape(count, origins * days)
    known = np.isfinite(missed).sum(axis=1)
    squares = np.nansum(missed**2, axis=1)
    own = series.set_index("unique_id").reindex(errors.ids)
    level = own["store_id"] + "|" + own["measure"] + "|" + own["level"]
    parts = level + "|" + own["category"].fillna("").where(own["level"] == "sku", own["entity"])
    summed, of_parts, part = _together(np.nan_to_num(missed), parts)
    _, of_level, group = _together(summed, level[~parts.duplicated()])
    scale = of_parts[part] * of_level[group][part]
    return pd.Series(_quotient(squares * scale, known), index=errors.ids).where(known > 0)


def _together(missed: Array, keys: pd.Series) -> tuple[Array, Array, Array]:
    """Errors summed by key, their squares over those of the summands, and each row's key."""
    code = pd.factorize(keys, use_na_sentinel=False)[0]
    entries = (np.ones(len(code)), (code, np.arange(len(code))))
    sums = csr_array(entries, shape=(code.max(initial=-1) + 1, len(code)))
    summed = sums @ missed
    apart = sums @ (missed**2).sum(axis=1)
    ratio = np.where(apart > 0, _quotient((summed**2).sum(axis=1), apart), 1.0)
    return summed, ratio, code


def _trees(members: pd.DataFrame) -> list[Array]:
    """Row numbers of each store and measure that divides."""
    levels = {"store", *(name for ways in DIVISIONS.values() for way in ways for name in way)}
    dividing = members["measure"].isin(DIVISIONS) & members["level"].isin(levels)
    numbers = members.assign(number=np.arange(len(members)))[dividing]
    return [own["number"].to_numpy() for _, own in numbers.groupby(["store_id", "measure"])]


def _coherent(members: pd.DataFrame, values: Array, known: Array | None) -> Array:
    """Forecasts of one tree, shape (series, days), made to add up."""
    given = np.clip(values, 0, None)
    variance = _filled(known, given)
    top = np.flatnonzero(members["level"] == "store")
    total = np.nansum(given[top], axis=0)
    precision = np.isfinite(given[top]).sum(axis=0) / variance[top].sum() if len(top) else 0 * total
    ways = DIVISIONS[members["measure"].iloc[0]]
    parts = [_division(members, given, variance, *way) for way in ways]
    totals, leaves = _solved(total, precision, [division for division, _, _ in parts])
    found = np.full(values.shape, np.nan)
    found[top] = totals
    for (division, nodes, below), shared in zip(parts, leaves, strict=True):
        found[below[below >= 0]] = shared[: len(below)][below >= 0]
        found[nodes[nodes >= 0]] = (division.sums @ shared)[nodes >= 0]
    return np.where(np.isfinite(values), found, values)


def _division(
    members: pd.DataFrame, given: Array, variance: Array, inner: str, lower: str | None
) -> tuple[Division, Array, Array]:
    """One way to divide a store, with the row numbers of its nodes and leaves (-1: no such row).

    Each node also has itself as a leaf, which is there on days when nothing below it is forecast.
    """
    below = np.flatnonzero(members["level"] == lower)
    own = np.flatnonzero(members["level"] == inner)
    parents = members["category"].fillna("").iloc[below] if lower else pd.Series(dtype=str)
    names = pd.Index(members["entity"].iloc[own]).union(pd.Index(parents.unique()))
    nodes = np.full(len(names), -1)
    nodes[names.get_indexer(members["entity"].iloc[own])] = own
    parent = np.concatenate([names.get_indexer(parents), np.arange(len(names))])
    entries = (np.ones(len(parent)), (parent, np.arange(len(parent))))
    sums = csr_array(entries, shape=(len(names), len(parent)))
    node = np.where((nodes >= 0)[:, None], given[nodes], np.nan)
    divided = sums[:, : len(below)] @ np.isfinite(given[below]).astype(float) > 0
    leaf = np.vstack([given[below], np.where(divided, np.nan, node)])
    spread = variance[np.concatenate([below, nodes])][:, None]
    trust = 1 / variance[nodes][:, None]
    division = Division(
        sums,
        np.nan_to_num(leaf),
        np.where(np.isfinite(leaf), spread, 0.0),
        np.nan_to_num(node),
        np.where(np.isfinite(node) & divided, trust, 0.0),
    )
    return division, nodes, below


def _solved(own: Array, precision: Array, divisions: list[Division]) -> tuple[Array, list[Array]]:
    """Totals, shape (days,), and leaves of each division that add up to them."""
    nothing = [np.zeros(division.leaf.shape, dtype=bool) for division in divisions]
    totals = _weighed(own, precision, divisions, nothing)
    leaves = [
        division.leaves(totals, held) for division, held in zip(divisions, nothing, strict=True)
    ]
    short = np.flatnonzero(np.any([(part < 0).any(axis=0) for part in leaves], axis=0))
    if len(short):
        some = [division.on(short) for division in divisions]
        totals[short], held = _held(own[short], precision[short], totals[short], some)
        for part, division, zero in zip(leaves, some, held, strict=True):
            part[:, short] = np.clip(division.leaves(totals[short], zero), 0, None)
    return totals, leaves


def _held(
    own: Array, precision: Array, totals: Array, divisions: list[Division]
) -> tuple[Array, list[Array]]:
    """Newton's method for the total: which leaves are held depends on it, and it on them."""
    for _ in range(MOST_STEPS):
        held = [division.held_at_zero(totals) for division in divisions]
        following = _weighed(own, precision, divisions, held)
        if np.allclose(following, totals, rtol=1e-12, atol=1e-12):
            return totals, held
        totals = following
    raise ArithmeticError("No forecasts were found that add up")


def _weighed(own: Array, precision: Array, divisions: list[Division], held: list[Array]) -> Array:
    """The store's total: its own forecast and the sums of the divisions, by their precision."""
    amount, weight = own * precision, precision
    for division, zero in zip(divisions, held, strict=True):
        total, trust = division.total(zero)
        amount, weight = amount + total * trust, weight + trust
    return _quotient(amount, weight)


def _filled(known: Array | None, given: Array) -> Array:
    """The variance of each series: its own, else as its size and the tree's usual ratio tell."""
    count = np.isfinite(given).sum(axis=1)
    size = np.nansum(given, axis=1) / np.maximum(count, 1)
    variance = np.full(len(given), np.nan) if known is None else known
    ratios = (variance / np.where(size > 0, size, np.nan))[np.isfinite(variance) & (size > 0)]
    usual = float(np.median(ratios)) if len(ratios) else 1.0
    filled = np.where(np.isfinite(variance), variance, size * usual)
    most = filled.max(initial=0.0)
    return np.maximum(filled, LEAST_VARIANCE * most if most > 0 else 1.0)


def _quotient(upper: Array | float, lower: Array) -> Array:
    """upper / lower, zero where lower is."""
    result: Array = np.divide(
        upper,
        lower,
        out=np.zeros(np.broadcast_shapes(np.shape(upper), lower.shape)),
        where=lower > 0,
    )
    return result
