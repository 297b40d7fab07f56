"""The faults that this API knows, and counts of what was asked."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

KINDS = frozenset({
    "http_429",  # refused, with Retry-After
    "http_5xx",  # refused with `status`, 503 by default
    "throttled",  # HTTP 200 with the error THROTTLED
    "cut_page",  # the connection ends in the middle of the answer
    "cut_file",  # the connection ends in the middle of a bulk result
    "out_of_order",  # the first record of a page comes last
    "short_bulk",  # a bulk result lacks rows that objectCount counts
    "bulk_failed",  # a bulk operation ends as FAILED with partial data
})  # fmt: skip


@dataclass
class Requests:
    """What was asked since the last reset: a second run must ask only for what changed."""

    queries: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    bulk: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    downloads: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count_query(self, root_field: str) -> None:
        with self.lock:
            self.queries[root_field] += 1

    def count_records(self, root_field: str, number: int) -> None:
        with self.lock:
            self.records[root_field] += number

    def count_bulk(self, root_field: str) -> None:
        with self.lock:
            self.bulk[root_field] += 1

    def count_status(self, status: int) -> None:
        with self.lock:
            self.statuses[str(status)] += 1

    def count_download(self) -> None:
        with self.lock:
            self.downloads += 1

    def reset(self) -> None:
        with self.lock:
            for counter in (self.queries, self.records, self.bulk, self.statuses):
                counter.clear()
            self.downloads = 0

    def as_dict(self) -> dict[str, Any]:
        with self.lock:
            return {
                "queries": dict(self.queries),
                "records": dict(self.records),
                "bulk": dict(self.bulk),
                "bulk_starts": sum(self.bulk.values()),
                "statuses": dict(self.statuses),
                "downloads": self.downloads,
            }
