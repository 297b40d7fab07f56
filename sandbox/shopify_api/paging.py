"""Pages of rows: windows of connections, opaque cursors, and the rows below each row."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import orjson

from sandbox.shopify_api.access import Access
from sandbox.shopify_api.compiler import Child, Level
from sandbox.shopify_api.errors import bad_request
from sandbox.shopify_api.filters import quoted, where
from sandbox.shopify_api.mapping import Entity, One
from sandbox.shopify_api.schema import is_connection
from sandbox.shopify_api.selection import Picked, Reader

LARGEST_PAGE = 250

Record = dict[str, Any]


@dataclass(frozen=True)
class Position:
    """Where a row stands in its connection: its key and what the connection sorts by."""

    key: int
    value: str

    @property
    def cursor(self) -> str:
        text = json.dumps({"last_id": self.key, "last_value": self.value})
        return base64.b64encode(text.encode()).decode()

    @classmethod
    def of(cls, cursor: str) -> Position:
        try:
            content = json.loads(base64.b64decode(cursor, validate=True))
            return cls(int(content["last_id"]), str(content["last_value"]))
        except (ValueError, KeyError, TypeError) as error:
            raise bad_request("Invalid cursor for current pagination sort.") from error


@dataclass(frozen=True)
class Window:
    """Which part of a connection is asked for, and in which order."""

    size: int
    is_last: bool
    is_descending: bool
    sort: str
    after: Position | None
    before: Position | None

    @classmethod
    def of(cls, entity: Entity, arguments: Mapping[str, Any]) -> Window:
        first, last = arguments.get("first"), arguments.get("last")
        if (first is None) == (last is None):
            raise bad_request("you must provide one of first or last")
        size = int(first or last or 0)
        if not 0 < size <= LARGEST_PAGE:
            raise bad_request(f"first and last must be between 1 and {LARGEST_PAGE}, not {size}")
        sort = arguments.get("sortKey")
        if sort not in (None, "RELEVANCE", *entity.sorts):
            raise bad_request(f"The sandbox does not sort by {sort}")
        after, before = arguments.get("after"), arguments.get("before")
        return cls(
            size=size,
            is_last=last is not None,
            is_descending=bool(arguments.get("reverse")),
            sort=entity.order(sort),
            after=Position.of(after) if after else None,
            before=Position.of(before) if before else None,
        )

    def conditions(self, key: str) -> list[str]:
        """SQL of being after one cursor and before another."""
        later, earlier = ("<", ">") if self.is_descending else (">", "<")
        ends = ((self.after, later), (self.before, earlier))
        return [self._beyond(key, at, operator) for at, operator in ends if at]

    def order(self, key: str) -> str:
        """SQL order in which the wanted rows come first."""
        direction = "desc" if self.is_descending != self.is_last else "asc"
        return f"t.{self.sort} {direction}, t.{key} {direction}"

    def _beyond(self, key: str, at: Position, operator: str) -> str:
        if self.sort == key:
            return f"t.{key} {operator} {at.key}"
        value = quoted(at.value)
        return (
            f"(t.{self.sort} {operator} {value}"
            f" or (t.{self.sort} = {value} and t.{key} {operator} {at.key}))"
        )


@dataclass(frozen=True)
class Page:
    """A window's rows by their place, and whether there are more on either side."""

    positions: Sequence[Position]
    has_next: bool
    has_previous: bool

    @classmethod
    def of(cls, window: Window, found: Sequence[Position]) -> Page:
        """Of one row more than wanted, if there is one."""
        is_more = len(found) > window.size
        wanted = list(found[: window.size])
        if window.is_last:
            return cls(wanted[::-1], window.before is not None, is_more)
        return cls(wanted, is_more, window.after is not None)


