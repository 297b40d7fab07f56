"""Bulk operations: what they refuse, how they go, and that their files hold what pages hold."""

import threading
from itertools import pairwise

import pytest

from sandbox.shopify_api import ShopifySandbox
from sandbox.shopify_api.access import ALL_SCOPES
from sandbox.shopify_api.cost import Bucket
from tests.sandbox.shopify_client import (
    MONEY,
    POLL_BULK,
    all_nodes,
    bulk_lines,
    call,
    data,
    run_bulk,
    start_bulk,
)
from tests.sandbox.small_shops import new_shop, value

DISCOUNTS = f"discountAllocations {{ allocatedAmountSet {MONEY} discountApplication {{ index }} }}"

ORDER = f"""__typename id name tags test createdAt updatedAt cancelledAt customer {{ id }}
    totalPriceSet {MONEY} currentTotalPriceSet {MONEY} totalRefundedSet {MONEY}
    shippingAddress {{ city zip }} retailLocation {{ id name }} paymentGatewayNames discountCodes
    customerJourneySummary {{ ready lastVisit {{ source utmParameters {{ source medium }} }} }}
    transactions {{
        id kind parentTransaction {{ id }} amountSet {MONEY} fees {{ rate amount {{ amount }} }}
    }}
    refunds {{ id totalRefundedSet {MONEY} }}"""

CHILDREN = {
    "lineItems": f"""__typename id sku quantity currentQuantity product {{ id title }} {DISCOUNTS}
        discountedTotalSet {MONEY} taxLines {{ rate priceSet {MONEY} }}""",
    "shippingLines": f"__typename id title discountedPriceSet {MONEY} {DISCOUNTS}",
    "discountApplications": """__typename index targetType value {
            ... on MoneyV2 { amount } ... on PricingPercentageValue { percentage }
        }
        ... on DiscountCodeApplication { code }
        ... on AutomaticDiscountApplication { title }
        ... on ManualDiscountApplication { title description }""",
}


def bulk_query(fields: str, children: dict[str, str], arguments: str = "") -> str:
    nested = " ".join(
        f"{name} {{ edges {{ node {{ {inner} }} }} }}" for name, inner in children.items()
    )
    return f"{{ orders{arguments} {{ edges {{ node {{ {fields} {nested} }} }} }} }}"


def test_a_file_holds_the_same_as_the_pages(sandbox):
    operation = run_bulk(sandbox, bulk_query(ORDER, CHILDREN))
    found: dict[str, dict] = {}
    children = []
    for line in bulk_lines(operation):
        if "__parentId" in line:
            children.append(line)
        else:
            found[line["id"]] = {**line, **{name: {"nodes": []} for name in CHILDREN}}
    homes = {"LineItem": "lineItems", "ShippingLine": "shippingLines"}
    for line in children:
        home = homes.get(line["__typename"], "discountApplications")
        found[line.pop("__parentId")][home]["nodes"].append(line)

    nested = " ".join(
        f"{name}(first: 100) {{ nodes {{ {inner} }} }}" for name, inner in CHILDREN.items()
    )
    paged = {node["id"]: node for node in all_nodes(sandbox, "orders", f"{ORDER} {nested}", 250)}
    assert [
        place for place in paged if sorted_children(paged[place]) != sorted_children(found[place])
    ] == []
    assert len(found) == len(paged) == value(sandbox.shop, "select count(*) from live.orders")


def sorted_children(order: dict) -> dict:
    return {**order, **{name: sorted(order[name]["nodes"], key=str) for name in CHILDREN}}


RETURN = f"""__typename id name status createdAt requestApprovedAt closedAt totalQuantity
    decline {{ reason note }} returnShippingFees {{ amountSet {MONEY} }}"""

RETURN_LINE = f"""__typename id quantity refundedQuantity processedQuantity customerNote
    returnReasonNote returnReasonDefinition {{ handle name }}
    ... on ReturnLineItem {{
        fulfillmentLineItem {{ id lineItem {{ id }} }} restockingFee {{ amountSet {MONEY} }}
    }}"""


def test_a_file_holds_the_same_returns_as_the_pages():
    own = "id returnStatus fulfillments { id status createdAt location { id } }"
    below = f"returnLineItems {{ edges {{ node {{ {RETURN_LINE} }} }} }}"
    asked = f"""{own} returns(first: 5) {{ nodes {{
        {RETURN} returnLineItems(first: 20) {{ nodes {{ {RETURN_LINE} }} }}
    }} }}"""
    wanted = []
    bucket = Bucket(lambda: 0.0, maximum=10_000_000)
    with ShopifySandbox(new_shop(orders=1_000), bulk="immediate", bucket=bucket) as sandbox:
        found = bulk_lines(run_bulk(sandbox, bulk_query(own, {"returns": f"{RETURN} {below}"})))
        for order in all_nodes(sandbox, "orders", asked, 40):
            wanted += flat(order)
        lines = value(sandbox.shop, "select count(*) from live.return_lines")
    assert sorted(found, key=by_id) == sorted(wanted, key=by_id)
    assert sum("refundedQuantity" in line for line in found) == lines > 0


