"""ShopSpec -> the tables of the shop, orders in chunks so that memory stays bounded.

The same spec gives the same shop. Another `end` gives the same catalogue (titles, codes, usual
prices, elasticities) and another history: to move a shop in time, use `Shop.at`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from sandbox.shop import schema
from sandbox.shop.catalog import Catalog, make_catalog
from sandbox.shop.causes import Causes, make_causes, write_causes
from sandbox.shop.customers import email_addresses, write_customers
from sandbox.shop.days import Days, make_days
from sandbox.shop.demand import Demand, make_demand
from sandbox.shop.ledger import Ledger
from sandbox.shop.lines import make_lines
from sandbox.shop.orders import make_orders
from sandbox.shop.payments import make_transactions, order_totals
from sandbox.shop.prices import Prices, make_prices
from sandbox.shop.refunds import happened, make_refunds
from sandbox.shop.returned import size_problem_rate, units_returned
from sandbox.shop.returns import make_returns
from sandbox.shop.shipping import make_shipping
from sandbox.shop.shop import Shop
from sandbox.shop.spec import ShopSpec
from sandbox.shop.stock import write_stock
from sandbox.shop.stock_shipping import next_stockouts, ship_in_time
from sandbox.shop.streams import Ints
from sandbox.shop.taken import removed_units, together, units_not_shipped
from sandbox.shop.timeline import make_people, make_timeline
from sandbox.shop.truth import write_ledger, write_truth
from sandbox.shop.write_catalog import write_catalog, write_shop
from sandbox.shop.write_discounts import write_discounts
from sandbox.shop.write_orders import Writer
from sandbox.shop.write_parts import (
    line_ids,
    write_lines,
    write_refunds,
    write_shipping,
    write_transactions,
)
from sandbox.shop.write_returns import write_return_reasons, write_returns

CHUNK = 100_000


@dataclass(frozen=True)
class World:
    """What orders are made from."""

    spec: ShopSpec
    days: Days
    catalog: Catalog
    prices: Prices
    demand: Demand
    stockouts: Ints


def generate(spec: ShopSpec, path: str | Path = ":memory:") -> Shop:
    """The shop of `spec`, in memory or in a DuckDB file, shown as of the end of its last day."""
    con = duckdb.connect(str(path))
    con.execute("set preserve_insertion_order = true")
    schema.create_tables(con)
    days = make_days(spec)
    catalog = make_catalog(spec, days)
    prices = make_prices(spec, days, catalog)
    demand = make_demand(days, catalog, prices)
    world = World(spec, days, catalog, prices, demand, next_stockouts(prices))
    write_shop(con, spec, days)
    write_catalog(con, spec, days, catalog, prices)
    _write_history(con, world)
    shop = Shop(con, spec).at()
    con.execute("insert into main.inventory_levels from live.inventory_levels")
    return shop


def _write_history(con: duckdb.DuckDBPyConnection, world: World) -> None:
    spec, days = world.spec, world.days
    timeline = make_timeline(spec, days, world.demand)
    people = make_people(spec, timeline)
    emails = email_addresses(spec, people, timeline)
    causes = make_causes(spec, days, world.catalog, world.demand, timeline, people)
    ledger = Ledger(days)
    promotions = world.prices.promotions
    writer = Writer(con, spec, days, world.catalog, promotions, timeline, people, emails)
    for chunk, first in enumerate(range(0, len(timeline.day), CHUNK)):
        rows = np.arange(first, min(first + CHUNK, len(timeline.day)))
        _write_chunk(world, writer, causes, ledger, rows, chunk)
    write_customers(con, spec, days, timeline, people, emails)
    write_truth(con, spec, days, world.catalog, world.prices, people)
    write_return_reasons(con)
    write_causes(con, days, world.catalog, people, causes, size_problem_rate())
    write_ledger(con, spec, ledger)
    write_stock(con, spec, days, world.catalog, world.prices)


def _write_chunk(
    world: World, writer: Writer, causes: Causes, ledger: Ledger, rows: np.ndarray, chunk: int
) -> None:
    spec, days, catalog = world.spec, world.days, world.catalog
    orders = make_orders(spec, days, writer.timeline, writer.people, rows, chunk)
    lines = make_lines(spec, catalog, world.prices, world.demand, orders, chunk)
    orders = ship_in_time(spec, days, world.stockouts, orders, lines, chunk)
    shipping = make_shipping(spec, orders, lines, chunk)
    removed = removed_units(spec, orders, lines, chunk)
    returned = units_returned(spec, catalog, causes, orders, lines, removed, chunk)
    returns = make_returns(spec, catalog, world.prices, orders, lines, removed, returned, chunk)
    taken = together([units_not_shipped(orders, lines, removed), returned])
    planned = make_refunds(spec, orders, lines, shipping, taken, returns, chunk)
    refunds = happened(planned, days)
    totals, added = order_totals(orders, lines, shipping)
    transactions = make_transactions(spec, days, orders, totals, added, refunds)
    ledger.book(orders, lines, shipping, refunds)
    writer.write(orders, totals, transactions, chunk)
    write_lines(writer, orders, lines)
    write_discounts(writer, orders, lines, line_ids(orders, lines))
    write_shipping(writer, orders, shipping)
    write_refunds(writer, orders, lines, returns, refunds)
    write_returns(writer, orders, lines, returns, refunds, chunk)
    write_transactions(writer, orders, transactions, refunds)
