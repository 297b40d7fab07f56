"""The days of the ad world, and what a euro is worth on each of the shop's days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Floats, stream
from sandbox.shop.words import UNITS_PER_DOLLAR

SPAN_DAYS = 400
EURO, EURO_ZONE = "EUR", "Europe/Berlin"
RATE_DIGITS = 6


@dataclass(frozen=True)
class Span:
    """Row d is the d-th day; `rates` is the shop's currency for a euro, `unit` for a dollar."""

    first: date
    count: int
    rates: Floats
    unit: float

    def day(self, number: int) -> date:
        return self.first + timedelta(days=number)

    def at(self, part: float) -> int:
        """The number of the day that lies at a part of the span."""
        return int(part * (self.count - 1))

    @property
    def dates(self) -> np.ndarray:
        return np.datetime64(self.first) + np.arange(self.count)


def make_span(spec: ShopSpec) -> Span:
    """The last days of the shop."""
    first = max(spec.start, spec.end - timedelta(days=SPAN_DAYS - 1))
    count = (spec.end - first).days + 1
    return Span(first, count, euro_rates(spec)[-count:], dollar(spec))


def dollar(spec: ShopSpec) -> float:
    """What a dollar is in the shop's currency, about."""
    return UNITS_PER_DOLLAR.get(spec.currency_code, 1.0)


def euro_rates(spec: ShopSpec) -> Floats:
    """A day's rate for each day of the shop; it wanders and comes back."""
    count = (spec.end - spec.start).days + 1
    if spec.currency_code == EURO:
        return np.ones(count)
    steps = stream(spec.seed, "euro").normal(0, 0.004, count)
    kept = 0.985 ** np.arange(count)
    drift = np.convolve(steps, kept)[:count]
    usual = dollar(spec) / UNITS_PER_DOLLAR[EURO]
    return np.round(usual * np.exp(drift), RATE_DIGITS)
