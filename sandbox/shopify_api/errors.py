"""Errors as Shopify words them: what is wrong stands in `extensions.code`."""

from __future__ import annotations

from graphql import GraphQLError

SCOPES_PAGE = "https://shopify.dev/api/usage/access-scopes"
LIMITS_PAGE = "https://shopify.dev/api/usage/rate-limits"


def bad_request(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "BAD_REQUEST"})


def access_denied(field: str, scope: str) -> GraphQLError:
    required = f"`{scope}` access scope."
    return GraphQLError(
        f"Access denied for {field} field. Required access: {required}",
        extensions={
            "code": "ACCESS_DENIED",
            "documentation": SCOPES_PAGE,
            "requiredAccess": required,
        },
    )


def throttled() -> GraphQLError:
    return GraphQLError("Throttled", extensions={"code": "THROTTLED", "documentation": LIMITS_PAGE})


def max_cost_exceeded(cost: int, limit: int) -> GraphQLError:
    return GraphQLError(
        f"Query cost is {cost}, which exceeds the single query max cost limit ({limit}).",
        extensions={
            "code": "MAX_COST_EXCEEDED",
            "cost": cost,
            "maxCost": limit,
            "documentation": LIMITS_PAGE,
        },
    )
