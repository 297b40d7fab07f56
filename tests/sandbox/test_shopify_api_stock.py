"""What has been shipped, and what lies where, as the API shows it."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.shopify_api import ShopifySandbox
from sandbox.shopify_api.access import ALL_SCOPES
from tests.sandbox.returns_by_hand import WAREHOUSE, Written, shop_with_returns
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
from tests.sandbox.small_shops import new_shop, rows, value

STATES = (
    "available", "committed", "incoming", "on_hand", "reserved", "damaged", "safety_stock",
    "quality_control",
)  # fmt: skip
NAMES = ", ".join(f'"{state}"' for state in STATES)
QUANTITIES = f"quantities(names: [{NAMES}]) {{ name quantity updatedAt }}"

LINES = f"nodes {{ id quantity lineItem {{ id }} originalTotalSet {MONEY} }}"
FULFILLMENT = f"""id legacyResourceId name status displayStatus createdAt updatedAt totalQuantity
    location {{ id name }} fulfillmentLineItems(first: 50) {{ {LINES} }}"""


@pytest.fixture(scope="module")
def written() -> Written:
    return shop_with_returns()


@pytest.fixture(scope="module")
def sandbox(written: Written) -> Iterator[ShopifySandbox]:
    with ShopifySandbox(written.shop, bulk="immediate") as running:
        yield running


def order(sandbox: ShopifySandbox, number: int, fields: str) -> dict:
    query = f"query ($id: ID!) {{ order(id: $id) {{ {fields} }} }}"
    found: dict = data(sandbox, query, id=f"gid://shopify/Order/{number}")["order"]
    return found


def test_a_shipped_order_shows_its_fulfillment(sandbox, written):
    number = written.orders["asked"]
    ((name, closed),) = rows(
        written.shop, "select name, closed_at from live.orders where order_id = ?", number
    )
    (found,) = order(sandbox, number, f"fulfillments {{ {FULFILLMENT} }}")["fulfillments"]
    lines = found.pop("fulfillmentLineItems")["nodes"]
    location = {"id": f"gid://shopify/Location/{WAREHOUSE}", "name": "Warehouse"}
    assert found == {
        "id": f"gid://shopify/Fulfillment/{number + 5}",
        "legacyResourceId": str(number + 5),
        "name": f"{name}-F1",
        "status": "SUCCESS",
        "displayStatus": "FULFILLED",
        "createdAt": f"{closed:%Y-%m-%dT%H:%M:%SZ}",
        "updatedAt": f"{closed:%Y-%m-%dT%H:%M:%SZ}",
        "totalQuantity": sum(line["quantity"] for line in lines),
        "location": location,
    }
    wanted = rows(
        written.shop,
        "select line_id, quantity, quantity * unit_price from live.order_lines"
        " where order_id = ? order by line_id", number,
    )  # fmt: skip
    shown = [
        (
            int(line["lineItem"]["id"].rsplit("/")[-1]),
            line["quantity"],
            Decimal(line["originalTotalSet"]["shopMoney"]["amount"]),
        )
        for line in lines
    ]
    assert shown == wanted


def test_units_taken_out_before_shipping_were_not_shipped(sandbox, written):
    ((number, line, ordered, removed),) = rows(
        written.shop,
        "select lines.order_id, line_id, lines.quantity, sum(refund_lines.quantity)"
        " from live.refund_lines inner join live.order_lines as lines using (line_id)"
        " inner join live.orders as orders on lines.order_id = orders.order_id"
        " where restock_type = 'CANCEL' and closed_at is not null"
        " group by all order by line_id limit 1",
    )
    fields = f"""lineItems(first: 50) {{ nodes {{ id unfulfilledQuantity }} }}
        fulfillments {{ {FULFILLMENT} }}"""
    found = order(sandbox, number, fields)
    assert {node["unfulfilledQuantity"] for node in found["lineItems"]["nodes"]} == {0}
    shipped = {
        node["lineItem"]["id"]: node["quantity"]
        for node in found["fulfillments"][0]["fulfillmentLineItems"]["nodes"]
    }
    assert shipped.get(f"gid://shopify/LineItem/{line}", 0) == ordered - removed


def test_an_order_that_has_not_shipped_has_all_of_it_to_ship(sandbox, written):
    ((number, quantities),) = rows(
        written.shop,
        "select order_id, list(lines.quantity order by line_id)"
        " from live.order_lines as lines inner join live.orders using (order_id)"
        " where closed_at is null and cancelled_at is null and order_id not in"
        " (select order_id from live.refunds) group by order_id order by order_id limit 1",
    )
    fields = "fulfillments { id } lineItems(first: 50) { nodes { unfulfilledQuantity } }"
    found = order(sandbox, number, fields)
    assert found["fulfillments"] == []
    left = [line["unfulfilledQuantity"] for line in found["lineItems"]["nodes"]]
    assert sorted(left) == sorted(quantities)


def test_shipped_lines_are_drained_through_the_fulfillment(sandbox, written):
    number = written.orders["open"]
    query = """query ($id: ID!, $after: String) { node(id: $id) { ... on Fulfillment {
        fulfillmentLineItems(first: 1, after: $after) {
            nodes { lineItem { id } } pageInfo { hasNextPage endCursor }
        }
    } } }"""
    found, after, is_more = [], None, True
    while is_more:
        identity = f"gid://shopify/Fulfillment/{number + 5}"
        page = data(sandbox, query, id=identity, after=after)["node"]["fulfillmentLineItems"]
        found += [int(node["lineItem"]["id"].rsplit("/")[-1]) for node in page["nodes"]]
        after, is_more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert found == written.lines["open"]


def test_bulk_gives_fulfillments_without_their_lines(sandbox, written):
    query = """{ orders { edges { node { id fulfillments { id createdAt location { id } %s }
        lineItems { edges { node { id unfulfilledQuantity } } }
    } } } }"""
    refused = start_bulk(sandbox, query % "fulfillmentLineItems { edges { node { id } } }")
    assert "within a list" in refused["userErrors"][0]["message"]
    lines = bulk_lines(run_bulk(sandbox, query % ""))
    found = [one for line in lines for one in line.get("fulfillments", [])]
    wanted = rows(
        written.shop,
        "select 'gid://shopify/Fulfillment/' || fulfillment_id,"
        " strftime(created_at, '%Y-%m-%dT%H:%M:%SZ'), location_id from live.fulfillments",
    )
    assert sorted(
        (one["id"], one["createdAt"], int(one["location"]["id"].rsplit("/")[-1])) for one in found
    ) == sorted(wanted)


def test_before_it_ships_an_order_shows_nothing_of_it():
    written = shop_with_returns()
    number = written.orders["asked"]
    closed = value(written.shop, "select closed_at from live.orders where order_id = ?", number)
    fields = "updatedAt fulfillments { id } lineItems(first: 9) { nodes { unfulfilledQuantity } }"
    with ShopifySandbox(written.shop) as sandbox:
        sandbox.move(closed - timedelta(seconds=1))
        before = order(sandbox, number, fields)
        sandbox.move(closed)
        after = order(sandbox, number, fields)
    assert before["fulfillments"] == []
    assert all(line["unfulfilledQuantity"] for line in before["lineItems"]["nodes"])
    assert len(after["fulfillments"]) == 1
    assert before["updatedAt"] < after["updatedAt"] == f"{closed:%Y-%m-%dT%H:%M:%SZ}"


def test_fulfillments_are_not_searched(sandbox):
    answer = ask(sandbox, '{ orders(first: 1) { nodes { fulfillments(query: "x") { id } } } }')
    assert codes(answer) == ["BAD_REQUEST"]


LEVEL = f"id item {{ id }} location {{ id }} updatedAt {QUANTITIES}"


def levels(sandbox: ShopifySandbox) -> dict[tuple[int, int], dict[str, int]]:
    """By item and location, as the items' levels say."""
    fields = f"id inventoryLevels(first: 10) {{ nodes {{ {LEVEL} }} }}"
    items = all_nodes(sandbox, "inventoryItems", fields, 50)
    found = [level for item in items for level in item["inventoryLevels"]["nodes"]]
    return {
        tuple(int(level[key]["id"].rsplit("/")[-1]) for key in ("item", "location")): {
            one["name"]: one["quantity"] for one in level["quantities"]
        }
        for level in found
    }


