"""Shopify Admin GraphQL API -> raw_shopify. Run: python -m dlt_pipelines shopify"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import dlt
from dlt.common.configuration.exceptions import ConfigFieldMissingException
from dlt.common.typing import TSecretStrValue
from dlt.extract import DltResource, DltSource

from dlt_pipelines import clock, landing
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import TableLoad, Tally
from dlt_pipelines.shopify import reading, tables
from dlt_pipelines.shopify.client import SETTING, Address, Client, Credentials, Sleep
from dlt_pipelines.shopify.flatten import Batch
from dlt_pipelines.tables import Table
from storehouse import warehouse
from storehouse.settings import Settings


@dlt.source(name="shopify", max_table_nesting=0)
def shopify(
    shop_url: str = dlt.config.value,
    access_token: TSecretStrValue | None = None,
    client_id: str | None = None,
    client_secret: TSecretStrValue | None = None,
    start_at: str | None = None,
    overlap_hours: float = 1.0,
    settle_minutes: float = 5.0,
    bulk_threshold: int = 5_000,
    read_by: str = "auto",
    now: datetime | None = None,
    is_empty: bool = False,
    tally: Tally | None = None,
    sleep: Sleep = time.sleep,
) -> tuple[DltResource, ...]:
    """A shop's catalogue, customers, orders with all their parts, and deletions, since last time.

    What changed less than `settle_minutes` before `now` is left to the next run; zero leaves
    nothing. `read_by` is auto (bulk for a backfill or a big delta), bulk or paged. `is_empty` says
    that no order was landed before, so that there are no rows to replace.
    """
    client = Client(
        Address.of(shop_url), Credentials(access_token, client_id, client_secret), sleep=sleep
    )
    connection = reading.connect(client)
    options = reading.Options(
        start_at=start_at,
        overlap=timedelta(hours=overlap_hours),
        bulk_threshold=bulk_threshold,
        until=now - timedelta(minutes=settle_minutes) if now and settle_minutes else None,
        read_by=read_by,
        read_at=now or clock.now(),
        is_empty=is_empty,
    )

    @dlt.resource(name="batches", selected=False)
    def batches() -> Iterator[Batch]:
        state = dlt.current.source_state()
        yield from reading.batches(connection, state, tally or Tally(), options)

    return batches, *(_table(batches, table) for table in tables.TABLES)


def land(
    settings: Settings, *, full_refresh: bool = False, now: Callable[[], datetime] = clock.now
) -> tuple[TableLoad, ...]:
    """Land the shop that the environment names."""
    return landing.run(
        settings,
        "shopify",
        lambda tally: _configured(tally, now(), is_empty(settings)),
        full_refresh=full_refresh,
    )


def is_empty(settings: Settings) -> bool:
    """Whether no order and no part of one was ever landed, not even by a run that was killed."""
    held = set(warehouse.tables(settings, "raw_shopify"))
    names = [table.name for table in tables.TABLES if "order_id" in table.merge_key]
    found = [
        f"(select 1 as is_there from {warehouse.relation(settings, f'raw_shopify.{name}')} limit 1)"
        for name in ("orders", *names)
        if name in held
    ]
    return not found or warehouse.arrow(settings, " union all ".join(found)).num_rows == 0


def _configured(tally: Tally, now: datetime, is_empty: bool) -> DltSource:
    try:
        return shopify(now=now, is_empty=is_empty, tally=tally)
    except ConfigFieldMissingException as error:
        raise LandingError(
            f"{SETTING}SHOP_URL is not set; it is the shop's address, my-shop.myshopify.com."
        ) from error


def _table(batches: DltResource, table: Table) -> DltResource:
    """The resource that lands one table's part of each batch."""

    @dlt.transformer(data_from=batches, **table.hints())
    def rows(batch: Batch) -> Iterator[Any]:
        if table.name in batch:
            yield batch[table.name]

    return rows
