"""Tokens, scopes and what a shop shows without them."""

import json
from datetime import timedelta

import pytest
import shopify

from sandbox.shopify_api import ShopifySandbox
from sandbox.shopify_api.access import ALL_SCOPES
from tests.sandbox.shopify_client import all_nodes, ask, call, codes, data
from tests.sandbox.small_shops import new_shop, value

SHOP = "{ shop { name } }"


def status(sandbox, token):
    headers = {"X-Shopify-Access-Token": token} if token else {}
    return call(sandbox.graphql_url, {"query": SHOP}, headers)


@pytest.mark.parametrize("token", ["wrong", "", None])
def test_a_wrong_token_is_refused(sandbox, token):
    code, headers, body = status(sandbox, token)
    assert code == 401
    assert "Invalid API key or access token" in json.loads(body)["errors"]
    assert headers["X-Shopify-API-Version"] == "2026-07"


def test_any_version_is_answered_by_the_one_there_is(sandbox):
    url = f"{sandbox.url}/admin/api/2031-01/graphql.json"
    headers = {"X-Shopify-Access-Token": sandbox.access_token}
    code, answered, _ = call(url, {"query": SHOP}, headers)
    assert (code, answered["X-Shopify-API-Version"]) == (200, "2026-07")


def test_credentials_are_granted_a_token_that_expires():
    now = [1000.0]
    with ShopifySandbox(new_shop(), clock=lambda: now[0]) as sandbox:
        grant = {
            "grant_type": "client_credentials",
            "client_id": sandbox.client_id,
            "client_secret": sandbox.client_secret,
        }
        url = f"{sandbox.url}/admin/oauth/access_token"
        code, _, body = call(url, grant)
        granted = json.loads(body)
        assert code == 200
        assert set(granted["scope"].split(",")) == ALL_SCOPES
        assert status(sandbox, granted["access_token"])[0] == 200
        now[0] += granted["expires_in"] + 1
        assert status(sandbox, granted["access_token"])[0] == 401
        assert status(sandbox, sandbox.access_token)[0] == 200
        assert call(url, {**grant, "client_secret": "wrong"})[0] == 401
        assert call(url, {**grant, "grant_type": "password"})[0] == 400


def test_shopifys_own_client_speaks_to_it(sandbox):
    """The client puts the host together from the shop's name and the domain of all shops."""
    host, port = sandbox.url.removeprefix("http://").split(":")
    name, _, domain = host.partition(".")
    shopify.Session.setup(protocol="http", myshopify_domain=domain, port=port)
    session = shopify.Session(f"{name}.{domain}", "2026-07", sandbox.access_token)
    shopify.ShopifyResource.activate_session(session)
    try:
        answer = json.loads(shopify.GraphQL().execute(SHOP))
    finally:
        shopify.ShopifyResource.clear_session()
        shopify.Session.setup(protocol="https", myshopify_domain="myshopify.com", port=None)
    assert answer["data"]["shop"]["name"] == value(sandbox.shop, "select name from live.shop")


def without(*scopes: str) -> ShopifySandbox:
    return ShopifySandbox(new_shop(), scopes=ALL_SCOPES - set(scopes))


def test_the_scopes_are_told():
    with without("read_products") as sandbox:
        query = "{ currentAppInstallation { accessScopes { handle } } }"
        scopes = data(sandbox, query)["currentAppInstallation"]["accessScopes"]
    assert {scope["handle"] for scope in scopes} == ALL_SCOPES - {"read_products"}


def test_a_field_without_its_scope_is_null_in_every_record():
    with without("read_customers") as sandbox:
        answer = ask(sandbox, "{ orders(first: 3) { nodes { id buyer: customer { id } } } }")
    assert [node["buyer"] for node in answer["data"]["orders"]["nodes"]] == [None] * 3
    assert codes(answer) == ["ACCESS_DENIED"] * 3
    assert answer["errors"][1]["path"] == ["orders", "nodes", 1, "buyer"]
    assert "`read_customers` access scope" in answer["errors"][0]["message"]


def test_a_denied_field_that_may_not_be_null_takes_what_holds_it_along():
    """ProductVariant.inventoryItem is never null, LineItem.variant may be."""
    query = """{ orders(first: 1) { edges { node { lineItems(first: 1) { nodes {
        id variant { id inventoryItem { id } }
    } } } } } }"""
    with without("read_inventory") as sandbox:
        answer = ask(sandbox, query)
    line = answer["data"]["orders"]["edges"][0]["node"]["lineItems"]["nodes"][0]
    assert line["variant"] is None
    place = ["orders", "edges", 0, "node", "lineItems", "nodes", 0, "variant", "inventoryItem"]
    assert answer["errors"][0]["path"] == place


def test_a_connection_without_its_scope_is_denied_whole():
    with without("read_orders") as sandbox:
        answer = ask(sandbox, "{ orders(first: 1) { nodes { id } } }")
    assert answer["data"] is None
    assert codes(answer) == ["ACCESS_DENIED"]


def test_without_read_all_orders_only_the_last_60_days_are_seen():
    with without("read_all_orders") as sandbox:
        since = sandbox.shop.now - timedelta(days=60)
        old, recent = (
            value(
                sandbox.shop,
                f"select count(*) from live.orders where created_at {operator} ?", since,
            )
            for operator in ("<", ">=")
        )  # fmt: skip
        oldest = value(sandbox.shop, "select min(order_id) from live.orders")
        found = all_nodes(sandbox, "orders", "id", 250)
        query = "query ($id: ID!) { order(id: $id) { id } ordersCount(limit: null) { count } }"
        answer = data(sandbox, query, id=f"gid://shopify/Order/{oldest}")
    assert min(old, recent) > 0
    assert len(found) == recent == answer["ordersCount"]["count"]
    assert answer["order"] is None
