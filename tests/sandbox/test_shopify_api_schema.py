"""What the sandbox serves of Shopify's schema is true to it, and is served whole."""

import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_ast_schema,
    is_introspection_type,
    parse,
)

from sandbox.shopify_api.bulk import Operation
from sandbox.shopify_api.fields import ENTITIES
from sandbox.shopify_api.mapping import Choice, Listed, Many, Value, resolve
from sandbox.shopify_api.roots import CONNECTIONS, COUNTS, SINGLE
from sandbox.shopify_api.schema import is_connection, schema

WITH_FIELDS = (GraphQLObjectType, GraphQLInterfaceType)
BY_HAND = {
    "AccessScope", "App", "AppInstallation", "BulkOperation", "BulkOperationCancelPayload",
    "BulkOperationRunQueryPayload", "BulkOperationUserError", "Mutation", "PageInfo", "QueryRoot",
    "UserError",
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(shared: Path) -> GraphQLSchema:
    """Shopify's whole schema."""
    files = sorted((shared / "reference" / "api" / "shopify").glob("*.graphql.gz"))
    if not files:
        pytest.skip("Shopify's schema is not here")
    text = gzip.decompress(files[0].read_bytes()).decode()
    return build_ast_schema(parse(text, no_location=True), assume_valid=True)


def own_types() -> list[str]:
    return [name for name, kind in schema().type_map.items() if not is_introspection_type(kind)]


def test_every_type_is_one_of_shopifys(whole):
    kinds = {name: type(whole.type_map.get(name)) for name in own_types()}
    assert kinds == {name: type(schema().type_map[name]) for name in own_types()}


def test_every_field_has_shopifys_type_and_arguments(whole):
    checked = 0
    for name in own_types():
        kind = schema().type_map[name]
        if not isinstance(kind, WITH_FIELDS):
            continue
        for field, definition in kind.fields.items():
            theirs = whole.type_map[name].fields[field]
            assert str(definition.type) == str(theirs.type), f"{name}.{field}"
            ours = {key: str(one.type) for key, one in definition.args.items()}
            assert ours == {key: str(one.type) for key, one in theirs.args.items()}, field
            checked += 1
    assert checked > 300


def test_every_interface_is_one_of_shopifys(whole):
    for name in own_types():
        kind = schema().type_map[name]
        if isinstance(kind, WITH_FIELDS):
            theirs = {one.name for one in whole.type_map[name].interfaces}
            assert {one.name for one in kind.interfaces} <= theirs


def test_enums_and_unions_are_shopifys(whole):
    for name in own_types():
        kind, theirs = schema().type_map[name], whole.type_map[name]
        if isinstance(kind, GraphQLEnumType):
            assert list(kind.values) == list(theirs.values)
        if isinstance(kind, GraphQLUnionType):
            assert [one.name for one in kind.types] == [one.name for one in theirs.types]


def test_the_schema_carries_no_descriptions():
    assert all(schema().type_map[name].description is None for name in own_types()
               if name not in {"Boolean", "Float", "ID", "Int", "String"})  # fmt: skip


REQUIRED_ARGUMENTS = {
    "names": ["available"],
    "withCodeDiscounts": False,
    "locationId": "gid://shopify/Location/1",
    "inventoryItemId": "gid://shopify/InventoryItem/1",
}


def arguments_of(definition) -> dict:
    """Values for a field's arguments, as if nothing was given but what is required."""
    return {
        name: REQUIRED_ARGUMENTS[name] for name in definition.args if name in REQUIRED_ARGUMENTS
    }


def mapped(kind: GraphQLObjectType, value: Value) -> Iterator[tuple[str, str]]:
    """Every field that a field map serves, as type and name, with all that is below."""
    for name, spec in value.fields.items():
        yield kind.name, name
        yield from below(resolve(spec, arguments_of(kind.fields[name])))


def below(spec) -> Iterator[tuple[str, str]]:
    if isinstance(spec, Value):
        yield from mapped(schema().type_map[spec.type], spec)
    if isinstance(spec, Listed):
        for item in spec.items:
            yield from below(item)
    if isinstance(spec, Choice):
        for option in spec.options.values():
            yield from below(option)


def test_every_field_of_the_schema_is_served():
    served = set()
    for entity in ENTITIES.values():
        if isinstance(entity.row, Choice):
            served |= set(below(entity.row))
        else:
            served |= set(mapped(schema().type_map[entity.type], entity.row))
    wanted = {
        (name, field)
        for name in own_types()
        if isinstance(kind := schema().type_map[name], GraphQLObjectType)
        and name not in BY_HAND
        and not name.endswith(("Connection", "Edge"))
        for field in kind.fields
    }
    assert served == wanted


def test_every_query_at_the_top_is_served():
    by_hand = {
        "shop", "node", "nodes", "currentAppInstallation", "bulkOperation", "bulkOperations",
        "currentBulkOperation",
    }  # fmt: skip
    fields = schema().query_type.fields
    assert set(fields) == by_hand | set(CONNECTIONS) | set(SINGLE) | set(COUNTS)


def test_lists_and_connections_lead_to_entities_of_their_type():
    for entity in ENTITIES.values():
        if isinstance(entity.row, Choice):
            continue
        for name, spec in entity.row.fields.items():
            if isinstance(spec, Many):
                kind = schema().type_map[entity.type].fields[name].type
                node = ENTITIES[spec.entity].type
                assert node in str(kind) or is_connection(kind), f"{entity.type}.{name}"


def test_a_bulk_operation_has_all_fields_of_its_type():
    query = SimpleNamespace(text="{ shop { id } }")
    operation = Operation(1, query, datetime(2026, 1, 1)).as_dict(str)
    assert set(schema().type_map["BulkOperation"].fields) <= set(operation)
