"""Amazon's landing, end to end against the replica of its API."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from dlt_pipelines import landing
from dlt_pipelines.amazon_ads import amazon_ads
from dlt_pipelines.amazon_ads import land as land_configured
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import TableLoad
from sandbox.ads import AdWorld, make_ads
from sandbox.amazon_ads import AmazonAdsSandbox
from sandbox.amazon_ads.tokens import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN
from sandbox.shop import ShopSpec, generate
from storehouse import warehouse
from storehouse.settings import Settings
from tests.small_warehouse import duckdb_settings

END = date(2026, 1, 31)
NOON = datetime(2026, 1, 31, 17, 0)  # in New York
SELLER, VENDOR = "1740020030001", "1740020030002"
LEVELS = ("campaign_daily", "placement_daily", "ad_group_daily", "keyword_daily", "ad_daily")

Rows = list[dict[str, Any]]


class Landed(NamedTuple):
    """A warehouse, and the replica that it was landed from."""

    settings: Settings
    sandbox: AmazonAdsSandbox


@pytest.fixture(scope="module")
def world() -> AdWorld:
    return make_ads(generate(ShopSpec(end=END, orders=600, products=20, months=5)).at())


@pytest.fixture
def sandbox(world: AdWorld) -> Iterator[AmazonAdsSandbox]:
    with AmazonAdsSandbox(world, now=NOON) as running:
        yield running


@pytest.fixture(scope="module")
def landed(world: AdWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landed]:
    """Both profiles with all that Amazon still tells, for the store `north`; to be read only."""
    settings = duckdb_settings(tmp_path_factory.mktemp("landed"))
    with AmazonAdsSandbox(world, now=NOON, page_size=2) as running:
        land(settings, running, start_at="", store_id="north")
        yield Landed(settings, running)


def land(settings: Settings, sandbox: AmazonAdsSandbox, **options: Any) -> tuple[TableLoad, ...]:
    """Land the last days of January as of the sandbox's instant; waiting takes no time."""
    asked = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "refresh_token": REFRESH_TOKEN,
        "endpoint": sandbox.url,
        "token_url": f"{sandbox.url}/auth/o2/token",
        "start_at": "2026-01-25",
        "now": sandbox.now.replace(tzinfo=UTC),
        "sleep": lambda _: None,
        **options,
    }
    return landing.run(settings, "amazon_ads", lambda tally: amazon_ads(settings, tally, **asked))


def rows(settings: Settings, sql: str) -> Rows:
    return warehouse.arrow(settings, sql.replace("raw.", "raw_amazon_ads.")).to_pylist()


def told(
    sandbox: AmazonAdsSandbox, account_id: str, first: date, figure: str, *kinds: str
) -> Decimal:
    """A figure of a profile's campaigns of these kinds since a day, as the ad world knows it."""
    campaigns = sandbox.entities.campaigns(account_id, sandbox.now)
    ids = [each["campaign_id"] for each in campaigns if not kinds or each["kind"] in kinds]
    found = sandbox.world.rows(
        "amazon_ads", account_id, ["campaign_id"], first, END, sandbox.now, {"campaign_id": ids}
    )
    return sum((Decimal(str(each[figure])) for each in found.to_pylist()), Decimal(0))


def test_every_level_of_sponsored_products_adds_up_to_the_campaigns_to_the_cent(landed: Landed):
    first = END - timedelta(days=94)
    for account in (SELLER, VENDOR):
        expected = told(landed.sandbox, account, first, "spend", "SPONSORED_PRODUCTS")
        sums = rows(
            landed.settings,
            " union all ".join(
                f"select '{level}' as level, sum(cost) as cost, sum(impressions) as shown "
                f"from raw.{level} where account_id = '{account}' and report like 'sp%'"
                for level in LEVELS
            ),
        )
        assert expected > 0
        assert {each["level"]: each["cost"] for each in sums} == dict.fromkeys(LEVELS, expected)
        assert len({each["shown"] for each in sums}) == 1


