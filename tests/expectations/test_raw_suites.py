"""What the suites of raw tables say about a made-up shop, and of rows that break promises."""

import pytest

from dlt_pipelines import files, landing
from expectations import raw_files, raw_shopify
from expectations.raw import belongs_to
from expectations.run import raw_suites, validate
from expectations.suite import Suite
from sandbox.shop.planning import write_planning
from storehouse import warehouse
from tests.dlt_pipelines.shopify_shops import land, serving, small_shop
from tests.small_warehouse import duckdb_settings, put


def messages(found):
    return [each.message for each in found if not each.success]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """A warehouse that holds a made-up shop and its people's files."""
    folder = tmp_path_factory.mktemp("made_up")
    settings, shop = duckdb_settings(folder), small_shop(orders=600)
    landing.prepare(settings)
    write_planning(shop, folder / "planning")
    with serving(shop) as sandbox:
        land(settings, sandbox)
    landing.run(settings, "files", lambda tally: files.source(settings, folder / "planning", tally))
    return settings


def test_a_made_up_shop_keeps_every_promise(made_up):
    for name in ("shopify.returns", "shopify.inventory_levels", "files.transfers"):
        assert warehouse.read_table(made_up, f"raw_{name}").num_rows > 0, name
    assert messages(validate(made_up, "raw", raw_suites(made_up))) == []


def test_rows_whose_parent_did_not_land_are_counted_and_those_that_name_none_are_not(settings):
    put(settings, "raw_shopify.returns", store_id=["s", "s"], id=["1", "2"])
    put(
        settings, "raw_shopify.return_lines",
        store_id=["s", "s", "t", "s"], return_id=["1", "9", "2", None],
    )  # fmt: skip
    suite = belongs_to("raw_shopify.return_lines", "raw_shopify.returns", {"return_id": "id"})
    found = validate(settings, "raw", [suite])
    assert messages(found) == ["raw_shopify.return_lines.rows_without_returns is above 0: it is 2"]
    assert found[0].stops_the_run


def test_states_that_do_not_add_up_to_what_is_on_hand_are_a_warning(settings):
    states = {"available": 5, "committed": 2, "on_hand": 8, "incoming": 40}
    rows = [*states.items(), ("on_hand", 3), ("available", 3)]
    put(
        settings, "raw_shopify.inventory_levels",
        store_id=["s"] * 6, inventory_item_id=["1"] * 4 + ["2"] * 2, location_id=["1"] * 6,
        snapshot_date=["2026-03-31"] * 6, state=[state for state, _ in rows],
        quantity=[units for _, units in rows],
    )  # fmt: skip
    found = validate(settings, "raw", [raw_shopify.STATES_OF_LEVELS])
    assert messages(found) == [
        "raw_shopify.inventory_levels.levels_that_do_not_add_up is above 0: it is 1"
    ]
    assert not found[0].stops_the_run


def test_movements_with_the_wrong_sign_are_a_warning(settings):
    put(
        settings, "raw_files.inventory_transactions",
        transaction_type=["sale", "sale", "return", "purchase"], quantity=[-1, 2, -3, -4],
    )  # fmt: skip
    found = validate(settings, "raw", [raw_files.SIGNS_OF_TRANSACTIONS])
    assert messages(found) == [
        "raw_files.inventory_transactions.sales_that_add_stock is above 0: it is 1",
        "raw_files.inventory_transactions.returns_that_take_stock is above 0: it is 1",
    ]
    assert not any(each.stops_the_run for each in found)


def test_a_transfer_to_where_the_goods_are_is_a_warning(settings):
    put(settings, "raw_files.transfers", from_location=["a", "a"], to_location=["a", "b"])
    (told,) = validate(settings, "raw", [raw_files.TRANSFERS_BETWEEN_PLACES])
    assert told.message.endswith("transfers_that_go_nowhere is above 0: it is 1")
    assert not told.stops_the_run


@pytest.mark.parametrize(
    ("suite", "row", "message"),
    [
        (raw_shopify.RETURN_LINES, {"quantity": -1}, "quantity is not within 0 and"),
        (raw_shopify.RETURN_DISPOSITIONS, {"kind": "EATEN"}, "kind is none of"),
        (raw_shopify.INVENTORY_LEVELS, {"state": "lost"}, "state is none of"),
        (raw_shopify.INVENTORY_ITEM_COSTS, {"unit_cost_amount": -1}, "unit_cost_amount is below 0"),
        (raw_shopify.FULFILLMENTS, {"order_id": None}, "order_id is null"),
        (raw_files.RETURNS, {"return_type": "gift"}, "return_type is none of"),
        (raw_files.STOCK_COUNTS, {"counted_quantity": -1}, "counted_quantity is below 0"),
        (raw_files.TRANSFERS, {"transfer_cost": -2}, "transfer_cost is below 0"),
    ],
    ids=lambda value: value.table if isinstance(value, Suite) else str(value),
)
def test_a_value_that_breaks_a_promise_is_told(settings, suite, row, message):
    values = {name: [row.get(name)] for name in suite.columns}
    put(settings, suite.table, _dlt_load_id=["1"], **values)
    told = messages(validate(settings, "raw", [suite]))
    assert any(f"{suite.table}.{message}" in each for each in told), told
