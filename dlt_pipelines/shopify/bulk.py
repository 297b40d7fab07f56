"""Bulk operations: start, wait, download, check. The lines come in blocks, in the file's order.

A file is on disk, whole and counted, before its first line is used. Children know their parent by
`__parentId` wherever they stand, so no line waits for another and memory stays bounded.
"""

import http.client
import logging
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from dlt_pipelines.errors import LandingError
from dlt_pipelines.shopify import queries
from dlt_pipelines.shopify.client import TIMEOUT_SECONDS, Client
from dlt_pipelines.shopify.streams import Stream

ROUNDS = 3
CUTS = 20
STARTS = 250
BLOCK_BYTES = 32 * 1024 * 1024
COPY_BYTES = 1024 * 1024
FIRST_POLL_SECONDS = 0.25
LONGEST_POLL_SECONDS = 30.0
ENDED = frozenset({"COMPLETED", "FAILED", "CANCELED", "EXPIRED"})
UNFINISHED = frozenset({"CREATED", "RUNNING"})
BUSY = frozenset({"OPERATION_IN_PROGRESS", "LIMIT_REACHED"})

log = logging.getLogger(__name__)


class Operation(Struct, rename="camel"):
    """A bulk operation as the API tells of it; counts come as text."""

    id: str
    status: str
    error_code: str | None = None
    object_count: str | int = 0
    root_object_count: str | int = 0
    url: str | None = None
    query: str = ""


class UserError(Struct):
    message: str
    code: str | None = None


class _Started(Struct, rename="camel"):
    bulk_operation: Operation | None = None
    user_errors: list[UserError] = []


class _Operations(Struct):
    nodes: list[Operation] = []


class Incomplete(Exception):  # noqa: N818
    """A result that cannot be used: the operation ended badly, or lines are missing."""


def cancel_own(client: Client) -> None:
    """Cancel jobs of ours that an earlier run left running; those of others stay."""
    data = client.execute(queries.LATEST_BULK)
    latest = msgspec.json.decode(data, type=dict[str, _Operations])["bulkOperations"].nodes
    for operation in latest:
        if operation.status in UNFINISHED and queries.BULK_NAME in operation.query:
            log.info("Shopify: cancelling %s, left over from an earlier run.", operation.id)
            client.execute(queries.CANCEL_BULK, {"id": operation.id})


def start(client: Client, stream: Stream, search: str) -> str | None:
    """The id of a new operation; none where as many are running as may."""
    query = queries.bulk(stream.connection, stream.fields, search, stream.children)
    data = client.execute(queries.START_BULK, {"query": query})
    started = msgspec.json.decode(data, type=dict[str, _Started])["bulkOperationRunQuery"]
    if started.bulk_operation and not started.user_errors:
        return started.bulk_operation.id
    problems = started.user_errors or [UserError("no operation was started")]
    log.info("Shopify %s in bulk: %s", stream.name, problems[0].message)
    if any(problem.code in BUSY for problem in problems):
        return None
    raise LandingError(f"Shopify refused a bulk operation: {problems[0].message}", stream.name)


@contextmanager
def result(
    client: Client, stream: Stream, search: str, started: str | None = None
) -> Iterator[Path | None]:
    """The complete JSON lines of all that matches, in a file that is deleted afterwards.

    `started` is the operation that was started before, if one was.
    """
    with tempfile.TemporaryDirectory(prefix="storehouse_bulk_") as folder:
        path = Path(folder) / f"{stream.name}.jsonl"
        yield _complete_file(client, stream, search, path, started)


def _complete_file(
    client: Client, stream: Stream, search: str, path: Path, started: str | None
) -> Path | None:
    """Ask again when a result is not whole; LandingError when it never is."""
    problem = ""
    for attempt in range(1, ROUNDS + 1):
        try:
            operation_id = started or _start_when_free(client, stream, search)
            return _file(client, stream, operation_id, path)
        except Incomplete as error:
            started = None
            path.unlink(missing_ok=True)
            problem = str(error)
            log.warning("%s in bulk, round %s of %s: %s", stream.name, attempt, ROUNDS, problem)
    raise LandingError(
        f"Shopify's bulk result of {stream.name} is incomplete: {problem}. "
        "Nothing was landed and the next run reads the same again.",
        stream.name,
    )


