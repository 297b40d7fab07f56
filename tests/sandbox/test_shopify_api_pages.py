"""Connections page by page: every record once, in order, with what is nested in it."""

from datetime import timedelta

import pytest

from sandbox.shopify_api import ShopifySandbox
from tests.sandbox.shopify_client import all_nodes, ask, codes, data, pages
from tests.sandbox.small_shops import new_shop, rows, value

CONNECTIONS = {
    "orders": "live.orders",
    "products": "live.products",
    "productVariants": "live.variants",
    "inventoryItems": "live.variants",
    "customers": "live.customers",
    "events": "live.deletions",
}


@pytest.mark.parametrize(("connection", "table"), CONNECTIONS.items())
def test_paging_gives_every_record_once(sandbox, connection, table):
    fields = "... on BasicEvent { id }" if connection == "events" else "id"
    ids = [node["id"] for node in all_nodes(sandbox, connection, fields, size=97)]
    assert len(ids) == len(set(ids)) == value(sandbox.shop, f"select count(*) from {table}")


@pytest.mark.parametrize("sort", ["ID", "CREATED_AT", "UPDATED_AT", "PROCESSED_AT"])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_orders_come_sorted(sandbox, sort, is_reversed):
    field = {"ID": "legacyResourceId", "CREATED_AT": "createdAt", "UPDATED_AT": "updatedAt"}
    arguments = f", sortKey: {sort}, reverse: {str(is_reversed).lower()}"
    name = field.get(sort, "processedAt")
    found = [node[name] for node in all_nodes(sandbox, "orders", name, 250, arguments)]
    assert found == sorted(found, reverse=is_reversed)
    assert len(found) == value(sandbox.shop, "select count(*) from live.orders")


def test_records_of_one_instant_are_not_lost_between_pages():
    shop = new_shop()
    at = shop.spec.end_at - timedelta(days=1)
    touched = [row[0] for row in rows(shop, "select order_id from live.orders limit 23")]
    shop.touch_orders(touched, at)
    with ShopifySandbox(shop) as sandbox:
        arguments = f", sortKey: UPDATED_AT, query: \"updated_at:'{at.isoformat()}Z'\""
        found = list(pages(sandbox, "orders", "legacyResourceId updatedAt", 10, arguments))
    assert [len(page) for page in found] == [10, 10, 3]
    assert {int(node["legacyResourceId"]) for page in found for node in page} == set(touched)


def test_going_back_with_last_gives_the_page_before(sandbox):
    query = """query ($first: Int, $last: Int, $after: String, $before: String) {
        orders(first: $first, last: $last, after: $after, before: $before, sortKey: ID) {
            edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor }
        }
    }"""
    first = data(sandbox, query, first=4)["orders"]
    second = data(sandbox, query, first=4, after=first["edges"][-1]["cursor"])["orders"]
    back = data(sandbox, query, last=3, before=second["pageInfo"]["startCursor"])["orders"]
    assert back["edges"] == first["edges"][1:]
    assert back["pageInfo"]["hasPreviousPage"]
    assert back["pageInfo"]["hasNextPage"]


def test_the_first_page_has_no_previous_and_the_last_no_next(sandbox):
    query = "query ($first: Int!) { shop { id } locations(first: $first) { nodes { name } %s } }"
    found = data(sandbox, query % "pageInfo { hasNextPage hasPreviousPage }", first=250)
    assert found["locations"]["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": False}


@pytest.mark.parametrize(
    "arguments",
    ["first: 251", "first: 0", "sortKey: ID", "first: 2, last: 2", "first: 1, sortKey: PO_NUMBER"],
)
def test_a_page_that_cannot_be_given_is_refused(sandbox, arguments):
    answer = ask(sandbox, f"{{ orders({arguments}) {{ nodes {{ id }} }} }}")
    assert codes(answer) == ["BAD_REQUEST"]
    assert answer["data"] is None


def test_a_cursor_that_is_none_is_refused(sandbox):
    answer = ask(sandbox, '{ orders(first: 1, after: "nonsense") { nodes { id } } }')
    assert codes(answer) == ["BAD_REQUEST"]


def test_nested_lines_are_drained_through_the_order(sandbox):
    shop = sandbox.shop
    ((order, lines),) = rows(
        shop,
        "select order_id, list(line_id order by position, line_id) from live.order_lines"
        " group by order_id order by count(*) desc, order_id limit 1",
    )
    query = """query ($id: ID!, $after: String) { node(id: $id) { ... on Order {
        lineItems(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
    } } }"""
    found, after, is_more = [], None, True
    while is_more:
        page = data(sandbox, query, id=f"gid://shopify/Order/{order}", after=after)
        connection = page["node"]["lineItems"]
        found += [node["id"] for node in connection["nodes"]]
        after, is_more = connection["pageInfo"]["endCursor"], connection["pageInfo"]["hasNextPage"]
    assert len(lines) > 1
    assert found == [f"gid://shopify/LineItem/{line}" for line in lines]


