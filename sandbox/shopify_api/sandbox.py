"""A running replica of the API, for tests and the demo."""

from __future__ import annotations

import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sandbox.shop import Shop
from sandbox.shopify_api.access import ALL_SCOPES
from sandbox.shopify_api.api import Api
from sandbox.shopify_api.bulk import Job, at_once, in_background
from sandbox.shopify_api.cost import Bucket
from sandbox.shopify_api.faults import Requests
from sandbox.shopify_api.server import Server, Site
from sandbox.shopify_api.tokens import Tokens

HOST = "127.0.0.1"
ACCESS_TOKEN = "shpat_sandbox"
CLIENT_ID = "sandbox"
CLIENT_SECRET = "shpss_sandbox"


class ShopifySandbox:
    """Serves a shop on a port of the loopback interface (a free one by default).

    `bulk` is "background", or "immediate": operations are done when the mutation returns; or a
    function that is given each job. `cache` keeps finished bulk files from one run to the next.
    """

    def __init__(
        self,
        shop: Shop,
        *,
        port: int = 0,
        scopes: frozenset[str] = ALL_SCOPES,
        access_token: str = ACCESS_TOKEN,
        clock: Callable[[], float] = time.monotonic,
        bucket: Bucket | None = None,
        bulk: str | Callable[[Job], None] = "background",
        cache: Path | None = None,
    ) -> None:
        self.access_token = access_token
        self.client_id = CLIENT_ID
        self.client_secret = CLIENT_SECRET
        self.tokens = Tokens(clock, access_token, CLIENT_ID, CLIENT_SECRET, scopes)
        self._files = tempfile.TemporaryDirectory(prefix="shopify-sandbox-")
        runners: dict[Any, Callable[[Job], None]] = {
            "background": in_background,
            "immediate": at_once,
        }
        self.api = Api(
            shop,
            Path(self._files.name),
            bucket or Bucket(clock),
            scopes,
            cache,
            runners.get(bulk, bulk),  # type: ignore[arg-type]
            self._file_url,
        )
        self._secret = secrets.token_hex(8)
        self._port = port
        self._server: Server | None = None

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`"""
        if self._server is None:
            raise RuntimeError("The sandbox is not running")
        return f"http://{HOST}:{self._server.server_port}"

    @property
    def graphql_url(self) -> str:
        return f"{self.url}/admin/api/2026-07/graphql.json"

    @property
    def variables(self) -> dict[str, str]:
        """The environment with which landing finds this shop."""
        return {
            "SOURCES__SHOPIFY__SHOP_URL": self.url,
            "SOURCES__SHOPIFY__ACCESS_TOKEN": self.access_token,
        }

    @property
    def shop(self) -> Shop:
        return self.api.shop

    @property
    def requests(self) -> Requests:
        """Counts of what was asked: `sandbox.requests.queries["orders"]`."""
        return self.api.requests

    def faults(self, kind: str, times: int = 1, match: str = "", **more: Any) -> None:
        """Makes the next `times` requests whose text holds `match` go wrong."""
        self.api.faults.add({"kind": kind, "times": times, "match": match, **more})

    def move(self, now: datetime) -> None:
        """Shows the shop as of another instant (UTC where it has no zone)."""
        self.api.move(now)

    def start(self) -> ShopifySandbox:
        self._server = Server((HOST, self._port), Site(self.api, self.tokens, self._secret))
        thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="shopify sandbox", daemon=True
        )
        thread.start()
        return self

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        self._files.cleanup()

    def __enter__(self) -> ShopifySandbox:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _file_url(self, path: Path) -> str:
        return f"{self.url}/bulk/{self._secret}/{path.name}"
