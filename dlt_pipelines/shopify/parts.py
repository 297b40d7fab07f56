"""What stands inside refunds and returns, fetched beside the reading of the orders that have them.

Bulk operations refuse connections inside lists and deep nesting, so these parts come by the ids of
what they stand in, in pages. One thread asks for them while the main one makes tables of orders.
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from dlt_pipelines.shopify import paged, records
from dlt_pipelines.shopify.client import Client
from dlt_pipelines.shopify.records import Malformed, Record

IDS_A_TASK = 2 * paged.IDS
Found = list[Record | Malformed]


class Parts:
    """Takes ids as they become known and gives back all that stands inside those objects."""

    def __init__(self, pool: ThreadPoolExecutor, client: Client, scopes: Collection[str]) -> None:
        self._pool = pool
        self._client = client
        self._scopes = scopes
        self._tasks: deque[Future[Found]] = deque()

    def ask(self, ids_by_kind: Mapping[str, list[str]]) -> None:
        for kind, ids in ids_by_kind.items():
            for some in records.chunks(ids, IDS_A_TASK):
                self._tasks.append(self._pool.submit(self._fetch, kind, some))

    def arrived(self) -> Iterator[Found]:
        """Those that are here by now."""
        while self._tasks and self._tasks[0].done():
            yield self._tasks.popleft().result()

    def rest(self) -> Iterator[Found]:
        """All others, waited for."""
        while self._tasks:
            yield self._tasks.popleft().result()

    def _fetch(self, kind: str, ids: list[str]) -> Found:
        pages = paged.parts(self._client, kind, ids, self._scopes)
        return [part for page in pages for part in page]


@contextmanager
def fetching(client: Client, scopes: Collection[str]) -> Iterator[Parts]:
    """Nothing is asked for any more once the block is left."""
    pool = ThreadPoolExecutor(1, "parts")
    try:
        yield Parts(pool, client, scopes)
    finally:
        pool.shutdown(cancel_futures=True)
