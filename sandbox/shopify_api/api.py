"""Answers GraphQL requests over a made-up shop: parses, validates, prices and executes them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)
from graphql.execution.executor import Executor
from graphql.execution.values import get_variable_values

from sandbox.faults import Faults
from sandbox.shop import Shop
from sandbox.shopify_api import bulk_file
from sandbox.shopify_api.access import ALL_SCOPES, Access
from sandbox.shopify_api.bulk import BulkOperations, Cache, Job, Operation, in_background
from sandbox.shopify_api.cost import MAX_COST, Bucket, Pricing, cost_report
from sandbox.shopify_api.errors import max_cost_exceeded, throttled
from sandbox.shopify_api.faults import KINDS, Requests
from sandbox.shopify_api.paging import Loader
from sandbox.shopify_api.resolvers import Completed, Resolvers
from sandbox.shopify_api.schema import schema
from sandbox.shopify_api.selection import Reader
from sandbox.shopify_api.snapshot import build_snapshot, state

logger = logging.getLogger(__name__)

Answer = dict[str, Any]


class ReadyMade(Executor):
    """Takes answers that the loader has already shaped as they are."""

    def complete_value(
        self,
        return_type: Any,
        field_details_list: Any,
        info: GraphQLResolveInfo,
        path: Any,
        result: Any,
        position_context: Any,
    ) -> Any:
        if isinstance(result, Completed):
            return result.value
        return super().complete_value(
            return_type, field_details_list, info, path, result, position_context
        )


@lru_cache(maxsize=256)
def _parsed(text: str) -> tuple[DocumentNode | None, tuple[GraphQLError, ...]]:
    try:
        document = parse(text)
    except GraphQLError as error:
        return None, (error,)
    return document, tuple(validate(schema(), document))


@dataclass
class Api:
    """The Admin API of one shop. `url` tells where a result file can be fetched."""

    shop: Shop
    folder: Path
    bucket: Bucket
    scopes: frozenset[str] = ALL_SCOPES
    cache: Path | None = None
    run_bulk: Callable[[Job], None] = in_background
    url: Callable[[Path], str] = str
    faults: Faults = field(default_factory=lambda: Faults(KINDS))
    requests: Requests = field(default_factory=Requests)
    lock: threading.RLock = field(default_factory=threading.RLock)
    shown: tuple[datetime, tuple[int, ...]] | None = None

    def __post_init__(self) -> None:
        self.bulk = BulkOperations(self.folder, self._write_bulk, self.faults, self.run_bulk)

    def move(self, now: datetime) -> None:
        """Shows the shop as of another instant."""
        with self.lock:
            self.shop.at(now)
            self.shown = None
            self._show()

    def _show(self) -> None:
        """Builds what the fields read, unless it shows the shop as it is."""
        with self.shop.con.cursor() as con:
            wanted = (self.shop.now, state(con))
            if self.shown != wanted:
                build_snapshot(con)
                self.shown = wanted

    @contextmanager
    def reading(self) -> Iterator[tuple[duckdb.DuckDBPyConnection, Access]]:
        """A connection that sees the shop as it stands now, until it is given back."""
        with self.lock:
            self._show()
            con = self.shop.con.cursor()
            con.execute("begin")
            con.execute("select 1 from api.shop")
            access = Access(self.scopes, self.shop.now)
        try:
            yield con, access
        finally:
            con.close()

    def execute(self, request: Mapping[str, Any]) -> Answer:
        """The answer to one request, as JSON with HTTP status 200."""
        document, errors = _parsed(str(request.get("query") or ""))
        if document is None or errors:
            return {"errors": [error.formatted for error in errors]}
        operation = get_operation_ast(document, request.get("operationName"))
        if operation is None:
            return {"errors": [{"message": "Must provide an operation name"}]}
        reader = _reader(document, operation, request.get("variables") or {})
        if isinstance(reader, list):
            return {"errors": [error.formatted for error in reader]}
        return self._priced(document, operation, reader, request)

    def _priced(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        reader: Reader,
        request: Mapping[str, Any],
    ) -> Answer:
        kind = _root_type(operation)
        pricing = Pricing(reader)
        cost = pricing.operation(kind, [operation.selection_set])
        if cost > MAX_COST:
            return {"errors": [max_cost_exceeded(cost, MAX_COST).formatted]}
        is_refused = self.faults.take("throttled", str(request.get("query")))
        if is_refused or not self.bucket.take(cost):
            report = cost_report(cost, None, self.bucket)
            return {"errors": [throttled().formatted], "extensions": {"cost": report}}
        answer, rows = self._executed(document, reader, request)
        actual = min(cost, pricing.operation(kind, [operation.selection_set], rows))
        self.bucket.give_back(cost - actual)
        return {**answer, "extensions": {"cost": cost_report(cost, actual, self.bucket)}}

    def _executed(
        self, document: DocumentNode, reader: Reader, request: Mapping[str, Any]
    ) -> tuple[Answer, Mapping[str, int]]:
        with self.reading() as (con, access):
            loader = Loader(con, reader, access, self.shop.spec.time_zone)
            resolvers = Resolvers(loader, self.bulk, self.faults, self.requests, self.url)
            result = execute_sync(
                schema(),
                document,
                field_resolver=resolvers.resolve,
                variable_values=request.get("variables") or {},
                operation_name=request.get("operationName"),
                executor_class=ReadyMade,
            )
        answer: Answer = {"data": result.data}
        errors: list[Any] = [error.formatted for error in result.errors or ()]
        errors += resolvers.denials(result.data)
        for error in result.errors or ():
            if error.original_error and not isinstance(error.original_error, GraphQLError):
                logger.error("While executing a query", exc_info=error.original_error)
        return ({**answer, "errors": errors} if errors else answer), resolvers.rows

    def _write_bulk(self, operation: Operation, path: Path) -> bulk_file.Written:
        """The writer that the bulk operations are given."""
        with self.reading() as (con, access):
            query = operation.query
            level = query.compile(access)
            loader = Loader(con, query.reader, access, self.shop.spec.time_zone)
            condition = query.condition(loader, level.entity)

            def write(target: Path) -> bulk_file.Written:
                return bulk_file.write(con, level, condition, target, operation.canceled.is_set)

            if self.cache is None:
                return write(path)
            return Cache(self.cache).write(self._asked(con, query.text, access), path, write)

    def _asked(self, con: duckdb.DuckDBPyConnection, text: str, access: Access) -> dict[str, str]:
        """What a result file depends on."""
        state = con.execute("select count(*), max(updated_at), sum(total) from api.orders")
        return {
            "shop": repr(self.shop.spec),
            "now": str(access.now),
            "orders": str(state.fetchone()),
            "scopes": ",".join(sorted(access.scopes)),
            "query": " ".join(text.split()),
        }


def _reader(
    document: DocumentNode, operation: OperationDefinitionNode, variables: dict[str, Any]
) -> Reader | list[GraphQLError]:
    values = get_variable_values(schema(), operation.variable_definitions or (), variables)
    if isinstance(values, list):
        return values
    fragments = {
        d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
    }
    return Reader(schema(), fragments, values)


def _root_type(operation: OperationDefinitionNode) -> Any:
    if operation.operation == OperationType.MUTATION:
        return schema().mutation_type
    return schema().query_type
