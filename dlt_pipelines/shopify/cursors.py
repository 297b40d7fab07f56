"""Up to where each stream has been read, and what was landed near there.

A stream is read again from some time before its newest record (the overlap), because records may
appear late. Those that came before and have not changed since are known by id and `updated_at`.
"""

import re
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

State = MutableMapping[str, Any]
Pairs = Iterable[tuple[str, str]]

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def text(instant: datetime) -> str:
    """An instant as Shopify writes it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(written: str) -> datetime:
    """An instant or a day; without a zone it is UTC."""
    read = datetime.fromisoformat(written)
    return read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC)


def _dated(pairs: Pairs) -> dict[str, str]:
    """Those pairs that tell when; a malformed record does not."""
    return {key: at for key, at in pairs if _INSTANT.fullmatch(at)}


@dataclass(frozen=True)
class Window:
    """What part of a stream a run asks for; without a start, all of it."""

    start: str | None
    end: str | None

    def search(self, column: str = "updated_at") -> str:
        """The filter in Shopify's search syntax; both ends belong to it."""
        parts = [f"{column}:>='{self.start}'"] if self.start else []
        return " ".join([*parts, *([f"{column}:<='{self.end}'"] if self.end else [])])


class Cursor:
    """One stream's place in the pipeline's state."""

    def __init__(self, state: State, stream: str, overlap: timedelta) -> None:
        self._entry: State = state.setdefault("cursors", {}).setdefault(stream, {})
        self._overlap = overlap

    @property
    def newest(self) -> str | None:
        """The newest `updated_at` that was landed."""
        return self._entry.get("newest")

    @property
    def size(self) -> int | None:
        """How many objects a stream had that is read whole each time."""
        return self._entry.get("size")

    @size.setter
    def size(self, count: int) -> None:
        self._entry["size"] = count

    def window(self, start_at: str | None, end: datetime | None) -> Window:
        start = text(instant(start_at)) if start_at else None
        if self.newest:
            start = self._floor(self.newest)
        return Window(start, text(end) if end else None)

    def is_known(self, item_id: str, updated_at: str) -> bool:
        """Whether this very state of the object was landed before."""
        return self._entry.get("known", {}).get(item_id) == updated_at

    def advance(self, read: Pairs) -> None:
        """Move to the newest (id, updated_at) of what was read whole."""
        known = {**self._entry.get("known", {}), **_dated(read)}
        if not known:
            return
        newest = max([*known.values(), *([self.newest] if self.newest else [])])
        floor = self._floor(newest)
        self._entry["newest"] = newest
        self._entry["known"] = {key: at for key, at in known.items() if at >= floor}

    def _floor(self, newest: str) -> str:
        return text(instant(newest) - self._overlap)


class Newest:
    """The last part of a long read: ids of what changed within the overlap before its newest."""

    def __init__(self, overlap: timedelta) -> None:
        self._overlap = overlap
        self._newest = ""
        self._recent: dict[str, str] = {}
        self.count = 0

    def add(self, pairs: Pairs) -> None:
        batch = _dated(pairs)
        self.count += len(batch)
        if not batch:
            return
        newest = max(batch.values())
        if newest > self._newest:
            self._newest = newest
        floor = text(instant(self._newest) - self._overlap)
        self._recent = {key: at for key, at in {**self._recent, **batch}.items() if at >= floor}

    @property
    def pairs(self) -> Pairs:
        return self._recent.items()