def test_brands_and_display_land_as_far_back_as_amazon_goes(landed: Landed):
    oldest = rows(
        landed.settings,
        "select report, min(date) as first, max(date) as last from raw.fetches "
        f"where account_id = '{SELLER}' group by report order by report",
    )
    days = {each["report"]: (END - each["first"]).days for each in oldest}
    assert {each["last"] for each in oldest} == {END}
    assert days == {
        "sb_ads": 59, "sb_campaigns": 59, "sd_ads": 64, "sd_campaigns": 64, "sp_ad_groups": 94,
        "sp_ads": 94, "sp_campaigns": 94, "sp_keywords": 94, "sp_placements": 94,
        "sp_search_terms": 64,
    }  # fmt: skip
    spent = rows(
        landed.settings,
        "select sum(cost) as cost from raw.ad_daily "
        f"where report = 'sb_ads' and account_id = '{SELLER}'",
    )
    expected = told(landed.sandbox, SELLER, END - timedelta(days=59), "spend", "SPONSORED_BRANDS")
    assert spent == [{"cost": expected}]


def test_purchases_land_by_window_and_the_console_s_window_is_the_profile_s(landed: Landed):
    first = END - timedelta(days=94)
    bought = rows(
        landed.settings,
        "select account_id, action_type, attribution_window, sum(quantity) as quantity, "
        "sum(value) as value from raw.campaign_daily_actions where report = 'sp_campaigns' "
        "group by account_id, action_type, attribution_window",
    )
    sums = {(each["account_id"], each["action_type"]): each for each in bought}
    for account, action in ((SELLER, "purchases7d"), (VENDOR, "purchases14d")):
        quantity = told(landed.sandbox, account, first, "purchases", "SPONSORED_PRODUCTS")
        value = told(landed.sandbox, account, first, "purchase_value", "SPONSORED_PRODUCTS")
        assert quantity > 0
        assert (sums[account, action]["quantity"], sums[account, action]["value"]) == (
            quantity,
            value,
        )
        assert sums[account, action]["attribution_window"] == action.removeprefix("purchases")
        assert sums[account, "purchases1d"]["quantity"] <= quantity
        assert sums[account, "purchases30d"]["quantity"] >= quantity


def test_all_pages_land_with_what_is_archived(landed: Landed):
    sandbox = landed.sandbox
    for table in ("campaigns", "ad_groups", "ads", "keywords"):
        read = getattr(sandbox.entities, table)
        key = f"{table.removesuffix('s')}_id"
        expected = {
            each[key] for account in (SELLER, VENDOR) for each in read(account, sandbox.now)
        }
        found = rows(landed.settings, f"select {key} from raw.{table}")
        assert {each[key] for each in found} == expected
        assert len(found) == len(expected) > 2
    states = rows(landed.settings, "select distinct state from raw.campaigns")
    assert {each["state"] for each in states} == {"ENABLED", "ARCHIVED"}


def test_every_row_tells_store_currency_and_zone(landed: Landed):
    found = rows(
        landed.settings,
        "select distinct store_id, account_id, currency_code, time_zone, fetched_on "
        "from raw.keyword_daily order by account_id",
    )
    assert found == [
        {"store_id": "north", "account_id": SELLER, "currency_code": "USD",
         "time_zone": "America/New_York", "fetched_on": END},
        {"store_id": "north", "account_id": VENDOR, "currency_code": "EUR",
         "time_zone": "Europe/Berlin", "fetched_on": END},
    ]  # fmt: skip
    assert rows(landed.settings, "select account_kind from raw.accounts order by account_id") == [
        {"account_kind": "seller"},
        {"account_kind": "vendor"},
    ]