def test_every_level_shows_all_its_quantities(sandbox):
    names = ", ".join(f"coalesce({state}, 0)" for state in STATES)
    wanted = rows(
        sandbox.shop,
        f"select (inventory_item_id, location_id), [{names}] from live.inventory_levels"
        " where inventory_item_id in (select inventory_item_id from live.variants)",
    )
    assert levels(sandbox) == {
        key: dict(zip(STATES, quantities, strict=True)) for key, quantities in wanted
    }


def test_a_level_is_found_by_its_item_its_location_and_its_id(sandbox):
    ((item, location),) = rows(
        sandbox.shop,
        "select inventory_item_id, location_id from live.inventory_levels order by all limit 1",
    )
    identity = f"gid://shopify/InventoryLevel/{location}?inventory_item_id={item}"
    query = """query ($level: ID!, $item: ID!, $location: ID!) {
        inventoryLevel(id: $level) { id location { id } }
        node(id: $level) { ... on InventoryLevel { id quantities(names: ["on_hand"]) { name } } }
        inventoryItem(id: $item) { inventoryLevel(locationId: $location) { id item { id } } }
        location(id: $location) {
            inventoryLevel(inventoryItemId: $item) { id }
            inventoryLevels(first: 1) { nodes { item { id } } }
        }
    }"""
    item_id, location_id = (
        f"gid://shopify/InventoryItem/{item}", f"gid://shopify/Location/{location}"
    )  # fmt: skip
    found = data(sandbox, query, level=identity, item=item_id, location=location_id)
    assert found == {
        "inventoryLevel": {"id": identity, "location": {"id": location_id}},
        "node": {"id": identity, "quantities": [{"name": "on_hand"}]},
        "inventoryItem": {"inventoryLevel": {"id": identity, "item": {"id": item_id}}},
        "location": {
            "inventoryLevel": {"id": identity},
            "inventoryLevels": {"nodes": [{"item": {"id": item_id}}]},
        },
    }


