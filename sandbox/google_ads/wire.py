"""Columns of values -> responses as they stand on the wire.

One message is filled for row after row and written out: to keep a message for each row takes ten
times as long. A response is its rows, each with its length before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from google.ads.googleads.v26.services.types.google_ads_service import (
    SearchGoogleAdsStreamResponse,
)

from sandbox.google_ads.catalog import Row, descriptor, path
from sandbox.google_ads.failures import REQUEST_ID

Response = SearchGoogleAdsStreamResponse.pb()
ROW_TAG = bytes([Response.DESCRIPTOR.fields_by_name["results"].number << 3 | 2])

Put = Callable[[Any, Any], None]


class Writer:
    """Writes responses of rows that have these fields."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._row = Row()
        self._puts = [_put(field) for field in fields]
        head = Response(request_id=REQUEST_ID)
        head.field_mask.paths.extend(fields)
        self._head: bytes = head.SerializeToString()

    def response(self, columns: Sequence[Sequence[Any]]) -> bytes:
        """A response of the rows that these columns make."""
        parts = [self._head]
        for values in zip(*columns, strict=True):
            self._row.Clear()
            for put, value in zip(self._puts, values, strict=True):
                if value is not None:
                    put(self._row, value)
            row: bytes = self._row.SerializeToString()
            parts += (ROW_TAG, _varint(len(row)), row)
        return b"".join(parts)


def _varint(number: int) -> bytes:
    parts = bytearray()
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def _put(field: str) -> Put:
    """What puts a value into a row's field."""
    *parents, last = path(field) or ()
    owner = attrgetter(".".join(parents))
    found = descriptor(field)
    if found.is_repeated:
        are_assets = found.message_type is not None
        return lambda row, texts: _add(getattr(owner(row), last), texts, are_assets)
    if found.enum_type:
        numbers = {each.name: each.number for each in found.enum_type.values}
        return lambda row, name: setattr(owner(row), last, numbers[name])
    return lambda row, value: setattr(owner(row), last, value)


def _add(target: Any, texts: list[str], are_assets: bool) -> None:
    """Texts go into a list of texts, or of assets that are texts."""
    if are_assets:
        for text in texts:
            target.add(text=text)
    else:
        target.extend(texts)
