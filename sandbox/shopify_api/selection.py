"""What a query asks of an object: its fields with their arguments, fragments dissolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLNamedType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    is_abstract_type,
)
from graphql.execution.values import (
    VariableValues,
    get_argument_values,
    get_directive_values,
)

from sandbox.shopify_api.schema import named


@dataclass(frozen=True)
class Picked:
    """One field as asked for: `key` is its name in the answer."""

    key: str
    name: str
    kind: GraphQLOutputType
    arguments: Mapping[str, Any]
    sets: tuple[SelectionSetNode, ...]

    @property
    def type(self) -> GraphQLNamedType:
        return named(self.kind)


@dataclass(frozen=True)
class Reader:
    """Reads selection sets with the fragments and the variables of one operation."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def fields(self, kind: GraphQLNamedType, sets: Iterable[SelectionSetNode]) -> dict[str, Picked]:
        """The fields asked of an object of this (concrete) type, by their key in the answer."""
        found: dict[str, list[FieldNode]] = {}
        for selection_set in sets:
            for node in self._nodes(kind, selection_set.selections):
                key = node.alias.value if node.alias else node.name.value
                found.setdefault(key, []).append(node)
        return {key: self._picked(kind, key, nodes) for key, nodes in found.items()}

    def children(self, picked: Picked, kind: GraphQLNamedType | None = None) -> dict[str, Picked]:
        return self.fields(kind or picked.type, picked.sets)

    def _picked(self, kind: GraphQLNamedType, key: str, nodes: list[FieldNode]) -> Picked:
        definition = self.schema.get_field(kind, nodes[0].name.value)  # type: ignore[arg-type]
        assert definition is not None
        arguments = get_argument_values(definition, nodes[0], self.variables)
        sets = tuple(node.selection_set for node in nodes if node.selection_set)
        return Picked(key, nodes[0].name.value, definition.type, arguments, sets)

    def _nodes(
        self, kind: GraphQLNamedType, selections: Iterable[SelectionNode]
    ) -> Iterator[FieldNode]:
        for node in selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
                continue
            fragment = self._fragment(node)
            if self._applies(fragment, kind):
                yield from self._nodes(kind, fragment.selection_set.selections)

    def _fragment(self, node: SelectionNode) -> InlineFragmentNode | FragmentDefinitionNode:
        if isinstance(node, FragmentSpreadNode):
            return self.fragments[node.name.value]
        return node  # type: ignore[return-value]

    def _applies(
        self, fragment: InlineFragmentNode | FragmentDefinitionNode, kind: GraphQLNamedType
    ) -> bool:
        if fragment.type_condition is None:
            return True
        wanted = self.schema.get_type(fragment.type_condition.name.value)
        if wanted is kind:
            return True
        return is_abstract_type(wanted) and self.schema.is_sub_type(wanted, kind)

    def _is_included(self, node: SelectionNode) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return include is None or include["if"]
