"""Columns are functions from rows to values, read in one pass over all rows of a batch."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from operator import attrgetter
from typing import Any


@dataclass
class Rows:
    """Rows to be: each with its own struct, what it belongs to, and its place in there from 1."""

    own: list[Any]
    parents: list[Any] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    _values: dict[str, list[Any]] = field(default_factory=dict)

    def values(self, path: str) -> list[Any]:
        """An attribute on a path where anything may be null; columns share the way to it."""
        if path not in self._values:
            way, _, name = path.rpartition(".")
            get = attrgetter(name)
            holders = self.values(way) if way else self.own
            self._values[path] = [None if item is None else get(item) for item in holders]
        return self._values[path]

    def without(self, indexes: set[int]) -> "Rows":
        def kept(items: list[Any]) -> list[Any]:
            return [item for index, item in enumerate(items) if index not in indexes]

        return Rows(kept(self.own), kept(self.parents), kept(self.positions))


@dataclass(frozen=True)
class Column:
    """How a column's values are read; a global id is cut to the number at its end."""

    read: Callable[[Rows], Sequence[Any]]
    is_id: bool = False


Columns = dict[str, Column]


def own(path: str) -> Column:
    """An attribute that every row's struct has, `price_set.shop_money.amount`."""
    get = attrgetter(path)
    return Column(lambda rows: list(map(get, rows.own)))


def same(*names: str) -> Columns:
    """Columns that are called as the attributes they hold."""
    return {name: own(name) for name in names}


def maybe(path: str) -> Column:
    """An attribute on a path where anything may be null."""
    return Column(lambda rows: rows.values(path))


def key(column: Column) -> Column:
    """The same column, whose values are global ids."""
    return Column(column.read, is_id=True)


def each(function: Callable[[Any], Any]) -> Column:
    """A value worked out from each row's struct."""
    return Column(lambda rows: [function(item) for item in rows.own])


def of_parent(path: str) -> Column:
    """A global id that stands in what the row belongs to."""
    get = attrgetter(path)
    return key(Column(lambda rows: list(map(get, rows.parents))))


def joined(path: str) -> Column:
    """A list of texts as one text."""
    get = attrgetter(path)
    return Column(lambda rows: [", ".join(texts) for texts in map(get, rows.own)])


def money(name: str, path: str) -> Columns:
    """The shop's and the customer's amount of a MoneyBag."""
    return {
        f"{name}_amount": own(f"{path}.shop_money.amount"),
        f"{name}_presentment_amount": own(f"{path}.presentment_money.amount"),
    }


def maybe_money(name: str, path: str) -> Columns:
    return {
        f"{name}_amount": maybe(f"{path}.shop_money.amount"),
        f"{name}_presentment_amount": maybe(f"{path}.presentment_money.amount"),
    }


ID = key(own("id"))
BELONGS_TO = key(own("parent_id"))
PARENT = key(Column(lambda rows: rows.parents))
POSITION = Column(lambda rows: rows.positions)


def total(amounts: Iterable[str]) -> str:
    """The sum of amounts; one that is no number is returned as it is, to be rejected as a value."""
    result = Decimal(0)
    for amount in amounts:
        try:
            result += Decimal(amount)
        except InvalidOperation:
            return amount
    return str(result)
