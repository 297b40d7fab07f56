"""The replica of TikTok's Business API: what it refuses, lists and tells."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import requests

from sandbox.ads import AdWorld, make_ads
from sandbox.shop import ShopSpec, generate
from sandbox.tiktok_ads import TikTokAdsSandbox

END = date(2026, 6, 30)
HERE, THERE = "7010203040506070801", "7010203040506070802"
REPORT = "/report/integrated/get/"


@pytest.fixture(scope="module")
def world() -> AdWorld:
    return make_ads(generate(ShopSpec(end=END, orders=300, products=20, months=4)).at())


@pytest.fixture(scope="module")
def sandbox(world: AdWorld) -> Iterator[TikTokAdsSandbox]:
    with TikTokAdsSandbox(world, now=datetime(2026, 6, 30, 12, 0)) as running:
        yield running


def ask(sandbox: TikTokAdsSandbox, path: str, **query: Any) -> dict[str, Any]:
    """The whole answer; lists and objects are sent as JSON."""
    texts = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in {"advertiser_id": HERE, **query}.items()
    }
    response = requests.get(
        f"{sandbox.url}/open_api/v1.3{path}",
        texts,
        headers={"Access-Token": sandbox.access_token},
        timeout=10,
    )
    answer: dict[str, Any] = response.json()
    return answer


def report(sandbox: TikTokAdsSandbox, **changes: Any) -> dict[str, Any]:
    asked = {
        "report_type": "BASIC",
        "data_level": "AUCTION_CAMPAIGN",
        "dimensions": ["campaign_id", "stat_time_day"],
        "metrics": ["spend", "clicks"],
        "start_date": "2026-06-01",
        "end_date": "2026-06-30",
        "page_size": 1000,
    }
    return ask(sandbox, REPORT, **{**asked, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"start_date": "2026-05-31"},
        {"dimensions": ["campaign_id", "stat_time_hour"]},
        {"dimensions": ["campaign_id", "ad_id", "stat_time_day"]},
        {"dimensions": ["campaign_id", "stat_time_day", "age"]},
        {"dimensions": ["adgroup_id", "stat_time_day"]},
        {"metrics": ["spend", "profit"]},
        {"report_type": "AUDIENCE", "metrics": ["reach"]},
        {"page_size": 1001},
        {"start_date": "June"},
        {"dimensions": "campaign_id"},
    ],
)
def test_what_a_report_does_not_give_is_a_bad_parameter(sandbox, changes):
    assert report(sandbox, **changes)["code"] == 40002


def test_figures_are_texts_and_days_are_instants(sandbox):
    row = report(sandbox)["data"]["list"][0]
    assert row["dimensions"]["stat_time_day"] == "2026-06-01 00:00:00"
    assert {type(value) for value in row["metrics"].values()} == {str}


def test_hours_come_a_day_at_a_time(sandbox):
    dimensions = ["campaign_id", "stat_time_hour"]
    rows = report(sandbox, dimensions=dimensions, start_date="2026-06-30")["data"]["list"]
    assert rows[0]["dimensions"]["stat_time_hour"].startswith("2026-06-30 ")


def test_pages_hold_what_they_are_asked_for_and_tell_the_total(sandbox):
    whole = report(sandbox)["data"]
    pages = [report(sandbox, page=number, page_size=50)["data"] for number in (1, 2, 3)]
    assert [row for page in pages for row in page["list"]] == whole["list"][:150]
    assert pages[1]["page_info"]["total_number"] == len(whole["list"])


def test_deleted_campaigns_are_left_out_unless_they_are_asked_for(sandbox, world):
    told = world.entities("tiktok_ads", "campaigns", HERE, sandbox.now).to_pylist()
    deleted = {row["campaign_id"] for row in told if row["status"] == "deleted"}
    everything = {"filtering": {"primary_status": "STATUS_ALL"}, "page_size": 100}
    usual = ask(sandbox, "/campaign/get/", page_size=100)["data"]["list"]
    whole = ask(sandbox, "/campaign/get/", **everything)["data"]["list"]
    assert deleted
    assert {row["campaign_id"] for row in whole} - {row["campaign_id"] for row in usual} == deleted


def test_gmv_max_stands_in_no_other_list_or_report(sandbox, world):
    told = world.entities("tiktok_ads", "campaigns", HERE, sandbox.now).to_pylist()
    [gmv_max] = [row["campaign_id"] for row in told if row["kind"] == "GMV_MAX"]
    kinds = {"gmv_max_promotion_types": ["PRODUCT_GMV_MAX"]}
    own = ask(sandbox, "/gmv_max/campaign/get/", filtering=kinds)["data"]["list"]
    assert [row["campaign_id"] for row in own] == [gmv_max]
    usual = ask(sandbox, "/campaign/get/", page_size=100)["data"]["list"]
    assert gmv_max not in {row["campaign_id"] for row in usual}
    rows = report(sandbox)["data"]["list"]
    assert gmv_max not in {row["dimensions"]["campaign_id"] for row in rows}


def test_an_advertiser_is_all_its_campaigns(sandbox):
    rows = report(sandbox)["data"]["list"]
    level = {"data_level": "AUCTION_ADVERTISER", "dimensions": ["advertiser_id"]}
    [whole] = report(sandbox, **level)["data"]["list"]
    deleted_too = {"field_name": "campaign_status", "filter_type": "IN",
                   "filter_value": '["STATUS_ALL"]'}  # fmt: skip
    rows = report(sandbox, filtering=[deleted_too])["data"]["list"]
    spend = sum(Decimal(row["metrics"]["spend"]) for row in rows)
    assert Decimal(whole["metrics"]["spend"]) == spend > 0


def test_refusals_are_codes_in_answers_of_http_200(sandbox):
    assert ask(sandbox, "/campaign/get/", advertiser_id="1")["code"] == 40001
    assert ask(sandbox, "/creative/get/")["code"] == 40006
    sandbox.faults("http_429")
    assert ask(sandbox, "/campaign/get/")["code"] == 40100
    url = f"{sandbox.url}/open_api/v1.3/campaign/get/"
    refused = requests.get(url, headers={"Access-Token": "old"}, timeout=10)
    assert (refused.status_code, refused.json()["code"]) == (200, 40105)
