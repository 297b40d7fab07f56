"""Builds the schema `api` that the fields read, anew whenever the shop's instant moves."""

from __future__ import annotations

from pathlib import Path

import duckdb

from sandbox.shop.spec import ZERO_DECIMAL_CURRENCIES, decimals

CHANGING = (
    "orders",
    "order_lines",
    "order_touches",
    "transactions",
    "refunds",
    "fulfillments",
    "returns",
    "return_lines",
    "exchange_lines",
    "inventory_levels",
    "deletions",
    "product_titles",
    "price_changes",
)

SQL_FILE = Path(__file__).with_name("snapshot.sql")


def state(con: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Tells whether something was done to the shop by hand: how many rows its tables have."""
    counts = ", ".join(f"(select count(*) from main.{table})" for table in CHANGING)
    row = con.execute(f"select {counts}").fetchone()
    return tuple(row or ())


def build_snapshot(con: duckdb.DuckDBPyConnection) -> None:
    """The shop as it stands in `live`, after the one before has given its memory back."""
    con.execute("drop schema if exists api cascade")
    row = con.execute("select currency_code from live.shop").fetchone()
    currency = str(row[0]) if row else "USD"
    statements = SQL_FILE.read_text(encoding="utf-8")
    statements = statements.replace("(select currency_code from live.shop)", f"'{currency}'")
    shop_text = "whole_text" if currency in ZERO_DECIMAL_CURRENCIES else "amount_text"
    statements = statements.replace("{shop_text}", shop_text)
    statements = statements.replace("{decimals}", str(decimals(currency)))
    con.execute("begin")
    try:
        con.execute(statements)
    except duckdb.Error:
        con.execute("rollback")
        raise
    con.execute("commit")
