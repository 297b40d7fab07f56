"""Small shops behind the replica of the API, landed in a warehouse of the test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from dlt_pipelines import landing
from dlt_pipelines.load_log import TableLoad
from dlt_pipelines.shopify import is_empty, shopify
from dlt_pipelines.shopify.tables import TABLES
from sandbox.shop import Shop, ShopSpec, generate
from sandbox.shopify_api import ShopifySandbox
from storehouse import warehouse
from storehouse.settings import Settings

END = date(2026, 6, 30)
LATER = datetime(2026, 7, 5, 12, 0)
READ_AT = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)
BY_ORDER = tuple(table.name for table in TABLES if "order_id" in table.merge_key)

Rows = list[dict[str, Any]]


def small_shop(**spec: Any) -> Shop:
    """A shop that the test may change, shown as of its end."""
    asked = {"end": END, "orders": 150, "products": 20, "months": 4, **spec}
    return generate(ShopSpec(**asked)).at()


@contextmanager
def serving(shop: Shop, **options: Any) -> Iterator[ShopifySandbox]:
    """The API of a shop; bulk operations are done at once."""
    with ShopifySandbox(shop, **{"bulk": "immediate", **options}) as sandbox:
        yield sandbox


def no_sleep(_: float) -> None:
    """Tests do not wait."""


def build(sandbox: ShopifySandbox, **options: Any) -> landing.BuildSource:
    """The source that reads this sandbox, all of it at READ_AT unless the test says when."""
    asked = {
        **({} if "now" in options else {"now": READ_AT, "settle_minutes": 0}),
        "shop_url": sandbox.url,
        "access_token": sandbox.access_token,
        "sleep": no_sleep,
        **options,
    }
    return lambda tally: shopify(tally=tally, **asked)


def land(
    settings: Settings, sandbox: ShopifySandbox, *, full_refresh: bool = False, **options: Any
) -> dict[str, TableLoad]:
    """Land the sandbox's shop; what the load log tells, by table."""
    source = build(sandbox, is_empty=is_empty(settings), **options)
    loads = landing.run(settings, "shopify", source, full_refresh=full_refresh)
    return {load.table_name or "": load for load in loads}


def raw(settings: Settings, table: str) -> Rows:
    """A raw table's rows, sorted, with the load they came with."""
    rows = warehouse.read_table(settings, f"raw_shopify.{table}").to_pylist()
    return sorted(rows, key=lambda row: str({**row, "_dlt_load_id": None}))


def without_load(rows: Rows) -> Rows:
    return [{**row, "_dlt_load_id": None} for row in rows]


def contents(settings: Settings) -> dict[str, Rows]:
    """All raw tables, without the loads their rows came with."""
    return {table.name: without_load(raw(settings, table.name)) for table in TABLES}


def column(settings: Settings, table: str, name: str) -> list[Any]:
    return [row[name] for row in raw(settings, table)]


def load_ids(settings: Settings, table: str, key: str = "id") -> dict[str, str]:
    """The load that each row came with."""
    return {row[key]: row["_dlt_load_id"] for row in raw(settings, table)}


def state_of(settings: Settings) -> str:
    """What the warehouse remembers for the next run."""
    name = warehouse.relation(settings, "raw_shopify._dlt_pipeline_state")
    rows = warehouse.arrow(settings, f"select * from {name} order by created_at").to_pylist()
    return str(rows[-1]["version_hash"]) if rows else ""


def shop_rows(shop: Shop, query: str) -> list[tuple[Any, ...]]:
    return shop.con.execute(query).fetchall()


def shop_value(shop: Shop, query: str) -> Any:
    ((only,),) = shop_rows(shop, query)
    return only


def in_currency(amount: Decimal, rate: Decimal, decimals: int) -> Decimal:
    """An amount of the shop as its customer saw it: half up, to the currency's decimals."""
    cents = Decimal(1).scaleb(-decimals)
    return (amount * rate).quantize(cents, rounding="ROUND_HALF_UP")