def test_a_quantity_that_there_is_not_is_refused(sandbox):
    fields = 'inventoryLevels(first: 1) { nodes { quantities(names: ["lost"]) { quantity } } }'
    assert codes(ask(sandbox, f"{{ inventoryItems(first: 1) {{ nodes {{ {fields} }} }} }}")) == [
        "BAD_REQUEST"
    ]


def test_bulk_gives_levels_below_their_items(sandbox):
    query = f"""{{ inventoryItems {{ edges {{ node {{ id unitCost {{ amount }}
        inventoryLevels {{ edges {{ node {{ {LEVEL} }} }} }}
    }} }} }} }}"""
    found = [line for line in bulk_lines(run_bulk(sandbox, query)) if "__parentId" in line]
    assert all(line["__parentId"] == line["item"]["id"] for line in found)
    assert {
        tuple(int(line[key]["id"].rsplit("/")[-1]) for key in ("item", "location")): {
            one["name"]: one["quantity"] for one in line["quantities"]
        }
        for line in found
    } == levels(sandbox)


def test_without_read_locations_a_fulfillment_does_not_say_where_it_left():
    with ShopifySandbox(new_shop(), scopes=ALL_SCOPES - {"read_locations"}) as sandbox:
        sandbox.shop.con.execute("""
            insert into main.fulfillments
                (fulfillment_id, order_id, location_id, created_at, status)
            select order_id + 900, order_id, 101, closed_at, 'SUCCESS'
            from main.orders where closed_at is not null""")
        query = "{ orders(first: 5) { nodes { fulfillments { status location { id } } } } }"
        answer = ask(sandbox, query)
    shown = [one for node in answer["data"]["orders"]["nodes"] for one in node["fulfillments"]]
    assert shown
    assert all(one["location"] is None for one in shown)
    assert set(codes(answer)) == {"ACCESS_DENIED"}


def test_without_read_inventory_no_levels_are_shown():
    with ShopifySandbox(new_shop(), scopes=ALL_SCOPES - {"read_inventory"}) as sandbox:
        query = "{ locations(first: 1) { nodes { inventoryLevels(first: 1) { nodes { id } } } } }"
        answer = ask(sandbox, query)
    assert answer["data"] is None
    assert codes(answer) == ["ACCESS_DENIED"]
