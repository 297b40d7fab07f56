"""TikTok's landing, end to end against the replica of its API."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
import yaml

from dlt_pipelines import landing
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import TableLoad
from dlt_pipelines.tiktok_ads import land as land_configured
from dlt_pipelines.tiktok_ads import queries, tiktok_ads
from dlt_pipelines.tiktok_ads.client import LARGEST_PAGE, Client
from sandbox.ads import AdWorld, make_ads
from sandbox.shop import ShopSpec, generate
from sandbox.tiktok_ads import TikTokAdsSandbox
from storehouse import warehouse
from storehouse.settings import Settings
from tests.small_warehouse import duckdb_settings

END = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 12, 0)
START = date(2026, 6, 20)
HERE, THERE = "7010203040506070801", "7010203040506070802"
SPEND_TABLES = ("campaign_daily", "ad_daily", "age_daily", "gender_daily", "country_daily",
                "placement_daily", "platform_daily")  # fmt: skip

Rows = list[dict[str, Any]]


class Landed(NamedTuple):
    """A warehouse, and the replica that it was landed from."""

    settings: Settings
    sandbox: TikTokAdsSandbox


@pytest.fixture(scope="module")
def world() -> AdWorld:
    return make_ads(generate(ShopSpec(end=END, orders=300, products=20, months=4)).at())


@pytest.fixture
def sandbox(world: AdWorld) -> Iterator[TikTokAdsSandbox]:
    with TikTokAdsSandbox(world, now=NOON) as running:
        yield running


@pytest.fixture(scope="module")
def landed(world: AdWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landed]:
    """Both advertisers, landed once for the store `north`; to be read only."""
    settings = duckdb_settings(tmp_path_factory.mktemp("landed"))
    with TikTokAdsSandbox(world, now=NOON) as running:
        land(settings, running, store_id="north")
        yield Landed(settings, running)


def land(settings: Settings, sandbox: TikTokAdsSandbox, **options: Any) -> tuple[TableLoad, ...]:
    """Land the days since START as of the sandbox's instant; three days are read again."""
    asked = {
        "access_token": sandbox.access_token,
        "advertiser_ids": f"{HERE}, {THERE}",
        "base_url": sandbox.url,
        "start_at": START.isoformat(),
        "lookback_days": 3,
        "now": sandbox.now.replace(tzinfo=UTC),
        "sleep": lambda _: None,
        **options,
    }
    return landing.run(settings, "tiktok_ads", lambda tally: tiktok_ads(settings, tally, **asked))


def raw(settings: Settings, table: str, account_id: str = HERE) -> Rows:
    rows = warehouse.read_table(settings, f"raw_tiktok_ads.{table}").to_pylist()
    return [row for row in rows if row["account_id"] == account_id]


def spent(rows: Rows, on: date, **values: Any) -> Decimal:
    """What rows of a day, and with these values, say was spent."""
    wanted = {"date": on, **values}
    found = [row["spend"] for row in rows if all(row[key] == wanted[key] for key in wanted)]
    return sum(found, Decimal(0))


def of_advertiser(sandbox: TikTokAdsSandbox, account_id: str, metric: str) -> Decimal:
    """What TikTok tells of the whole advertiser over the days that are landed."""
    asked = queries.Report("", "AUCTION_ADVERTISER", "advertiser_id", metrics=(metric,))
    client = Client(sandbox.access_token, sandbox.url)
    parameters = asked.parameters(account_id, START.isoformat(), END.isoformat())
    rows = client.pages(queries.INTEGRATED, parameters)
    return sum((Decimal(row["metrics"][metric]) for row in rows), Decimal(0))


@pytest.mark.parametrize("account_id", [HERE, THERE])
def test_every_level_adds_up_to_the_advertiser_to_the_cent(landed, account_id):
    settings, sandbox = landed
    spend = of_advertiser(sandbox, account_id, "spend")
    value = of_advertiser(sandbox, account_id, "total_complete_payment_rate")
    assert spend > 0
    for table in SPEND_TABLES:
        rows = raw(settings, table, account_id)
        assert sum(row["spend"] for row in rows) == spend, table
        assert sum(row["total_complete_payment_rate"] for row in rows) == value, table


def test_hours_add_up_to_their_days_and_are_read_for_recent_days_only(landed):
    settings = landed.settings
    hours = raw(settings, "campaign_hourly")
    days = [row for row in raw(settings, "campaign_daily") if row["date"] >= date(2026, 6, 28)]
    assert {row["date"].day for row in hours} == {28, 29, 30}
    assert {row["hour"] for row in hours} <= set(range(24))
    assert sum(row["spend"] for row in hours) == sum(row["spend"] for row in days)


