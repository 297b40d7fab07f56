"""Turns what a query asks of an entity into SQL: one statement for each level of its rows.

A level's statement gives each row as JSON text. Objects of the same row, entities that a row refers
to and lists are part of that text; connections (and lists that hold connections) are levels of
their own, as their rows are paged by themselves, or are lines of their own in a bulk file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from graphql import GraphQLError, GraphQLNamedType, GraphQLNonNull, SelectionSetNode

from sandbox.shopify_api.access import Access
from sandbox.shopify_api.errors import access_denied
from sandbox.shopify_api.fields import ENTITIES
from sandbox.shopify_api.mapping import (
    Choice,
    Column,
    Entity,
    Listed,
    Many,
    One,
    Spec,
    Value,
    resolve,
)
from sandbox.shopify_api.schema import is_connection
from sandbox.shopify_api.selection import Picked, Reader

# Says which rows are meant: from a column that holds the level's keys to a condition.
Scope = Callable[[str], str]
Path = tuple[str, ...]


class DeniedError(Exception):
    """A field behind a missing scope; caught where the answer may be null."""

    def __init__(self, path: Path, error: GraphQLError) -> None:
        super().__init__(error.message)
        self.path = path
        self.error = error


@dataclass(frozen=True)
class Child:
    """Rows of another level that belong to a field of this one."""

    picked: Picked
    spec: One | Many
    level: Level


@dataclass
class Level:
    """The rows of one entity as asked for, without the rows of its connections."""

    entity: Entity
    members: str = ""
    joins: list[Callable[[Scope], str]] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)

    def sql(self, scope: Scope, by: str | None = None, extra: str = "") -> str:
        """Key, JSON text and links of the rows whose key (or column `by`) is in scope."""
        entity = self.entity
        own = scope if by in (None, entity.key) else within(entity, by, scope)
        links = "".join(f", t.{link}" for link in self.links())
        joins = "\n".join(join(own) for join in self.joins)
        return (
            f"select t.{entity.key} as key, cast({self.body(extra)} as varchar) as body{links}\n"
            f"from {entity.table} as t\n{joins}\nwhere {scope(f't.{by or entity.key}')}"
        )

    def body(self, extra: str = "") -> str:
        """The row as JSON, with an extra member."""
        if isinstance(self.entity.row, Choice) and extra:
            return f"json_merge_patch({self.members}, to_json({{{extra}}}))"
        if isinstance(self.entity.row, Choice):
            return self.members
        return f"to_json({{{', '.join(part for part in (self.members, extra) if part)}}})"

    def links(self) -> list[str]:
        """Columns that hold the keys of entities that are levels of their own."""
        return sorted({c.spec.column for c in self.children if isinstance(c.spec, One)})


def within(entity: Entity, column: str | None, scope: Scope) -> Scope:
    """The scope of an entity's key, given the scope of its column."""
    condition = scope(f"inner_t.{column}")
    rows = f"select inner_t.{entity.key} from {entity.table} as inner_t where {condition}"
    return lambda name: f"{name} in ({rows})"


@dataclass
class _Row:
    """A row being read: its alias, and the joins of the statement it stands in."""

    entity: Entity
    alias: str
    level: Level
    joins: list[Callable[[Scope], str]]
    is_scoped: bool


