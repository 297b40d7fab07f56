"""What stands inside refunds, fetched beside the reading of the orders that name them.

Bulk operations refuse connections inside lists, so lines and adjustments of refunds come by the
refunds' ids, in pages. One thread asks for them while the main one makes tables of orders.
"""

from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from dlt_pipelines.shopify import paged, records
from dlt_pipelines.shopify.client import Client
from dlt_pipelines.shopify.records import Malformed, Record

IDS_A_TASK = 2 * paged.REFUND_IDS
Parts = list[Record | Malformed]


class RefundParts:
    """Takes ids of refunds as they become known and gives back what stands inside them."""

    def __init__(self, pool: ThreadPoolExecutor, client: Client, scopes: Collection[str]) -> None:
        self._pool = pool
        self._client = client
        self._scopes = scopes
        self._tasks: deque[Future[Parts]] = deque()

    def ask(self, refund_ids: list[str]) -> None:
        for ids in records.chunks(refund_ids, IDS_A_TASK):
            self._tasks.append(self._pool.submit(self._fetch, ids))

    def arrived(self) -> Iterator[Parts]:
        """Those that are here by now."""
        while self._tasks and self._tasks[0].done():
            yield self._tasks.popleft().result()

    def rest(self) -> Iterator[Parts]:
        """All others, waited for."""
        while self._tasks:
            yield self._tasks.popleft().result()

    def _fetch(self, ids: list[str]) -> Parts:
        pages = paged.refund_parts(self._client, ids, self._scopes)
        return [part for page in pages for part in page]


@contextmanager
def refund_parts(client: Client, scopes: Collection[str]) -> Iterator[RefundParts]:
    """Nothing is asked for any more once the block is left."""
    pool = ThreadPoolExecutor(1, "refunds")
    try:
        yield RefundParts(pool, client, scopes)
    finally:
        pool.shutdown(cancel_futures=True)
