"""A bare client of the Shopify sandbox for its tests, and the queries that several tests ask."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from sandbox.shopify_api import ShopifySandbox

MONEY = "{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }"

START_BULK = """mutation ($query: String!) {
    bulkOperationRunQuery(query: $query) {
        bulkOperation { id status }
        userErrors { field message code }
    }
}"""

POLL_BULK = """query ($id: ID!) {
    bulkOperation(id: $id) {
        id status errorCode objectCount rootObjectCount fileSize url partialDataUrl
    }
}"""

Json = dict[str, Any]


def call(
    url: str, content: Any = None, headers: dict[str, str] | None = None, method: str | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one HTTP request."""
    body = None if content is None else json.dumps(content).encode()
    request = Request(
        url, body, {"Content-Type": "application/json", **(headers or {})}, method=method
    )
    try:
        with urlopen(request) as response:
            return response.status, dict(response.headers), response.read()
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def ask(sandbox: ShopifySandbox, query: str, /, **variables: Any) -> Json:
    """The whole answer to a query."""
    headers = {"X-Shopify-Access-Token": sandbox.access_token}
    content = {"query": query, "variables": variables}
    status, _, body = call(sandbox.graphql_url, content, headers)
    assert status == 200, body
    answer: Json = json.loads(body)
    return answer


def data(sandbox: ShopifySandbox, query: str, /, **variables: Any) -> Json:
    """The data of a query that must go well."""
    answer = ask(sandbox, query, **variables)
    assert "errors" not in answer, answer["errors"]
    content: Json = answer["data"]
    return content


def codes(answer: Json) -> list[str]:
    return [error.get("extensions", {}).get("code") for error in answer["errors"]]


def pages(
    sandbox: ShopifySandbox, connection: str, fields: str, size: int = 50, arguments: str = ""
) -> Iterator[list[Json]]:
    """The nodes of a connection, page by page."""
    after = None
    while True:
        query = f"""query ($first: Int!, $after: String) {{
            {connection}(first: $first, after: $after {arguments}) {{
                nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }}
            }}
        }}"""
        page = data(sandbox, query, first=size, after=after)[connection]
        yield page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def all_nodes(
    sandbox: ShopifySandbox, connection: str, fields: str, size: int = 50, arguments: str = ""
) -> list[Json]:
    found = pages(sandbox, connection, fields, size, arguments)
    return [node for page in found for node in page]


def start_bulk(sandbox: ShopifySandbox, query: str) -> Json:
    """The payload of bulkOperationRunQuery."""
    payload: Json = data(sandbox, START_BULK, query=query)["bulkOperationRunQuery"]
    return payload


def run_bulk(sandbox: ShopifySandbox, query: str) -> Json:
    """The finished operation; the sandbox must run its operations immediately."""
    started = start_bulk(sandbox, query)
    assert started["userErrors"] == []
    operation: Json = data(sandbox, POLL_BULK, id=started["bulkOperation"]["id"])["bulkOperation"]
    return operation


def bulk_lines(operation: Json) -> list[Json]:
    """The objects of a finished operation's file."""
    status, _, body = call(operation["url"])
    assert status == 200
    return [json.loads(line) for line in body.splitlines()]