def test_second_run_replaces_days_without_duplicates_and_keeps_what_campaigns_were(
    prepared: Settings, sandbox: AmazonAdsSandbox
):
    land(prepared, sandbox)
    sandbox.move(NOON + timedelta(days=3))
    land(prepared, sandbox)
    day = "date = '2026-01-30' and report like 'sp%'"
    fetched = rows(
        prepared,
        "select fetched_on, sum(clicks) as clicks, sum(cost) as cost from raw.campaign_daily "
        f"where {day} group by fetched_on order by fetched_on",
    )
    assert [each["fetched_on"] for each in fetched] == [END, END + timedelta(days=3)]
    assert fetched[1]["cost"] < fetched[0]["cost"]  # invalid clicks were taken back
    now = rows(
        prepared, f"select sum(clicks) as clicks, sum(cost) as cost from raw.ad_daily where {day}"
    )
    assert now == [{"clicks": fetched[1]["clicks"], "cost": fetched[1]["cost"]}]
    grown = rows(
        prepared,
        "select fetched_on, sum(quantity) as quantity from raw.campaign_daily_actions "
        "where date between '2026-01-25' and '2026-01-31' and action_type in "
        "('purchases7d', 'purchasesClicks') group by fetched_on order by fetched_on",
    )
    assert grown[0]["quantity"] < grown[1]["quantity"]
    twice = rows(
        prepared,
        "select ad_id from raw.ad_daily group by account_id, date, ad_id having count(*) > 1",
    )
    assert twice == []


def test_settled_days_are_left_alone(prepared: Settings, sandbox: AmazonAdsSandbox):
    land(prepared, sandbox, lookback_days=3)
    first = rows(prepared, "select min(date) as first, max(date) as last from raw.fetches")
    assert first == [{"first": date(2026, 1, 25), "last": END}]
    sandbox.move(NOON + timedelta(days=1))
    land(prepared, sandbox, lookback_days=3)
    again = rows(
        prepared, "select min(date) as first from raw.fetches where fetched_on = '2026-02-01'"
    )
    assert again == [{"first": date(2026, 1, 30)}]


def test_one_refused_profile_is_told_and_the_other_lands(
    prepared: Settings, sandbox: AmazonAdsSandbox
):
    sandbox.refused.add(VENDOR)
    loads = land(prepared, sandbox)
    failed = [each for each in loads if each.status == "failed"]
    assert [each.message for each in failed] == [
        f"account {VENDOR} is not landed: Amazon Ads answers HTTP 401: "
        f"Not authorized to access scope {VENDOR}"
    ]
    landed = rows(prepared, "select distinct account_id from raw.campaign_daily")
    assert landed == [{"account_id": SELLER}]


def test_all_refused_profiles_fail_the_run(prepared: Settings, sandbox: AmazonAdsSandbox):
    sandbox.refused |= {SELLER, VENDOR}
    with pytest.raises(LandingError, match="Not authorized to access scope"):
        land(prepared, sandbox)


def test_revoked_refresh_token_is_one_clear_line(prepared: Settings, sandbox: AmazonAdsSandbox):
    sandbox.tokens.revoke()
    with pytest.raises(LandingError) as problem:
        land(prepared, sandbox)
    assert str(problem.value) == (
        "Amazon refuses the refresh token (invalid_grant: The refresh token is not valid, or was "
        "revoked); let the app in again and put the new token into "
        "SOURCES__AMAZON_ADS__REFRESH_TOKEN."
    )
    logged = rows(prepared, "select status, message from ops.loads")
    assert logged == [{"status": "failed", "message": str(problem.value)}]


def test_environment_says_where_and_what_to_land(
    prepared: Settings, sandbox: AmazonAdsSandbox, monkeypatch: pytest.MonkeyPatch
):
    for name, value in sandbox.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SOURCES__AMAZON_ADS__START_AT", "2026-01-30")
    monkeypatch.setenv("SOURCES__AMAZON_ADS__LOOKBACK_DAYS", "2")
    monkeypatch.setenv("SOURCES__AMAZON_ADS__PROFILE_IDS", f"{SELLER}, 99")
    monkeypatch.setattr("time.sleep", lambda _: None)
    loads = land_configured(prepared, now=lambda: sandbox.now.replace(tzinfo=UTC))
    assert [each.message for each in loads if each.status == "failed"] == [
        "account 99 is not landed: the credentials show no such profile."
    ]
    found = rows(prepared, "select account_id, min(date) as first from raw.fetches group by 1")
    assert found == [{"account_id": SELLER, "first": date(2026, 1, 30)}]


def test_missing_credentials_are_named(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN"):
        monkeypatch.delenv(f"SOURCES__AMAZON_ADS__{name}", raising=False)
    with pytest.raises(LandingError, match="SOURCES__AMAZON_ADS__REFRESH_TOKEN are not all set"):
        land_configured(settings)