@dataclass
class Loader:
    """Reads levels for keys: one statement a level, whatever the number of rows."""

    con: duckdb.DuckDBPyConnection
    reader: Reader
    access: Access
    time_zone: str

    def matching(self, entity: Entity, query: str | None, *more: str | None) -> str:
        """The condition on an entity's rows, over the alias t."""
        parts = [where(query, entity.filters, self.time_zone), self.access.visible(entity.type)]
        wanted = [part for part in (*parts, *more) if part]
        return " and ".join(f"({part})" for part in wanted).replace("{t}", "t") or "true"

    def page(self, entity: Entity, picked: Picked, condition: str) -> Page:
        window = Window.of(entity, picked.arguments)
        conditions = " and ".join((condition, *window.conditions(entity.key)))
        rows = self.con.execute(
            f"select t.{entity.key}, cast(t.{window.sort} as varchar) from {entity.table} as t"
            f" where {conditions} order by {window.order(entity.key)} limit {window.size + 1}"
        ).fetchall()
        return Page.of(window, [Position(*row) for row in rows])

    def pages(
        self, entity: Entity, column: str, picked: Picked, parents: Iterable[int]
    ) -> dict[int, Page]:
        """One page for each parent; where a list is asked for, all of it or its first rows."""
        window = self._window(entity, picked)
        conditions = [f"t.{column} in ({_listed(parents)})", self.matching(
            entity, picked.arguments.get("query")
        ), *window.conditions(entity.key)]  # fmt: skip
        rows = self.con.execute(
            f"select t.{column}, t.{entity.key}, cast(t.{window.sort} as varchar)"
            f" from {entity.table} as t where {' and '.join(conditions)}"
            f" qualify row_number() over (partition by t.{column}"
            f" order by {window.order(entity.key)}) <= {window.size + 1}"
            f" order by {window.order(entity.key)}"
        ).fetchall()
        found: dict[int, list[Position]] = defaultdict(list)
        for parent, key, value in rows:
            found[parent].append(Position(key, value))
        return {parent: Page.of(window, positions) for parent, positions in found.items()}

    def _window(self, entity: Entity, picked: Picked) -> Window:
        if is_connection(picked.kind):
            return Window.of(entity, picked.arguments)
        size = picked.arguments.get("first") or 1_000_000
        return Window(size, False, False, entity.order(None), None, None)

    def records(self, level: Level, keys: Sequence[int]) -> dict[int, Record]:
        """The rows of a level by key, with everything below them."""
        if not keys:
            return {}
        rows = self.con.execute(level.sql(lambda name: f"{name} in ({_listed(keys)})")).fetchall()
        records = {row[0]: orjson.loads(row[1]) for row in rows}
        links = {name: {row[0]: row[2 + at] for row in rows} for at, name in
                 enumerate(level.links())}  # fmt: skip
        for child in level.children:
            if isinstance(child.spec, One):
                self._refer(child, records, links[child.spec.column])
            else:
                self._fill(child, records)
        return records

    def _refer(self, child: Child, records: dict[int, Record], link: Mapping[int, int]) -> None:
        wanted = sorted({key for key in link.values() if key is not None})
        found = self.records(child.level, wanted)
        for key, record in records.items():
            record[child.picked.key] = found.get(link[key])

    def _fill(self, child: Child, records: dict[int, Record]) -> None:
        pages = self.pages(child.level.entity, child.spec.column, child.picked, records)
        keys = [position.key for page in pages.values() for position in page.positions]
        rows = self.records(child.level, keys)
        nothing = Page((), False, False)
        for parent, record in records.items():
            page = pages.get(parent, nothing)
            nodes = [(at, rows[at.key]) for at in page.positions]
            if is_connection(child.picked.kind):
                record[child.picked.key] = connection(self.reader, child.picked, page, nodes)
            else:
                record[child.picked.key] = [node for _, node in nodes]


def connection(
    reader: Reader, picked: Picked, page: Page, nodes: Sequence[tuple[Position, Record]]
) -> Record:
    """A connection in the shape asked for: edges, nodes, pageInfo."""
    answer: Record = {}
    for key, part in reader.children(picked).items():
        is_name = part.name == "__typename"
        answer[key] = picked.type.name if is_name else _part(reader, part, page, nodes)
    return answer


def _part(
    reader: Reader, part: Picked, page: Page, nodes: Sequence[tuple[Position, Record]]
) -> Any:
    if part.name == "nodes":
        return [node for _, node in nodes]
    if part.name == "edges":
        names = {key: field.name for key, field in reader.children(part).items()}
        return [_edge(names, part.type.name, at, node) for at, node in nodes]
    values = _page_info(page)
    return {key: values[field.name] for key, field in reader.children(part).items()}


def _edge(names: Mapping[str, str], kind: str, at: Position, node: Record) -> Record:
    values = {"cursor": at.cursor, "node": node, "__typename": kind}
    return {key: values[name] for key, name in names.items()}


def _page_info(page: Page) -> Record:
    places = page.positions
    return {
        "__typename": "PageInfo",
        "hasNextPage": page.has_next,
        "hasPreviousPage": page.has_previous,
        "startCursor": places[0].cursor if places else None,
        "endCursor": places[-1].cursor if places else None,
    }


def _listed(keys: Iterable[int]) -> str:
    return ", ".join(str(int(key)) for key in keys) or "null"
