"""A local replica of a remote HTTP API: what the replicas of the ad platforms have in common."""

from __future__ import annotations

import logging
import socket
import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson

from sandbox.faults import Fault, Faults

HOST = "127.0.0.1"
COMMON_FAULTS = frozenset({
    "http_429",  # refused, with Retry-After
    "http_5xx",  # refused with `status`, 503 by default
    "cut_page",  # the connection ends in the middle of the answer
})  # fmt: skip

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """What was asked; header names are in lower case, a repeated parameter keeps its last value."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """What a fault's `match` is looked for in."""
        asked = f"{self.method} {self.path}?{'&'.join(f'{k}={v}' for k, v in self.query.items())}"
        return f"{asked} {self.body.decode('utf-8', 'replace')}"

    def json(self) -> Any:
        """The body as JSON; None without one. ValueError when it is something else."""
        return orjson.loads(self.body) if self.body else None

    def form(self) -> dict[str, str]:
        """The body as an HTML form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Answer:
    """What is answered: anything that orjson writes, or bytes as they are."""

    content: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else orjson.dumps(self.content)


class Replica(ABC):
    """Serves on a port of the loopback interface, a free one by default.

    A replica answers in `answer`; what it says when it is too busy or broken is its own too, for
    each platform words that in its own way. `requests` counts what was asked, by method and path.
    """

    extra_faults: frozenset[str] = frozenset()

    def __init__(self, *, port: int = 0, now: datetime | None = None) -> None:
        self.waiting_faults = Faults(COMMON_FAULTS | self.extra_faults)
        self.requests: Counter[str] = Counter()
        self.now = naive_utc(now or datetime.now(UTC))
        self._port = port
        self._server: _Server | None = None
        self._lock = threading.Lock()

    @abstractmethod
    def answer(self, request: Request) -> Answer:
        """The platform's answer to a request that no common fault strikes."""

    @property
    @abstractmethod
    def variables(self) -> dict[str, str]:
        """The environment with which landing finds this replica."""

    def too_many(self, fault: Fault) -> Answer:
        """How the platform says that it was asked too often."""
        return Answer({"error": "Too Many Requests"}, 429, {"Retry-After": f"{fault.retry_after}"})

    def broken(self, fault: Fault) -> Answer:
        """How the platform says that something is wrong on its side."""
        return Answer({"error": "Internal Server Error"}, fault.status)

    def faults(self, kind: str, times: int = 1, match: str = "", **more: Any) -> None:
        """Makes the next `times` requests whose text holds `match` go wrong."""
        self.waiting_faults.add({"kind": kind, "times": times, "match": match, **more})

    def move(self, now: datetime) -> None:
        """Shows the platform as of another instant (UTC where it has no zone)."""
        self.now = naive_utc(now)

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`"""
        if self._server is None:
            raise RuntimeError(f"{type(self).__name__} is not running")
        return f"http://{HOST}:{self._server.server_port}"

    def start(self) -> Self:
        self._server = _Server((HOST, self._port), self)
        thread = threading.Thread(
            target=self._server.serve_forever,
            args=(0.05,),
            name=type(self).__name__,
            daemon=True,
        )
        thread.start()
        return self

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def respond(self, request: Request) -> tuple[Answer, bool]:
        """The answer, and whether it is to break off half-way."""
        with self._lock:
            self.requests[f"{request.method} {request.path}"] += 1
        if fault := self.waiting_faults.take("http_429", request.text):
            return self.too_many(fault), False
        if fault := self.waiting_faults.take("http_5xx", request.text):
            return self.broken(fault), False
        is_cut = self.waiting_faults.take("cut_page", request.text) is not None
        try:
            return self.answer(request), is_cut
        except Exception:
            logger.exception("%s %s could not be answered", request.method, request.path)
            return Answer({"error": "The replica failed"}, 500), False


class _Server(ThreadingHTTPServer):
    """Answers each connection in a thread of its own."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], replica: Replica) -> None:
        super().__init__(address, _Handler)
        self.replica = replica

    def handle_error(self, request: Any, client_address: Any) -> None:
        logger.debug("%s of %s broke off", request, client_address, exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        logger.debug(format, *args)

    def _answer(self) -> None:
        asked = urlsplit(self.path)
        request = Request(
            self.command,
            unquote(asked.path),
            dict(parse_qsl(asked.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(int(self.headers.get("Content-Length") or 0)),
        )
        answer, is_cut = self.server.replica.respond(request)
        body = answer.body
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if is_cut else body)
        if is_cut:
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 (http.server's names)


def naive_utc(instant: datetime) -> datetime:
    """An instant as naive UTC, which one without a zone is taken for."""
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant
