"""Builds the schema `api` that the fields read, anew whenever the shop's instant moves."""

from __future__ import annotations

from pathlib import Path

import duckdb

SQL_FILE = Path(__file__).with_name("snapshot.sql")


def build_snapshot(con: duckdb.DuckDBPyConnection) -> None:
    """The shop as it stands in `live`, all of it or nothing."""
    row = con.execute("select currency_code from live.shop").fetchone()
    currency = str(row[0]) if row else "USD"
    statements = SQL_FILE.read_text(encoding="utf-8")
    statements = statements.replace("(select currency_code from live.shop)", f"'{currency}'")
    statements = statements.replace("{shop_amount}", f"api.currency_amount(amount, '{currency}')")
    con.execute("begin")
    try:
        con.execute(statements)
    except duckdb.Error:
        con.execute("rollback")
        raise
    con.execute("commit")