def flat(order: dict) -> list[dict]:
    """An order, its returns and their lines as a file has them."""
    found = [order]
    for one in order.pop("returns")["nodes"]:
        lines = one.pop("returnLineItems")["nodes"]
        found.append({**one, "__parentId": order["id"]})
        found += [{**line, "__parentId": one["id"]} for line in lines]
    return found


def by_id(line: dict) -> str:
    identity: str = line["id"]
    return identity


def test_an_operation_counts_what_its_file_holds(sandbox):
    operation = run_bulk(sandbox, bulk_query("id", {"lineItems": "id"}))
    orders = value(sandbox.shop, "select count(*) from live.orders")
    lines = value(sandbox.shop, "select count(*) from live.order_lines")
    assert operation["status"] == "COMPLETED"
    assert operation["errorCode"] is None
    assert int(operation["rootObjectCount"]) == orders
    assert int(operation["objectCount"]) == orders + lines == len(bulk_lines(operation))
    assert int(operation["fileSize"]) == len(call(operation["url"])[2])


def test_children_do_not_stand_behind_their_parents(sandbox):
    lines = bulk_lines(run_bulk(sandbox, bulk_query("id", {"lineItems": "id"})))
    assert "__parentId" not in lines[0]
    assert "__parentId" not in lines[1]


def test_connections_nest_two_levels_deep(sandbox):
    query = """{ customers { edges { node { id orders { edges { node {
        id lineItems { edges { node { id } } }
    } } } } } } }"""
    lines = bulk_lines(run_bulk(sandbox, query))
    parents = {line["id"]: line.get("__parentId") for line in lines}
    kinds = {
        (key.split("/")[3], parent and parent.split("/")[3]) for key, parent in parents.items()
    }
    assert kinds == {("Customer", None), ("Order", "Customer"), ("LineItem", "Order")}
    assert all(parent in parents for parent in parents.values() if parent)


def test_only_what_matches_the_search_comes_with_its_children(sandbox):
    arguments = '(query: "status:cancelled")'
    lines = bulk_lines(run_bulk(sandbox, bulk_query("id", {"lineItems": "id"}, arguments)))
    roots = {line["id"] for line in lines if "__parentId" not in line}
    count = value(sandbox.shop, "select count(*) from live.orders where cancelled_at is not null")
    assert len(roots) == count > 0
    assert {line["__parentId"] for line in lines if "__parentId" in line} == roots


def test_nothing_found_is_completed_without_a_file(sandbox):
    operation = run_bulk(sandbox, bulk_query("id", {}, '(query: "created_at:>2100-01-01")'))
    assert operation["status"] == "COMPLETED"
    assert operation["url"] is None
    assert operation["objectCount"] == "0"


def test_chunks_of_parents_are_followed_by_their_children(sandbox, monkeypatch):
    query = bulk_query(ORDER, CHILDREN)
    whole = bulk_lines(run_bulk(sandbox, query))
    monkeypatch.setattr("sandbox.shopify_api.bulk_file.CHUNK", 300)
    parts = bulk_lines(run_bulk(sandbox, query))
    assert sorted(map(str, parts)) == sorted(map(str, whole))
    assert starts_of_children(whole) == 1
    assert starts_of_children(parts) == 7  # 2,000 orders at most, 300 at a time


def starts_of_children(lines: list[dict]) -> int:
    """How often children come after a line that has no parent."""
    parents = ["__parentId" in line for line in lines]
    return sum(child and not before for before, child in pairwise(parents))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ orders { edges { node { nonsense } } } }", "Invalid bulk query"),
        ("not a query", "Invalid bulk query"),
        ("{ shop { name } }", "exactly one connection"),
        ("{ orders { edges { node { id } } } products { edges { node { id } } } }", "exactly one"),
        (bulk_query("id refunds { id refundLineItems { edges { node { id } } } }", {}), "list"),
        (bulk_query("name", {"lineItems": "id"}), "must select its id"),
        (
            bulk_query("id", {f"{name}: lineItems": "id" for name in "abcde"}),
            "more than 5 connections",
        ),
        (
            "{ customers { edges { node { id orders { edges { node { id customer { id orders {"
            " edges { node { id lineItems { edges { node { id } } } } } } } } } } } } } }",
            "deeper than 2 levels",
        ),
        (
            '{ orders { edges { node { id returns(query: "status:open") { edges { node { id } } }'
            " } } } }",
            "does not search returns",
        ),
    ],
)
def test_what_cannot_run_in_bulk_is_refused(sandbox, query, message):
    payload = start_bulk(sandbox, query)
    assert payload["bulkOperation"] is None
    assert message in payload["userErrors"][0]["message"]
    assert payload["userErrors"][0]["code"] == "INVALID"


