"""How a field of the API is read from a row: the words that the field maps are written in.

SQL in a map is an expression over one row, whose alias stands as `{t}`: `Column("{t}.name")`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One value, or a list of plain values."""

    sql: str


@dataclass(frozen=True)
class Value:
    """An object made of the same row; null where `exists` is false. It has no table of its own."""

    fields: Mapping[str, Field]
    exists: str | None = None
    type: str | None = None


@dataclass(frozen=True)
class Choice:
    """An object whose type depends on the row: `by` gives the name of the option."""

    by: str
    options: Mapping[str, Value]


@dataclass(frozen=True)
class Listed:
    """A list of objects made of the same row, in this order, each left out where it is null."""

    items: tuple[Value, ...]


@dataclass(frozen=True)
class One:
    """Another entity, found by the key that stands in this row's column."""

    entity: str
    column: str


@dataclass(frozen=True)
class Many:
    """The entities whose `column` holds this row's key: a list, or a connection."""

    entity: str
    column: str


Spec = Column | Value | Choice | Listed | One | Many
Field = Spec | Callable[[Arguments], Spec]


@dataclass(frozen=True)
class Filter:
    """A name of the search syntax: the column and how its values are read."""

    sql: str
    kind: str = "text"


@dataclass(frozen=True)
class Entity:
    """A type with rows of its own: its table, its key, how it sorts and what can be searched."""

    type: str
    table: str
    key: str
    row: Value | Choice
    position: str | None = None
    sorts: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, Filter] = field(default_factory=dict)

    def order(self, sort: str | None) -> str:
        """SQL of what a connection sorts by, before the key."""
        return self.sorts.get(sort or "", self.position or self.key)


def resolve(spec: Field, arguments: Arguments) -> Spec:
    """A field that depends on its arguments becomes the one asked for."""
    return spec(arguments) if callable(spec) else spec


def column(name: str) -> Column:
    return Column(f"{{t}}.{name}")


def columns(*names: str, **renamed: str) -> dict[str, Field]:
    """`columns("name", isActive="is_active")`: fields that are columns."""
    same = {name: column(name) for name in names}
    return {**same, **{name: column(source) for name, source in renamed.items()}}


def gid(kind: str, key: str) -> Column:
    """Shopify's global id, of a key that may be null."""
    return Column(f"'gid://shopify/{kind}/' || {{t}}.{key}")


def instant(name: str) -> Column:
    return Column(f"strftime({{t}}.{name}, '%Y-%m-%dT%H:%M:%SZ')")


def money(amount: str, exists: str | None = None) -> Value:
    """MoneyV2 in the shop's currency."""
    fields = {"amount": Column(f"api.shop_amount({amount})"), "currencyCode": SHOP_CURRENCY}
    return Value(fields, exists, "MoneyV2")


def money_bag(amount: str, exists: str | None = None) -> Value:
    """MoneyBag of an amount that stands in the shop's currency, in a row that has the rate."""
    presentment = {
        "amount": Column(
            f"api.presentment_amount({amount}, {{t}}.presentment_rate, {{t}}.presentment_currency)"
        ),
        "currencyCode": column("presentment_currency"),
    }
    fields = {
        "shopMoney": money(amount),
        "presentmentMoney": Value(presentment, None, "MoneyV2"),
    }
    return Value(fields, exists, "MoneyBag")


def text(sql: str) -> Filter:
    return Filter(sql, "text")


SHOP_CURRENCY = Column("api.shop_currency()")
