"""The Data API's RunReport over gRPC on the loopback interface, without TLS."""

from __future__ import annotations

from collections import Counter
from concurrent import futures
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import duckdb
import grpc

from sandbox.faults import Faults
from sandbox.ga4.report import InvalidArgumentError, Request, Response, run_report
from sandbox.replica import HOST, naive_utc
from sandbox.shop import ShopSpec

PROPERTY_ID = "properties/342001"
ACCESS_TOKEN = "ya29.sandbox"
SERVICE = "google.analytics.data.v1beta.BetaAnalyticsData"
FAULTS = {
    "unavailable": (grpc.StatusCode.UNAVAILABLE, "The service is currently unavailable."),
    "exhausted": (grpc.StatusCode.RESOURCE_EXHAUSTED, "Exhausted property tokens per hour."),
}
OTHER_ROW = "other_row"  # the report is cut to its largest rows, the rest is summed as (other)


class Ga4Sandbox:
    """Serves one property with the shop's sessions as of `now`; other properties are refused."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, spec: ShopSpec, now: datetime, port: int = 0
    ) -> None:
        self.access_token = ACCESS_TOKEN
        self.requests: Counter[str] = Counter()
        self._con, self._spec, self._now = con, spec, naive_utc(now)
        self._faults = Faults(frozenset({*FAULTS, OTHER_ROW}))
        self._port = port
        self._server: grpc.Server | None = None

    @property
    def endpoint(self) -> str:
        """`127.0.0.1:PORT`"""
        if self._server is None:
            raise RuntimeError("The replica of the Data API is not running")
        return f"{HOST}:{self._port}"

    @property
    def variables(self) -> dict[str, str]:
        """The environment with which landing finds this replica."""
        return {
            "SOURCES__GA4__ENDPOINT": self.endpoint,
            "SOURCES__GA4__ACCESS_TOKEN": self.access_token,
            "SOURCES__GA4__PROPERTY_IDS": PROPERTY_ID.removeprefix("properties/"),
        }

    def faults(self, kind: str, times: int = 1, match: str = "") -> None:
        """Makes the next `times` requests for a property whose name holds `match` go wrong."""
        self._faults.add({"kind": kind, "times": times, "match": match})

    def move(self, now: datetime) -> None:
        """Shows the property as of another instant (UTC where it has no zone)."""
        self._now = naive_utc(now)

    def start(self) -> Self:
        method = grpc.unary_unary_rpc_method_handler(
            self._run_report, Request.FromString, Response.SerializeToString
        )
        self._server = grpc.server(futures.ThreadPoolExecutor(4))
        self._server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler(SERVICE, {"RunReport": method}),)
        )
        self._port = self._server.add_insecure_port(f"{HOST}:{self._port}")
        self._server.start()
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

    def _run_report(self, request: Any, context: grpc.ServicerContext) -> Any:
        self.requests[request.property] += 1
        if dict(context.invocation_metadata()).get("authorization") != f"Bearer {ACCESS_TOKEN}":
            context.abort(
                grpc.StatusCode.UNAUTHENTICATED,
                "Request had invalid authentication credentials.",
            )
        for kind, (status, said) in FAULTS.items():
            if self._faults.take(kind, request.property):
                context.abort(status, said)
        if request.property != PROPERTY_ID:
            context.abort(
                grpc.StatusCode.PERMISSION_DENIED,
                "User does not have sufficient permissions for this property.",
            )
        try:
            response = run_report(self._con, request, self._spec.time_zone, self._now)
        except InvalidArgumentError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        if self._faults.take(OTHER_ROW, request.property):
            response.metadata.data_loss_from_other_row = True
        response.metadata.time_zone = self._spec.time_zone
        response.metadata.currency_code = self._spec.currency_code
        return response
