"""Reading page by page: a connection at the root, what stands inside its objects, and by id.

Every page is read to the last, whatever its order; an object that changes meanwhile and comes twice
is kept as it came last. Connections inside objects are drained through the object's id.
"""

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec
from msgspec import Raw, Struct

from dlt_pipelines.errors import LandingError
from dlt_pipelines.shopify import queries, records
from dlt_pipelines.shopify.client import Client, Pace, Variables
from dlt_pipelines.shopify.records import Malformed, Record
from dlt_pipelines.shopify.streams import Stream

INNER_PAGE = 20
DRAIN_PAGE = 100
IDS = 250
IDS_INNER_PAGE = 10
ROUNDS = 3

log = logging.getLogger(__name__)


class PageInfo(Struct, rename="camel"):
    has_next_page: bool
    end_cursor: str | None = None


class Connection(Struct, rename="camel"):
    page_info: PageInfo
    nodes: list[Raw] = []


class CountOf(Struct):
    count: int
    precision: str = "EXACT"


class _Id(Struct):
    id: str | None = None


@dataclass
class Found:
    """One object of a connection with all its children, and when it was last changed."""

    id: str
    updated_at: str
    records: list[Record | Malformed] = field(default_factory=list)


def count(client: Client, stream: Stream, search: str) -> int | None:
    """How many objects the API says match, where it can say that."""
    if stream.count is None:
        return None
    data = client.execute(queries.count(stream.count), {"query": search})
    counted = msgspec.json.decode(data, type=dict[str, CountOf])[stream.count]
    return counted.count if counted.precision == "EXACT" else None


def read(client: Client, stream: Stream, search: str) -> list[Found]:
    """All that matches, as many as the API counts; LandingError when that cannot be had."""
    for attempt in range(1, ROUNDS + 1):
        before = count(client, stream, search)
        found = _by_id(objects(client, stream, search))
        after = count(client, stream, search)
        if _agree(before, len(found), after):
            return found
        log.warning("%s: %s read, %s to %s counted; round %s of %s.",
                    stream.name, len(found), before, after, attempt, ROUNDS)  # fmt: skip
    raise LandingError(
        f"Shopify's {stream.name} are incomplete: {len(found)} read, {after} counted. "
        "Nothing was landed and the next run reads the same again.",
        stream.name,
    )


def _agree(before: int | None, read_count: int, after: int | None) -> bool:
    if before is None or after is None:
        return True
    return min(before, after) <= read_count <= max(before, after)


def _by_id(found: Iterator[Found]) -> list[Found]:
    """The last one of each id."""
    newest: dict[str, Found] = {}
    for item in found:
        newest.pop(item.id, None)
        newest[item.id] = item
    return list(newest.values())


def objects(client: Client, stream: Stream, search: str) -> Iterator[Found]:
    """Every object of all pages, its children drained."""
    query = queries.page(
        stream.connection, stream.fields, arguments=stream.arguments, children=stream.children
    )
    variables = {"query": search, **({"inner": INNER_PAGE} if stream.children else {})}
    pace = Pace(stream.page_size)
    for node in nodes(client, query, stream.connection, variables, pace):
        yield _found(client, stream, node)


def nodes(
    client: Client, query: str, connection: str, variables: Mapping[str, object], pace: Pace
) -> Iterator[Raw]:
    """The nodes of a connection at the root, page after page."""
    after: str | None = None
    while True:
        data = client.execute_paced(query, _from(after, variables), pace)
        page = msgspec.json.decode(data, type=dict[str, Connection | None])[connection]
        if page is None:
            return
        yield from page.nodes
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


def _from(after: str | None, variables: Mapping[str, object]) -> Callable[[int], Variables]:
    """Variables of the page after a cursor, for any page size."""
    return lambda size: {**variables, "after": after, "first": size}


def _found(client: Client, stream: Stream, node: Raw) -> Found:
    record = records.decode(node)
    known_id = msgspec.json.decode(node, type=_Id).id
    identity = known_id or bytes(node).decode("utf-8", "replace")
    updated_at = getattr(record, "updated_at", "") or getattr(record, "created_at", "")
    children: list[Record | Malformed] = []
    if stream.children and known_id:
        children = list(_children(client, stream.kind, known_id, node, stream.children))
    return Found(identity, updated_at, [record, *children])


def _children(
    client: Client, kind: str, parent_id: str, node: Raw, wanted: Mapping[str, tuple[str, str]]
) -> Iterator[Record | Malformed]:
    """What stands in the connections of one object, as records that know their parent."""
    parts = msgspec.json.decode(node, type=dict[str, Raw])
    for name, (arguments, fields) in wanted.items():
        first = msgspec.json.decode(parts[name], type=Connection)
        query = queries.rest_of(kind, name, arguments, fields)
        for child in _drained(client, query, parent_id, name, first):
            record = records.decode(child)
            if isinstance(record, Record):
                record.parent_id = parent_id
            yield record


def _drained(
    client: Client, query: str, parent_id: str, name: str, page: Connection
) -> Iterator[Raw]:
    """The nodes of the first page and of all that follow."""
    pace = Pace(DRAIN_PAGE)
    yield from page.nodes
    while page.page_info.has_next_page:
        further = _from(page.page_info.end_cursor, {"id": parent_id})
        data = client.execute_paced(query, further, pace)
        node = msgspec.json.decode(data, type=dict[str, dict[str, Connection] | None])["node"]
        if node is None:
            return
        page = node[name]
        yield from page.nodes


def parts(
    client: Client, kind: str, ids: list[str], scopes: Collection[str]
) -> Iterator[list[Record | Malformed]]:
    """What stands inside these objects of one type, and inside that, some objects at a time."""
    known = queries.parts(scopes)
    query = queries.by_ids(kind, known[kind])
    pace = Pace(IDS)
    position = 0
    while position < len(ids):
        data = client.execute_paced(query, _ids(ids, position), pace)
        answered = msgspec.json.decode(data, type=dict[str, list[Raw]])["nodes"]
        position += len(answered)
        found = [part for node in answered for part in _parts(client, kind, node, known[kind])]
        yield found
        for deeper, some in _ids_by_kind(found, known).items():
            yield from parts(client, deeper, some, scopes)


def _ids(ids: list[str], start: int) -> Callable[[int], Variables]:
    return lambda size: {"ids": ids[start : start + size], "inner": IDS_INNER_PAGE}


def _parts(
    client: Client, kind: str, node: Raw, wanted: Mapping[str, tuple[str, str]]
) -> Iterator[Record | Malformed]:
    """An object that is gone meanwhile comes as null."""
    if bytes(node) == b"null":
        return
    known_id = msgspec.json.decode(node, type=_Id).id or ""
    yield from _children(client, kind, known_id, node, wanted)


def _ids_by_kind(found: list[Record | Malformed], kinds: Collection[str]) -> dict[str, list[str]]:
    """Ids of those records that have parts of their own, by type."""
    ids: dict[str, list[str]] = {}
    for record in found:
        kind = records.typename(record)
        if kind in kinds:
            ids.setdefault(kind, []).append(getattr(record, "id", ""))
    return ids
