"""Sharing out amounts in minor units so that the parts add up to the whole."""

from __future__ import annotations

import numpy as np

from sandbox.shop.streams import Ints

RATE_BASE = 100_000


def half_up(numerator: Ints, denominator: Ints | int) -> Ints:
    """The quotient of numbers from zero up, rounded, halves up."""
    return (2 * numerator + denominator) // (2 * np.maximum(denominator, 1))


def tax_of(net: Ints, rate: Ints, is_included: np.ndarray) -> Ints:
    """The tax on an amount, or in it; `rate` in hundred-thousandths."""
    return half_up(net * rate, np.where(is_included, RATE_BASE + rate, RATE_BASE))


def share_out(totals: Ints, weights: Ints, group: Ints) -> Ints:
    """Splits each group's total by weight: the largest remainders take the cents left over."""
    sums = np.bincount(group, weights=weights, minlength=len(totals)).astype(np.int64)
    parts, remainders = np.divmod(totals[group] * weights, np.maximum(sums, 1)[group])
    given = np.bincount(group, weights=parts, minlength=len(totals)).astype(np.int64)
    left_over = np.where(sums > 0, totals - given, 0)
    by_remainder = np.lexsort((np.arange(len(group)), -remainders, group))
    firsts = np.searchsorted(group[by_remainder], np.arange(len(totals)))
    place = np.arange(len(group)) - firsts[group[by_remainder]]
    parts[by_remainder] += place < left_over[group[by_remainder]]
    return parts


def share_of_units(total: Ints, units: Ints, first: Ints, count: Ints) -> Ints:
    """What `count` units after the `first` ones carry of a line's total; all of them carry all."""
    return half_up(total * (first + count), units) - half_up(total * first, units)
