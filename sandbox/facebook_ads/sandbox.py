"""The Graph API over HTTP, as much of it as landing asks for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from sandbox.ads import AdWorld
from sandbox.facebook_ads import errors, fields, insights, paging
from sandbox.facebook_ads.errors import GraphError
from sandbox.facebook_ads.jobs import AT_ONCE, Run, Runs, Steps
from sandbox.facebook_ads.objects import Graph, Node, graphs
from sandbox.faults import Fault
from sandbox.replica import Answer, Replica, Request

ACCESS_TOKEN = "EAAB-sandbox"
API_VERSION = "v26.0"
PATH = re.compile(r"/(v\d+\.\d+)(?:/(.*))?")
JSON = {"Content-Type": "application/json; charset=UTF-8", "facebook-api-version": API_VERSION}

Params = Mapping[str, str]


class FacebookAdsSandbox(Replica):
    """Serves the Meta accounts of an ad world.

    A report goes through `steps` until it is complete, one each time that it is asked about; by
    default it is complete at once. One of more than `most_rows` rows is too much data.
    """

    extra_faults = frozenset({
        "expired_token",  # error 190
        "throttled",  # error 17, the limit of the user
        "job_failed",  # an asynchronous report ends as Job Failed
        "too_much_data",  # error 100 with subcode 1487534
    })  # fmt: skip

    def __init__(
        self,
        world: AdWorld,
        port: int = 0,
        *,
        now: datetime | None = None,
        access_token: str = ACCESS_TOKEN,
        most_rows: int = 200_000,
        steps: Steps = AT_ONCE,
    ) -> None:
        super().__init__(port=port, now=now)
        self.world = world
        self.access_token = access_token
        self.most_rows = most_rows
        self.runs = Runs(steps)
        self._graphs: tuple[datetime, dict[str, Graph]] | None = None

    @property
    def variables(self) -> dict[str, str]:
        return {
            "SOURCES__FACEBOOK_ADS__BASE_URL": self.url,
            "SOURCES__FACEBOOK_ADS__ACCESS_TOKEN": self.access_token,
        }

    @property
    def graphs(self) -> dict[str, Graph]:
        """The accounts as they stand now."""
        if self._graphs is None or self._graphs[0] != self.now:
            self._graphs = (self.now, graphs(self.world, self.now))
        return self._graphs[1]

    def too_many(self, fault: Fault) -> Answer:
        minutes = math.ceil(fault.retry_after / 60)
        headers = _usage(next(iter(self.graphs), "0"), 100, minutes)
        return errors.too_many_calls_to_account().answer(headers)

    def broken(self, fault: Fault) -> Answer:
        return errors.busy(fault.status).answer(JSON)

    def answer(self, request: Request) -> Answer:
        try:
            found = PATH.fullmatch(request.path.rstrip("/"))
            if not found:
                raise errors.unknown_path(request.path)
            params = {**request.query, **(request.form() if request.method == "POST" else {})}
            self._check(request, params)
            content = self._content(request, (found[2] or "").split("/"), params)
        except GraphError as error:
            return error.answer(JSON)
        account_id = next((part[4:] for part in request.path.split("/") if part[:4] == "act_"), "")
        return Answer(content, 200, _usage(account_id, 3, 0))

    def _check(self, request: Request, params: Params) -> None:
        faults = self.waiting_faults
        if faults.take("expired_token", request.text):
            raise errors.expired()
        if params.get("access_token") != self.access_token:
            raise errors.bad_token()
        if faults.take("throttled", request.text):
            raise errors.too_many_calls_of_user()

    def _content(self, request: Request, path: list[str], params: Params) -> Any:
        if path == [""] and params.get("ids"):
            return {each: self._node(each, params) for each in params["ids"].split(",")}
        match path:
            case ["me", "adaccounts"]:
                nodes = [graph.node for graph in self.graphs.values()]
                return self._page(request, nodes, "AdAccount", params)
            case [object_id] if object_id in self.runs.by_id:
                return _picked(self.runs.by_id[object_id].node(), "AdReportRun", params)
            case [object_id]:
                return self._node(object_id, params)
            case [run_id, "insights"] if not run_id.startswith("act_"):
                return paging.page(self.runs.complete(run_id).rows, params, self._url(request))
            case [account, "insights"]:
                return self._insights(request, self._account(account), params)
            case [account, edge] if edge in fields.NODE_TYPES:
                return self._edge(request, self._account(account), edge, params)
        raise errors.unknown_path(request.path)

    def _account(self, name: str) -> Graph:
        graph = self.graphs.get(name.removeprefix("act_")) if name.startswith("act_") else None
        if graph is None:
            raise errors.unknown_object(name)
        if graph.is_refused:
            raise errors.no_permission()
        return graph

    def _node(self, object_id: str, params: Params) -> Node:
        if object_id.startswith("act_"):
            return _picked(self._account(object_id).node, "AdAccount", params)
        for graph in self.graphs.values():
            for edge, nodes in graph.edges.items():
                for node in nodes:
                    if node["id"] == object_id and not graph.is_refused:
                        return _picked(node, fields.NODE_TYPES[edge], params)
        raise errors.unknown_object(object_id)

    def _edge(self, request: Request, graph: Graph, edge: str, params: Params) -> Any:
        """Objects that are not deleted; archived ones when they are asked for."""
        shown = set(fields.words(params, "effective_status") or insights.LIVE_ALONE)
        if "DELETED" in shown:
            raise errors.invalid("Filtering on deleted objects is not supported")
        nodes = [node for node in graph.edges[edge] if node["effective_status"] in shown]
        return self._page(request, nodes, fields.NODE_TYPES[edge], params)

    def _page(self, request: Request, nodes: list[Node], kind: str, params: Params) -> Any:
        picked = [_picked(node, kind, params) for node in nodes]
        return paging.page(picked, params, self._url(request))

    def _insights(self, request: Request, graph: Graph, params: Params) -> Any:
        asked = insights.question(params, graph, self.now)
        found = insights.rows(self.world, graph, asked, self.now)
        if len(found) > self.most_rows or self.waiting_faults.take("too_much_data", request.text):
            raise errors.too_much_data()
        if request.method == "GET":
            return paging.page(found, params, self._url(request))
        fails = self.waiting_faults.take("job_failed", request.text) is not None
        run: Run = self.runs.start(graph.id, asked, found, fails=fails)
        return {"report_run_id": run.id}

    def _url(self, request: Request) -> str:
        return f"{self.url}{request.path}"


def _picked(node: Node, kind: str, params: Params) -> Node:
    """The fields asked for that the node has."""
    return {name: node[name] for name in fields.node_fields(params, kind) if node.get(name)}


def _usage(account_id: str, percent: int, minutes: int) -> dict[str, str]:
    """How much of the account's allowance is used up."""
    used = {
        "type": "ads_insights",
        "call_count": percent,
        "total_cputime": percent,
        "total_time": percent,
        "estimated_time_to_regain_access": minutes,
        "ads_api_access_tier": "standard_access",
    }
    throttle = {"app_id_util_pct": percent, "acc_id_util_pct": percent}
    return {
        **JSON,
        "X-Business-Use-Case-Usage": orjson.dumps({account_id: [used]}).decode(),
        "x-fb-ads-insights-throttle": orjson.dumps(throttle).decode(),
    }