def test_an_operation_is_created_then_running_then_completed():
    jobs = []
    with ShopifySandbox(new_shop(), bulk=jobs.append) as sandbox:
        started = start_bulk(sandbox, bulk_query("id", {}))["bulkOperation"]
        assert started["status"] == "CREATED"
        poll = {"id": started["id"]}
        assert data(sandbox, POLL_BULK, **poll)["bulkOperation"]["status"] == "CREATED"
        seen = []
        write = sandbox.api.bulk.writer

        def writer(operation, path):
            seen.append(data(sandbox, POLL_BULK, **poll)["bulkOperation"]["status"])
            return write(operation, path)

        sandbox.api.bulk.writer = writer
        jobs[0]()
        assert seen == ["RUNNING"]
        query = "query ($id: ID!) { node(id: $id) { ... on BulkOperation { status } } }"
        assert data(sandbox, query, **poll)["node"]["status"] == "COMPLETED"


def test_five_run_at_a_time_and_a_sixth_is_refused():
    jobs = []
    with ShopifySandbox(new_shop(), bulk=jobs.append) as sandbox:
        query = bulk_query("id", {})
        started = [start_bulk(sandbox, query) for _ in range(5)]
        assert all(payload["userErrors"] == [] for payload in started)
        assert start_bulk(sandbox, query)["userErrors"][0]["code"] == "LIMIT_REACHED"
        jobs[0]()
        assert start_bulk(sandbox, query)["userErrors"] == []
        unfinished = """{ bulkOperations(first: 10, query: "status:CREATED type:QUERY") {
            nodes { id }
        } }"""
        assert len(data(sandbox, unfinished)["bulkOperations"]["nodes"]) == 5


def test_operations_run_beside_each_other_and_beside_pages():
    with ShopifySandbox(new_shop(orders=1_000)) as sandbox:
        query = bulk_query("id", {"lineItems": "id"})
        started = [start_bulk(sandbox, query)["bulkOperation"]["id"] for _ in range(5)]
        orders = all_nodes(sandbox, "orders", "id lineItems(first: 50) { nodes { id } }", 100)
        for thread in threading.enumerate():
            if thread.name == "bulk operation":
                thread.join()
        ended = [data(sandbox, POLL_BULK, id=one)["bulkOperation"] for one in started]
        assert [operation["status"] for operation in ended] == ["COMPLETED"] * 5
        objects = len(orders) + sum(len(order["lineItems"]["nodes"]) for order in orders)
        assert [len(bulk_lines(operation)) for operation in ended] == [objects] * 5


def test_a_cancelled_operation_ends_without_a_file():
    jobs = []
    cancel = """mutation ($id: ID!) { bulkOperationCancel(id: $id) {
        bulkOperation { status } userErrors { message }
    } }"""
    with ShopifySandbox(new_shop(), bulk=jobs.append) as sandbox:
        identity = start_bulk(sandbox, bulk_query("id", {}))["bulkOperation"]["id"]
        payload = data(sandbox, cancel, id=identity)["bulkOperationCancel"]
        assert payload == {"bulkOperation": {"status": "CANCELING"}, "userErrors": []}
        jobs[0]()
        operation = data(sandbox, POLL_BULK, id=identity)["bulkOperation"]
        assert operation["status"] == "CANCELED"
        assert operation["url"] is None
        again = data(sandbox, cancel, id=identity)["bulkOperationCancel"]
        assert "cannot be canceled" in again["userErrors"][0]["message"]


def test_a_missing_scope_fails_the_operation():
    scopes = ALL_SCOPES - {"read_customers"}
    with ShopifySandbox(new_shop(), bulk="immediate", scopes=scopes) as sandbox:
        operation = run_bulk(sandbox, bulk_query("id customer { id }", {}))
    assert (operation["status"], operation["errorCode"]) == ("FAILED", "ACCESS_DENIED")


def test_sorting_by_update_while_filtering_by_it_loses_records_of_one_instant():
    shop = new_shop()
    orders = [row[0] for row in shop.con.execute("select order_id from live.orders").fetchmany(6)]
    shop.touch_orders(orders, shop.now)
    search = f"updated_at:>='{shop.now.isoformat()}Z'"
    with ShopifySandbox(shop, bulk="immediate") as sandbox:
        plain = run_bulk(sandbox, bulk_query("id", {}, f'(query: "{search}")'))
        arguments = f'(sortKey: UPDATED_AT, query: "{search}")'
        sorting = run_bulk(sandbox, bulk_query("id", {}, arguments))
    assert (plain["rootObjectCount"], sorting["rootObjectCount"]) == ("6", "1")


def test_a_cached_file_is_not_written_again(tmp_path):
    shop = new_shop()
    query = bulk_query("id", {"lineItems": "id"})
    with ShopifySandbox(shop, bulk="immediate", cache=tmp_path) as sandbox:
        first = bulk_lines(run_bulk(sandbox, query))
        kept = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    with ShopifySandbox(shop, bulk="immediate", cache=tmp_path) as sandbox:
        operation = run_bulk(sandbox, query)
        assert bulk_lines(operation) == first
        assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == kept
        assert int(operation["objectCount"]) == len(first)
        order = int(first[0]["id"].rsplit("/", 1)[1])
        shop.delete_order(order, shop.now)
        assert len(bulk_lines(run_bulk(sandbox, query))) < len(first)
