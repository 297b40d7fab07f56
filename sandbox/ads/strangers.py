"""People who came the same ways and did not buy.

For each path that led to an order there are so many like it that did not, on average, that paths
like it lead to an order as often as their contacts say.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sandbox.ads.channels import DEVICES
from sandbox.ads.paths import Touches, chances
from sandbox.shop.days import DAY
from sandbox.shop.streams import Ints, pick, stream

APART = 25 * DAY


def make_strangers(seed: int, touches: Touches, paths: int, first: int, end: int) -> Touches:
    """Their contacts, within `first` and `end`; paths and persons are numbered on."""
    dice = stream(seed, "strangers")
    chance = np.maximum(chances(touches, paths), 1e-9)
    wanted = np.floor((1 - chance) / chance + dice.random(paths)).astype(np.int64)
    wanted[np.bincount(touches.path, minlength=paths) == 0] = 0
    model = np.repeat(np.arange(paths), wanted)
    row, stranger = _copies(touches, model, paths)
    shift = dice.integers(-APART, APART, len(model))
    at = touches.at[row] + shift[stranger]
    earliest = np.full(len(model), np.iinfo(np.int64).max)
    latest = np.zeros(len(model), dtype=np.int64)
    np.minimum.at(earliest, stranger, at)
    np.maximum.at(latest, stranger, at)
    at -= np.where(latest >= end, 2 * shift, 0)[stranger]
    at -= np.where(earliest < first, 2 * shift, 0)[stranger]
    device = pick(dice, list(DEVICES.values()), len(model))
    people = int(touches.person.max(initial=-1)) + 1
    return replace(
        touches.take(row),
        path=paths + stranger,
        order=np.full(len(row), -1),
        at=at,
        person=people + stranger,
        device=device[stranger],
        second=np.zeros(len(row), dtype=bool),
    )


def _copies(touches: Touches, model: Ints, paths: int) -> tuple[Ints, Ints]:
    """The rows of each model's touches, and whose copies they are."""
    by_path = np.argsort(touches.path, kind="stable")
    counts = np.bincount(touches.path, minlength=paths)
    firsts = np.cumsum(counts) - counts
    lengths = counts[model]
    stranger = np.repeat(np.arange(len(model)), lengths)
    place = np.arange(len(stranger)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return by_path[firsts[model][stranger] + place], stranger
