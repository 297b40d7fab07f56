"""The fields at the top of a query or a mutation; what is below comes shaped from the loader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphql import GraphQLResolveInfo

from sandbox.faults import Faults
from sandbox.shopify_api import bulk_plan, ids, roots
from sandbox.shopify_api.bulk import BulkOperations, LimitReachedError
from sandbox.shopify_api.compiler import Compiler, DeniedError
from sandbox.shopify_api.errors import access_denied, bad_request
from sandbox.shopify_api.faults import Requests
from sandbox.shopify_api.fields import ENTITIES
from sandbox.shopify_api.mapping import Entity
from sandbox.shopify_api.paging import Loader, Record, connection
from sandbox.shopify_api.selection import Picked


@dataclass(frozen=True)
class Completed:
    """A value in the shape that the query asks for."""

    value: Any


@dataclass
class Resolvers:
    """Resolves one operation."""

    loader: Loader
    bulk: BulkOperations
    faults: Faults
    requests: Requests
    url: Callable[[Path], str]
    rows: dict[str, int] = field(default_factory=dict)
    denied: list[DeniedError] = field(default_factory=list)

    def resolve(self, source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        """graphql-core's field resolver."""
        if info.parent_type.name == "QueryRoot":
            return self._query(self._picked(info))
        if info.parent_type.name == "Mutation":
            return self._mutation(info.field_name, arguments)
        return source.get(info.field_name)

    def denials(self, data: Any) -> list[dict[str, Any]]:
        """One error for each place where a denied field would stand."""
        return [
            {**denied.error.formatted, "path": list(place)}
            for denied in self.denied
            for place in _places(data, denied.path)
        ]

    def _picked(self, info: GraphQLResolveInfo) -> Picked:
        selection = info.operation.selection_set
        return self.loader.reader.fields(info.parent_type, [selection])[str(info.path.key)]

    def _query(self, picked: Picked) -> Any:
        self.requests.count_query(picked.name)
        scope = self.loader.access.missing("QueryRoot", picked.name)
        if scope:
            raise access_denied(picked.name, scope)
        if picked.name in roots.CONNECTIONS:
            return self._connection(picked, ENTITIES[roots.CONNECTIONS[picked.name]])
        if picked.name in roots.COUNTS:
            return self._count(picked, ENTITIES[roots.COUNTS[picked.name]])
        if picked.name in roots.SINGLE:
            return self._single(picked, roots.SINGLE[picked.name])
        others: dict[str, Callable[[Picked], Any]] = {
            "shop": self._shop,
            "node": self._node,
            "nodes": self._nodes,
            "currentAppInstallation": lambda _: self._installation(),
            "bulkOperation": lambda picked: self._operation(picked.arguments["id"]),
            "bulkOperations": self._operations,
            "currentBulkOperation": self._current_operation,
        }
        return others[picked.name](picked)

    def _compiler(self) -> Compiler:
        return Compiler(self.loader.reader, self.loader.access)

    def _keep(self, compiler: Compiler) -> None:
        self.denied += compiler.denied

    def _connection(self, picked: Picked, entity: Entity) -> Completed:
        compiler = self._compiler()
        try:
            level = compiler.connection(entity, picked, (picked.key,))
        except DeniedError as denied:
            raise denied.error from denied
        more = roots.condition(picked.name, dict(picked.arguments))
        condition = self.loader.matching(entity, picked.arguments.get("query"), more)
        page = self.loader.page(entity, picked, condition)
        records = self.loader.records(level, [at.key for at in page.positions])
        nodes = [(at, records[at.key]) for at in page.positions]
        self.rows[picked.key] = len(nodes)
        self.requests.count_records(picked.name, len(nodes))
        if len(nodes) > 1 and self.faults.take("out_of_order", picked.name):
            nodes = [*nodes[1:], nodes[0]]
        self._keep(compiler)
        return Completed(connection(self.loader.reader, picked, page, nodes))

    def _count(self, picked: Picked, entity: Entity) -> Completed:
        condition = self.loader.matching(entity, picked.arguments.get("query"))
        row = self.loader.con.execute(
            f"select count(*) from {entity.table} as t where {condition}"
        ).fetchone()
        number, limit = row[0] if row else 0, picked.arguments.get("limit")
        is_more = limit is not None and number > limit
        values = {
            "__typename": "Count",
            "count": limit if is_more else number,
            "precision": "AT_LEAST" if is_more else "EXACT",
        }
        return Completed(self._shaped(picked, values))

    def _shaped(self, picked: Picked, values: Mapping[str, Any]) -> Record:
        fields = self.loader.reader.children(picked)
        return {key: values[field.name] for key, field in fields.items()}

    def _single(self, picked: Picked, name: str) -> Completed | None:
        wanted = picked.arguments.get("id")
        if wanted is None:
            return self._first(picked, name)
        kind, key = ids.read(wanted)
        found = self._found(picked, name, [key] if kind == name else [])
        return Completed(found[key]) if key in found else None

    def _first(self, picked: Picked, name: str) -> Completed | None:
        entity = ENTITIES[name]
        row = self.loader.con.execute(f"select min({entity.key}) from {entity.table}").fetchone()
        found = self._found(picked, name, [row[0]] if row and row[0] else [])
        return next((Completed(record) for record in found.values()), None)

    def _found(self, picked: Picked, name: str, keys: list[int]) -> dict[int, Record]:
        """Entities of one type by their keys."""
        entity = ENTITIES[name]
        visible = self.loader.access.visible(name)
        if visible and keys:
            rows = self.loader.con.execute(
                f"select t.{entity.key} from {entity.table} as t"
                f" where {visible.replace('{t}', 't')} and t.{entity.key} in"
                f" ({', '.join(map(str, keys))})"
            ).fetchall()
            keys = [row[0] for row in rows]
        compiler = self._compiler()
        try:
            level = compiler.level(entity, picked.sets, (picked.key,))
        except DeniedError as denied:
            raise denied.error from denied
        self._keep(compiler)
        return self.loader.records(level, keys)

    def _shop(self, picked: Picked) -> Completed | None:
        return self._first(picked, "Shop")

    def _nodes(self, picked: Picked) -> list[Any]:
        wanted = [ids.read(one) for one in picked.arguments["ids"]]
        found: dict[tuple[str, int], Any] = {}
        for kind in dict.fromkeys(kind for kind, _ in wanted):
            keys = [key for name, key in wanted if name == kind]
            for key, record in self._of_type(picked, kind, keys).items():
                found[kind, key] = record
        self.requests.count_records(picked.name, len(found))
        return [found.get(one) for one in wanted]

    def _node(self, picked: Picked) -> Any:
        kind, key = ids.read(picked.arguments["id"])
        return self._of_type(picked, kind, [key]).get(key)

    def _of_type(self, picked: Picked, kind: str, keys: list[int]) -> Mapping[int, Any]:
        if kind == "BulkOperation":
            found = {key: self._operation(f"gid://shopify/{kind}/{key}") for key in keys}
            return {key: one for key, one in found.items() if one}
        scope = self.loader.access.missing_for_node(kind)
        if scope:
            raise access_denied(picked.name, scope)
        if kind not in roots.NODES:
            return {}
        records = self._found(picked, kind, list(dict.fromkeys(keys)))
        return {key: Completed(record) for key, record in records.items()}

    def _installation(self) -> Record:
        scopes = sorted(self.loader.access.scopes)
        return {
            "id": "gid://shopify/AppInstallation/1",
            "accessScopes": [{"handle": one, "description": one} for one in scopes],
            "app": {"id": "gid://shopify/App/1", "title": "Storehouse", "handle": "storehouse"},
        }

    def _operation(self, identity: str) -> Record | None:
        operation = self.bulk.operations.get(identity)
        return operation.as_dict(self.url) if operation else None

    def _current_operation(self, picked: Picked) -> Record | None:
        found = self.bulk.find() if picked.arguments.get("type") == "QUERY" else []
        return found[0].as_dict(self.url) if found else None

    def _operations(self, picked: Picked) -> Record:
        found = self.bulk.find(picked.arguments.get("query"))
        found = found[::-1] if not picked.arguments.get("reverse") else found
        numbers = {operation.id: str(operation.number) for operation in found}
        after = picked.arguments.get("after")
        later = [o for o in found if after is None or int(numbers[o.id]) > int(after)]
        size = picked.arguments.get("first") or picked.arguments.get("last")
        if not size:
            raise bad_request("you must provide one of first or last")
        shown = [operation.as_dict(self.url) for operation in later[:size]]
        cursors = [numbers[one["id"]] for one in shown]
        return {
            "nodes": shown,
            "edges": [{"cursor": at, "node": one} for at, one in zip(cursors, shown, strict=True)],
            "pageInfo": {
                "hasNextPage": len(later) > len(shown),
                "hasPreviousPage": after is not None,
                "startCursor": cursors[0] if cursors else None,
                "endCursor": cursors[-1] if cursors else None,
            },
        }

    def _mutation(self, name: str, arguments: Mapping[str, Any]) -> Record:
        self.requests.count_query(name)
        if name == "bulkOperationCancel":
            return self._cancel(arguments["id"])
        return self._start(arguments)

    def _start(self, arguments: Mapping[str, Any]) -> Record:
        try:
            if arguments.get("groupObjects"):
                raise bulk_plan.RefusedError("The sandbox does not group the objects of a result")
            query = bulk_plan.read(arguments["query"], self.loader.reader.schema)
            started = self.bulk.start(query)
        except bulk_plan.RefusedError as refused:
            return _refused("INVALID", ["query"], str(refused))
        except LimitReachedError:
            return _refused("LIMIT_REACHED", None, "Bulk operations limit reached")
        self.requests.count_bulk(query.root.name)
        return {"bulkOperation": started, "userErrors": []}

    def _cancel(self, identity: str) -> Record:
        operation = self.bulk.operations.get(identity)
        if operation is None:
            return _refused(None, ["id"], "Bulk operation does not exist")
        if not self.bulk.cancel(operation):
            answer = _refused(None, None, f"A bulk operation cannot be canceled when it is "
                                          f"{operation.status.lower()}")  # fmt: skip
            return {**answer, "bulkOperation": operation.as_dict(self.url)}
        return {"bulkOperation": operation.as_dict(self.url), "userErrors": []}


def _refused(code: str | None, place: list[str] | None, message: str) -> Record:
    error = {"field": place, "message": message, "code": code}
    return {"bulkOperation": None, "userErrors": [error]}


def _places(data: Any, path: Iterable[str]) -> Iterator[tuple[str | int, ...]]:
    """The paths that a path without list positions stands for in an answer."""
    first, *rest = [*path, None]
    if first is None:
        yield ()
        return
    keys: list[Any] = [item for item in rest if item is not None]
    if isinstance(data, list):
        for at, item in enumerate(data):
            for place in _places(item, [first, *keys]):
                yield (at, *place)
    elif isinstance(data, dict) and first in data:
        if data[first] is None:
            yield (first, *keys)
            return
        for place in _places(data[first], keys):
            yield (first, *place)