def _start_when_free(client: Client, stream: Stream, search: str) -> str:
    wait = FIRST_POLL_SECONDS
    for _ in range(STARTS):
        if operation_id := start(client, stream, search):
            return operation_id
        client.sleep(wait)
        wait = _longer(wait)
    raise LandingError(
        f"Shopify has no room for a bulk operation of {stream.name}: others run for too long.",
        stream.name,
    )


def _file(client: Client, stream: Stream, operation_id: str, path: Path) -> Path | None:
    """The operation's result on disk once it has ended; none where nothing matched."""
    ended = _wait(client, operation_id)
    if ended.error_code == "ACCESS_DENIED":
        raise LandingError(
            f"Shopify denies access to {stream.name} in bulk: check the app's scopes.", stream.name
        )
    if ended.status != "COMPLETED":
        raise Incomplete(f"the operation ended as {ended.status} ({ended.error_code})")
    expected = (int(ended.object_count), int(ended.root_object_count))
    path.touch()
    if ended.url:
        _download(client, ended.url, path)
    counted = count_lines(path)
    if counted != expected:
        raise Incomplete(
            f"{counted[0]} objects ({counted[1]} at the root) in the file, "
            f"{expected[0]} ({expected[1]}) announced"
        )
    log.info("Shopify %s: %s objects in bulk.", stream.name, f"{counted[0]:,}")
    return path if ended.url else None


def _wait(client: Client, operation_id: str) -> Operation:
    """Poll until the operation has ended."""
    wait = FIRST_POLL_SECONDS
    while True:
        data = client.execute(queries.POLL_BULK, {"id": operation_id})
        polled = msgspec.json.decode(data, type=dict[str, Operation | None])["bulkOperation"]
        if polled is None:
            raise Incomplete("the operation is gone")
        if polled.status in ENDED:
            return polled
        client.sleep(wait)
        wait = _longer(wait)


def _longer(wait: float) -> float:
    return min(wait * 1.5, LONGEST_POLL_SECONDS)


def _download(client: Client, url: str, path: Path) -> None:
    """The whole file; a connection that is cut goes on where it stopped."""
    for cut in range(CUTS):
        held = path.stat().st_size if path.exists() else 0
        try:
            if _fetch(url, path, held):
                return
            problem: Exception = EOFError("connection cut")
        except urllib.error.HTTPError as error:
            if error.code < 500 and error.code != 429:
                raise Incomplete(f"its file answers HTTP {error.code}") from error
            problem = error
        except (OSError, http.client.HTTPException) as error:
            problem = error
        log.info("Shopify: bulk file cut after %s bytes (%r); going on.", held, problem)
        client.sleep(min(0.5 * 2**cut, LONGEST_POLL_SECONDS))
    raise Incomplete(f"its file was cut {CUTS} times")


def _fetch(url: str, path: Path, held: int) -> bool:
    """Append what is missing to the file; whether it is whole then."""
    headers = {"Range": f"bytes={held}-"} if held else {}
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
        continues = response.status == http.HTTPStatus.PARTIAL_CONTENT
        with path.open("ab" if continues else "wb") as file:
            shutil.copyfileobj(response, file, COPY_BYTES)
        length = response.headers.get("Content-Length")
    start = held if continues else 0
    return length is None or path.stat().st_size == start + int(length)


def count_lines(path: Path) -> tuple[int, int]:
    """How many objects the file holds, and how many of them at the root."""
    lines, children = 0, 0
    with path.open("rb") as file:
        for block in blocks(file):
            lines += block.count(b"\n") + (not block.endswith(b"\n"))
            children += block.count(b'"__parentId"')
    return lines, lines - children


def blocks(file: BinaryIO, size: int = BLOCK_BYTES) -> Iterator[bytes]:
    """The file in blocks of whole lines."""
    rest = b""
    while read := file.read(size):
        end = read.rfind(b"\n") + 1
        if end == 0:
            rest += read
            continue
        yield rest + read[:end]
        rest = read[end:]
    if rest:
        yield rest