def test_gmv_max_lands_from_its_own_report_and_only_there(landed, world):
    settings = landed.settings
    campaigns = {row["campaign_id"]: row for row in raw(settings, "campaigns")}
    [gmv_max] = [row for row in campaigns.values() if row["is_gmv_max"]]
    told = world.rows("tiktok_ads", HERE, ["campaign_id"], START, END, NOON).to_pylist()
    [truth] = [row for row in told if row["campaign_id"] == gmv_max["campaign_id"]]
    rows = raw(settings, "gmv_max_daily")
    assert sum(row["cost"] for row in rows) == truth["spend"]
    assert sum(row["orders"] for row in rows) == truth["purchases"]
    assert sum(row["gross_revenue"] for row in rows) == truth["purchase_value"]
    assert {row["campaign_id"] for row in rows} == {gmv_max["campaign_id"]}
    assert gmv_max["campaign_id"] not in {
        row["campaign_id"] for row in raw(settings, "campaign_daily")
    }
    assert (gmv_max["store_id"], gmv_max["shopping_ads_type"]) == ("north", "PRODUCT")
    assert gmv_max["budget"] > 0


def test_deleted_campaigns_ad_groups_and_ads_stay_listed_as_deleted(landed, world):
    settings = landed.settings
    for kind, key in (("campaigns", "campaign_id"), ("ad_groups", "ad_group_id"), ("ads", "ad_id")):
        told = world.entities("tiktok_ads", kind, HERE, NOON).to_pylist()
        deleted = {row[key] for row in told if row["status"] == "deleted"}
        column = {"ad_group_id": "adgroup_id"}.get(key, key)
        landed = {row[column]: row["is_deleted"] for row in raw(settings, kind)}
        assert deleted, kind
        assert {id for id, is_deleted in landed.items() if is_deleted} == deleted
        assert len(landed) == len(told)


def test_audiences_tell_whom_ad_groups_are_shown_to(landed, world):
    told = world.entities("tiktok_ads", "ad_groups", HERE, NOON).to_pylist()
    alike = {row["ad_group_name"] for row in told if row["targeting"] == "lookalike"}
    kinds = {row["name"]: row["audience_type"] for row in raw(landed.settings, "audiences")}
    assert alike
    assert {name for name, kind in kinds.items() if kind == "Lookalike Audience"} == alike
    listed = {row["audience_ids"] for row in raw(landed.settings, "ad_groups")} - {None}
    assert listed == {row["audience_id"] for row in raw(landed.settings, "audiences")}


def test_rows_carry_store_currency_zone_and_window(landed):
    settings = landed.settings
    rows = raw(settings, "ad_daily", THERE)
    kept = ("store_id", "currency_code", "time_zone", "attribution_window", "fetched_on")
    assert {tuple(row[name] for name in kept) for row in rows} == {
        ("north", "EUR", "Europe/Berlin", "7d_click_1d_view", END)
    }
    [account] = raw(settings, "accounts", THERE)
    assert (account["currency_code"], account["time_zone"]) == ("EUR", "Europe/Berlin")


def test_a_second_run_replaces_recent_days_and_campaigns_keep_each_fetch(settings, sandbox):
    land(settings, sandbox)
    sandbox.move(NOON + timedelta(days=1))
    land(settings, sandbox)
    campaigns, ads = (raw(settings, name) for name in ("campaign_daily", "ad_daily"))
    fetched = {row["fetched_on"] for row in campaigns if row["date"] == END}
    assert fetched == {END, END + timedelta(days=1)}
    keys = [(row["ad_id"], row["date"]) for row in ads]
    assert len(keys) == len(set(keys))
    assert spent(ads, on=END) == spent(campaigns, on=END, fetched_on=END + timedelta(days=1))
    assert spent(ads, on=END) > spent(campaigns, on=END, fetched_on=END)
    assert {row["fetched_on"] for row in ads if row["date"] < date(2026, 6, 29)} == {END}


def test_a_report_that_drifts_without_end_fails_its_advertiser_only(settings, sandbox):
    sandbox.faults("drift", times=99, match=f"advertiser_id={HERE}&service_type")
    loads = land(settings, sandbox)
    assert (loads[-1].status, HERE in str(loads[-1].message)) == ("failed", True)
    assert raw(settings, "ad_daily", THERE)
    assert not raw(settings, "ad_daily")


def test_storms_and_drifting_pages_and_reports_that_are_too_large_lose_nothing(settings, sandbox):
    waits: list[float] = []
    for kind in ("http_429", "http_5xx", "cut_page"):
        sandbox.faults(kind, times=2)
    sandbox.faults("drift", match="page=2&")
    sandbox.faults("too_large", times=3, match="AUCTION_AD&")
    land(settings, sandbox, sleep=waits.append, page_size=7)
    assert len(waits) == 6
    ads = raw(settings, "ad_daily")
    assert sum(row["spend"] for row in ads) == of_advertiser(sandbox, HERE, "spend")
    assert not sandbox.waiting_faults.take("drift", "page=2&")


