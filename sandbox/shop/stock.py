"""The stock ledger, made when all orders are there: every movement of tracked items.

Sales and returns are those of the orders; the rest is planned around them, see `stock_plan.py`.
"""

from __future__ import annotations

import duckdb
import numpy as np

from sandbox.shop.catalog import Catalog
from sandbox.shop.columns import append, number, text
from sandbox.shop.days import Days
from sandbox.shop.prices import Prices
from sandbox.shop.spec import ShopSpec
from sandbox.shop.stock_books import make_books
from sandbox.shop.stock_counts import make_counts
from sandbox.shop.stock_flows import read_flows
from sandbox.shop.stock_items import stock_items
from sandbox.shop.stock_orders import (
    VERY_LATE_DAYS,
    VERY_LATE_SHARE,
    late_supplier,
    make_purchase_orders,
)
from sandbox.shop.stock_places import write_places
from sandbox.shop.stock_plan import make_plan
from sandbox.shop.stock_write import StockWriter


def write_stock(
    con: duckdb.DuckDBPyConnection, spec: ShopSpec, days: Days, catalog: Catalog, prices: Prices
) -> None:
    write_places(con, spec)
    items = stock_items(spec, catalog)
    flows = read_flows(con, days, catalog, items)
    counts = make_counts(spec, days, catalog, prices, items, flows)
    plan = make_plan(spec, days, catalog, prices, items, flows, counts)
    books = make_books(plan, flows, counts)
    purchase_orders = make_purchase_orders(spec, days, catalog, plan.arrivals)
    writer = StockWriter(con, spec, days, catalog, prices)
    writer.write_counts(counts, books.closing)
    writer.write_purchase_orders(purchase_orders)
    writer.write_transfers(plan.arrivals)
    writer.write_movements(plan.arrivals, purchase_orders, counts, books.adjustments)
    _write_truth(con, catalog)


def _write_truth(con: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    supplier = late_supplier(catalog)
    if supplier < 0:
        return
    columns = {
        "supplier_id": text([f"SUP-{supplier:03d}"]),
        "late_share": number(np.array([VERY_LATE_SHARE])),
        "mean_delay_days": number(np.array([VERY_LATE_DAYS])),
    }
    append(con, "truth_late_suppliers", columns)
