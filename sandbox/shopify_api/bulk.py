"""Bulk operations: started, polled, cancelled, at most five at a time."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sandbox.faults import Faults
from sandbox.shopify_api import bulk_file
from sandbox.shopify_api.bulk_plan import BulkQuery
from sandbox.shopify_api.compiler import DeniedError

MOST_AT_A_TIME = 5
UNFINISHED = frozenset({"CREATED", "RUNNING", "CANCELING"})

Job = Callable[[], None]
# Writes the result of a query to a file.
Writer = Callable[["Operation", Path], bulk_file.Written]

logger = logging.getLogger(__name__)


class LimitReachedError(Exception):
    """As many operations are unfinished as there may be."""


@dataclass
class Operation:
    """One bulk operation, as far as it has come."""

    number: int
    query: BulkQuery
    created_at: datetime
    status: str = "CREATED"
    error_code: str | None = None
    objects: int = 0
    roots: int = 0
    path: Path | None = None
    partial_path: Path | None = None
    completed_at: datetime | None = None
    canceled: threading.Event = field(default_factory=threading.Event)

    @property
    def id(self) -> str:
        return f"gid://shopify/BulkOperation/{self.number}"

    def as_dict(self, url: Callable[[Path], str]) -> dict[str, Any]:
        """The fields of BulkOperation."""
        return {
            "__typename": "BulkOperation",
            "id": self.id,
            "type": "QUERY",
            "status": self.status,
            "errorCode": self.error_code,
            "query": self.query.text,
            "objectCount": str(self.objects),
            "rootObjectCount": str(self.roots),
            "fileSize": str(self.path.stat().st_size) if self.path else None,
            "url": url(self.path) if self.path else None,
            "partialDataUrl": url(self.partial_path) if self.partial_path else None,
            "createdAt": _text(self.created_at),
            "completedAt": _text(self.completed_at) if self.completed_at else None,
        }


def _text(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def in_background(job: Job) -> None:
    threading.Thread(target=job, name="bulk operation", daemon=True).start()


def at_once(job: Job) -> None:
    job()


@dataclass
class BulkOperations:
    """All operations of a sandbox. `run` is given each job: a thread, or at once."""

    folder: Path
    writer: Writer
    faults: Faults
    run: Callable[[Job], None] = in_background
    operations: dict[str, Operation] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, query: BulkQuery) -> dict[str, Any]:
        """The operation as created; raises LimitReachedError."""
        with self.lock:
            if sum(o.status in UNFINISHED for o in self.operations.values()) >= MOST_AT_A_TIME:
                raise LimitReachedError
            operation = Operation(len(self.operations) + 1, query, datetime.now(UTC))
            self.operations[operation.id] = operation
        created = operation.as_dict(str)
        self.run(lambda: self._work(operation))
        return created

    def cancel(self, operation: Operation) -> bool:
        """Whether there was anything to cancel."""
        with self.lock:
            if operation.status not in UNFINISHED:
                return False
            operation.canceled.set()
            operation.status = "CANCELING"
            return True

    def find(self, query: str | None = None) -> list[Operation]:
        """Newest first; `query` may name a status and a type."""
        status = re.search(r"status:(\w+)", query or "")
        kind = re.search(r"type:(\w+)", query or "")
        if kind and kind[1].upper() != "QUERY":
            return []
        found = list(self.operations.values())[::-1]
        return [o for o in found if not status or o.status == status[1].upper()]

    def _work(self, operation: Operation) -> None:
        """Runs an operation to its end, whatever that is."""
        path = self.folder / f"bulk-{operation.number}.jsonl"
        self._become(operation, "RUNNING")
        try:
            self._complete(operation, path, self.writer(operation, path))
        except bulk_file.CanceledError:
            self._end(operation, "CANCELED", partial=path)
        except DeniedError as denied:
            logger.warning("Bulk operation %s: %s", operation.id, denied)
            self._end(operation, "FAILED", "ACCESS_DENIED")
        except Exception:
            logger.exception("Bulk operation %s failed", operation.id)
            self._end(operation, "FAILED", "INTERNAL_SERVER_ERROR", partial=path)

    def _become(self, operation: Operation, status: str) -> None:
        with self.lock:
            if operation.status == "CREATED":
                operation.status = status

    def _complete(self, operation: Operation, path: Path, written: bulk_file.Written) -> None:
        if operation.canceled.is_set():
            raise bulk_file.CanceledError
        operation.objects, operation.roots = written.objects, written.roots
        if self.faults.take("bulk_failed", operation.query.text):
            shorten(path)
            self._end(operation, "FAILED", "INTERNAL_SERVER_ERROR", partial=path)
            return
        if self.faults.take("short_bulk", operation.query.text):
            shorten(path)
        operation.path = path if written.objects else None
        self._end(operation, "COMPLETED")

    def _end(
        self,
        operation: Operation,
        status: str,
        error: str | None = None,
        partial: Path | None = None,
    ) -> None:
        with self.lock:
            operation.error_code = error
            operation.partial_path = partial if partial and partial.exists() else None
            operation.completed_at = datetime.now(UTC)
            operation.status = status


def shorten(path: Path) -> None:
    """Takes the last tenth of a file's lines away, one line at least."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.unlink()
    path.write_bytes(b"".join(lines[: len(lines) * 9 // 10]))


@dataclass(frozen=True)
class Cache:
    """Finished files by what was asked of which shop, for benchmarks that repeat themselves."""

    folder: Path

    def write(
        self, what: Mapping[str, str], path: Path, writer: Callable[[Path], bulk_file.Written]
    ) -> bulk_file.Written:
        """The file as it was written before, or by `writer` now."""
        name = hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:24]
        kept, counts = self.folder / f"{name}.jsonl", self.folder / f"{name}.json"
        if counts.exists():
            written = bulk_file.Written(**json.loads(counts.read_text(encoding="utf-8")))
        else:
            self.folder.mkdir(parents=True, exist_ok=True)
            written = writer(kept)
            content = {"objects": written.objects, "roots": written.roots}
            counts.write_text(json.dumps(content), encoding="utf-8")
        path.unlink(missing_ok=True)
        try:
            path.hardlink_to(kept)
        except OSError:
            shutil.copyfile(kept, path)
        return written
