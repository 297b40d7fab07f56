"""The Google Ads query language: text -> Query.

SELECT fields FROM resource [WHERE condition AND ...] [ORDER BY field [ASC|DESC], ...] [LIMIT n]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.google_ads.failures import query_error

TOKEN = re.compile(
    r"""\s*(?:(?P<text>'[^']*'|"[^"]*")|(?P<number>-?\d+(?:\.\d+)?)(?![\w.])"""
    r"""|(?P<word>[A-Za-z_][\w.]*)|(?P<sign><=|>=|!=|[=<>(),]))"""
)
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda value, wanted: value == wanted[0],
    "!=": lambda value, wanted: value != wanted[0],
    "<": lambda value, wanted: value < wanted[0],
    "<=": lambda value, wanted: value <= wanted[0],
    ">": lambda value, wanted: value > wanted[0],
    ">=": lambda value, wanted: value >= wanted[0],
    "IN": lambda value, wanted: value in wanted,
    "NOT IN": lambda value, wanted: value not in wanted,
    "BETWEEN": lambda value, wanted: wanted[0] <= value <= wanted[1],
}

Value = str | int | float


@dataclass(frozen=True)
class Condition:
    """`field operator values`: segments.date BETWEEN '2026-01-01' AND '2026-01-31'."""

    field: str
    operator: str
    values: tuple[Value, ...]

    def holds(self, value: Any) -> bool:
        return value is not None and COMPARISONS[self.operator](value, self.values)


@dataclass(frozen=True)
class Query:
    """What is asked for. `order` holds fields, and whether they descend."""

    fields: tuple[str, ...]
    resource: str
    conditions: tuple[Condition, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    limit: int | None = None

    @property
    def mentioned(self) -> tuple[str, ...]:
        """All fields, wherever they stand."""
        filtered = [condition.field for condition in self.conditions]
        return tuple(dict.fromkeys([*self.fields, *filtered, *(field for field, _ in self.order)]))


def parse(text: str) -> Query:
    """The query of a text; Refused says what is wrong with it."""
    return _Parser(_tokens(text)).query()


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = TOKEN.match(text, place)
        if match is None:
            raise query_error(
                "UNEXPECTED_INPUT", f"Error in query: unexpected input {text[place:]}."
            )
        found.append(match.group().strip())
        place = match.end()
    return found


class _Parser:
    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._place = 0

    def query(self) -> Query:
        self._expect("SELECT", "EXPECTED_SELECT")
        fields = self._list()
        self._expect("FROM", "EXPECTED_FROM")
        resource = self._next()
        conditions = self._conditions() if self._take("WHERE") else ()
        order = self._order() if self._take("ORDER") else ()
        limit = self._limit() if self._take("LIMIT") else None
        if self._peek():
            raise query_error(
                "UNEXPECTED_INPUT", f"Error in query: unexpected input {self._peek()}."
            )
        return Query(fields, resource, conditions, order, limit)

    def _peek(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise query_error("UNEXPECTED_END_OF_QUERY", "Error in query: unexpected end of query.")
        self._place += 1
        return token

    def _take(self, word: str) -> bool:
        is_next = self._peek().upper() == word
        self._place += is_next
        return is_next

    def _expect(self, word: str, code: str) -> None:
        if not self._take(word):
            raise query_error(code, f"Error in query: expected {word}.")

    def _list(self) -> tuple[str, ...]:
        found = [self._next()]
        while self._take(","):
            found.append(self._next())
        return tuple(found)

    def _conditions(self) -> tuple[Condition, ...]:
        found = [self._condition()]
        while self._take("AND"):
            found.append(self._condition())
        return tuple(found)

    def _condition(self) -> Condition:
        field, operator = self._next(), self._next().upper()
        if operator == "NOT":
            operator = f"NOT {self._next().upper()}"
        if operator not in COMPARISONS:
            raise query_error("BAD_OPERATOR", f"Error in query: invalid operator {operator}.")
        if operator == "BETWEEN":
            first = self._value()
            self._expect("AND", "EXPECTED_AND")
            return Condition(field, operator, (first, self._value()))
        if operator.endswith("IN"):
            self._expect("(", "EXPECTED_LIST")
            values = [self._value()]
            while self._take(","):
                values.append(self._value())
            self._expect(")", "EXPECTED_LIST")
            return Condition(field, operator, tuple(values))
        return Condition(field, operator, (self._value(),))

    def _value(self) -> Value:
        token = self._next()
        if token[0] in "'\"":
            return token[1:-1]
        if re.fullmatch(r"-?\d+", token):
            return int(token)
        return float(token) if re.fullmatch(r"-?\d+\.\d+", token) else token

    def _order(self) -> tuple[tuple[str, bool], ...]:
        self._expect("BY", "EXPECTED_BY")
        found = []
        while True:
            field = self._next()
            descends = self._take("DESC")
            self._take("ASC")
            found.append((field, descends))
            if not self._take(","):
                return tuple(found)

    def _limit(self) -> int:
        value = self._value()
        if not isinstance(value, int) or value < 1:
            raise query_error("BAD_LIMIT_VALUE", f"Error in query: bad limit {value}.")
        return value
