"""What a run reads of a shop, in which way and order, and how far its cursors move."""

import gc
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Raw, Struct

from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import Tally, utc_now
from dlt_pipelines.shopify import (
    bulk,
    cursors,
    flatten,
    paged,
    parts,
    queries,
    records,
    streams,
    tables,
)
from dlt_pipelines.shopify.batches import Batcher
from dlt_pipelines.shopify.client import SETTING, Client, Pace
from dlt_pipelines.shopify.cursors import Cursor, Newest, Pairs, State
from dlt_pipelines.shopify.flatten import Batch
from dlt_pipelines.shopify.records import Malformed, Record
from dlt_pipelines.shopify.streams import Deletions, Stream

ORDERS_A_BATCH = 2_000
BATCHES_A_COLLECTION = 8
WAYS = ("auto", "bulk", "paged")
SKIPPED = "the token lacks the scope {scope}"

CHANGING = (
    records.Product, records.ProductVariant, records.InventoryItem, records.Customer, records.Order,
)  # fmt: skip

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Options:
    """How a shop is read, when, and over what; `read_by` is auto, bulk or paged."""

    start_at: str | None = None
    overlap: timedelta = timedelta(hours=1)
    bulk_threshold: int = 5_000
    until: datetime | None = None
    read_by: str = "auto"
    read_at: datetime = field(default_factory=utc_now)
    is_empty: bool = False

    def __post_init__(self) -> None:
        if self.read_by not in WAYS:
            raise LandingError(
                f"{SETTING}READ_BY is {self.read_by!r}; it may be auto, bulk or paged."
            )
        try:
            cursors.instant(self.start_at or "2000-01-01")
        except ValueError as error:
            raise LandingError(
                f"{SETTING}START_AT is {self.start_at!r}; it must be like 2024-01-31 "
                "or 2024-01-31T00:00:00Z."
            ) from error


class _Scope(Struct):
    handle: str


class _Installation(Struct, rename="camel"):
    access_scopes: list[_Scope]


class _Connected(Struct, rename="camel"):
    current_app_installation: _Installation
    shop: Raw


@dataclass(frozen=True)
class Connection:
    """A shop that has let us in: what it is, and what the token may read."""

    client: Client
    shop: records.Shop
    scopes: frozenset[str]

    @property
    def store_id(self) -> str:
        """The shop's handle."""
        return self.shop.myshopify_domain.removesuffix(".myshopify.com")


def connect(client: Client) -> Connection:
    """Ask who we are to this shop; LandingError when the token is refused."""
    answer = msgspec.json.decode(client.execute(queries.CONNECT), type=_Connected)
    shop = records.decode(answer.shop)
    if not isinstance(shop, records.Shop):
        raise LandingError(f"Shopify at {client.address.host} does not tell its shop's name.")
    handles = {scope.handle for scope in answer.current_app_installation.access_scopes}
    scopes = streams.readable_scopes(handles)
    if "read_orders" in scopes and "read_all_orders" not in scopes:
        log.warning(
            "The token for %s lacks read_all_orders: only orders of the last 60 days are visible.",
            client.address.host,
        )
    return Connection(client, shop, scopes)


def batches(
    connection: Connection, state: State, tally: Tally, options: Options
) -> Iterator[Batch]:
    """All that is new or changed. Cursors move once their stream has been read whole."""
    reader = Reader(connection, state, tally, options)
    with _without_cyclic_gc():
        for number, batch in enumerate(reader.batches(), 1):
            yield batch
            if number % BATCHES_A_COLLECTION == 0:
                gc.collect()


@contextmanager
def _without_cyclic_gc() -> Iterator[None]:
    """Looking for cycles among millions of records costs a fifth of the time.

    Records hold none, but what writes them does: that is collected now and then.
    """
    was_enabled = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()


@dataclass
class Plan:
    """How one stream is read in this run."""

    stream: Stream
    cursor: Cursor
    search: str
    is_for_bulk: bool
    operation: str | None = None

    def is_landed(self, found: paged.Found) -> bool:
        """Whether this very state of an object was landed before."""
        return not self.stream.is_whole and self.cursor.is_known(found.id, found.updated_at)


