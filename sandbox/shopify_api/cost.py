"""What a query costs in points, and the bucket that the points are taken from.

A field that gives plain values costs nothing, an object that has an id one point, a connection
2 points and its nodes as often as max(1, floor(2 ln n)), for n rows asked for; what is nested
multiplies. Objects without an id (money, addresses, pages) cost only what they hold.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLNamedType, GraphQLObjectType, SelectionSetNode, is_leaf_type

from sandbox.shopify_api.schema import is_connection
from sandbox.shopify_api.selection import Picked, Reader

MAX_COST = 1000
MUTATION_COST = 10


def connection_weight(rows: int) -> int:
    return max(1, math.floor(2 * math.log(max(rows, 1))))


@dataclass(frozen=True)
class Pricing:
    """Adds up the cost of selections."""

    reader: Reader

    def operation(
        self,
        kind: GraphQLObjectType,
        sets: Iterable[SelectionSetNode],
        rows: Mapping[str, int] | None = None,
    ) -> int:
        """As asked, or as answered: `rows` tells how many each connection at the top gave."""
        if kind.name == "Mutation":
            return MUTATION_COST
        fields = self.reader.fields(kind, sets).values()
        return sum(self._field(picked, (rows or {}).get(picked.key)) for picked in fields)

    def _fields(self, kind: GraphQLNamedType, sets: Iterable[SelectionSetNode]) -> int:
        return sum(self._field(picked) for picked in self.reader.fields(kind, sets).values())

    def _field(self, picked: Picked, rows: int | None = None) -> int:
        if is_leaf_type(picked.type):
            return 0
        if is_connection(picked.kind):
            asked = picked.arguments.get("first") or picked.arguments.get("last") or 1
            weight = connection_weight(asked if rows is None else rows) if rows != 0 else 0
            parts = self.reader.children(picked).values()
            return 2 + weight * sum(self._nodes(part) for part in parts)
        return self._object(picked)

    def _nodes(self, part: Picked) -> int:
        """Of one row of a connection, under `nodes` or `edges`."""
        if part.name == "nodes":
            return self._object(part)
        if part.name == "edges":
            below = self.reader.children(part).values()
            return sum(self._object(field) for field in below if field.name == "node")
        return 0

    def _object(self, picked: Picked) -> int:
        """Of an interface or union, the dearest of its types."""
        schema = self.reader.schema
        if isinstance(picked.type, GraphQLObjectType):
            kinds: Iterable[GraphQLObjectType] = [picked.type]
        else:
            kinds = schema.get_possible_types(picked.type)  # type: ignore[arg-type]
        return max(int("id" in kind.fields) + self._fields(kind, picked.sets) for kind in kinds)


@dataclass
class Bucket:
    """A leaky bucket of points; the default is what a Plus shop has."""

    clock: Callable[[], float]
    maximum: float = 20_000.0
    restore_rate: float = 1_000.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.available = self.maximum
        self.at = self.clock()

    def take(self, points: float) -> bool:
        """Whether the points were there; they are gone then."""
        with self.lock:
            self._restore()
            if points > self.available:
                return False
            self.available -= points
            return True

    def give_back(self, points: float) -> None:
        with self.lock:
            self.available = min(self.maximum, self.available + points)

    def status(self) -> dict[str, float | int]:
        with self.lock:
            self._restore()
            return {
                "maximumAvailable": self.maximum,
                "currentlyAvailable": int(self.available),
                "restoreRate": self.restore_rate,
            }

    def _restore(self) -> None:
        now = self.clock()
        restored = (now - self.at) * self.restore_rate
        self.available = min(self.maximum, self.available + restored)
        self.at = now


def cost_report(requested: int, actual: int | None, bucket: Bucket) -> dict[str, Any]:
    """The content of `extensions.cost`."""
    return {
        "requestedQueryCost": requested,
        "actualQueryCost": actual,
        "throttleStatus": bucket.status(),
    }
