"""Columns of values -> responses as they stand on the wire.

One message is filled for each row and written out: to keep a message for each row takes ten times
as long. A response is its rows, each with its length before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from google.ads.googleads.v26.services.types.google_ads_service import (
    SearchGoogleAdsStreamResponse,
)

from sandbox.google_ads.catalog import Row, descriptor, path
from sandbox.google_ads.failures import REQUEST_ID

Response = SearchGoogleAdsStreamResponse.pb()
ROW_TAG = bytes([Response.DESCRIPTOR.fields_by_name["results"].number << 3 | 2])

Put = Callable[[Any], None]


class Writer:
    """Writes responses of rows that have these fields."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._row = Row()
        self._puts = [_put(self._row, field) for field in fields]
        head = Response(request_id=REQUEST_ID)
        head.field_mask.paths.extend(fields)
        self._head: bytes = head.SerializeToString()

    def response(self, columns: Sequence[Sequence[Any]]) -> bytes:
        """A response of the rows that these columns make."""
        parts = [self._head]
        for values in zip(*columns, strict=True):
            for put, value in zip(self._puts, values, strict=True):
                put(value)
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


def _put(row: Any, field: str) -> Put:
    """What puts a value into the field, or clears it where there is none."""
    *parents, last = path(field) or ()
    message = row
    for parent in parents:
        message = getattr(message, parent)
    found = descriptor(field)
    if found.is_repeated:
        return _put_texts(getattr(message, last), are_assets=found.message_type is not None)
    numbers = {each.name: each.number for each in found.enum_type.values} if found.enum_type else {}

    def put(value: Any) -> None:
        if value is None:
            message.ClearField(last)
        else:
            setattr(message, last, numbers[value] if numbers else value)

    return put


def _put_texts(target: Any, *, are_assets: bool) -> Put:
    """Texts go into a list of texts, or of assets that are texts."""

    def put(texts: list[str] | None) -> None:
        del target[:]
        for text in texts or ():
            if are_assets:
                target.add(text=text)
            else:
                target.append(text)

    return put
