"""Query costs, worked out by hand, and the bucket that they are taken from."""

import pytest

from sandbox.shopify_api import ShopifySandbox
from sandbox.shopify_api.cost import Bucket
from tests.sandbox.shopify_client import ask, codes
from tests.sandbox.small_shops import new_shop


def cost(sandbox, query: str) -> int:
    return ask(sandbox, query)["extensions"]["cost"]["requestedQueryCost"]


@pytest.mark.parametrize(
    ("query", "points"),
    [
        ("{ shop { name } }", 1),
        ("{ orders(first: 1) { nodes { id } } }", 2 + 1),  # max(1, floor(2 ln 1)) = 1
        ("{ orders(first: 10) { nodes { id } } }", 2 + 4),  # floor(4.6)
        ("{ orders(first: 250) { nodes { id } } }", 2 + 11),  # floor(11.04)
        ("{ orders(last: 250) { edges { cursor node { name } } pageInfo { hasNextPage } } }", 13),
        ("{ orders(first: 10) { nodes { totalPriceSet { shopMoney { amount } } } } }", 6),
        ("{ orders(first: 10) { nodes { customer { id } } } }", 2 + 4 * (1 + 1)),
        ("{ orders(first: 10) { nodes { lineItems(first: 5) { nodes { id } } } } }",
         2 + 4 * (1 + 2 + 3)),  # floor(2 ln 5) = 3
    ],
)  # fmt: skip
def test_a_query_costs_what_the_formula_says(sandbox, query, points):
    assert cost(sandbox, query) == points


def test_a_query_that_finds_less_costs_less(sandbox):
    query = '{ orders(first: 250, query: "id:1") { nodes { id } } }'
    report = ask(sandbox, query)["extensions"]["cost"]
    assert (report["requestedQueryCost"], report["actualQueryCost"]) == (13, 2)


def test_a_query_above_the_limit_is_refused(sandbox):
    lines = "lineItems(first: 250) { nodes { product { id } variant { id inventoryItem { id } } } }"
    query = f"{{ orders(first: 250) {{ nodes {{ a: {lines} b: {lines} }} }} }}"
    answer = ask(sandbox, query)
    # A line: itself, product, variant, inventory item. Lines: 2 + 11 * 4. Orders: 2 + 11 * 93.
    assert codes(answer) == ["MAX_COST_EXCEEDED"]
    assert answer["errors"][0]["extensions"]["cost"] == 2 + 11 * (1 + 2 * (2 + 11 * 4))
    assert answer["errors"][0]["extensions"]["maxCost"] == 1000
    assert "data" not in answer


def test_an_empty_bucket_throttles_until_it_is_full_enough():
    now = [0.0]
    bucket = Bucket(lambda: now[0], maximum=30, restore_rate=5)
    orders = "{ orders(first: 250) { nodes { id } } }"  # 13 points
    with ShopifySandbox(new_shop(orders=300), bucket=bucket) as sandbox:
        assert "errors" not in ask(sandbox, orders)
        assert "errors" not in ask(sandbox, orders)
        refused = ask(sandbox, orders)
        assert codes(refused) == ["THROTTLED"]
        status = refused["extensions"]["cost"]["throttleStatus"]
        assert status == {"maximumAvailable": 30, "currentlyAvailable": 4, "restoreRate": 5}
        now[0] += (13 - 4) / 5
        assert "errors" not in ask(sandbox, orders)


def test_the_bucket_never_holds_more_than_its_maximum():
    now = [0.0]
    bucket = Bucket(lambda: now[0], maximum=30, restore_rate=5)
    now[0] += 1000
    assert bucket.status()["currentlyAvailable"] == 30
    assert bucket.take(30)
    assert not bucket.take(1)
