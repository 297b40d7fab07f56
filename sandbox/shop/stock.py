"""The stock ledger, made when all orders are there.

Run by `generate`: the orders' places and fulfillments, and every movement of tracked items.
"""

from __future__ import annotations

import duckdb

from sandbox.shop.spec import ShopSpec
from sandbox.shop.stock_places import write_places


def write_stock(con: duckdb.DuckDBPyConnection, spec: ShopSpec) -> None:
    write_places(con, spec)
