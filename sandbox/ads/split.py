"""How rows divide by device, age, hour, ...: parts that add up to the row exactly.

A part ends where the running share of the row ends, rounded; where the rounding of a row begins is
the row's own, so that over many rows small shares get what they should.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.ads.known import Block, dither
from sandbox.shop.streams import Floats, Ints

SHOWN, CLICKED, BOUGHT = range(3)
MEASURES = {
    "impressions": SHOWN, "clicks": CLICKED, "spend": SHOWN, "video_views": SHOWN,
    "engagements": SHOWN, "purchases": BOUGHT, "view_purchases": BOUGHT,
    "add_to_carts": CLICKED,
}  # fmt: skip


@dataclass(frozen=True)
class Division:
    """`weights[m, u, k]`: what part k gets of measure m in unit u; a unit's add up to 1 or to 0.

    `codes[u, k]` says which value that part is; what parts beyond the codes get is not told.
    """

    kind: str
    weights: Floats
    codes: Ints


@dataclass(frozen=True)
class Steps:
    """The smallest part of each figure: money in millionths, conversions in hundredths."""

    money: int
    late: int

    def of(self, name: str) -> int:
        if name in ("purchases", "view_purchases", "add_to_carts"):
            return self.late
        return self.money if name == "spend" else 1


def divide(block: Block, division: Division, unit: Ints, steps: Steps) -> Block:
    """Each row's parts, a row each; rows of a unit without weights are left out."""
    has_parts = np.append(division.weights[SHOWN].sum(axis=1) > 0, False)[unit]
    block, unit = block.take(has_parts), unit[has_parts]
    edges = np.cumsum(division.weights, axis=2)
    edges[:, :, -1] = 1.0
    told = division.codes.shape[1]
    figures = {}
    for place, (name, measure) in enumerate(MEASURES.items()):
        step = steps.of(name)
        start = dither(block.seeds, 40 + place)
        ends = np.floor(
            block.figures[name][:, None] // step * edges[measure][unit] + start[:, None]
        )
        figures[name] = (step * np.diff(ends, axis=1, prepend=0.0)).astype(np.int64)
    value = block.figures["purchase_value"]
    figures["purchase_value"] = _with_purchases(value, figures["purchases"], steps.money)
    return Block(
        seeds=(block.seeds[:, None] * 64 + np.arange(told)).ravel(),
        days=np.repeat(block.days, told),
        codes={
            **{name: np.repeat(codes, told) for name, codes in block.codes.items()},
            division.kind: division.codes[unit].ravel(),
        },
        figures={name: parts[:, :told].ravel() for name, parts in figures.items()},
    )


def _with_purchases(value: Ints, parts: Ints, step: int) -> Ints:
    """The value goes where the purchases go."""
    sums = np.cumsum(parts, axis=1)
    running = sums / np.maximum(sums[:, -1:], 1)
    ends = np.floor((value // step)[:, None] * running + 1e-6)
    return (step * np.diff(ends, axis=1, prepend=0.0)).astype(np.int64)
