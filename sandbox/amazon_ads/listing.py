"""Lists of campaigns, ad groups, ads and keywords, a page at a time, each product in its own way.

Sponsored Products (v3) and Brands (v4) are asked by POST with a media type of each kind, and go on
with a `nextToken`; Sponsored Display by GET with `startIndex`. None tells of archived ones unless
asked to.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sandbox.amazon_ads.checking import RefusedError
from sandbox.replica import Answer, Request

Record = dict[str, Any]
UNASKED = ("ENABLED", "PAUSED")


@dataclass(frozen=True)
class Listing:
    """One list: its media type, the field that holds the records, and how a record is told."""

    field: str
    media_type: str
    total: str
    tell: Callable[[Record], Record]

    @property
    def needs_content_type(self) -> bool:
        """Sponsored Products asks for its own type both ways."""
        return ".v3+" in self.media_type


def page(listing: Listing, request: Request, records: list[Record], most: int) -> Answer:
    """A page of Sponsored Products or Brands."""
    _check_media_type(listing, request)
    asked = request.json() or {}
    size = int(asked.get("maxResults") or most)
    if not 1 <= size <= 100:
        raise RefusedError("maxResults must be from 1 to 100")
    states = (asked.get("stateFilter") or {}).get("include") or UNASKED
    found = [record for record in records if record["state"] in states]
    start = _start(asked.get("nextToken"))
    end = start + min(size, most)
    told = [_told(listing, record, asked) for record in found[start:end]]
    content: Record = {listing.field: told, listing.total: len(found)}
    if end < len(found):
        content["nextToken"] = base64.b64encode(str(end).encode()).decode()
    return Answer(content, headers={"Content-Type": listing.media_type})


def display_page(listing: Listing, request: Request, records: list[Record], most: int) -> Answer:
    """A page of Sponsored Display: a bare list, an empty one after the last."""
    query = request.query
    states = (query.get("stateFilter") or "enabled,paused").upper().split(",")
    found = [listing.tell(record) for record in records if record["state"] in states]
    start = int(query.get("startIndex") or 0)
    return Answer(found[start : start + min(int(query.get("count") or most), most)])


def _check_media_type(listing: Listing, request: Request) -> None:
    if request.headers.get("accept") != listing.media_type:
        raise RefusedError(f"Accept must be {listing.media_type}", 406)
    content_type = request.headers.get("content-type")
    if listing.needs_content_type and content_type != listing.media_type:
        raise RefusedError(f"Content-Type must be {listing.media_type}", 415)


def _told(listing: Listing, record: Record, asked: Mapping[str, Any]) -> Record:
    told = {name: value for name, value in listing.tell(record).items() if value is not None}
    if asked.get("includeExtendedDataFields"):
        told["extendedData"] = _extended(record)
    return told


def _extended(record: Record) -> Record:
    """The instant of creation in milliseconds, where it is known."""
    extended: Record = {"servingStatus": f"STATUS_{record['state']}"}
    if record.get("created_on"):
        created_at = datetime.combine(record["created_on"], time(12), UTC)
        extended["creationDate"] = int(created_at.timestamp() * 1000)
    return extended


def _start(token: str | None) -> int:
    try:
        return int(base64.b64decode(token)) if token else 0
    except ValueError as error:
        raise RefusedError("nextToken is not valid") from error
