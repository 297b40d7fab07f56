"""Journeys, counted as the warehouse counts them."""

import itertools
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from ml.attribution import CONVERSION, NO_CONVERSION, START

Journey = tuple[tuple[str, ...], bool]


def steps(journeys: Sequence[Journey], store_id: str = "s") -> pd.DataFrame:
    """The moves of journeys, counted as the warehouse counts them."""
    counts: Counter[tuple[str, str]] = Counter()
    for channels, converts in journeys:
        counts.update(
            itertools.pairwise((START, *channels, CONVERSION if converts else NO_CONVERSION))
        )
    rows = [(store_id, *move, number) for move, number in counts.items()]
    return pd.DataFrame(rows, columns=["store_id", "from_step", "to_step", "steps"])


def sets(journeys: Sequence[Journey], store_id: str = "s") -> pd.DataFrame:
    """The sets of channels of journeys with their conversions."""
    counts: Counter[tuple[str, ...]] = Counter()
    for channels, converts in journeys:
        counts[tuple(sorted(set(channels)))] += converts
    rows = [
        (store_id, " + ".join(names), name, number)
        for names, number in counts.items()
        for name in names
    ]
    return pd.DataFrame(rows, columns=["store_id", "channel_set", "channel", "conversions"])
