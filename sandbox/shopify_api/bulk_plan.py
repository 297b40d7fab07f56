"""What a bulk query may ask, and its levels: one kind of line for each connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    is_leaf_type,
    parse,
    validate,
)
from graphql.execution.values import VariableValues

from sandbox.shopify_api.access import Access
from sandbox.shopify_api.compiler import Compiler, DeniedError, Level
from sandbox.shopify_api.fields import ENTITIES
from sandbox.shopify_api.mapping import Entity
from sandbox.shopify_api.paging import Loader
from sandbox.shopify_api.roots import CONNECTIONS, condition
from sandbox.shopify_api.schema import is_connection, is_list
from sandbox.shopify_api.selection import Picked, Reader

MOST_CONNECTIONS = 5
DEEPEST = 2


class RefusedError(Exception):
    """A query that cannot run in bulk."""


@dataclass(frozen=True)
class BulkQuery:
    """A query that can run in bulk."""

    text: str
    reader: Reader
    root: Picked

    def compile(self, access: Access) -> Level:
        """The levels as a tree; raises DeniedError where a scope is missing."""
        compiler = Compiler(self.reader, access, for_bulk=True)
        scope = access.missing("QueryRoot", self.root.name)
        if scope:
            raise DeniedError((self.root.key,), GraphQLError(scope))
        entity = ENTITIES[CONNECTIONS[self.root.name]]
        level = compiler.connection(entity, self.root, (self.root.key,))
        if compiler.denied:
            raise compiler.denied[0]
        return level

    def condition(self, loader: Loader, entity: Entity) -> str:
        """Which rows at the top are wanted, over the alias t.

        Sorting by UPDATED_AT while filtering by it loses records, as it does at Shopify: of
        records changed at the same instant only one comes.
        """
        search = self.root.arguments.get("query")
        more = condition(self.root.name, dict(self.root.arguments))
        wanted = loader.matching(entity, search, more)
        is_sorted = self.root.arguments.get("sortKey") == "UPDATED_AT"
        if not is_sorted or "updated_at:" not in (search or ""):
            return wanted
        kept = f"select min({entity.key}) from {entity.table} group by updated_at"
        return f"{wanted} and t.{entity.key} in ({kept})"


def read(text: str, schema: GraphQLSchema) -> BulkQuery:
    """Parses, validates and checks the rules of bulk queries."""
    try:
        document = parse(text)
    except GraphQLError as error:
        raise RefusedError(f"Invalid bulk query: {error.message}") from error
    errors = validate(schema, document)
    if errors:
        raise RefusedError(f"Invalid bulk query: {errors[0].message}")
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    fragments = {
        d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
    }
    return _checked(text, operations, fragments, schema)


def _checked(
    text: str,
    operations: list[OperationDefinitionNode],
    fragments: Mapping[str, FragmentDefinitionNode],
    schema: GraphQLSchema,
) -> BulkQuery:
    if len(operations) != 1 or operations[0].operation != OperationType.QUERY:
        raise RefusedError("A bulk query must be one query operation")
    if operations[0].variable_definitions:
        raise RefusedError("Bulk queries cannot take variables")
    reader = Reader(schema, fragments, VariableValues({}, {}))
    query_type = schema.query_type
    assert query_type is not None
    roots = list(reader.fields(query_type, [operations[0].selection_set]).values())
    if len(roots) != 1 or roots[0].name not in CONNECTIONS:
        raise RefusedError("Bulk queries must contain exactly one connection at the top")
    connections = _Walk(reader)
    connections.visit(roots[0], depth=0, in_list=False)
    if connections.count > MOST_CONNECTIONS:
        raise RefusedError(f"Bulk queries cannot contain more than {MOST_CONNECTIONS} connections")
    return BulkQuery(text, reader, roots[0])


@dataclass
class _Walk:
    """Counts connections and refuses those that stand too deep or in a list."""

    reader: Reader
    count: int = 0

    def visit(self, picked: Picked, depth: int, in_list: bool) -> None:
        if is_leaf_type(picked.type):
            return
        if is_connection(picked.kind):
            self._connection(picked, depth, in_list)
            return
        kinds = (
            [picked.type]
            if isinstance(picked.type, GraphQLObjectType)
            else self.reader.schema.get_possible_types(picked.type)  # type: ignore[arg-type]
        )
        for kind in kinds:
            for below in self.reader.children(picked, kind).values():
                self.visit(below, depth, in_list or is_list(picked.kind))

    def _connection(self, picked: Picked, depth: int, in_list: bool) -> None:
        if in_list:
            raise RefusedError(f"Connections within a list are not supported: {picked.name}")
        if depth > DEEPEST:
            raise RefusedError(f"Bulk queries cannot nest connections deeper than {DEEPEST} levels")
        if depth and picked.arguments.get("query"):
            raise RefusedError(f"The sandbox does not search {picked.name} below another object")
        self.count += 1
        for part in self.reader.children(picked).values():
            if part.name == "nodes":
                self._node(part, depth)
            if part.name == "edges":
                for node in self.reader.children(part).values():
                    if node.name == "node":
                        self._node(node, depth)

    def _node(self, node: Picked, depth: int) -> None:
        if not isinstance(node.type, GraphQLObjectType):
            return
        fields = self.reader.children(node)
        nested = [below for below in fields.values() if is_connection(below.kind)]
        if nested and getattr(fields.get("id"), "name", None) != "id":
            raise RefusedError(
                f"The parent of {nested[0].name} must select its id, without an alias"
            )
        for below in fields.values():
            self.visit(below, depth + 1, False)
