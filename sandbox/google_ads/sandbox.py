"""A running replica of the Google Ads API, for tests and the demo: gRPC, plain text, loopback."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import grpc
from google.ads.googleads.v26.services.types.google_ads_service import (
    SearchGoogleAdsStreamRequest,
)

from sandbox.faults import Faults
from sandbox.google_ads import answers, catalog, failures, gaql
from sandbox.google_ads.entities import Entities, Record
from sandbox.google_ads.failures import Refused

HOST = "127.0.0.1"
SERVICE = "google.ads.googleads.v26.services.GoogleAdsService"
ACCESS_TOKEN = "sandbox-google-token"
DEVELOPER_TOKEN = "sandbox-developer-token"
FAULTS = frozenset({
    "quota",  # RESOURCE_EXHAUSTED, with how long to wait: `retry_after`
    "unavailable",  # UNAVAILABLE
    "cut_stream",  # the stream ends in the middle of the answer
    "not_enabled",  # CUSTOMER_NOT_ENABLED
    "expired_token",  # UNAUTHENTICATED
})  # fmt: skip

logger = logging.getLogger(__name__)


class GoogleAdsSandbox:
    """Serves an ad world's accounts on a port of the loopback interface (a free one by default)."""

    def __init__(self, world: Any, port: int = 0, *, now: datetime | None = None) -> None:
        self._world = world
        self._port = port
        self._now = now or world.shop.now
        self._server: grpc.Server | None = None
        self._lock = threading.Lock()
        self._faults = Faults(FAULTS)
        self.requests: Counter[str] = Counter()
        accounts = world.entities(answers.SOURCE, "accounts", "", self._now).to_pylist()
        self._accounts: list[Record] = accounts

    @property
    def endpoint(self) -> str:
        """`http://127.0.0.1:PORT`, plain text."""
        return f"http://{HOST}:{self._port}"

    @property
    def manager_id(self) -> str:
        return next(str(each["account_id"]) for each in self._accounts if each["kind"] == "manager")

    @property
    def variables(self) -> dict[str, str]:
        """The environment with which landing finds this replica."""
        return {
            "SOURCES__GOOGLE_ADS__ENDPOINT": self.endpoint,
            "SOURCES__GOOGLE_ADS__ACCESS_TOKEN": ACCESS_TOKEN,
            "SOURCES__GOOGLE_ADS__DEVELOPER_TOKEN": DEVELOPER_TOKEN,
            "SOURCES__GOOGLE_ADS__LOGIN_CUSTOMER_ID": self.manager_id,
        }

    def faults(self, kind: str, times: int = 1, match: str = "", **more: Any) -> None:
        """Makes the next `times` requests whose customer and query hold `match` go wrong."""
        self._faults.add({"kind": kind, "times": times, "match": match, **more})

    def move(self, now: datetime) -> None:
        """Shows the accounts as of another instant (naive UTC)."""
        self._now = now

    def start(self) -> Self:
        server = grpc.server(ThreadPoolExecutor(4), options=[("grpc.so_reuseport", 0)])
        handler = grpc.unary_stream_rpc_method_handler(
            self._search_stream,
            request_deserializer=SearchGoogleAdsStreamRequest.pb().FromString,
            response_serializer=bytes,
        )
        methods = {"SearchStream": handler}
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, methods),))
        self._port = server.add_insecure_port(f"{HOST}:{self._port}")
        server.start()
        self._server = server
        return self

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop(None).wait()
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

    def _search_stream(self, request: Any, context: grpc.ServicerContext) -> Iterator[bytes]:
        asked = f"{request.customer_id} {request.query}"
        with self._lock:
            self.requests["SearchStream"] += 1
        try:
            self._strike(asked)
            account = self._admit(request.customer_id, dict(context.invocation_metadata()))
            yield from self._answer(account, request.query, asked)
        except Refused as refused:
            context.set_trailing_metadata(refused.metadata)
            context.abort(refused.status, failures.DETAILS[refused.status])

    def _strike(self, asked: str) -> None:
        """Raise what a fault that is due says."""
        if fault := self._faults.take("quota", asked):
            raise failures.no_quota(fault.retry_after)
        if self._faults.take("unavailable", asked):
            raise failures.unavailable()
        if self._faults.take("expired_token", asked):
            raise failures.bad_token()
        if self._faults.take("not_enabled", asked):
            raise failures.not_enabled()

    def _admit(self, customer_id: str, headers: dict[str, Any]) -> Record:
        """The account that is asked, when the caller may ask it."""
        if headers.get("authorization") != f"Bearer {ACCESS_TOKEN}":
            raise failures.bad_token()
        if headers.get("developer-token") != DEVELOPER_TOKEN:
            raise failures.bad_developer_token()
        found = [each for each in self._accounts if str(each["account_id"]) == customer_id]
        login = headers.get("login-customer-id")
        if not found or login not in (self.manager_id, customer_id):
            raise failures.not_permitted()
        if found[0]["status"] != "enabled":
            raise failures.not_enabled()
        return found[0]

    def _answer(self, account: Record, text: str, asked: str) -> Iterator[bytes]:
        query = gaql.parse(text)
        with self._lock:
            self.requests[query.resource] += 1
        catalog.check(query, is_manager=account["kind"] == "manager")
        entities = Entities(self._world, account, self._accounts, self._now)
        with self._lock:
            answered = list(answers.messages(self._world, query, entities, self._now))
        if self._faults.take("cut_stream", asked):
            yield from answered[: len(answered) // 2]
            raise failures.unavailable()
        yield from answered
