"""What is charged for shipping an order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.shop import words
from sandbox.shop.catalog import minor_units_per_dollar
from sandbox.shop.lines import Lines, per_order
from sandbox.shop.money import tax_of
from sandbox.shop.orders import POS, Code, Orders
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Ints, stream

METHODS = ("Standard", "Free shipping", "Express")
STANDARD, FREE, EXPRESS = range(3)
PRICES = (5.95, 0.0, 14.95)
FREE_FROM = 75


@dataclass(frozen=True)
class Shipping:
    """A row for each order; `is_there` tells whether it has a shipping line."""

    is_there: Flags
    method: Ints
    original: Ints
    price: Ints
    tax: Ints


def make_shipping(spec: ShopSpec, orders: Orders, lines: Lines, chunk: int) -> Shipping:
    dice = stream(spec.seed, "shipping", chunk)
    unit = minor_units_per_dollar(spec)
    to_ship = per_order(~lines.is_gift_card, lines.order, len(orders)) > 0
    is_there = to_ship & (orders.source != POS)
    subtotal = per_order(lines.net, lines.order, len(orders))
    is_free = (subtotal >= FREE_FROM * unit) | (orders.code == Code.REPLACEMENT)
    method = np.where(is_free, FREE, STANDARD)
    method = np.where((dice.random(len(orders)) < 0.12) & ~is_free, EXPRESS, method)
    original = np.array([round(price * unit) for price in PRICES])[method] * is_there
    price = np.where(orders.code == Code.FREESHIP, 0, original)
    rates = np.array([place.tax_rate for place in words.PLACES])[orders.place]
    is_taxed = orders.taxes_included | (orders.place == _buffalo())
    tax = tax_of(price, np.where(is_taxed, rates, 0), orders.taxes_included)
    return Shipping(is_there, method, original, price, tax)


def _buffalo() -> int:
    """The one place of the home country where shipping is taxed on top."""
    return next(row for row, place in enumerate(words.PLACES) if place.city == "Buffalo")
