"""The landing of Meta's ads, end to end against the replica of its API."""

import shutil
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from dlt_pipelines.facebook_ads import land as land_configured
from dlt_pipelines.facebook_ads.tables import TABLES
from sandbox.ads import make_ads
from sandbox.facebook_ads.jobs import AT_ONCE
from sandbox.shop import ShopSpec, generate
from storehouse import warehouse
from tests.dlt_pipelines.facebook_worlds import (
    ABROAD,
    END,
    HOME,
    NEXT_NOON,
    NOON,
    START,
    added,
    land,
    latest,
    of_account,
    purchases,
    raw,
    read,
    serving,
    small_world,
    spend_by_day,
)
from tests.small_warehouse import duckdb_settings

LEVELS = ("campaign_daily", "ad_daily", "age_daily", "gender_daily", "country_daily",
          "device_daily", "placement_daily", "hour_daily")  # fmt: skip


@pytest.fixture(scope="module")
def first_landing(tmp_path_factory):
    """A warehouse that holds the small world as of its last noon; copied, never changed."""
    settings = duckdb_settings(tmp_path_factory.mktemp("landed"))
    with serving() as sandbox:
        land(settings, sandbox)
    return settings


@pytest.fixture
def landed(first_landing, settings):
    """A warehouse of this test's own that holds the small world."""
    shutil.copy(first_landing.duckdb_path, settings.duckdb_path)
    return settings


@pytest.mark.parametrize("account_id", [HOME, ABROAD])
def test_every_level_adds_up_to_the_account_to_the_cent(first_landing, account_id):
    spend = spend_by_day(raw(first_landing, "account_daily", account_id))
    assert sum(spend.values()) > 0
    for table in LEVELS:
        assert spend_by_day(raw(first_landing, table, account_id)) == spend, table


def test_figures_are_those_of_the_platform(first_landing):
    told = (
        small_world()
        .rows("facebook_ads", HOME, ["day", "campaign_id", "network"], START, END, NOON)
        .to_pylist()
    )
    landed = {
        (row["date"], row["campaign_id"], row["publisher_platform"]): row
        for row in raw(first_landing, "campaign_daily")
    }
    assert len(landed) == len(told) > 100
    for row in told:
        found = landed[row["day"], row["campaign_id"], row["network"]]
        for name in ("spend", "impressions", "clicks", "reach"):
            assert found[name] == row[name], name
        assert found["attribution_window"] == "7d_click_1d_view"
    actions = raw(first_landing, "campaign_daily_actions")
    assert purchases(actions) == sum(round(row["purchases"]) for row in told)
    assert purchases(actions, "1d_view") == sum(round(row["view_purchases"]) for row in told)


def test_every_row_names_its_accounts_currency_and_zone(first_landing):
    for table in LEVELS:
        home, abroad = raw(first_landing, table), raw(first_landing, table, ABROAD)
        assert {(row["currency_code"], row["time_zone"]) for row in home} == {
            ("USD", "America/New_York")
        }
        assert {(row["currency_code"], row["time_zone"]) for row in abroad} == {
            ("EUR", "Europe/Berlin")
        }


def test_actions_keep_types_that_only_one_of_the_two_lists_tells(first_landing):
    rows = raw(first_landing, "campaign_daily_actions")
    lacks = {
        row["action_type"]: (row["quantity"] is None, row["value"] is None)
        for row in rows
        if row["action_window"] == "default"
    }
    assert lacks["link_click"] == (False, True)
    assert lacks["offsite_conversion.fb_pixel_custom"] == (True, False)
    assert {row["action_window"] for row in rows} == {
        "default", "1d_click", "7d_click", "28d_click", "1d_view",
    }  # fmt: skip


def test_hours_tell_no_purchases(first_landing):
    assert purchases(raw(first_landing, "hour_daily_actions")) == 0
    assert {row["hour"] for row in raw(first_landing, "hour_daily")} == set(range(24))


def test_todays_day_is_partial_in_the_accounts_own_zone():
    with serving(now=datetime(2026, 6, 30, 23, 0)) as sandbox:  # 19:00 and, abroad, 01:00
        batch, _ = read(sandbox, "2026-06-28")
    for account_id, today in ((HOME, date(2026, 6, 30)), (ABROAD, date(2026, 7, 1))):
        fetches = of_account(batch, "fetches", account_id)
        assert {row["date"] for row in fetches if row["is_partial"]} == {today}
        assert max(row["date"] for row in fetches) == today


def test_deleted_campaigns_and_ads_are_landed_from_their_ids(first_landing):
    statuses = {row["id"]: row["effective_status"] for row in raw(first_landing, "campaigns")}
    told = {row["campaign_id"] for row in raw(first_landing, "campaign_daily")}
    assert told <= statuses.keys()
    ads = {row["id"]: row for row in raw(first_landing, "ads")}
    shown = {row["ad_id"] for row in raw(first_landing, "ad_daily")}
    assert shown <= ads.keys()
    assert "DELETED" in {ads[ad_id]["effective_status"] for ad_id in shown}
    creatives = {row["id"] for row in raw(first_landing, "creatives")}
    assert {ad["creative_id"] for ad in ads.values()} <= creatives


def test_a_campaign_that_vanishes_from_the_list_is_landed_as_deleted(prepared):
    world = make_ads(generate(ShopSpec(end=END, orders=100, products=20, months=3)).at())
    with serving(world) as sandbox:
        land(prepared, sandbox, start_at="2026-06-25")
        world.shop.con.execute(
            "update main.ad_campaigns set deleted_on = date '2026-07-01' "
            "where campaign_name = 'retargeting' and platform_source = 'facebook_ads'"
        )
        sandbox.move(NEXT_NOON)
        land(prepared, sandbox, start_at="2026-06-25")
    (campaign,) = [row for row in raw(prepared, "campaigns") if row["name"] == "retargeting"]
    assert campaign["effective_status"] == "DELETED"


