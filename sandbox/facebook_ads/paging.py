"""Cursors: a page tells where the next one begins, and has a `next` only if there is one."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.facebook_ads.errors import invalid

USUAL_LIMIT = 25


def limit(params: Mapping[str, str]) -> int:
    """How many objects a page may hold."""
    text = params.get("limit", str(USUAL_LIMIT))
    if not text.isdecimal() or int(text) < 1:
        raise invalid("param limit must be a positive integer")
    return int(text)


def page(items: Sequence[Any], params: Mapping[str, str], url: str) -> dict[str, Any]:
    """The page of these items that the cursor asks for."""
    first, size = _place(params.get("after")), limit(params)
    held = list(items[first : first + size])
    if not held:
        return {"data": []}
    end = first + len(held)
    paging: dict[str, Any] = {"cursors": {"before": _cursor(first), "after": _cursor(end)}}
    if end < len(items):
        paging["next"] = f"{url}?limit={size}&after={_cursor(end)}"
    return {"data": held, "paging": paging}


def _cursor(place: int) -> str:
    return base64.urlsafe_b64encode(f"place:{place}".encode()).decode()


def _place(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        word, _, place = base64.urlsafe_b64decode(cursor).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise invalid("Invalid parameter: after") from error
    if word != "place" or not place.isdecimal():
        raise invalid("Invalid parameter: after")
    return int(place)