def test_one_refused_advertiser_is_told_of_and_the_other_lands(settings, sandbox):
    sandbox.refuse(THERE)
    loads = land(settings, sandbox)
    assert raw(settings, "campaign_daily")
    assert not raw(settings, "accounts", THERE)
    assert loads[-1].message == (
        f"account {THERE} is not landed: No permission to operate advertiser {THERE} (code 40001)"
    )


def test_all_advertisers_refused_stop_the_source(settings, sandbox):
    sandbox.refuse(HERE, THERE)
    with pytest.raises(LandingError, match=f"account {HERE} is not landed: No permission"):
        land(settings, sandbox)


def test_an_expired_token_is_one_line_that_names_the_setting(settings, sandbox):
    with pytest.raises(LandingError) as caught:
        land(settings, sandbox, access_token="expired")
    assert str(caught.value) == (
        "TikTok refused the access token: Access token is incorrect or has been revoked "
        "(code 40105). Set SOURCES__TIKTOK_ADS__ACCESS_TOKEN to a valid one."
    )
    assert not warehouse.read_table(settings, "raw_tiktok_ads.accounts").num_rows


def test_the_environment_names_the_advertisers_or_the_app(settings, sandbox, monkeypatch):
    for name, value in sandbox.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SOURCES__TIKTOK_ADS__START_AT", "2026-06-30")
    monkeypatch.setenv("SOURCES__TIKTOK_ADS__LOOKBACK_DAYS", "1")
    monkeypatch.delenv("SOURCES__TIKTOK_ADS__ADVERTISER_IDS")
    monkeypatch.setenv("SOURCES__TIKTOK_ADS__APP_ID", sandbox.app_id)
    monkeypatch.setenv("SOURCES__TIKTOK_ADS__APP_SECRET", sandbox.app_secret)
    land_configured(settings, now=lambda: NOON.replace(tzinfo=UTC))
    assert raw(settings, "accounts")
    assert raw(settings, "accounts", THERE)


def test_missing_settings_are_named(settings, sandbox, monkeypatch):
    with pytest.raises(LandingError, match="SOURCES__TIKTOK_ADS__ADVERTISER_IDS is not set"):
        land(settings, sandbox, advertiser_ids="")
    with pytest.raises(LandingError, match="SOURCES__TIKTOK_ADS__START_AT is 'June'"):
        land(settings, sandbox, start_at="June")
    monkeypatch.delenv("SOURCES__TIKTOK_ADS__ACCESS_TOKEN", raising=False)
    with pytest.raises(LandingError, match="SOURCES__TIKTOK_ADS__ACCESS_TOKEN is not set"):
        land_configured(settings)


def described(shared: Any, name: str, path: str) -> dict[str, dict[str, Any]]:
    """The parameters of an endpoint in TikTok's own description."""
    file = shared / "reference" / "api" / "tiktok_ads" / f"{name}.yml"
    parameters = yaml.safe_load(file.read_text())["paths"][path]["get"]["parameters"]
    return {parameter["name"]: parameter for parameter in parameters}


def allowed(parameter: dict[str, Any]) -> set[str]:
    return {enum["key"] for enum in parameter["schema"]["x-open-enum"]["enums"]}


def test_reports_are_asked_for_as_tiktok_describes_them(shared):
    known = described(shared, "report_integrated_get", "/report/integrated/get/")
    for report in queries.REPORTS:
        asked = report.parameters(HERE, "2026-06-01", "2026-06-30")
        assert {*asked, "page", "page_size"} <= known.keys()
        for name in ("report_type", "service_type", "data_level"):
            assert asked[name] in allowed(known[name])
        [filtering] = asked["filtering"]
        shape = known["filtering"]["content"]["application/json"]["schema"]["items"]
        assert filtering.keys() == set(shape["required"])
        assert filtering["filter_type"] in allowed({"schema": shape["properties"]["filter_type"]})
    assert known["page_size"]["schema"]["maximum"] == LARGEST_PAGE


def test_gmv_max_is_asked_for_as_tiktok_describes_it(shared):
    known = described(shared, "gmv_max_report_get", queries.GMV_MAX)
    asked = queries.gmv_max_parameters(HERE, "749", "2026-06-01", "2026-06-30")
    assert {*asked, "page", "page_size"} <= known.keys()
    required = {name for name, each in known.items() if each["required"]} - {"Access-Token"}
    assert required <= asked.keys()
    for name in ("dimensions", "metrics", "store_ids"):
        assert len(asked[name]) <= known[name]["content"]["application/json"]["schema"]["maxItems"]
    filters = known["filtering"]["content"]["application/json"]["schema"]["properties"]
    statuses = {"schema": filters["campaign_statuses"]["items"]}
    assert set(asked["filtering"]["campaign_statuses"]) == allowed(statuses)


def test_advertisers_are_asked_for_as_tiktok_describes_it(shared):
    known = described(shared, "advertiser_info", queries.ADVERTISER_INFO)
    assert {"advertiser_ids", "fields"} <= known.keys()
