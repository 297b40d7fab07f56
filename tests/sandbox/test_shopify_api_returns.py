"""Returns as the API shows them: each kind, its lines, what became of them, and what it costs."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from sandbox.shopify_api import ShopifySandbox
from sandbox.shopify_api.access import ALL_SCOPES
from sandbox.shopify_api.cost import Bucket
from tests.sandbox.returns_by_hand import STORE, Written, shop_with_returns
from tests.sandbox.shopify_client import (
    MONEY,
    all_nodes,
    ask,
    bulk_lines,
    codes,
    data,
    run_bulk,
    start_bulk,
)
from tests.sandbox.small_shops import new_shop, value

LINE = """__typename id quantity processedQuantity unprocessedQuantity refundedQuantity
    refundableQuantity returnReasonNote customerNote
    returnReasonDefinition { handle name deleted }
    ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } }
    ... on UnverifiedReturnLineItem { unitPrice { amount } }"""

RETURN = """query ($id: ID!) { return(id: $id) { %s } }"""


@pytest.fixture(scope="module")
def written() -> Written:
    return shop_with_returns()


@pytest.fixture(scope="module")
def sandbox(written: Written) -> Iterator[ShopifySandbox]:
    with ShopifySandbox(written.shop, bulk="immediate") as running:
        yield running


def of(sandbox: ShopifySandbox, number: int, fields: str) -> dict:
    found = data(sandbox, RETURN % fields, id=f"gid://shopify/Return/{number}")
    result: dict = found["return"]
    return result


def text(instant) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def test_a_return_tells_its_steps(sandbox, written):
    fields = "name status createdAt requestApprovedAt closedAt totalQuantity order { id }"
    order = written.orders["exchanged"]
    assert of(sandbox, 6, fields) == {
        "name": f"#{order}-R1",
        "status": "CLOSED",
        "createdAt": text(written.at),
        "requestApprovedAt": text(written.after(1)),
        "closedAt": text(written.after(7)),
        "totalQuantity": 2,
        "order": {"id": f"gid://shopify/Order/{order}"},
    }


def test_a_declined_return_says_why(sandbox):
    decline = {"decline": {"reason": "FINAL_SALE", "note": "Sold as is"}}
    assert of(sandbox, 4, "decline { reason note }") == decline
    assert of(sandbox, 5, "decline { reason note }") == {"decline": None}


def test_a_line_points_to_the_line_that_was_shipped_and_says_why_it_comes_back(sandbox, written):
    line = written.lines["asked"][0]
    first = of(sandbox, 1, f"returnLineItems(first: 5) {{ nodes {{ {LINE} }} }}")
    assert first["returnLineItems"]["nodes"][0] == {
        "__typename": "ReturnLineItem",
        "id": "gid://shopify/ReturnLineItem/10",
        "quantity": 1,
        "processedQuantity": 0,
        "unprocessedQuantity": 1,
        "refundedQuantity": 0,
        "refundableQuantity": 1,
        "returnReasonNote": "",
        "customerNote": "Too tight",
        "returnReasonDefinition": {"handle": "too-small", "name": "Runs small", "deleted": False},
        "fulfillmentLineItem": {
            "id": f"gid://shopify/FulfillmentLineItem/{line}",
            "lineItem": {"id": f"gid://shopify/LineItem/{line}"},
        },
    }


def test_a_line_that_belongs_to_no_fulfillment_is_unverified(sandbox):
    fields = f"returnLineItems(first: 5) {{ nodes {{ {LINE} }} }}"
    nodes = of(sandbox, 8, fields)["returnLineItems"]["nodes"]
    assert [node["__typename"] for node in nodes] == ["UnverifiedReturnLineItem"] * 2
    assert nodes[0]["id"] == "gid://shopify/UnverifiedReturnLineItem/80"
    assert nodes[0]["unitPrice"] == {"amount": "0.0"}


def test_fees_stand_in_both_currencies_and_add_up_over_the_lines(sandbox, written):
    """5.01 for two units is 2.51 and 2.50."""
    fields = f"""returnShippingFees {{ amountSet {MONEY} }}
        returnLineItems(first: 5) {{ nodes {{ ... on ReturnLineItem {{
            restockingFee {{ amountSet {MONEY} percentage }}
            withCodeDiscountedTotalPriceSet {MONEY}
        }} }} }}"""
    found = of(sandbox, 9, fields)
    rate = value(
        written.shop,
        "select presentment_rate from live.orders where order_id = ?", written.orders["abroad"],
    )  # fmt: skip
    (shipping,) = found["returnShippingFees"]
    fees = [node["restockingFee"] for node in found["returnLineItems"]["nodes"]]
    assert [fee["amountSet"]["shopMoney"]["amount"] for fee in fees] == ["2.51", "2.5"]
    assert shipping["amountSet"]["shopMoney"] == {"amount": "4.0", "currencyCode": "USD"}
    abroad = shipping["amountSet"]["presentmentMoney"]
    assert abroad["currencyCode"] != "USD"
    places = Decimal(1) if abroad["currencyCode"] == "JPY" else Decimal("0.01")
    assert Decimal(abroad["amount"]) == (4 * rate).quantize(places, ROUND_HALF_UP)
    worth = found["returnLineItems"]["nodes"][0]["withCodeDiscountedTotalPriceSet"]["shopMoney"]
    assert fees[0]["percentage"] == pytest.approx(251 / float(worth["amount"]), abs=0.01)


def test_a_fee_is_shared_in_whole_units_of_a_currency_that_has_no_smaller_ones():
    """5 for two units is 3 and 2."""
    written = shop_with_returns(currency_code="JPY", country_code="JP", time_zone="Asia/Tokyo")
    written.shop.con.execute("update main.returns set restocking_fee = 5 where return_id = 6")
    fields = """returnLineItems(first: 5) { nodes { ... on ReturnLineItem {
        restockingFee { amountSet { shopMoney { amount currencyCode } } }
    } } }"""
    with ShopifySandbox(written.shop) as sandbox:
        nodes = of(sandbox, 6, fields)["returnLineItems"]["nodes"]
    fees = [node["restockingFee"]["amountSet"]["shopMoney"] for node in nodes]
    assert fees == [{"amount": amount, "currencyCode": "JPY"} for amount in ("3", "2")]


def test_a_return_without_fees_has_none(sandbox):
    fields = "returnShippingFees { id } returnLineItems(first: 1) { nodes { ... on ReturnLineItem {"
    found = of(sandbox, 6, fields + " restockingFee { id } } } }")
    assert found["returnShippingFees"] == []
    assert found["returnLineItems"]["nodes"] == [{"restockingFee": None}]


def test_a_refund_and_its_return_know_each_other(sandbox, written):
    order = written.orders["abroad"]
    fields = "refunds(first: 5) { nodes { id return { id name } } }"
    assert of(sandbox, 9, fields)["refunds"]["nodes"] == [{
        "id": f"gid://shopify/Refund/{order + 9}",
        "return": {"id": "gid://shopify/Return/9", "name": f"#{order}-R1"},
    }]  # fmt: skip
    lines = of(sandbox, 9, "returnLineItems(first: 5) { nodes { refundedQuantity } }")
    assert lines["returnLineItems"]["nodes"] == [{"refundedQuantity": 1}] * 2


def test_a_refund_without_a_return_has_none(sandbox, written):
    refunds = value(written.shop, "select count(*) from live.refunds")
    found = all_nodes(sandbox, "orders", "refunds { return { id } }", 250)
    returns = [refund["return"] for order in found for refund in order["refunds"]]
    assert len(returns) == refunds
    assert [one["id"] for one in returns if one] == ["gid://shopify/Return/9"]


def test_what_is_sent_instead_names_its_variant(sandbox, written):
    fields = """exchangeLineItems(first: 5) { nodes {
        variantId quantity processedQuantity lineItems { id }
    } }"""
    variant = value(written.shop, "select min(variant_id) from live.variants")
    assert of(sandbox, 6, fields)["exchangeLineItems"]["nodes"] == [{
        "variantId": f"gid://shopify/ProductVariant/{variant}",
        "quantity": 2,
        "processedQuantity": 2,
        "lineItems": [],
    }]  # fmt: skip


REVERSE = """reverseFulfillmentOrders(first: 1) { nodes { id status lineItems(first: 3) { nodes {
    totalQuantity fulfillmentLineItem { lineItem { id } }
    dispositions { id type quantity createdAt location { id } }
} } } }"""


def reverse_orders(sandbox: ShopifySandbox, number: int) -> list[dict]:
    found: list[dict] = of(sandbox, number, REVERSE)["reverseFulfillmentOrders"]["nodes"]
    return found


def test_what_became_of_the_goods_stands_in_the_reverse_fulfillment(sandbox, written):
    (order,) = reverse_orders(sandbox, 6)
    line = written.lines["exchanged"][0]
    assert order["status"] == "CLOSED"
    assert order["lineItems"]["nodes"][0] == {
        "totalQuantity": 1,
        "fulfillmentLineItem": {"lineItem": {"id": f"gid://shopify/LineItem/{line}"}},
        "dispositions": [{
            "id": "gid://shopify/ReverseFulfillmentOrderDisposition/60",
            "type": "RESTOCKED",
            "quantity": 1,
            "createdAt": text(written.after(6)),
            "location": {"id": f"gid://shopify/Location/{STORE}"},
        }],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "status", "kinds"),
    [(2, "OPEN", []), (3, "OPEN", ["RESTOCKED"]), (5, "CANCELED", []), (7, "CLOSED", ["MISSING"])],
)
def test_goods_have_a_disposition_once_they_are_inspected(sandbox, number, status, kinds):
    (order,) = reverse_orders(sandbox, number)
    assert order["status"] == status
    for line in order["lineItems"]["nodes"]:
        assert [one["type"] for one in line["dispositions"]] == kinds


def test_goods_that_have_come_back_uninspected_await_processing():
    written = shop_with_returns()
    written.shop.con.execute(
        "update main.returns set received_at = ? where return_id = 2", [written.after(4)]
    )
    written.shop.at(written.shop.now)
    with ShopifySandbox(written.shop) as sandbox:
        (order,) = reverse_orders(sandbox, 2)
    (disposition,) = order["lineItems"]["nodes"][0]["dispositions"]
    assert disposition["type"] == "PROCESSING_REQUIRED"
    assert disposition["createdAt"] == text(written.after(4))


@pytest.mark.parametrize("number", [1, 4, 8])
def test_what_was_never_approved_has_no_reverse_fulfillment(sandbox, number):
    assert reverse_orders(sandbox, number) == []


STATUSES = {
    "asked": "RETURN_REQUESTED",
    "open": "IN_PROGRESS",
    "inspected": "INSPECTION_COMPLETE",
    "declined": "NO_RETURN",
    "canceled": "NO_RETURN",
    "exchanged": "RETURNED",
    "lost": "RETURN_FAILED",
    "abroad": "RETURNED",
    "unverified": "RETURN_REQUESTED",
}


def test_an_order_sums_up_its_returns(sandbox, written):
    query = "query ($id: ID!) { order(id: $id) { returnStatus } }"
    found = {
        name: data(sandbox, query, id=f"gid://shopify/Order/{order}")["order"]["returnStatus"]
        for name, order in written.orders.items()
    }
    assert found == STATUSES


@pytest.mark.parametrize(
    ("status", "names"),
    [("return_requested", {"asked", "unverified"}), ("RETURNED", {"exchanged", "abroad"}),
     ("in_progress", {"open"})],
)  # fmt: skip
def test_orders_are_found_by_the_state_of_their_returns(sandbox, written, status, names):
    found = all_nodes(sandbox, "orders", "id", arguments=f', query: "return_status:{status}"')
    wanted = {f"gid://shopify/Order/{written.orders[name]}" for name in names}
    assert {node["id"] for node in found} == wanted


def test_returns_are_found_by_their_state(sandbox):
    fields = 'returns(first: 5, query: "status:open") { nodes { id } }'
    found = all_nodes(sandbox, "orders", fields, 250)
    ids = [one["id"] for order in found for one in order["returns"]["nodes"]]
    assert sorted(ids) == ["gid://shopify/Return/2", "gid://shopify/Return/3"]


def test_lines_are_drained_through_the_return_and_through_its_reverse_fulfillment(sandbox):
    inner = "(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }"
    places = {("Return", "returnLineItems", 6), ("ReverseFulfillmentOrder", "lineItems", 6)}
    for kind, connection, number in places:
        query = f"""query ($id: ID!, $after: String) {{ node(id: $id) {{
            ... on {kind} {{ {connection}{inner} }}
        }} }}"""
        found, after = [], None
        while True:
            node = data(sandbox, query, id=f"gid://shopify/{kind}/{number}", after=after)["node"]
            found += [one["id"].rsplit("/")[-1] for one in node[connection]["nodes"]]
            after = node[connection]["pageInfo"]["endCursor"]
            if not node[connection]["pageInfo"]["hasNextPage"]:
                break
        assert found == ["60", "61"], kind


@pytest.mark.parametrize(
    "node",
    ["Return/6", "ReturnLineItem/60", "ExchangeLineItem/61", "ReverseFulfillmentOrder/6",
     "ReverseFulfillmentOrderLineItem/60", "ReverseFulfillmentOrderDisposition/60"],
)  # fmt: skip
def test_everything_of_a_return_is_found_by_its_id(sandbox, node):
    identity = f"gid://shopify/{node}"
    found = data(sandbox, "query ($id: ID!) { node(id: $id) { __typename id } }", id=identity)
    assert found["node"] == {"__typename": node.split("/")[0], "id": identity}


BULK = """{ orders { edges { node { id returnStatus returns { edges { node {
    __typename id status closedAt decline { reason } returnShippingFees { amountSet { shopMoney {
        amount } } }
    returnLineItems { edges { node { __typename id customerNote
        returnReasonDefinition { handle }
        ... on ReturnLineItem { fulfillmentLineItem { lineItem { id } } restockingFee { id } }
    } } }
    exchangeLineItems { edges { node { __typename id variantId } } }
} } } } } } }"""


def test_bulk_gives_returns_with_their_lines(sandbox, written):
    lines = bulk_lines(run_bulk(sandbox, BULK))
    below: dict[str, list[dict]] = {}
    for line in lines:
        below.setdefault(line.pop("__parentId", ""), []).append(line)
    (abroad,) = below[f"gid://shopify/Order/{written.orders['abroad']}"]
    assert abroad["closedAt"] == text(written.after(7))
    assert abroad["decline"] is None
    first, second = sorted(below["gid://shopify/Return/9"], key=lambda line: line["id"])
    assert first == {
        "__typename": "ReturnLineItem",
        "id": "gid://shopify/ReturnLineItem/90",
        "customerNote": None,
        "returnReasonDefinition": {"handle": "too-small"},
        "fulfillmentLineItem": {
            "lineItem": {"id": f"gid://shopify/LineItem/{written.lines['abroad'][0]}"}
        },
        "restockingFee": {"id": "gid://shopify/RestockingFee/90"},
    }
    assert second["id"] == "gid://shopify/ReturnLineItem/91"
    kinds = [line["__typename"] for line in below["gid://shopify/Return/6"]]
    assert sorted(kinds) == ["ExchangeLineItem", "ReturnLineItem", "ReturnLineItem"]


def test_reverse_fulfillments_lie_too_deep_for_bulk(sandbox):
    query = """{ orders { edges { node { id returns { edges { node { id
        reverseFulfillmentOrders { edges { node { id lineItems { edges { node { id } } } } } }
    } } } } } } }"""
    assert "deeper than 2 levels" in start_bulk(sandbox, query)["userErrors"][0]["message"]


def test_without_read_returns_there_are_refunds_but_no_returns():
    shop = new_shop()
    with ShopifySandbox(shop, scopes=ALL_SCOPES - {"read_returns"}) as sandbox:
        query = "{ orders(first: 50) { nodes { %s } } }"
        refunds = ask(sandbox, query % "refunds { id return { id } }")
        returns = ask(sandbox, query % "returns(first: 1) { nodes { id } }")
        one = ask(sandbox, '{ return(id: "gid://shopify/Return/1") { id } }')
    assert {refund["return"] for order in refunds["data"]["orders"]["nodes"]
            for refund in order["refunds"]} == {None}  # fmt: skip
    assert returns["data"] is None
    assert set(codes(refunds)) == set(codes(returns)) == set(codes(one)) == {"ACCESS_DENIED"}


def test_a_page_of_returns_costs_what_the_formula_says(sandbox):
    """Return lines: 2 + 3 * (line 1 + reason 1) = 8; returns: 2 + 1 * (1 + 8); orders: 2 + 4."""
    query = """{ orders(first: 10) { nodes { returns(first: 1) { nodes {
        returnLineItems(first: 5) { nodes { returnReasonDefinition { handle } } }
    } } } } }"""
    cost = ask(sandbox, query)["extensions"]["cost"]["requestedQueryCost"]
    assert cost == 2 + 4 * (1 + 2 + 1 * (1 + 2 + 3 * (1 + 1)))


def test_lines_cannot_be_chosen_by_what_was_done_with_them(sandbox):
    fields = "returnLineItems(first: 1, processingStatus: PROCESSED) { nodes { id } }"
    assert codes(ask(sandbox, RETURN % fields, id="gid://shopify/Return/6")) == ["BAD_REQUEST"]


def test_what_lies_ahead_is_not_shown():
    written = shop_with_returns()
    with ShopifySandbox(written.shop) as sandbox:
        sandbox.move(written.at - timedelta(seconds=1))
        assert data(sandbox, RETURN % "id", id="gid://shopify/Return/6")["return"] is None
        query = '{ ordersCount(limit: null, query: "return_status:no_return") { count } }'
        orders = value(written.shop, "select count(*) from live.orders")
        assert data(sandbox, query)["ordersCount"]["count"] == orders


TREE = f"""id updatedAt returnStatus
    lineItems(first: 50) {{ nodes {{ id unfulfilledQuantity currentQuantity }} }}
    refunds {{ id return {{ id name status }} }}
    fulfillments {{ id status location {{ id }}
        fulfillmentLineItems(first: 9) {{ nodes {{ id quantity }} }} }}
    returns(first: 3) {{ nodes {{ id status createdAt requestApprovedAt closedAt
        decline {{ reason note }} totalQuantity returnShippingFees {{ amountSet {MONEY} }}
        returnLineItems(first: 3) {{ nodes {{ {LINE}
            ... on ReturnLineItem {{ restockingFee {{ amountSet {MONEY} }} }} }} }}
        exchangeLineItems(first: 3) {{ nodes {{ id quantity processedQuantity }} }}
        {REVERSE} }} }}"""


def test_an_order_is_updated_by_whatever_happens_to_its_goods():
    """What looks different after some weeks says that it was updated within them."""
    shop = new_shop(orders=600, months=4)
    bucket = Bucket(lambda: 0.0, maximum=10_000_000)
    seen: dict[str, dict] = {}
    before = shop.spec.end_at - timedelta(days=900)
    with ShopifySandbox(shop, bucket=bucket) as sandbox:
        for days in (45, 21, 8, 0):
            sandbox.move(shop.spec.end_at - timedelta(days=days))
            orders = {one["id"]: one for one in all_nodes(sandbox, "orders", TREE, 40)}
            changed = [one for key, one in orders.items() if one != seen.get(key)]
            assert [one["id"] for one in changed if one["updatedAt"] <= text(before)] == []
            seen, before = orders, shop.now
    statuses = {one["status"] for order in seen.values() for one in order["returns"]["nodes"]}
    assert statuses >= {"OPEN", "CLOSED"}


def test_every_step_of_a_return_moves_its_orders_updated_at():
    """Asked for, approved, come back, inspected, closed."""
    written = shop_with_returns()
    order = written.orders["exchanged"]
    query = "query ($id: ID!) { order(id: $id) { updatedAt returnStatus } }"
    with ShopifySandbox(written.shop) as sandbox:
        for days, status in (
            (0, "RETURN_REQUESTED"),
            (1, "IN_PROGRESS"),
            (5, "IN_PROGRESS"),
            (6, "INSPECTION_COMPLETE"),
            (7, "RETURNED"),
        ):
            sandbox.move(written.after(days))
            found = data(sandbox, query, id=f"gid://shopify/Order/{order}")["order"]
            assert found == {"updatedAt": text(written.after(days)), "returnStatus": status}
