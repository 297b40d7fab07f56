"""A small ad world behind the replica of Meta's API, landed in a warehouse of the test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from dlt_pipelines import landing
from dlt_pipelines.ads.patience import Sleep
from dlt_pipelines.ads.reading import Batch, Options, Reading
from dlt_pipelines.ads.source import gathered
from dlt_pipelines.facebook_ads import facebook_ads
from dlt_pipelines.facebook_ads.accounts import Reader
from dlt_pipelines.facebook_ads.client import Client
from dlt_pipelines.load_log import TableLoad, Tally
from sandbox.ads import AdWorld, make_ads
from sandbox.facebook_ads import STEP_BY_STEP, FacebookAdsSandbox
from sandbox.shop import ShopSpec, generate
from storehouse import warehouse
from storehouse.settings import Settings

END = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 16, 0)
NEXT_NOON = NOON + timedelta(days=1)
START = date(2026, 4, 15)
HOME, ABROAD = "104200000000017", "104200000000042"

Rows = list[dict[str, Any]]


@cache
def small_world() -> AdWorld:
    """To be read only."""
    return make_ads(generate(ShopSpec(end=END, orders=300, products=20, months=4)).at())


@contextmanager
def serving(world: AdWorld | None = None, **options: Any) -> Iterator[FacebookAdsSandbox]:
    asked = {"now": NOON, "steps": STEP_BY_STEP, **options}
    with FacebookAdsSandbox(world or small_world(), **asked) as sandbox:
        yield sandbox


def land(settings: Settings, sandbox: FacebookAdsSandbox, **options: Any) -> tuple[TableLoad, ...]:
    """Land the days since START as of the sandbox's instant, without waiting."""
    asked = {
        "access_token": sandbox.access_token,
        "base_url": sandbox.url,
        "start_at": START.isoformat(),
        "now": sandbox.now.replace(tzinfo=UTC),
        "sleep": lambda _: None,
        **options,
    }
    return landing.run(
        settings, "facebook_ads", lambda tally: facebook_ads(settings, tally, **asked)
    )


def read(
    sandbox: FacebookAdsSandbox, start_at: str, sleep: Sleep = lambda _: None, account_ids: str = ""
) -> tuple[Batch, Tally]:
    """What a first run reads of the sandbox, by raw table, without any warehouse."""
    options = Options(28, date.fromisoformat(start_at), read_at=sandbox.now.replace(tzinfo=UTC))
    client = Client(sandbox.access_token, base_url=sandbox.url, sleep=sleep)
    tally = Tally()
    ids = tuple(account_ids.split(",")) if account_ids else ()
    (batch,) = gathered(Reader(client, Reading(options, tally), ids).batches())
    return batch, tally


def of_account(batch: Batch, table: str, account_id: str = HOME) -> Rows:
    """An account's rows of what was read, markers left out."""
    rows = batch[table].to_pylist()
    return [row for row in rows if row["account_id"] == account_id and not row.get("_cleared")]


def raw(settings: Settings, table: str, account_id: str = HOME) -> Rows:
    """An account's rows of a raw table."""
    rows = warehouse.read_table(settings, f"raw_facebook_ads.{table}").to_pylist()
    return [row for row in rows if row["account_id"] == account_id]


def latest(settings: Settings, table: str, account_id: str = HOME) -> Rows:
    """Rows of each day's latest fetch."""
    rows = raw(settings, table, account_id)
    last: dict[date, date] = {}
    for row in rows:
        last[row["date"]] = max(row["fetched_on"], last.get(row["date"], row["fetched_on"]))
    return [row for row in rows if row["fetched_on"] == last[row["date"]]]


def spend_by_day(rows: Rows) -> dict[date, Decimal]:
    return added(rows, "spend")


def added(rows: Rows, figure: str) -> dict[date, Any]:
    """A figure's sums by day."""
    sums: dict[date, Any] = {}
    for row in rows:
        sums[row["date"]] = sums.get(row["date"], 0) + (row[figure] or 0)
    return sums


def purchases(rows: Rows, window: str = "default") -> Decimal:
    """The purchases that rows of actions tell, by the type that covers all others."""
    found = [
        row["quantity"] or Decimal(0)
        for row in rows
        if row["action_type"] == "omni_purchase" and row["action_window"] == window
    ]
    return sum(found, Decimal(0))


def failures(loads: tuple[TableLoad, ...]) -> list[str]:
    return [load.message or "" for load in loads if load.status == "failed"]
