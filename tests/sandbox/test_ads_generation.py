"""Ad worlds of other shops: the same again, without orders, of other money and other places."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sandbox.ads import AdWorld, ads_of, make_ads
from sandbox.ads.schema import TABLES
from sandbox.shop import ShopSpec, generate
from sandbox.shop.planning import write_planning
from tests.sandbox.small_ads import END, SETTLED, SOURCES
from tests.sandbox.small_shops import new_shop


def _contents(world: AdWorld) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: world.shop.con.execute(f"select * from main.{name} order by all").fetchall()
        for name in TABLES
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_same_shop_gets_the_same_world():
    first, second = (_contents(make_ads(new_shop(months=3))) for _ in range(2))
    assert first == second
    assert all(first[name] for name in TABLES)


def test_another_seed_gets_another_world():
    first, second = (
        _contents(make_ads(new_shop(months=3, seed=seed)))["ad_days"] for seed in (1, 2)
    )
    assert first != second


def test_a_shop_without_orders_has_campaigns_that_spend_nothing(tmp_path: Path):
    shop = generate(ShopSpec(end=END, orders=0, products=0))
    world = make_ads(shop)
    for source in SOURCES:
        for account in world.entities(source, "accounts", "", SETTLED).to_pylist():
            key = account["account_id"]
            assert not world.rows(source, key, ["day", "hour"], END, END, SETTLED).num_rows
    assert shop.con.execute("select count(*) from ad_campaigns").fetchall()[0][0] > 20
    write_planning(shop, tmp_path)
    assert not _rows(tmp_path / "web_sessions.csv")
    assert not _rows(tmp_path / "touchpoints.csv")


@pytest.mark.parametrize("orders", [1, 10])
def test_a_shop_with_few_orders_has_its_visits(orders: int):
    world = make_ads(new_shop(orders=orders, months=2))
    ((visits, named),) = world.shop.con.execute(
        "select count(order_id), count(distinct order_id) from web_sessions"
    ).fetchall()
    assert visits == named <= orders


def test_a_shop_that_counts_in_euro_needs_no_rates():
    shop = new_shop(months=3, currency_code="EUR", country_code="DE", time_zone="Europe/Berlin")
    make_ads(shop)
    assert not shop.con.execute("select * from ad_exchange_rates").fetchall()
    assert shop.con.execute("select distinct currency_code from ad_accounts").fetchall() == [
        ("EUR",)
    ]


def test_money_without_minor_units_is_spent_in_whole_units():
    shop = new_shop(months=3, currency_code="JPY", country_code="JP", time_zone="Asia/Tokyo")
    world = make_ads(shop)
    (home,) = {
        row[0]
        for row in shop.con.execute(
            "select account_id from ad_accounts where platform_source = 'amazon_ads' "
            "and currency_code = 'JPY'"
        ).fetchall()
    }
    rows = world.rows("amazon_ads", home, ["campaign_id", "placement"], date(2026, 4, 1), END,
                      SETTLED).to_pylist()  # fmt: skip
    assert rows
    assert all(row["spend"] % 1 == 0 for row in rows)


def test_spreadsheets_tell_what_is_known_at_the_shops_now(tmp_path: Path):
    now = datetime(2026, 5, 10, 12)
    shop = new_shop(months=4).at(now)
    write_planning(shop, tmp_path)
    sessions, touches, rates = (
        _rows(tmp_path / f"{name}.csv")
        for name in ("web_sessions", "touchpoints", "exchange_rates")
    )
    for rows in (sessions, touches):
        assert "2026-05-01" < max(row["timestamp"] for row in rows) <= "2026-05-10T12:00:00Z"
    assert max(row["date"] for row in rates) == "2026-05-10"
    named = {int(row["order_id"]) for row in sessions if row["order_id"]}
    placed = {
        row[0]
        for row in shop.con.execute(
            "select order_id from orders where processed_at <= ?", [now]
        ).fetchall()
    }
    assert named
    assert named <= placed
    assert all((row["purchases"] == "1") == bool(row["order_id"]) for row in sessions)


def test_an_ad_world_is_made_once():
    shop = new_shop(months=3)
    make_ads(shop)
    shop.con.execute("delete from web_sessions")
    ads_of(shop)
    assert not shop.con.execute("select * from web_sessions").fetchall()
