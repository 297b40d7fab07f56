"""The API over HTTP on the loopback interface, with the endpoints that tests steer it by.

POST /admin/api/<version>/graphql.json   the API (any version; the one that answers is 2026-07)
POST /admin/oauth/access_token           client-credentials grant
GET  /bulk/<secret>/<name>               a bulk result, whole or a range
POST /_faults {kind, times, match}       what goes wrong next; DELETE forgets all
POST /_now {now}                         moves the shop's instant
GET  /_requests                          counts of what was asked; DELETE starts anew
"""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

from sandbox.faults import Fault
from sandbox.shopify_api.api import Api
from sandbox.shopify_api.schema import API_VERSION
from sandbox.shopify_api.tokens import Tokens

GRAPHQL = re.compile(r"/admin/api/[^/]+/graphql\.json")
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
BAD_TOKEN = {
    "errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"
}

logger = logging.getLogger(__name__)


@dataclass
class Site:
    """What the handlers serve."""

    api: Api
    tokens: Tokens
    secret: str


class Server(ThreadingHTTPServer):
    """Answers each connection in a thread of its own."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        super().__init__(address, Handler)
        self.site = site

    def handle_error(self, request: Any, client_address: Any) -> None:
        logger.debug("%s of %s broke off", request, client_address, exc_info=True)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    @property
    def site(self) -> Site:
        return self.server.site

    def log_message(self, format: str, *args: Any) -> None:
        logger.debug(format, *args)

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if GRAPHQL.fullmatch(path):
            self._graphql(body)
        elif path == "/admin/oauth/access_token":
            self._send(*self.site.tokens.grant(self._form(body)))
        elif path in ("/_faults", "/_now"):
            self._steer(path, orjson.loads(body))
        else:
            self._send(404, {"errors": "Not Found"})

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/_requests":
            self._send(200, self.site.api.requests.as_dict())
        elif path.startswith(f"/bulk/{self.site.secret}/"):
            self._file(self.site.api.folder / Path(path).name)
        else:
            self._send(404, {"errors": "Not Found"})

    def do_DELETE(self) -> None:
        if self.path == "/_faults":
            self.site.api.faults.clear()
        if self.path == "/_requests":
            self.site.api.requests.reset()
        self._send(200, {})

    def _form(self, body: bytes) -> Mapping[str, Any]:
        if "json" in (self.headers.get("Content-Type") or ""):
            content: Mapping[str, Any] = orjson.loads(body)
            return content
        return dict(parse_qsl(body.decode()))

    def _steer(self, path: str, content: dict[str, Any]) -> None:
        try:
            if path == "/_faults":
                self.site.api.faults.add(content)
            else:
                self.site.api.move(instant(content["now"]))
        except (KeyError, TypeError, ValueError) as error:
            self._send(400, {"errors": str(error)})
        else:
            self._send(200, {"now": self.site.api.shop.now.isoformat()})

    def _graphql(self, body: bytes) -> None:
        if not self.site.tokens.accepts(self.headers.get("X-Shopify-Access-Token")):
            self._send(401, BAD_TOKEN)
            return
        text = body.decode("utf-8", "replace")
        faults = self.site.api.faults
        if fault := faults.take("http_429", text):
            wait = {"Retry-After": f"{fault.retry_after:.1f}"}
            self._send(429, {"errors": "Exceeded 2 calls per second for api client."}, wait)
        elif fault := faults.take("http_5xx", text):
            self._send(fault.status, {"errors": "Internal Server Error"})
        else:
            self._answer(body, faults.take("cut_page", text))

    def _answer(self, body: bytes, cut: Fault | None) -> None:
        try:
            request = orjson.loads(body)
        except orjson.JSONDecodeError:
            self._send(400, {"errors": "Bad request: the body is not JSON"})
            return
        try:
            answer = self.site.api.execute(request)
        except Exception:
            logger.exception("A query could not be answered")
            self._send(500, {"errors": "Internal Server Error"})
            return
        if cut:
            self._send_half(orjson.dumps(answer))
        else:
            self._send(200, answer)

    def _send(
        self, status: int, content: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        self.site.api.requests.count_status(status)
        body = orjson.dumps(content)
        self._begin(status, len(body), {"Content-Type": "application/json", **(headers or {})})
        self.wfile.write(body)

    def _begin(self, status: int, length: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.send_header("X-Shopify-API-Version", API_VERSION)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_half(self, body: bytes) -> None:
        self._begin(200, len(body), {"Content-Type": "application/json"})
        self.wfile.write(body[: len(body) // 2])
        self._break_off()

    def _break_off(self) -> None:
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _file(self, path: Path) -> None:
        if not path.is_file():
            self._send(404, {"errors": "Not Found"})
            return
        self.site.api.requests.count_download()
        size = path.stat().st_size
        first, end = self._range(size)
        if first >= end > 0:
            self._begin(416, 0, {"Content-Range": f"bytes */{size}"})
            return
        is_part = (first, end) != (0, size)
        headers = {"Content-Type": "application/jsonl", "Accept-Ranges": "bytes"}
        if is_part:
            headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
        self._begin(206 if is_part else 200, end - first, headers)
        cut = self.site.api.faults.take("cut_file", self.path)
        with path.open("rb") as content:
            length = (end - first) // 2 if cut else end - first
            if length:
                self.connection.sendfile(content, first, length)
        if cut:
            self._break_off()

    def _range(self, size: int) -> tuple[int, int]:
        """First byte, and the one after the last."""
        wanted = RANGE.fullmatch(self.headers.get("Range") or "")
        if not wanted or wanted.groups() == ("", ""):
            return 0, size
        if not wanted[1]:
            return max(0, size - int(wanted[2])), size
        return int(wanted[1]), min(size, int(wanted[2]) + 1) if wanted[2] else size


def instant(text: str) -> datetime:
    """Naive UTC; a text without a zone is UTC."""
    value = datetime.fromisoformat(text)
    return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
