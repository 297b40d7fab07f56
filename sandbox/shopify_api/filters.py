"""Shopify's search syntax (`query:` arguments) as SQL conditions.

Served: `name:value`, `name:>=value` and the like, quoted values, AND (or a space), OR, NOT (or a
minus) and parentheses. A name that an entity does not know is an error: a filter that is silently
ignored would return the whole shop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.shopify_api.errors import bad_request
from sandbox.shopify_api.mapping import Filter

TOKEN = re.compile(
    r"""\s*(?: (?P<open>\() | (?P<close>\))
        | (?P<term>-?[A-Za-z_]+:(?:>=|<=|>|<|=)?(?:"[^"]*"|'[^']*'|[^\s()]+))
        | (?P<word>[^\s()]+) )""",
    re.VERBOSE,
)
TERM = re.compile(r"(-?)([A-Za-z_]+):(>=|<=|>|<|=)?(.+)", re.DOTALL)

ORDER_STATUS = {
    "any": "true",
    "open": "({t}.closed_at is null and {t}.cancelled_at is null)",
    "closed": "{t}.closed_at is not null",
    "cancelled": "{t}.cancelled_at is not null",
    "not_closed": "{t}.closed_at is null",
}


def quoted(value: object) -> str:
    """A value as an SQL literal."""
    return "'" + str(value).replace("'", "''") + "'"


def where(query: str | None, filters: Mapping[str, Filter], time_zone: str) -> str | None:
    """The condition, over a row with the alias `{t}`, or None where everything is wanted."""
    tokens = list(TOKEN.finditer(query or ""))
    if not tokens:
        return None
    return _Parser(tokens, filters, ZoneInfo(time_zone)).parse()


class _Parser:
    """Recursive descent: OR binds weaker than AND, a space means AND."""

    def __init__(
        self, tokens: list[re.Match[str]], filters: Mapping[str, Filter], zone: ZoneInfo
    ) -> None:
        self.tokens = tokens
        self.filters = filters
        self.zone = zone

    def parse(self) -> str:
        condition = self._either()
        if self.tokens:
            raise bad_request(f"Unexpected {self.tokens[0].group().strip()} in the query")
        return condition

    def _next(self, word: str) -> bool:
        if self.tokens and self.tokens[0].group("word") == word:
            self.tokens.pop(0)
            return True
        return False

    def _either(self) -> str:
        parts = [self._all()]
        while self._next("OR"):
            parts.append(self._all())
        return f"({' or '.join(parts)})" if len(parts) > 1 else parts[0]

    def _all(self) -> str:
        parts = [self._one()]
        while self.tokens and not self.tokens[0].group("close") and not self._at("OR"):
            self._next("AND")
            parts.append(self._one())
        return " and ".join(parts)

    def _at(self, word: str) -> bool:
        return self.tokens[0].group("word") == word

    def _one(self) -> str:
        if not self.tokens:
            raise bad_request("The query ends too early")
        if self._next("NOT"):
            return f"not {self._one()}"
        token = self.tokens.pop(0)
        if token.group("open"):
            return self._group()
        if not token.group("term"):
            raise bad_request(f"The sandbox does not search for the word {token.group().strip()}")
        return self._term(token.group("term"))

    def _group(self) -> str:
        condition = self._either()
        if not self.tokens or not self.tokens.pop(0).group("close"):
            raise bad_request("A parenthesis in the query is not closed")
        return f"({condition})"

    def _term(self, term: str) -> str:
        minus, name, operator, value = TERM.fullmatch(term).groups()  # type: ignore[union-attr]
        if name not in self.filters:
            raise bad_request(f"The sandbox does not serve the filter {name}")
        condition = self._condition(self.filters[name], operator or "=", value.strip("\"'"))
        return f"not {condition}" if minus else condition

    def _condition(self, wanted: Filter, operator: str, value: str) -> str:
        if wanted.kind == "order_status":
            if value not in ORDER_STATUS:
                raise bad_request(f"Invalid status: {value}")
            return ORDER_STATUS[value]
        if wanted.kind == "text":
            return f"lower({wanted.sql}) = {quoted(value.lower())}"
        if wanted.kind == "list":
            return f"list_contains({wanted.sql}, {quoted(value.lower())})"
        if wanted.kind == "boolean":
            return f"{wanted.sql} = {value.lower() == 'true'}"
        if wanted.kind == "number":
            return f"{wanted.sql} {operator} {_number(value)}"
        return f"{wanted.sql} {operator} timestamp '{_instant(value, self.zone)}'"


def _number(value: str) -> int:
    digits = value.rsplit("/", 1)[-1]
    if not digits.isdigit():
        raise bad_request(f"Invalid number: {value}")
    return int(digits)


def _instant(value: str, zone: ZoneInfo) -> datetime:
    """Naive UTC; a value without a zone is meant in the shop's."""
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise bad_request(f"Invalid timestamp: {value}") from error
    if not instant.tzinfo:
        instant = instant.replace(tzinfo=zone)
    return instant.astimezone(UTC).replace(tzinfo=None)