@dataclass
class Compiler:
    """Compiles the selections of one operation; collects the fields that were denied."""

    reader: Reader
    access: Access
    for_bulk: bool = False
    denied: list[DeniedError] = field(default_factory=list)
    aliases: Iterator[int] = field(default_factory=lambda: count(1))

    def connection(self, entity: Entity, picked: Picked, path: Path) -> Level:
        """The level of a connection's nodes."""
        sets: list[SelectionSetNode] = []
        for part in self.reader.children(picked).values():
            if part.name == "nodes":
                sets += part.sets
                path = (*path, part.key)
            if part.name == "edges":
                nodes = [p for p in self.reader.children(part).values() if p.name == "node"]
                sets += [one for node in nodes for one in node.sets]
                path = (*path, part.key, *(node.key for node in nodes))
        return self.level(entity, sets, path)

    def level(self, entity: Entity, sets: Iterable[SelectionSetNode], path: Path) -> Level:
        level = Level(entity)
        row = _Row(entity, "t", level, level.joins, True)
        level.members = self._members(row, tuple(sets), path)
        return level

    def _members(self, row: _Row, sets: tuple[SelectionSetNode, ...], path: Path) -> str:
        """The members of an entity's object; of an entity of several types, the whole object."""
        if isinstance(row.entity.row, Choice):
            return self._choice(row, row.entity.row, sets, path)
        return self._fields(row, row.entity.row, self._type(row.entity.type), sets, path)

    def _type(self, name: str | None) -> GraphQLNamedType:
        return self.reader.schema.type_map[name or ""]

    def _fields(
        self,
        row: _Row,
        value: Value,
        kind: GraphQLNamedType,
        sets: tuple[SelectionSetNode, ...],
        path: Path,
    ) -> str:
        parts = []
        for picked in self.reader.fields(kind, sets).values():
            sql = self._nullable(row, value, kind, picked, (*path, picked.key))
            if sql is not None:
                parts.append(f"'{picked.key}': {sql}")
        return ", ".join(parts) or "'__typename': null"

    def _nullable(
        self, row: _Row, value: Value, kind: GraphQLNamedType, picked: Picked, path: Path
    ) -> str | None:
        try:
            return self._field(row, value, kind, picked, path)
        except DeniedError as denied:
            if isinstance(picked.kind, GraphQLNonNull):
                raise
            self.denied.append(denied)
            return "null"

    def _field(
        self, row: _Row, value: Value, kind: GraphQLNamedType, picked: Picked, path: Path
    ) -> str | None:
        if picked.name == "__typename":
            return f"'{kind.name}'"
        scope = self.access.missing(kind.name, picked.name)
        if scope:
            raise DeniedError(path, access_denied(picked.name, scope))
        spec = resolve(value.fields[picked.name], picked.arguments)
        if isinstance(spec, One | Many):
            return self._related(row, spec, picked, path)
        return self._own(row, spec, picked.sets, path)

    def _own(self, row: _Row, spec: Spec, sets: tuple[SelectionSetNode, ...], path: Path) -> str:
        """What is read from the row itself."""
        if isinstance(spec, Column):
            return _at(spec.sql, row.alias)
        if isinstance(spec, Choice):
            return self._choice(row, spec, sets, path)
        if isinstance(spec, Listed):
            items = [self._own(row, item, sets, path) for item in spec.items]
            if not any(item.exists for item in spec.items):
                return f"[{', '.join(items)}]"
            return f"list_filter([{', '.join(items)}], lambda item: item is not null)"
        assert isinstance(spec, Value)
        body = f"{{{self._fields(row, spec, self._type(spec.type), sets, path)}}}"
        return f"case when {_at(spec.exists, row.alias)} then {body} end" if spec.exists else body

    def _choice(
        self, row: _Row, spec: Choice, sets: tuple[SelectionSetNode, ...], path: Path
    ) -> str:
        options = " ".join(
            f"when '{name}' then to_json({self._own(row, value, sets, path)})"
            for name, value in spec.options.items()
        )
        return f"case {_at(spec.by, row.alias)} {options} end"

    def _related(self, row: _Row, spec: One | Many, picked: Picked, path: Path) -> str | None:
        entity = ENTITIES[spec.entity]
        if isinstance(spec, Many) and is_connection(picked.kind):
            return self._split(row, spec, picked, self.connection(entity, picked, path))
        if self._has_connections(picked):
            return self._split(row, spec, picked, self.level(entity, picked.sets, path))
        if isinstance(spec, One):
            return self._joined(row, spec, entity, picked, path)
        return self._embedded(row, spec, entity, picked, path)

    def _split(self, row: _Row, spec: One | Many, picked: Picked, level: Level) -> str | None:
        if row.alias != "t":
            raise NotImplementedError(f"{picked.name} below an object that is joined")
        row.level.children.append(Child(picked, spec, level))
        return None if self.for_bulk else "null"

    def _has_connections(self, picked: Picked) -> bool:
        if not picked.sets or not hasattr(picked.type, "fields"):
            return False
        below = self.reader.children(picked).values()
        return any(is_connection(p.kind) or self._has_connections(p) for p in below)

    def _joined(self, row: _Row, spec: One, entity: Entity, picked: Picked, path: Path) -> str:
        source = f"{row.alias}.{spec.column}"
        members = self._said_by_key(entity, picked, source)
        if members:
            return f"case when {source} is not null then {{{members}}} end"
        alias = self._alias("j")
        join = f"left join {entity.table} as {alias} on {alias}.{entity.key} = {source}"
        row.joins.append(lambda _: join)
        joined = _Row(entity, alias, row.level, row.joins, False)
        body = self._members(joined, picked.sets, path)
        return f"case when {alias}.{entity.key} is not null then {{{body}}} end"

    def _said_by_key(self, entity: Entity, picked: Picked, key: str) -> str | None:
        """Where only ids are asked for that the key says: they need no join."""
        parts = []
        assert isinstance(entity.row, Value)
        for asked in self.reader.children(picked).values():
            spec, text = entity.row.fields.get(asked.name), None
            if asked.name == "id" and isinstance(spec, Column):
                text = spec.sql.replace(f"{{t}}.{entity.key}", key)
            elif isinstance(spec, One) and spec.column == entity.key:
                inner = self._said_by_key(ENTITIES[spec.entity], asked, key)
                text = inner and f"{{{inner}}}"
            if not text or "{t}" in text or self.access.missing(entity.type, asked.name):
                return None
            parts.append(f"'{asked.key}': {text}")
        return ", ".join(parts)

    def _embedded(self, row: _Row, spec: Many, entity: Entity, picked: Picked, path: Path) -> str:
        """A list, gathered by a join with its rows, grouped by what they belong to.

        Its items become JSON before they are gathered: lists of structs are slow to sort.
        """
        inner, alias = self._alias("r"), self._alias("l")
        below: list[Callable[[Scope], str]] = []
        child = _Row(entity, inner, row.level, below, row.is_scoped)
        body = f"to_json({{{self._members(child, picked.sets, path)}}})"
        first = picked.arguments.get("first")
        items = f"list({body} order by {inner}.{entity.order(None)}, {inner}.{entity.key})"
        items = f"list_slice({items}, 1, {int(first)})" if first else items

        def join(scope: Scope) -> str:
            condition = scope(f"{inner}.{spec.column}") if row.is_scoped else "true"
            own = within(entity, spec.column, scope)
            joins = "\n".join(one(own) for one in below)
            return (
                f"left join (select {inner}.{spec.column} as parent, {items} as items\n"
                f"from {entity.table} as {inner}\n{joins}\nwhere {condition}\n"
                f"group by {inner}.{spec.column}) as {alias}"
                f" on {alias}.parent = {row.alias}.{row.entity.key}"
            )

        row.joins.append(join)
        return f"coalesce({alias}.items, [])"

    def _alias(self, letter: str) -> str:
        return f"{letter}{next(self.aliases)}"


def _at(sql: str, alias: str) -> str:
    return sql.replace("{t}", alias)
