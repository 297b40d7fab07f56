"""Stock levels and costs of a shop, landed day by day from the replica of its API."""

import shutil
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dlt_pipelines.shopify.queries import STATES
from tests.dlt_pipelines.shopify_shops import (
    READ_AT,
    column,
    land,
    raw,
    serving,
    shop_rows,
    shop_value,
    small_shop,
)
from tests.small_warehouse import duckdb_settings

DAY = date(2026, 7, 6)
ALL = frozenset({"read_orders", "read_all_orders", "read_products", "read_inventory"})


def levels(settings, day=DAY):
    """What landed of a day: units by item, location and state."""
    return {
        (row["inventory_item_id"], row["location_id"], row["state"]): row["quantity"]
        for row in raw(settings, "inventory_levels")
        if row["snapshot_date"] == day
    }


def levels_of(shop):
    """What the shop itself says, of the items that it tracks."""
    states = ", ".join(STATES)
    rows = shop_rows(
        shop,
        f"select levels.inventory_item_id, levels.location_id, {states} "
        "from live.inventory_levels as levels inner join live.variants as variants "
        "using (inventory_item_id) where variants.tracked",
    )
    return {
        (str(item), str(location), state): units
        for item, location, *quantities in rows
        for state, units in zip(STATES, quantities, strict=True)
    }


@pytest.fixture(scope="module")
def first_landing(tmp_path_factory):
    settings = duckdb_settings(tmp_path_factory.mktemp("stock"))
    with serving(small_shop()) as sandbox:
        land(settings, sandbox)
    return settings


@pytest.fixture
def landed(first_landing, settings):
    """A warehouse of this test's own that holds the shop as of one day."""
    shutil.copy(first_landing.duckdb_path, settings.duckdb_path)
    return settings


def sold_out(shop):
    """The shop with nothing available any more."""
    shop.con.execute("update live.stock_state set available = -1")
    return shop


def test_stock_is_that_of_the_shop_in_every_state(landed):
    shop = small_shop()
    assert levels(landed) == levels_of(shop)
    assert len(raw(landed, "inventory_levels")) == len(levels_of(shop))
    assert set(column(landed, "inventory_levels", "captured_at")) == {READ_AT}


def test_on_hand_is_the_sum_of_the_states_that_are_there(landed):
    there = Counter()
    for (item, location, state), units in levels(landed).items():
        if state not in ("on_hand", "incoming"):
            there[item, location] += units
    assert all(there[key[:2]] == units for key, units in levels(landed).items()
               if key[2] == "on_hand")  # fmt: skip


def test_the_next_day_is_a_snapshot_beside_the_first(landed):
    shop = small_shop()
    before = levels_of(shop)
    with serving(sold_out(shop)) as sandbox:
        land(landed, sandbox, now=READ_AT + timedelta(days=1))
    assert levels(landed) == before
    assert levels(landed, DAY + timedelta(days=1)) == levels_of(shop) != before


def test_a_second_reading_of_a_day_replaces_the_first(landed):
    shop = small_shop()
    with serving(sold_out(shop)) as sandbox:
        loads = land(landed, sandbox, now=READ_AT + timedelta(hours=1))
    assert levels(landed) == levels_of(shop)
    assert len(raw(landed, "inventory_levels")) == len(levels_of(shop))
    assert loads["inventory_levels"].rows_landed == len(levels_of(shop))
    assert set(column(landed, "inventory_levels", "captured_at")) == {READ_AT + timedelta(hours=1)}


def test_a_day_that_is_read_again_without_any_stock_has_none(landed):
    shop = small_shop()
    shop.con.execute("update main.variants set tracked = false")
    with serving(shop) as sandbox:
        loads = land(landed, sandbox)
    assert raw(landed, "inventory_levels") == []
    assert loads["inventory_levels"].rows_landed == 0


def test_a_day_is_the_shops_own(settings):
    """At three in the morning, UTC, it is still the evening before in New York."""
    with serving(small_shop(orders=0)) as sandbox:
        land(settings, sandbox, now=READ_AT.replace(hour=3))
    assert set(column(settings, "inventory_levels", "snapshot_date")) == {date(2026, 7, 5)}
    assert set(column(settings, "inventory_item_costs", "observed_on")) == {date(2026, 7, 5)}