def test_second_run_reads_the_last_28_days_again_without_duplicates(landed):
    before = {table: raw(landed, table) for table in ("ad_daily", "hour_daily", "ads")}
    with serving(now=NEXT_NOON) as sandbox:
        land(landed, sandbox)
        asked = {run.asked.first for run in sandbox.runs.by_id.values()}
    today = date(2026, 7, 1)
    assert asked == {today - timedelta(days=27)}
    for table in ("ad_daily", "hour_daily"):
        rows = raw(landed, table)
        keys = {tuple(row[name] for name in _key(table)) for row in rows}
        assert len(keys) == len(rows)
        fetched = {row["date"]: row["fetched_on"] for row in rows}
        open_day = today - timedelta(days=27)
        assert {day for day, on in fetched.items() if on == today} == {
            day for day in fetched if day >= open_day
        }
        old = [row for row in before[table] if row["date"] < open_day]
        assert [row for row in rows if row["date"] < open_day] == old
    assert len(raw(landed, "ads")) == len(before["ads"])


def test_a_restated_day_is_replaced_and_campaigns_keep_what_they_were(landed):
    before = purchases(raw(landed, "ad_daily_actions"))
    first = purchases(raw(landed, "campaign_daily_actions"))
    with serving(now=NOON + timedelta(days=14)) as sandbox:
        land(landed, sandbox)
    known_days = [row for row in raw(landed, "ad_daily_actions") if row["date"] <= END]
    assert purchases(known_days) > before
    kept = raw(landed, "campaign_daily_actions")
    assert purchases([row for row in kept if row["fetched_on"] == END]) == first
    settled = [row for row in latest(landed, "campaign_daily_actions") if row["date"] <= END]
    assert purchases(settled) == purchases(known_days)


def test_a_day_that_loses_its_rows_loses_them_here(prepared):
    world = make_ads(generate(ShopSpec(end=END, orders=100, products=20, months=3)).at())
    gone = date(2026, 6, 28)
    with serving(world) as sandbox:
        land(prepared, sandbox, start_at="2026-06-26")
        assert gone in spend_by_day(raw(prepared, "ad_daily"))
        world.shop.con.execute("delete from main.ad_days where day = ?", [gone])
        world._accounts.clear()
        sandbox.move(NEXT_NOON)
        land(prepared, sandbox, start_at="2026-06-26")
    for table in (table for table in LEVELS if table != "campaign_daily"):
        assert gone not in spend_by_day(raw(prepared, table)), table
    assert gone not in added(
        [row for row in raw(prepared, "campaign_daily") if row["fetched_on"] > END], "spend"
    )
    counts = {row["fetched_on"]: row["row_count"] for row in raw(prepared, "fetches")
              if row["date"] == gone and row["report"] == "campaign_daily"}  # fmt: skip
    assert counts[date(2026, 7, 1)] == 0 < counts[END]


def test_budgets_and_targeting_land_as_meta_keeps_them(first_landing):
    budgets = dict(
        small_world()
        .shop.con.execute(
            "select campaign_id, daily_budget from main.ad_campaigns "
            "where platform_source = 'facebook_ads' and deleted_on is null and account_id = ?",
            [HOME],
        )
        .fetchall()
    )
    groups = raw(first_landing, "ad_groups")
    for campaign in raw(first_landing, "campaigns"):
        if campaign["id"] in budgets:
            cents = campaign["daily_budget"] or sum(
                group["daily_budget"]
                for group in groups
                if group["campaign_id"] == campaign["id"] and group["status"] != "DELETED"
            )
            assert abs(Decimal(cents) / 100 - budgets[campaign["id"]]) <= Decimal("0.02")
    assert any(group["interest_names"] for group in groups)
    assert any("Lookalike" in (group["audience_names"] or "") for group in groups)


def test_it_lands_what_the_environment_names(prepared, monkeypatch):
    with serving(steps=AT_ONCE) as sandbox:
        for name, value in sandbox.variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("SOURCES__FACEBOOK_ADS__START_AT", "2026-06-30")
        monkeypatch.setenv("SOURCES__FACEBOOK_ADS__ACCOUNT_IDS", f"act_{ABROAD}")
        monkeypatch.setenv("SOURCES__FACEBOOK_ADS__STORE_ID", "north")
        land_configured(prepared, now=lambda: NOON.replace(tzinfo=UTC))
    assert raw(prepared, "campaign_daily", HOME) == []
    assert {row["store_id"] for row in raw(prepared, "campaign_daily", ABROAD)} == {"north"}


def test_an_account_without_campaigns_lands_as_empty_tables(prepared):
    world = make_ads(generate(ShopSpec(end=END, orders=50, products=20, months=2)).at())
    for table in ("ad_days", "ads", "ad_groups", "ad_campaigns"):
        world.shop.con.execute(f"delete from main.{table}")
    with serving(world) as sandbox:
        land(prepared, sandbox)
    assert raw(prepared, "campaigns") == []
    assert len(raw(prepared, "accounts")) == 1
    held = set(warehouse.tables(prepared, "raw_facebook_ads"))
    assert {table.name for table in TABLES} <= held


def _key(table):
    names = next(each.key for each in TABLES if each.name == table)
    return [name for name in names if name != "_cleared"]
