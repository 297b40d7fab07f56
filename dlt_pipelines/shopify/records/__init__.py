"""Shopify's records as typed structs: a page's nodes and the lines of a bulk result alike.

Decoding is strict about what a row cannot do without (ids, amounts as text) and lenient about all
else: unknown fields are ignored and unknown enum values survive as text.
"""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct, field

from dlt_pipelines.shopify.records.base import Record
from dlt_pipelines.shopify.records.catalogue import (
    Customer,
    DestroyEvent,
    InventoryItem,
    InventoryLevel,
    Location,
    Product,
    ProductVariant,
    Shop,
)
from dlt_pipelines.shopify.records.orders import (
    AutomaticDiscount,
    CodeDiscount,
    DiscountApplication,
    LineItem,
    ManualDiscount,
    Order,
    ScriptDiscount,
    ShippingLine,
)
from dlt_pipelines.shopify.records.returns import (
    ExchangeLine,
    RefundAdjustment,
    RefundLine,
    RefundShippingLine,
    Return,
    ReturnLine,
    ReverseLine,
    ReverseOrder,
    UnverifiedReturnLine,
    VerifiedReturnLine,
)

AnyRecord = (
    Shop | Location | Product | ProductVariant | InventoryItem | InventoryLevel | Customer | Order
    | LineItem | ShippingLine | CodeDiscount | ManualDiscount | AutomaticDiscount | ScriptDiscount
    | RefundLine | RefundAdjustment | RefundShippingLine | Return | VerifiedReturnLine
    | UnverifiedReturnLine | ExchangeLine | ReverseOrder | ReverseLine | DestroyEvent
)  # fmt: skip

# Records that are kept apart by the API and land alike.
KINDS: dict[type, type] = {
    kind: base for base in (DiscountApplication, ReturnLine) for kind in base.__subclasses__()
}

_DECODER = msgspec.json.Decoder(AnyRecord)


class Malformed(Struct, gc=False):
    """A record that cannot become rows: what it is, why not, and its JSON."""

    typename: str
    reason: str
    record: str


class _Typename(Struct, gc=False):
    typename: str | None = field(name="__typename", default=None)


def _malformed(raw: bytes, error: Exception) -> Malformed:
    try:
        typename = msgspec.json.decode(raw, type=_Typename).typename
    except msgspec.MsgspecError:
        typename = None
    text = bytes(raw).decode("utf-8", "replace")
    return Malformed(typename or "unknown", str(error), text)


def decode(raw: bytes) -> Record | Malformed:
    """One record, or what is wrong with it."""
    try:
        return _DECODER.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return _malformed(raw, error)


def decode_lines(block: bytes) -> list[Record | Malformed]:
    """All records of a block of whole JSON lines; one bad line costs only itself."""
    try:
        return _DECODER.decode_lines(block)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return [decode(line) for line in block.splitlines() if line.strip()]


def encode(record: Struct) -> str:
    """The record as JSON again, with the fields that we know."""
    return msgspec.json.encode(record).decode()


def typename(record: Struct) -> str:
    """What the API calls the record's type."""
    return str(record.__struct_config__.tag)


def by_type(records: Iterable[Record | Malformed]) -> dict[type, list]:
    """Records in lists of one type each, their order kept."""
    found: dict[type, list] = {}
    for record in records:
        kind = type(record)
        found.setdefault(KINDS.get(kind, kind), []).append(record)
    return found


def number(global_id: str) -> str:
    """The number at the end of a global id."""
    return global_id.rpartition("/")[2]


def chunks(items: list, size: int) -> Iterator[list]:
    """Slices of at most `size` items."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
