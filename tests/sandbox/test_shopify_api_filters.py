"""The search syntax of `query:` arguments."""

import pytest

from tests.sandbox.shopify_client import ask, codes, data
from tests.sandbox.small_shops import rows, value

SEARCH = "query ($query: String!) { orders(first: 250, query: $query) { nodes { %s } } }"


def ids(sandbox, query: str) -> set[int]:
    nodes = data(sandbox, SEARCH % "legacyResourceId", query=query)["orders"]["nodes"]
    return {int(node["legacyResourceId"]) for node in nodes}


def wanted(sandbox, condition: str) -> set[int]:
    return {
        row[0] for row in rows(sandbox.shop, f"select order_id from live.orders where {condition}")
    }


@pytest.fixture(scope="module")
def order(sandbox):
    """Id and instants of an order in the middle of the last month."""
    return rows(
        sandbox.shop,
        "select order_id, updated_at, created_at from live.orders"
        " order by updated_at desc, order_id limit 1 offset 60",
    )[0]


@pytest.mark.parametrize("operator", [">", ">="])
@pytest.mark.parametrize("quote", ["", "'"])
def test_orders_are_found_by_when_they_changed(sandbox, order, operator, quote):
    text = f"{quote}{order[1].isoformat()}Z{quote}"
    found = ids(sandbox, f"updated_at:{operator}{text}")
    assert found == wanted(sandbox, f"updated_at {operator} timestamp '{order[1]}'")
    assert (order[0] in found) == (operator == ">=")


def test_a_window_is_bounded_on_both_sides(sandbox, order):
    low, high = order[1], order[1].replace(hour=23, minute=59, second=59)
    between = f"updated_at between timestamp '{low}' and timestamp '{high}'"
    for word in (" ", " AND "):
        query = f"updated_at:>='{low.isoformat()}Z'{word}updated_at:<='{high.isoformat()}Z'"
        assert ids(sandbox, query) == wanted(sandbox, between) != set()


def test_an_instant_without_a_zone_is_meant_in_the_shops_zone(sandbox, order):
    local = value(
        sandbox.shop,
        "select timezone((select time_zone from live.shop), timezone('UTC', ?::timestamp))",
        order[2],
    )
    assert order[0] in ids(sandbox, f"created_at:'{local.isoformat()}'")


def test_an_offset_is_converted(sandbox, order):
    plus_two = order[2].replace(hour=(order[2].hour + 2) % 24)
    if plus_two.hour < 2:
        pytest.skip("past midnight")
    assert order[0] in ids(sandbox, f"created_at:'{plus_two.isoformat()}+02:00'")


def test_ids_are_found_alone_and_as_alternatives(sandbox):
    first, second, *_ = sorted(wanted(sandbox, "true"))
    assert ids(sandbox, f"id:{first}") == {first}
    assert ids(sandbox, f"id:{first} OR id:{second}") == {first, second}
    assert ids(sandbox, f"(id:{first} OR id:{second}) AND NOT id:{first}") == {second}
    assert ids(sandbox, f"id:<={second} -id:{first}") == {second}


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("financial_status:refunded", "financial_status = 'REFUNDED'"),
        ("status:cancelled", "cancelled_at is not null"),
        ("test:true", "is_test"),
        ("source_name:pos financial_status:partially_refunded",
         "source_name = 'pos' and financial_status = 'PARTIALLY_REFUNDED'"),
    ],
)  # fmt: skip
def test_orders_are_found_by_what_they_are(sandbox, query, condition):
    assert ids(sandbox, query) == wanted(sandbox, condition) != set()


def test_counts_are_filtered_too(sandbox):
    query = '{ ordersCount(query: "status:cancelled") { count } }'
    count = value(sandbox.shop, "select count(*) from live.orders where cancelled_at is not null")
    assert data(sandbox, query)["ordersCount"]["count"] == count


def test_deletions_are_events(sandbox):
    query = """{ events(first: 250, query: "action:destroy AND subject_type:ORDER") {
        nodes { action createdAt ... on BasicEvent { subjectId subjectType } }
    } }"""
    found = data(sandbox, query)["events"]["nodes"]
    wanted = rows(
        sandbox.shop,
        "select 'gid://shopify/Order/' || subject_id, strftime(deleted_at, '%Y-%m-%dT%H:%M:%SZ')"
        " from live.deletions where subject_type = 'ORDER'",
    )
    assert {(node["subjectId"], node["createdAt"]) for node in found} == set(wanted) != set()
    assert {(node["action"], node["subjectType"]) for node in found} == {("destroy", "ORDER")}


@pytest.mark.parametrize(
    "query",
    ["colour:red", "just words", "id:seven", "updated_at:>yesterday", "(id:1", "id:1 OR", "id:1)"],
)
def test_a_search_that_is_not_understood_is_an_error(sandbox, query):
    assert codes(ask(sandbox, SEARCH % "id", query=query)) == ["BAD_REQUEST"]