@pytest.mark.parametrize("read_by", ["bulk", "paged"])
def test_items_that_are_not_tracked_have_no_stock_and_closed_places_keep_theirs(settings, read_by):
    shop = small_shop()
    item = shop_value(shop, "select min(inventory_item_id) from live.inventory_levels")
    shop.con.execute("update main.variants set tracked = false where inventory_item_id = ?", [item])
    shop.con.execute("update main.locations set is_active = false where location_id = 101")
    with serving(shop) as sandbox:
        land(settings, sandbox, read_by=read_by)
    assert str(item) not in column(settings, "inventory_levels", "inventory_item_id")
    assert "101" in column(settings, "inventory_levels", "location_id")
    assert levels(settings) == levels_of(shop)


@pytest.mark.parametrize("read_by", ["bulk", "paged"])
def test_an_item_at_many_places_is_read_at_all_of_them(settings, read_by):
    shop = small_shop(orders=20)
    item = shop_value(shop, "select min(inventory_item_id) from live.inventory_levels")
    shop.con.execute(
        "insert into main.locations by name select 1000 + place as location_id, "
        "'Place ' || place as name, true as is_active, 'Town' as city "
        "from range(130) as places(place)"
    )
    shop.con.execute(
        "insert into live.stock_state select levels.* replace (places.location_id as location_id) "
        "from live.stock_state as levels, main.locations as places "
        "where inventory_item_id = ? and levels.location_id = 101 and places.location_id >= 1000",
        [item],
    )
    with serving(shop) as sandbox:
        land(settings, sandbox, read_by=read_by)
    places = {key[1] for key in levels(settings) if key[0] == str(item)}
    assert len(places) == 130 + 3


def test_costs_are_kept_as_they_were_on_each_day(landed):
    shop = small_shop()
    costs = dict(shop_rows(shop, "select inventory_item_id, unit_cost from live.variants"))
    item = min(costs)
    shop.con.execute(
        "insert into main.cost_history by name select variant_id, 99 as unit_cost, "
        "date '2026-06-30' as effective_date from main.variants where inventory_item_id = ?",
        [item],
    )
    with serving(shop) as sandbox:
        land(landed, sandbox, now=READ_AT + timedelta(days=1))
    noted = {
        (row["inventory_item_id"], row["observed_on"]): row["unit_cost_amount"]
        for row in raw(landed, "inventory_item_costs")
    }
    assert noted[str(item), DAY] == costs[item]
    assert noted[str(item), DAY + timedelta(days=1)] == Decimal(99)
    assert {key[0] for key in noted} == {
        str(key) for key, cost in costs.items() if cost is not None
    }


def test_an_item_whose_cost_is_not_known_has_none_noted(settings):
    shop = small_shop(orders=20)
    item = shop_value(shop, "select min(inventory_item_id) from live.inventory_levels")
    shop.con.execute("delete from main.cost_history")
    shop.con.execute(
        "update main.variants set unit_cost = null where inventory_item_id = ?", [item]
    )
    with serving(shop) as sandbox:
        land(settings, sandbox)
    assert str(item) in column(settings, "inventory_items", "id")
    assert str(item) not in column(settings, "inventory_item_costs", "inventory_item_id")


@pytest.mark.parametrize("read_by", ["bulk", "paged"])
def test_where_places_are_hidden_items_land_and_stock_is_skipped(settings, read_by):
    with serving(small_shop(orders=20), scopes=ALL) as sandbox:
        loads = land(settings, sandbox, read_by=read_by)
    assert loads["inventory_levels"].message == "the token lacks the scope read_locations"
    assert loads["inventory_levels"].status == "skipped_no_scope"
    assert loads["inventory_items"].rows_landed > 0
    assert raw(settings, "inventory_levels") == []


def test_without_items_there_is_no_stock_either(settings):
    with serving(small_shop(orders=20), scopes=ALL - {"read_inventory"}) as sandbox:
        loads = land(settings, sandbox)
    for name in ("inventory_items", "inventory_item_costs"):
        assert loads[name].message == "the token lacks the scope read_inventory"
