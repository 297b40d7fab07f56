"""The slice of Shopify's schema that the sandbox serves, read from `schema.graphql`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from graphql import (
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLSchema,
    build_schema,
    get_named_type,
)

API_VERSION = "2026-07"
SCHEMA_FILE = Path(__file__).with_name("schema.graphql")


@cache
def schema() -> GraphQLSchema:
    return build_schema(SCHEMA_FILE.read_text(encoding="utf-8"))


def named(kind: GraphQLOutputType) -> GraphQLNamedType:
    return get_named_type(kind)


def is_list(kind: GraphQLOutputType) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)


def is_connection(kind: GraphQLOutputType) -> bool:
    return named(kind).name.endswith("Connection")
