"""Faults that a test switches on for the next requests, and counts of what was asked."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
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
class Fault:
    """Strikes `times` requests whose text holds `match`."""

    kind: str
    times: int = 1
    match: str = ""
    status: int = 503
    retry_after: float = 1.0


@dataclass
class Faults:
    """The faults that are still to come."""

    waiting: list[Fault] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, settings: Mapping[str, Any]) -> None:
        fault = Fault(**settings)
        if fault.kind not in KINDS:
            raise ValueError(f"Unknown fault {fault.kind}; known are {', '.join(sorted(KINDS))}")
        with self.lock:
            self.waiting.append(fault)

    def clear(self) -> None:
        with self.lock:
            self.waiting.clear()

    def take(self, kind: str, text: str = "") -> Fault | None:
        """The fault of this kind that strikes now, if one does."""
        with self.lock:
            for fault in self.waiting:
                if fault.kind == kind and fault.match in text and fault.times > 0:
                    fault.times -= 1
                    return fault
        return None


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
