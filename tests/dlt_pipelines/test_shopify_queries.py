"""Every query that is sent to Shopify, against its schema and the rules of bulk operations."""

import gzip
import re

import pytest
from graphql import (
    FieldNode,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_list_type,
    parse,
    validate,
)

from dlt_pipelines.shopify import queries, streams

SCOPES = frozenset(
    {"read_orders", "read_products", "read_customers", "read_inventory", "read_locations",
     "read_returns", "read_fulfillments"}
)  # fmt: skip
SEARCH = "updated_at:>='2026-01-01T00:00:00Z'"


def all_streams():
    return (streams.LOCATIONS, *streams.of_every_run(SCOPES), *streams.of_every_run(frozenset()))


def bulk_queries():
    return {
        stream.name: queries.bulk(stream.connection, stream.fields, SEARCH, stream.children)
        for stream in streams.of_every_run(SCOPES)
    }


def every_query():
    found = [
        queries.CONNECT,
        queries.START_BULK,
        queries.POLL_BULK,
        queries.LATEST_BULK,
        queries.CANCEL_BULK,
        queries.EVENTS,
        *bulk_queries().values(),
    ]
    for stream in all_streams():
        found.append(
            queries.page(
                stream.connection,
                stream.fields,
                arguments=stream.arguments,
                children=stream.children,
            )
        )
        found += [queries.count(stream.count)] if stream.count else []
        found += [queries.rest_of(stream.kind, *part) for part in flat(stream.children)]
    for kind, children in queries.parts(SCOPES).items():
        found.append(queries.by_ids(kind, children))
        found += [queries.rest_of(kind, *part) for part in flat(children)]
    return found


def flat(children):
    return [(name, arguments, fields) for name, (arguments, fields) in children.items()]


@pytest.fixture(scope="module")
def schema(shared) -> GraphQLSchema:
    path = shared / "reference" / "api" / "shopify" / "admin_2026-07.graphql.gz"
    if not path.exists():
        pytest.skip("Shopify's schema is not here")
    return build_schema(gzip.decompress(path.read_bytes()).decode(), assume_valid=True)


def test_every_query_is_valid_against_the_whole_schema(schema):
    problems = [
        error.message for query in every_query() for error in validate(schema, parse(query))
    ]
    assert problems == []


def connections(node, kind, schema, depth=0, in_list=False):
    """Each connection below a selection: how deep it is nested, and whether a list holds it."""
    for field in node.selection_set.selections if node.selection_set else ():
        if not isinstance(field, FieldNode):
            continue
        if field.name.value.startswith("__") or field.name.value not in kind.fields:
            continue
        returned = kind.fields[field.name.value].type
        named = get_named_type(returned)
        is_connection = named.name.endswith("Connection")
        if is_connection:
            yield depth + 1, in_list
        is_list = is_list_type(getattr(returned, "of_type", returned)) or is_list_type(returned)
        holds = (in_list or is_list) and field.name.value != "edges"
        if hasattr(named, "fields"):
            yield from connections(field, named, schema, depth + is_connection, holds)


@pytest.mark.parametrize("name", ["products", "inventory_items", "customers", "orders"])
def test_bulk_queries_keep_to_what_bulk_operations_allow(schema, name):
    (operation,) = parse(bulk_queries()[name]).definitions
    found = list(connections(operation, schema.query_type, schema))
    assert 1 <= len(found) <= 5
    assert max(depth for depth, _ in found) <= 2
    assert not any(in_list for _, in_list in found)


@pytest.mark.parametrize("name", ["products", "product_variants", "customers", "orders"])
def test_bulk_queries_filter_by_updated_at_and_never_sort_by_it(name):
    query = bulk_queries()[name]
    assert SEARCH in query
    assert "sortKey" not in query


def test_bulk_queries_bear_a_name_that_marks_them_as_ours():
    assert all(f"query {queries.BULK_NAME}_" in query for query in bulk_queries().values())


def test_lists_inside_objects_are_never_cut_off():
    for fields in (queries.order(SCOPES), queries.LINE_ITEM, queries.SHIPPING_LINE):
        assert not re.search(r"\(\s*first:", fields)