def test_each_order_of_a_page_has_its_own_lines(sandbox):
    fields = "legacyResourceId lineItems(first: 20) { nodes { id } }"
    found = {
        int(node["legacyResourceId"]): {line["id"] for line in node["lineItems"]["nodes"]}
        for node in all_nodes(sandbox, "orders", fields, 250)
    }
    wanted = rows(
        sandbox.shop,
        "select order_id, list('gid://shopify/LineItem/' || line_id) from live.order_lines"
        " group by order_id",
    )
    assert found == {order: set(lines) for order, lines in wanted}


def test_aliases_fragments_and_directives_are_understood(sandbox):
    query = """
        query ($with: Boolean!) {
            newest: orders(first: 1, reverse: true, sortKey: ID) { nodes { ...order } }
            oldest: orders(first: 1, sortKey: ID) { edges { node { ...order } } }
        }
        fragment order on Order { number: name email @include(if: $with) __typename }
    """
    found = data(sandbox, query, **{"with": False})
    names = rows(sandbox.shop, "select arg_max(name, order_id), arg_min(name, order_id)"
                               " from live.orders")[0]  # fmt: skip
    assert found["newest"]["nodes"] == [{"number": names[0], "__typename": "Order"}]
    assert found["oldest"]["edges"] == [{"node": {"number": names[1], "__typename": "Order"}}]


def test_nodes_come_in_the_order_of_their_ids_and_unknown_ones_are_null(sandbox):
    (first, second) = (
        f"gid://shopify/Order/{row[0]}"
        for row in rows(sandbox.shop, "select order_id from live.orders order by 1 limit 2")
    )
    location = value(sandbox.shop, "select min(location_id) from live.locations")
    ids = [second, "gid://shopify/Order/1", f"gid://shopify/Location/{location}", first]
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Location { isActive } } }"
    found = data(sandbox, query, ids=ids)["nodes"]
    assert [node and node["id"] for node in found] == [second, None, ids[2], first]
    assert "isActive" in found[2]


def test_counts_stop_at_their_limit(sandbox):
    query = "{ all: ordersCount(limit: null) { count precision } some: ordersCount(limit: 7) %s }"
    found = data(sandbox, query % "{ count precision }")
    orders = value(sandbox.shop, "select count(*) from live.orders")
    assert found["all"] == {"count": orders, "precision": "EXACT"}
    assert found["some"] == {"count": 7, "precision": "AT_LEAST"}


def test_inactive_locations_are_given_only_when_asked_for(sandbox):
    ids = all_nodes(sandbox, "locations", "isActive")
    everything = all_nodes(sandbox, "locations", "isActive", arguments=", includeInactive: true")
    assert all(node["isActive"] for node in ids)
    assert len(everything) == value(sandbox.shop, "select count(*) from live.locations")


def test_an_invalid_query_is_answered_with_what_is_wrong(sandbox):
    answer = ask(sandbox, "{ orders(first: 1) { nodes { total_price } } }")
    assert "total_price" in answer["errors"][0]["message"]
    assert "data" not in answer


def test_an_empty_shop_has_empty_pages():
    shop = new_shop()
    shop.at(shop.spec.end_at - timedelta(days=3650))
    with ShopifySandbox(shop) as sandbox:
        fields = "nodes { id } edges { cursor } pageInfo { hasNextPage endCursor }"
        found = data(sandbox, f"{{ orders(first: 5) {{ {fields} }} }}")["orders"]
    page_info = {"hasNextPage": False, "endCursor": None}
    assert found == {"nodes": [], "edges": [], "pageInfo": page_info}


def test_moving_the_instant_shows_what_happened_since():
    shop = new_shop()
    with ShopifySandbox(shop) as sandbox:
        count = "{ ordersCount(limit: null) { count } }"
        before = shop.spec.end_at - timedelta(days=20)
        sandbox.move(before)
        old = data(sandbox, count)["ordersCount"]["count"]
        sandbox.move(shop.spec.end_at)
        new = data(sandbox, count)["ordersCount"]["count"]
        later = f"created_at:>'{before.isoformat()}Z'"
        found = all_nodes(sandbox, "orders", "id", 250, f', query: "{later}"')
    deleted = value(shop, "select count(*) from main.orders where created_at <= ?"
                          " and deleted_at > ?", before, before)  # fmt: skip
    assert new - old == len(found) - deleted > 0


def test_what_is_done_to_the_shop_by_hand_is_seen_at_once():
    shop = new_shop()
    order = value(shop, "select min(order_id) from live.orders")
    with ShopifySandbox(shop) as sandbox:
        query = "query ($id: ID!) { order(id: $id) { tags } }"
        identity = f"gid://shopify/Order/{order}"
        assert "wow" not in data(sandbox, query, id=identity)["order"]["tags"]
        shop.touch_orders([order], shop.now, tag="wow")
        assert "wow" in data(sandbox, query, id=identity)["order"]["tags"]
        shop.delete_order(order, shop.now)
        assert data(sandbox, query, id=identity)["order"] is None


def test_who_reads_sees_one_instant_while_it_moves():
    shop = new_shop()
    with ShopifySandbox(shop) as sandbox, sandbox.api.reading() as (con, _):
        count = "select count(*) from api.orders"
        before = con.execute(count).fetchone()
        sandbox.move(shop.spec.end_at - timedelta(days=60))
        assert con.execute(count).fetchone() == before
        with sandbox.api.reading() as (later, _):
            assert later.execute(count).fetchone() < before
