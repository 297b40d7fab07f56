"""What is in the orders: variants, quantities, prices, discounts and taxes, in minor units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.shop import words
from sandbox.shop.catalog import Catalog, minor_units_per_dollar
from sandbox.shop.demand import Demand
from sandbox.shop.money import half_up, share_out, tax_of
from sandbox.shop.orders import DRAFT, POS, WEB, Code, Edit, Orders
from sandbox.shop.prices import Prices
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Floats, Ints, pick, stream

MEAN_LINES = 2.2
QUANTITIES = (0.80, 0.14, 0.04, 0.02)
CUSTOM_PRICE, TAKE5, BY_HAND = 15, 5, 10


@dataclass(frozen=True)
class Lines:
    """A row for each line, by order; `order` is a row of Orders, `variant` -1 is a custom item."""

    order: Ints
    position: Ints
    variant: Ints
    quantity: Ints
    price: Ints
    cost: Ints
    promotion: Ints
    promotion_discount: Ints
    order_discount: Ints
    tax_rate: Ints
    tax: Ints
    is_added: Flags
    is_gift_card: Flags

    @property
    def gross(self) -> Ints:
        return self.quantity * self.price

    @property
    def discount(self) -> Ints:
        return self.promotion_discount + self.order_discount

    @property
    def net(self) -> Ints:
        return self.gross - self.discount

    def __len__(self) -> int:
        return len(self.order)


def per_order(values: Ints | Flags, order: Ints, orders: int) -> Ints:
    """The sum over the lines of each order."""
    return np.bincount(order, weights=values, minlength=orders).astype(np.int64)


def positions(order: Ints) -> Ints:
    """1, 2, 3 ... within each order (sorted)."""
    starts = np.flatnonzero(np.diff(order, prepend=-1))
    lengths = np.diff(np.append(starts, len(order)))
    return np.arange(len(order)) - np.repeat(starts, lengths) + 1


def make_lines(
    spec: ShopSpec, catalog: Catalog, prices: Prices, demand: Demand, orders: Orders, chunk: int
) -> Lines:
    dice = stream(spec.seed, "lines", chunk)
    order, variant = _baskets(dice, demand, orders)
    position = positions(order)
    is_custom = (orders.source[order] == DRAFT) & (position == 1) & (dice.random(len(order)) < 0.5)
    is_gift_card = catalog.is_gift_card[variant] & ~is_custom
    price = prices.prices[orders.day[order], variant]
    cost = prices.costs[orders.day[order], variant]
    price = np.where(is_custom, round(CUSTOM_PRICE * minor_units_per_dollar(spec)), price)
    quantity = _quantities(dice, orders.segment[order])
    quantity = np.where(is_gift_card | is_custom, 1, quantity)
    last = np.append(np.diff(order) > 0, True)
    is_added = (orders.edit[order] == Edit.ADDS_A_LINE) & last & (position > 1)
    category = catalog.variant_categories[variant]
    promotion = _promotions(prices, orders, order, category, is_custom | is_gift_card | is_added)
    percent = np.where(promotion >= 0, prices.percent_off[orders.day[order], category], 0)
    gross = quantity * price
    promotion_discount = half_up(gross * percent, 100)
    order_discount = _order_discounts(
        spec, orders, order, np.where(is_gift_card | is_added, 0, gross - promotion_discount)
    )
    net = gross - promotion_discount - order_discount
    rates = np.array([place.tax_rate for place in words.PLACES])[orders.place]
    tax_rate = np.where(is_gift_card, 0, rates[order])
    return Lines(
        order=order,
        position=position,
        variant=np.where(is_custom, -1, variant),
        quantity=quantity,
        price=price,
        cost=cost,
        promotion=promotion,
        promotion_discount=promotion_discount,
        order_discount=order_discount,
        tax_rate=tax_rate,
        tax=tax_of(net, tax_rate, orders.taxes_included[order]),
        is_added=is_added,
        is_gift_card=is_gift_card,
    )


def basket_factors(orders: Orders) -> Floats:
    """How much larger than usual a basket is: by segment, and by channel for orders of the web."""
    segment = np.array([row[1] for row in words.SEGMENTS.values()])[orders.segment]
    effects = np.array([words.CHANNELS[each.channel][1] for each in words.VISITS])
    return segment * np.where(orders.source == WEB, effects[orders.visit], 1.0)


def _baskets(dice: np.random.Generator, demand: Demand, orders: Orders) -> tuple[Ints, Ints]:
    """Order and variant of each line; a variant comes once in an order."""
    mean = MEAN_LINES * basket_factors(orders) * np.where(orders.source == POS, 0.75, 1.0)
    counts = np.minimum(1 + dice.poisson(np.maximum(mean - 1, 0.1)), 15)
    order = np.repeat(np.arange(len(orders)), counts)
    variant = demand.draw(orders.day[order], dice)
    _, firsts = np.unique(order * demand.variants + variant, return_index=True)
    firsts.sort()
    return order[firsts], variant[firsts]


def _quantities(dice: np.random.Generator, segment: Ints) -> Ints:
    bulk = np.array([row[2] for row in words.SEGMENTS.values()])[segment]
    quantity = 1 + pick(dice, QUANTITIES, len(segment))
    return quantity * bulk + np.where(bulk > 1, dice.integers(0, 4, len(segment)), 0)


def _promotions(
    prices: Prices, orders: Orders, order: Ints, category: Ints, is_left_out: Flags
) -> Ints:
    """The automatic promotion on each line, -1 = none; at the counter and on the web only."""
    promotion = prices.promotion[orders.day[order], category]
    applies = ((orders.source == WEB) | (orders.source == POS))[order] & ~is_left_out
    return np.where(applies, promotion, -1)


def _order_discounts(spec: ShopSpec, orders: Orders, order: Ints, eligible: Ints) -> Ints:
    """The discount on the whole order, shared out to its lines."""
    unit = minor_units_per_dollar(spec)
    subtotal = per_order(eligible, order, len(orders))
    total = np.select(
        [
            orders.code == Code.WELCOME10,
            orders.code == Code.FRIENDS15,
            orders.code == Code.TAKE5,
            orders.code == Code.BY_HAND,
            orders.code == Code.REPLACEMENT,
        ],
        [
            half_up(subtotal * 10, 100),
            half_up(subtotal * 15, 100),
            np.minimum(subtotal, round(TAKE5 * unit)),
            np.minimum(subtotal, round(BY_HAND * unit)),
            subtotal,
        ],
        0,
    )
    return share_out(total, eligible, order)
