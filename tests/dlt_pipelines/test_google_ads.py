"""Google Ads' landing, end to end against the replica of its API."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dlt_pipelines import google_ads as source
from dlt_pipelines import landing
from dlt_pipelines.ads.reading import known_fetches
from dlt_pipelines.errors import LandingError
from dlt_pipelines.google_ads import google_ads, tables
from dlt_pipelines.google_ads.client import Credentials, service_of
from dlt_pipelines.load_log import TableLoad
from sandbox.ads import AdWorld, make_ads
from sandbox.google_ads import GoogleAdsSandbox
from sandbox.google_ads.sandbox import ACCESS_TOKEN, DEVELOPER_TOKEN
from storehouse import warehouse
from storehouse.settings import Settings
from tests.sandbox.google_ads_client import CLOSED, HERE, MANAGER, THERE
from tests.sandbox.small_shops import new_shop
from tests.small_warehouse import duckdb_settings

END = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 12, 0)
START = date(2026, 6, 20)
LOOKBACK_DAYS = 3
CATALOGUE = "reference/api/google_ads/v26_google_ads_row_fields.json.gz"

Rows = list[dict[str, Any]]


class Landed(NamedTuple):
    """A warehouse, the replica it was landed from, and what the log says."""

    settings: Settings
    sandbox: GoogleAdsSandbox
    loads: tuple[TableLoad, ...]


@pytest.fixture(scope="module")
def world() -> AdWorld:
    return make_ads(new_shop(orders=300, products=20, months=4).at())


@pytest.fixture
def sandbox(world: AdWorld) -> Iterator[GoogleAdsSandbox]:
    with GoogleAdsSandbox(world, now=NOON) as running:
        yield running


@pytest.fixture(scope="module")
def landed(world: AdWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landed]:
    """Both customers, landed once for the store `north`; to be read only."""
    settings = duckdb_settings(tmp_path_factory.mktemp("landed"))
    with GoogleAdsSandbox(world, now=NOON) as running:
        yield Landed(settings, running, land(settings, running, NOON, store_id="north"))


def land(
    settings: Settings, sandbox: GoogleAdsSandbox, now: datetime, **options: Any
) -> tuple[TableLoad, ...]:
    """Land the days since START as of an instant; the last three are read again."""
    sandbox.move(now)
    asked = {
        "login_customer_id": MANAGER,
        "developer_token": DEVELOPER_TOKEN,
        "access_token": ACCESS_TOKEN,
        "endpoint": sandbox.endpoint,
        "start_at": START.isoformat(),
        "lookback_days": LOOKBACK_DAYS,
        "now": now.replace(tzinfo=UTC),
        "known": lambda store_id: known_fetches(settings, "google_ads", store_id),
        "sleep": lambda _: None,
        **options,
    }
    return landing.run(settings, "google_ads", lambda tally: google_ads(**asked, tally=tally))


def raw(settings: Settings, table: str, account_id: str = HERE) -> Rows:
    rows = warehouse.read_table(settings, f"raw_google_ads.{table}").to_pylist()
    return [row for row in rows if row["account_id"] == account_id]


def questions() -> list[tables.Question]:
    listed = [tables.ACCOUNTS.question, *(each.question for each in tables.LISTINGS)]
    return listed + [
        each for level in tables.LEVELS for each in level.questions + level.action_questions
    ]


def test_every_field_that_is_asked_for_is_one_of_the_api(shared: Path):
    with gzip.open(shared / CATALOGUE) as file:
        catalogue = json.load(file)
    known = {
        field.removesuffix("_") for each in catalogue.values() for field in each["fields"]
    } | set(catalogue)
    asked = {field for question in questions() for field in question.fields.values()}
    assert asked - known == set()
    assert {question.resource for question in questions()} - known == set()


def test_campaigns_add_up_to_the_account_to_the_millionth(landed, world):
    for account_id, zone_hours in ((HERE, -4), (THERE, 2)):
        today = (NOON + timedelta(hours=zone_hours)).date()
        (account,) = world.rows("google_ads", account_id, [], START, today, NOON).to_pylist()
        rows = raw(landed.settings, "campaign_daily", account_id)
        assert sum(row["cost_micros"] for row in rows) == account["spend"] * 1_000_000
        assert sum(row["clicks"] for row in rows) == account["clicks"]
        conversions = sum(row["conversions"] for row in rows)
        assert float(conversions) == pytest.approx(account["purchases"])


def test_each_level_tells_what_it_can_of_the_same_figures(landed):
    def cost(table: str, **only: str) -> int:
        rows = raw(landed.settings, table)
        kept = [row for row in rows if all(row[name] == value for name, value in only.items())]
        return sum(row["cost_micros"] for row in kept)

    whole, ads = cost("campaign_daily"), cost("ad_daily")
    for segment in ("device", "network", "hour"):
        assert cost("segment_daily", segment=segment) == whole
    assert cost("location_daily") == whole
    for demographic in ("age", "gender"):
        assert cost("demographic_daily", demographic=demographic) == ads
    assert 0 < cost("search_term_daily") < cost("keyword_daily") < ads < whole


def test_purchases_land_in_long_form_beside_other_actions(landed):
    found = raw(landed.settings, "campaign_daily_actions")
    primary = {
        kind: sum(row["conversions"] for row in found if row["action_type"] == kind)
        for kind in ("PURCHASE", "ADD_TO_CART")
    }
    assert primary["PURCHASE"] == sum(
        row["conversions"] for row in raw(landed.settings, "campaign_daily")
    )
    assert primary["ADD_TO_CART"] == 0
    assert sum(row["all_conversions"] for row in found if row["action_type"] == "ADD_TO_CART") > 0


def test_rows_tell_currency_zone_window_and_the_day_of_the_fetch(landed):
    names = ("store_id", "currency_code", "time_zone", "attribution_window", "fetched_on")
    for account_id, told in (
        (HERE, ("USD", "America/New_York")),
        (THERE, ("EUR", "Europe/Berlin")),
    ):
        rows = raw(landed.settings, "campaign_daily", account_id)
        found = {tuple(row[name] for name in names) for row in rows}
        assert found == {("north", *told, "30d_click", END)}


def test_managers_and_closed_customers_are_listed_and_not_asked(landed):
    accounts = {
        account_id: raw(landed.settings, "accounts", account_id)[0]
        for account_id in (HERE, THERE, MANAGER, CLOSED)
    }
    assert accounts[CLOSED]["status"] == "CANCELED"
    assert accounts[MANAGER]["is_manager"] is True
    assert {row["account_id"] for row in _all(landed.settings, "fetches")} == {HERE, THERE}
    assert {load.status for load in landed.loads} == {"loaded"}


def _all(settings: Settings, table: str) -> Rows:
    return warehouse.read_table(settings, f"raw_google_ads.{table}").to_pylist()


def test_entities_land_with_names_states_and_texts(landed):
    campaigns = raw(landed.settings, "campaigns")
    assert {"ENABLED", "REMOVED"} <= {row["status"] for row in campaigns}
    assert {"SEARCH", "PERFORMANCE_MAX"} <= {row["channel_type"] for row in campaigns}
    assert all(row["budget_micros"] > 0 for row in campaigns)
    kinds = {row["channel_type"]: row["id"] for row in campaigns}
    ads = raw(landed.settings, "ads")
    assert kinds["PERFORMANCE_MAX"] not in {row["campaign_id"] for row in ads}
    texts = [row for row in ads if row["type"] == "RESPONSIVE_SEARCH_AD"]
    assert texts
    assert all(row["search_headlines"] for row in texts)
    assert all(1 <= row["quality_score"] <= 10 for row in raw(landed.settings, "keywords"))
    countries = {row["country_code"]: row["id"] for row in raw(landed.settings, "countries")}
    assert (countries["US"], countries["DE"]) == ("2840", "2276")


def test_a_second_run_reads_the_last_days_again_and_lands_no_row_twice(settings, sandbox):
    land(settings, sandbox, NOON)
    before = {(row["campaign_id"], row["date"]): row for row in raw(settings, "campaign_daily")}
    ads = {(row["ad_id"], row["date"]): row for row in raw(settings, "ad_daily")}
    land(settings, sandbox, NOON + timedelta(days=1))
    again = [row for row in raw(settings, "campaign_daily") if row["fetched_on"] > END]
    assert min(row["date"] for row in again) == END - timedelta(days=1)
    grown = [row for row in again if (row["campaign_id"], row["date"]) in before]
    assert any(
        row["conversions"] > before[row["campaign_id"], row["date"]]["conversions"] for row in grown
    )
    later = raw(settings, "ad_daily")
    keys = [(row["ad_id"], row["date"]) for row in later]
    assert len(set(keys)) == len(keys)
    for row in later:
        if row["date"] < END - timedelta(days=1):
            assert row == ads[row["ad_id"], row["date"]]
    fetches = [row for row in raw(settings, "fetches") if row["report"] == "ad_daily"]
    assert {row["date"] for row in fetches if row["fetched_on"] > END} == {
        END - timedelta(days=1),
        END,
        END + timedelta(days=1),
    }


def test_a_refused_customer_is_told_of_and_the_others_land(settings, sandbox, caplog):
    sandbox.faults("not_enabled", times=99, match=THERE)
    loads = land(settings, sandbox, NOON)
    assert raw(settings, "campaign_daily", HERE)
    assert raw(settings, "campaign_daily", THERE) == []
    assert loads[-1].status == "failed"
    assert f"account {THERE} is not landed: CUSTOMER_NOT_ENABLED" in str(loads[-1].message)
    assert THERE in caplog.records[-1].getMessage()


def test_a_token_that_ran_out_is_one_line_that_names_the_settings(settings, sandbox):
    sandbox.faults("expired_token", times=99)
    with pytest.raises(LandingError) as caught:
        land(settings, sandbox, NOON)
    assert str(caught.value).startswith("Google Ads refused the credentials (OAUTH_TOKEN_INVALID")
    assert "SOURCES__GOOGLE_ADS__REFRESH_TOKEN" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_storm_of_quota_errors_is_waited_out(settings, sandbox):
    waits: list[float] = []
    sandbox.faults("quota", times=3, match="keyword_view", retry_after=30)
    sandbox.faults("unavailable", times=2, match="FROM gender_view")
    sandbox.faults("cut_stream", times=1, match="FROM ad_group_ad")
    loads = land(settings, sandbox, NOON, sleep=waits.append)
    assert waits.count(30.0) == 3
    assert len(waits) == 6
    assert {load.status for load in loads} == {"loaded"}
    assert raw(settings, "keyword_daily")


def test_a_quota_that_is_used_up_for_the_day_stops_at_once(settings, sandbox):
    waits: list[float] = []
    sandbox.faults("quota", times=1, retry_after=40_591)
    with pytest.raises(LandingError, match=r"used up for 11\.3 hours"):
        land(settings, sandbox, NOON, sleep=waits.append)
    assert waits == []


def test_a_customer_without_campaigns_lands_empty(settings, sandbox, world):
    before_all = datetime(2024, 1, 10, 12)
    loads = land(settings, sandbox, before_all, start_at="2024-01-08")
    assert raw(settings, "campaigns") == []
    assert raw(settings, "campaign_daily") == []
    assert {row["row_count"] for row in raw(settings, "fetches")} == {0}
    landed = {load.table_name: load.rows_landed for load in loads}
    assert (landed["campaign_daily"], landed["accounts"]) == (0, 4)


def test_a_login_customer_that_is_refused_stops_the_source(settings, sandbox):
    with pytest.raises(LandingError, match="Google Ads customer 999 cannot be read"):
        land(settings, sandbox, NOON, login_customer_id="999")


def test_the_environment_names_the_accounts(settings, sandbox, monkeypatch):
    for name, value in sandbox.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SOURCES__GOOGLE_ADS__START_AT", "2026-06-29")
    source.land(settings, now=lambda: NOON.replace(tzinfo=UTC))
    days = {row["date"] for row in raw(settings, "campaign_daily")}
    assert days == {date(2026, 6, 29), date(2026, 6, 30)}


def test_without_settings_landing_says_which_are_missing(settings):
    with pytest.raises(LandingError, match=r"LOGIN_CUSTOMER_ID and .*DEVELOPER_TOKEN must be set"):
        source.land(settings)
    with pytest.raises(LandingError, match=r"REFRESH_TOKEN must be set"):
        service_of(Credentials("token", HERE, client_id="id", client_secret="secret"), None)


def test_a_start_that_is_no_day_is_told(settings, sandbox):
    with pytest.raises(LandingError, match="SOURCES__GOOGLE_ADS__START_AT is 'June'"):
        land(settings, sandbox, NOON, start_at="June")


def test_a_cost_of_one_millionth_survives(landed):
    micros = {row["cost_micros"] % 10_000 for row in raw(landed.settings, "search_term_daily")}
    assert len(micros) > 1
    assert all(isinstance(row["conversions"], Decimal) for row in _all(landed.settings, "ad_daily"))
