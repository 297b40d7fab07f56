"""How the raw tables of an ad platform are declared.

Entities (accounts, campaigns, ...) are current rows, merged by id and never dropped. Reports hold
a day's rows, which are replaced together; those of campaigns keep every fetch (`is_history`), so
that one can tell later how a day's figures grew. `fetches` says which day was fetched when, with
how many rows: the current state of a day is that of its latest fetch.
"""

from typing import Any

from dlt_pipelines.tables import Table, table

ACCOUNT = ("store_id", "account_id")
DAY = (*ACCOUNT, "date")


def entity(name: str, /, *key: str, **columns: str) -> Table:
    """`entity("campaigns", "id", id="text", ...)`; without a key it has one row an account."""
    return table(
        name, *ACCOUNT, *key,
        store_id="text", account_id="text", **columns, fetched_at="timestamp",
    )  # fmt: skip


def report(
    name: str,
    /,
    *key: str,
    is_history: Any = False,  # two bools; mypy holds `**columns` against a narrower type
    is_shared: Any = False,
    **columns: str,
) -> Table:
    """`report("ad_daily", "ad_id", ad_id="text", clicks="bigint", ...)`; its days are `date`.

    A table that several reports fill (`is_shared`) says in `report` which one filled a row.
    """
    fetch = ("fetched_on",) if is_history else ()
    which = {"report": "text"} if is_shared else {}
    return table(
        name, *DAY, *which, *key, *fetch,
        merge_key=(*DAY, *which, *fetch),
        store_id="text", account_id="text", date="date", **which, **columns, currency_code="text",
        time_zone="text", attribution_window="text", fetched_on="date", fetched_at="timestamp",
    )  # fmt: skip


FETCHES = table(
    "fetches", *ACCOUNT, "report", "date", "fetched_on",
    store_id="text", account_id="text", report="text", date="date", fetched_on="date",
    fetched_at="timestamp", row_count="bigint", is_partial="bool",
)  # fmt: skip

REJECTED = table(
    "rejected",
    store_id="text", account_id="text", table_name="text", reason="text", record="text",
    write_disposition="append",
)  # fmt: skip