class Reader:
    """Reads the streams of one shop in one run."""

    def __init__(
        self, connection: Connection, state: State, tally: Tally, options: Options
    ) -> None:
        self._connection = connection
        self._client = connection.client
        self._state = state
        self._tally = tally
        self._options = options
        self._batcher = Batcher(
            _constants(connection, options.read_at),
            tally,
            () if options.is_empty else streams.order_tables(connection.scopes)[1:],
        )

    def batches(self) -> Iterator[Batch]:
        """The shop, its places, what changed and what was deleted."""
        yield self.start()
        if self.may_read(streams.LOCATIONS.scope, streams.LOCATIONS.tables):
            yield self.locations()
        yield from self.changes()
        for deletions in streams.DELETIONS:
            if deletions.scope in self._connection.scopes:
                yield from self.deletions(deletions)

    def start(self) -> Batch:
        """The shop itself, and every table empty, so that all of them exist."""
        self._tally.read.update({"shop", "deletions"})
        declared = {table.name: flatten.empty(table) for table in tables.TABLES}
        is_first = not self._state.get("cursors")
        shop = self._batcher.batch([self._connection.shop])
        return (declared if is_first else {}) | shop

    def may_read(self, scope: str, names: tuple[str, ...]) -> bool:
        """Whether the token may read these tables; those it may not are reported as skipped."""
        if scope in self._connection.scopes:
            self._tally.read.update(names)
            return True
        reason = SKIPPED.format(scope=scope)
        log.warning("Shopify %s: not landed, %s.", ", ".join(names), reason)
        self._tally.skipped.update(dict.fromkeys(names, reason))
        return False

    def locations(self) -> Batch:
        found = paged.read(self._client, streams.LOCATIONS, "")
        return self._batcher.batch(record for item in found for record in item.records)

    def changes(self) -> Iterator[Batch]:
        """All streams that have cursors or come whole. Bulk operations run beside each other."""
        scopes = self._connection.scopes
        self._skip_parts()
        allowed = [
            self._plan(stream)
            for stream in streams.of_every_run(scopes)
            if self.may_read(stream.scope, stream.tables)
        ]
        self._start(allowed)
        with parts.fetching(self._client, scopes) as inside:
            for plan in allowed:
                read = self._in_bulk if plan.is_for_bulk else self._by_pages
                for batch in read(plan):
                    yield batch
                    inside.ask(self._batcher.to_ask())
                    yield from map(self._batcher.batch, inside.arrived())
            yield from map(self._batcher.batch, inside.rest())

    def _skip_parts(self) -> None:
        """Report the tables within other streams that lack a scope of their own."""
        for scope, names in streams.PARTS.items():
            if scope not in self._connection.scopes:
                self.may_read(scope, names)

    def _plan(self, stream: Stream) -> Plan:
        cursor = Cursor(self._state, stream.name, self._options.overlap)
        window = cursor.window(self._options.start_at, self._options.until)
        search = "" if stream.is_whole else window.search()
        return Plan(stream, cursor, search, self._is_for_bulk(stream, cursor, search))

    def _start(self, plans: list[Plan]) -> None:
        """Start what is read in bulk, the longest first."""
        in_bulk = [plan for plan in plans if plan.is_for_bulk]
        if in_bulk:
            bulk.cancel_own(self._client)
        for plan in reversed(in_bulk):
            plan.operation = bulk.start(self._client, plan.stream, plan.search)

    def _is_for_bulk(self, stream: Stream, cursor: Cursor, search: str) -> bool:
        if self._options.read_by != "auto":
            return self._options.read_by == "bulk"
        if stream.is_whole:
            return cursor.size is None or cursor.size > self._options.bulk_threshold
        if cursor.newest is None:
            return True
        matching = paged.count(self._client, stream, search)
        return matching is not None and matching > self._options.bulk_threshold

    def _by_pages(self, plan: Plan) -> Iterator[Batch]:
        yield from self._before(plan)
        found = paged.read(self._client, plan.stream, plan.search)
        changed = [item for item in found if not plan.is_landed(item)]
        log.info("Shopify %s: %s of %s changed.", plan.stream.name, len(changed), len(found))
        for part in records.chunks(changed, ORDERS_A_BATCH):
            batch = self._batcher.batch(record for item in part for record in item.records)
            yield self._batcher.with_cleared(batch)
        self._after(plan, ((item.id, item.updated_at) for item in found), len(found))

    def _in_bulk(self, plan: Plan) -> Iterator[Batch]:
        yield from self._before(plan)
        newest = Newest(self._options.overlap)
        with bulk.result(self._client, plan.stream, plan.search, plan.operation) as path:
            if path is not None:
                yield from self._of_file(path, newest)
        self._after(plan, newest.pairs, newest.count)

    def _before(self, plan: Plan) -> Iterator[Batch]:
        if streams.LEVELS in plan.stream.tables:
            yield self._batcher.new_snapshot()

    def _after(self, plan: Plan, read: Pairs, count: int) -> None:
        """Remember what the next run needs, once the stream has been read whole."""
        if plan.stream.is_whole:
            plan.cursor.size = count
        else:
            plan.cursor.advance(read)

    def _of_file(self, path: Path, newest: Newest) -> Iterator[Batch]:
        with path.open("rb") as file:
            for block in bulk.blocks(file):
                found = records.decode_lines(block)
                newest.add(_changes(found))
                yield self._batcher.with_cleared(self._batcher.batch(found))

    def deletions(self, deletions: Deletions) -> Iterator[Batch]:
        """What was deleted, from its cursor on."""
        cursor = Cursor(self._state, deletions.name, self._options.overlap)
        window = cursor.window(self._options.start_at, self._options.until)
        search = (
            f"action:destroy subject_type:{deletions.subject_type} {window.search('created_at')}"
        )
        nodes = paged.nodes(
            self._client, queries.EVENTS, "events", {"query": search.strip()}, Pace(250)
        )
        found = [records.decode(node) for node in nodes]
        new = [
            event
            for event in found
            if not isinstance(event, records.DestroyEvent)
            or not cursor.is_known(event.id, event.created_at)
        ]
        if new:
            yield self._batcher.batch(new)
        cursor.advance(
            (event.id, event.created_at)
            for event in found
            if isinstance(event, records.DestroyEvent)
        )


def _changes(found: Iterable[Record | Malformed]) -> Pairs:
    """Id and time of change of those records that have both."""
    for record in found:
        if isinstance(record, CHANGING):
            yield record.id, record.updated_at


def _constants(connection: Connection, read_at: datetime) -> flatten.Constants:
    """What is the same in all rows of this run; a day is the shop's own."""
    day = read_at.astimezone(ZoneInfo(connection.shop.iana_timezone)).date()
    return {
        "store_id": connection.store_id,
        "observed_on": day,
        "snapshot_date": day,
        "captured_at": read_at,
    }
