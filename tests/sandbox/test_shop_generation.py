"""The generator gives the shop that it is asked for, and the same one every time."""

from datetime import date

import pytest

from sandbox.shop import Shop, ShopSpec, generate
from sandbox.shop.schema import TABLES
from tests.sandbox.small_shops import END, new_shop, ordinary_shop, rows, value


def fingerprint(shop: Shop) -> dict[str, tuple[int, int]]:
    """By table: how many rows, and a sum over their hashes."""
    return {
        table: rows(shop, f"select count(*), coalesce(sum(hash(t)), 0) from main.{table} as t")[0]
        for table in TABLES
    }


def test_the_same_spec_gives_the_same_shop():
    assert fingerprint(new_shop()) == fingerprint(new_shop())


def test_another_seed_gives_another_shop():
    one, other = fingerprint(new_shop()), fingerprint(new_shop(seed=7))
    assert one["order_lines"] != other["order_lines"]
    assert one["products"] != other["products"]


def test_a_shop_on_disk_equals_the_one_in_memory(tmp_path):
    spec = ShopSpec(end=END, orders=300, products=30, months=3)
    on_disk = generate(spec, tmp_path / "shop.duckdb")
    assert fingerprint(on_disk) == fingerprint(generate(spec))


def test_a_later_end_keeps_the_catalogue():
    query = """
        select variants.* exclude (price, compare_at_price, unit_cost, created_at, updated_at),
            products.title, category, brand, elasticity
        from variants
        join products using (product_id)
        join truth_elasticities using (variant_id)
        order by variant_id"""
    assert rows(new_shop(), query) == rows(new_shop(end=date(2026, 7, 15)), query)


def test_there_are_as_many_orders_as_asked_for():
    assert value(ordinary_shop(), "select count(*) from orders") == 8_000


def test_orders_lie_between_the_first_and_the_last_local_day():
    first, last = rows(
        ordinary_shop(),
        """select
            min(cast(timezone('America/New_York', timezone('UTC', processed_at)) as date)),
            max(cast(timezone('America/New_York', timezone('UTC', created_at)) as date))
        from orders""",
    )[0]
    assert first >= date(2024, 5, 1)
    assert last <= END


@pytest.mark.parametrize(("orders", "products"), [(40_000, 300), (1_000_000, 1_500)])
def test_the_catalogue_grows_with_the_orders(orders, products):
    assert ShopSpec(end=END, orders=orders).product_count == products


def test_an_empty_shop_has_a_shop_and_nothing_to_sell():
    shop = new_shop(orders=0, products=0)
    assert value(shop, "select count(*) from live.shop") == 1
    filled = {table for table, (count, _) in fingerprint(shop).items() if count}
    assert not filled & {"products", "variants", "customers", "orders", "order_lines", "refunds"}
    assert value(shop, "select sum(net_sales) + sum(orders) from truth_ledger_daily") == 0


def test_a_shop_without_orders_may_have_products():
    shop = new_shop(orders=0)
    assert value(shop, "select count(*) from live.products") > 0
    assert value(shop, "select count(*) from live.orders") == 0


def test_one_order_is_enough_for_a_shop():
    assert value(new_shop(orders=1), "select count(*) from live.orders") == 1


def test_a_shop_in_yen_has_no_fractions():
    shop = new_shop(currency_code="JPY", country_code="JP", time_zone="Asia/Tokyo")
    query = "select count(*) from {} where {} <> floor({})"
    assert value(shop, query.format("order_lines", "unit_price", "unit_price")) == 0
    assert value(shop, query.format("order_lines", "tax_amount", "tax_amount")) == 0
    assert value(shop, query.format("refunds", "total_refunded", "total_refunded")) == 0


def test_a_shop_in_london_includes_tax_and_ships_at_home():
    shop = new_shop(currency_code="GBP", country_code="GB", time_zone="Europe/London")
    assert value(shop, "select avg(cast(taxes_included as int)) from orders") > 0.8
    assert value(shop, "select avg(cast(country_code = 'GB' as int)) from orders") > 0.8
