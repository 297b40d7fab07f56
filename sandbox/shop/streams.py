"""Random numbers by name: what one subject draws does not move what another one draws."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def stream(seed: int, name: str, chunk: int = 0) -> np.random.Generator:
    """The same numbers for the same seed, name and chunk."""
    return np.random.default_rng([seed, zlib.crc32(name.encode()), chunk])


def pick(dice: np.random.Generator, weights: Sequence[float] | Floats, size: int) -> Ints:
    """`size` indexes into `weights`, each as likely as its weight."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    drawn = np.searchsorted(edges, dice.random(size) * edges[-1], side="right")
    return np.minimum(drawn, len(edges) - 1).astype(np.int64)


def shares(table: Mapping[str, tuple[Any, ...]]) -> Floats:
    """The first field of every row."""
    return np.array([row[0] for row in table.values()], dtype=float)
