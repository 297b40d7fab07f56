"""Writes the result of a bulk query as JSON lines, by SQL alone.

The rows at the top are taken a chunk at a time; behind the lines of a chunk come the lines of
everything below it, each with the `__parentId` of what it belongs to. Children do not follow their
parents directly, as in Shopify's ungrouped results.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sandbox.shopify_api.compiler import Level, Scope, within
from sandbox.shopify_api.mapping import Column, Entity, Value

CHUNK = 25_000
COPY = "(format csv, header false, delimiter '\x01', quote '', escape '')"


class CanceledError(Exception):
    """Somebody cancelled the operation."""


@dataclass(frozen=True)
class Written:
    """What stands in a result file."""

    objects: int
    roots: int


def write(
    con: duckdb.DuckDBPyConnection,
    level: Level,
    condition: str,
    path: Path,
    is_canceled: Callable[[], bool] = lambda: False,
) -> Written:
    """Writes the rows of a level that meet a condition over the alias t, and all below them."""
    key, table = level.entity.key, level.entity.table
    con.execute(
        "create or replace temp table bulk_roots as"
        f" select t.{key} as key, row_number() over (order by t.{key}) as place"
        f" from {table} as t where {condition}"
    )
    roots = _number(con.execute("select count(*) from bulk_roots"))
    part = path.with_suffix(".part")
    objects = 0
    with path.open("wb") as result:
        for first in range(0, roots, CHUNK):
            if is_canceled():
                raise CanceledError
            objects += _number(con.execute(_copy(level, _chunk(con, first), part)))
            with part.open("rb") as lines:
                shutil.copyfileobj(lines, result, 1 << 20)
            result.flush()
    part.unlink(missing_ok=True)
    con.execute("drop table bulk_roots")
    return Written(objects, roots)


def _number(result: duckdb.DuckDBPyConnection) -> int:
    row = result.fetchone()
    return int(row[0]) if row else 0


def _chunk(con: duckdb.DuckDBPyConnection, first: int) -> Scope:
    """Keys from one place to another; the range lets the tables skip what they can."""
    places = f"place > {first} and place <= {first + CHUNK}"
    row = con.execute(f"select min(key), max(key) from bulk_roots where {places}").fetchone()
    assert row is not None
    low, high = row
    keys = f"select key from bulk_roots where {places}"
    return lambda name: f"{name} between {low} and {high} and {name} in ({keys})"


def _copy(level: Level, scope: Scope, path: Path) -> str:
    statements = list(_statements(level, scope, None, None))
    lines = "\nunion all\n".join(f"select body from ({one})" for one in statements)
    return f"copy ({lines}) to '{path}' {COPY}"


def _statements(level: Level, scope: Scope, by: str | None, parent: Entity | None) -> Iterator[str]:
    """The statement of a level, then those of the levels below."""
    yield level.sql(scope, by, _parent_id(parent, by) if parent else "")
    own = within(level.entity, by, scope) if by else scope
    for child in level.children:
        yield from _statements(child.level, own, child.spec.column, level.entity)


def _parent_id(parent: Entity, column: str | None) -> str:
    assert isinstance(parent.row, Value)
    identity = parent.row.fields["id"]
    assert isinstance(identity, Column)
    return f"'__parentId': {identity.sql.replace(f'{{t}}.{parent.key}', f't.{column}')}"
