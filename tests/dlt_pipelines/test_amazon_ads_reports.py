"""Amazon's asynchronous reports: what may go wrong on the way, read without a warehouse."""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.reading import Options, Reading
from dlt_pipelines.amazon_ads import entities, reading
from dlt_pipelines.amazon_ads.client import Address, Client, Credentials
from dlt_pipelines.amazon_ads.jobs import PATIENCE_SECONDS
from dlt_pipelines.amazon_ads.reports import DEFINITIONS
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import Tally
from sandbox.ads import AdWorld, make_ads
from sandbox.amazon_ads import AmazonAdsSandbox
from sandbox.amazon_ads.report_types import REPORT_TYPES
from sandbox.amazon_ads.tokens import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN
from sandbox.shop import ShopSpec, generate

NOON = datetime(2026, 1, 31, 17, 0)
START = date(2026, 1, 27)
SELLER, VENDOR = "1740020030001", "1740020030002"
JOBS = 2 * len(DEFINITIONS)

Record = dict[str, Any]


@pytest.fixture(scope="module")
def world() -> AdWorld:
    return make_ads(
        generate(ShopSpec(end=date(2026, 1, 31), orders=300, products=20, months=3)).at()
    )


@pytest.fixture
def sandbox(world: AdWorld) -> Iterator[AmazonAdsSandbox]:
    with AmazonAdsSandbox(world, now=NOON) as running:
        yield running


@pytest.fixture(scope="module")
def usual(world: AdWorld) -> dict[str, list[Record]]:
    """What is read when nothing goes wrong."""
    with AmazonAdsSandbox(world, now=NOON) as running:
        return read(running)


def read(
    sandbox: AmazonAdsSandbox, tally: Tally | None = None, waits: list[float] | None = None
) -> dict[str, list[Record]]:
    """All rows of the last five days, by raw table; waiting takes no time and is noted."""
    client = Client(
        Address(sandbox.url, f"{sandbox.url}/auth/o2/token"),
        Credentials(CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN),
        sleep=(waits if waits is not None else []).append,
    )
    options = Options(31, START, read_at=sandbox.now.replace(tzinfo=UTC))
    tables: dict[str, list[Record]] = {}
    for batch in reading.batches(client, set(), Reading(options, tally or Tally())):
        for name, table in batch.items():
            tables.setdefault(name, []).extend(table.to_pylist())
    return tables


def looks(sandbox: AmazonAdsSandbox) -> int:
    """How often a report was looked at."""
    asked = sandbox.requests.items()
    return sum(times for name, times in asked if name.startswith("GET /reporting/reports/"))


def test_reports_of_all_profiles_are_begun_before_the_first_is_waited_for(
    sandbox: AmazonAdsSandbox,
):
    waits: list[float] = []
    read(sandbox, waits=waits)
    assert len(sandbox.jobs.jobs) == JOBS
    assert waits == [0.5, 1.0]  # each is done at the third look
    assert looks(sandbox) == 3 * JOBS


def test_report_that_is_on_its_way_already_is_taken_over(
    sandbox: AmazonAdsSandbox, usual: dict[str, list[Record]]
):
    sandbox.faults("cut_page", match='"reportTypeId": "spAdvertisedProduct"')
    assert read(sandbox) == usual
    assert len(sandbox.jobs.jobs) == JOBS
    assert sandbox.requests["POST /reporting/reports"] == JOBS + 1


def test_duplicate_of_other_days_is_asked_for_anew(
    sandbox: AmazonAdsSandbox, usual: dict[str, list[Record]], monkeypatch: pytest.MonkeyPatch
):
    """Amazon is known to name a report of another time unit as the duplicate."""
    create = sandbox.jobs.create
    named: list[Mapping[str, Any]] = []

    def mixed_up(profile_id: str, body: Mapping[str, Any], *more: Any) -> Any:
        if not named and body["configuration"]["reportTypeId"] == "sbAds":
            named.append(body)
            other = {**body, "startDate": "2026-01-28"}
            create(profile_id, other, *more)
            body = other
        return create(profile_id, body, *more)

    monkeypatch.setattr(sandbox.jobs, "create", mixed_up)
    assert read(sandbox) == usual


def test_token_that_runs_out_while_waiting_is_replaced(
    sandbox: AmazonAdsSandbox, usual: dict[str, list[Record]]
):
    sandbox.faults("token_expired", match="GET /reporting/reports/")
    assert read(sandbox) == usual
    assert sandbox.requests["POST /auth/o2/token"] == 2
    assert looks(sandbox) == 3 * JOBS + 1


def test_failed_report_is_asked_for_again(
    sandbox: AmazonAdsSandbox, usual: dict[str, list[Record]]
):
    sandbox.faults("report_failed", match="spTargeting", times=2)
    assert read(sandbox) == usual
    assert len(sandbox.jobs.jobs) == JOBS + 2


def test_report_that_goes_on_failing_is_told_and_the_others_land(
    sandbox: AmazonAdsSandbox, usual: dict[str, list[Record]]
):
    tally = Tally()
    sandbox.faults("report_failed", match="spTargeting", times=99)
    found = read(sandbox, tally)
    assert list(tally.failed.values()) == [
        f"account {account}, report sp_keywords is not landed: report spTargeting failed 3 times: "
        "Internal error while generating the report."
        for account in (SELLER, VENDOR)
    ]
    assert found.get("keyword_daily", []) == []
    assert found["ad_daily"] == usual["ad_daily"]
    assert "sp_keywords" not in {each["report"] for each in found["fetches"]}


def test_address_that_ran_out_is_asked_for_again(
    sandbox: AmazonAdsSandbox, usual: dict[str, list[Record]]
):
    sandbox.faults("url_expired", times=3)
    assert read(sandbox) == usual


def test_cut_download_is_tried_again(sandbox: AmazonAdsSandbox, usual: dict[str, list[Record]]):
    sandbox.faults("cut_page", match="GET /offline-report-storage/", times=2)
    assert read(sandbox) == usual


def test_storm_of_429_is_waited_out_as_long_as_it_says(
    sandbox: AmazonAdsSandbox, usual: dict[str, list[Record]]
):
    waits: list[float] = []
    sandbox.faults("http_429", times=6, match="GET /reporting/reports/", retry_after=7.0)
    sandbox.faults("http_429", times=5, match="POST /reporting/reports", retry_after=9.0)
    assert read(sandbox, waits=waits) == usual
    assert (waits.count(7.0), waits.count(9.0)) == (6, 5)


def test_server_errors_are_tried_again(sandbox: AmazonAdsSandbox, usual: dict[str, list[Record]]):
    sandbox.faults("http_5xx", times=2, match="/sp/keywords/list")
    sandbox.faults("http_5xx", times=2, status=502, match="/auth/o2/token")
    assert read(sandbox) == usual


def test_report_that_is_not_done_in_three_hours_is_told(
    world: AdWorld, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reading, "DEFINITIONS", DEFINITIONS[:1])
    tally = Tally()
    waits: list[float] = []
    with (
        AmazonAdsSandbox(world, now=NOON, polls=10_000) as sandbox,
        pytest.raises(LandingError, match="is not done after 3 hours"),
    ):
        read(sandbox, tally, waits)
    assert PATIENCE_SECONDS <= sum(waits) < PATIENCE_SECONDS + 60
    assert max(waits) == 60
    assert set(tally.failed) == {SELLER, VENDOR}


def test_column_that_amazon_does_not_know_refuses_that_report_alone(
    sandbox: AmazonAdsSandbox, monkeypatch: pytest.MonkeyPatch
):
    wrong = replace(DEFINITIONS[0], about=(*DEFINITIONS[0].about, "roas"))
    monkeypatch.setattr(reading, "DEFINITIONS", (wrong, *DEFINITIONS[1:]))
    tally = Tally()
    found = read(sandbox, tally)
    reasons = tally.failed[f"{SELLER}, report sp_campaigns"]
    assert "configuration columns includes invalid values: (roas)" in reasons
    assert {each["report"] for each in found["campaign_daily"]} <= {"sb_campaigns", "sd_campaigns"}
    assert found["placement_daily"]


def test_report_without_a_file_has_no_rows(sandbox: AmazonAdsSandbox):
    definition = DEFINITIONS[0]
    assert definition.rows(gzip.compress(b"[]")) == {
        "campaign_daily": [],
        "campaign_daily_actions": [],
    }


def test_ids_are_texts_and_amounts_exact():
    row = {
        "date": "2026-01-05", "campaignId": 310400000000629123, "impressions": 10, "clicks": 1,
        "cost": 0.1, "purchases7d": 2, "sales7d": 19.989999, "purchases14d": 0, "sales14d": 0,
    }  # fmt: skip
    found = DEFINITIONS[0].rows(gzip.compress(json.dumps([row]).encode()))
    assert found["campaign_daily"][0]["campaign_id"] == "310400000000629123"
    assert str(found["campaign_daily"][0]["cost"]) == "0.1"
    (action,) = found["campaign_daily_actions"]
    assert (action["action_type"], action["quantity"]) == ("purchases7d", 2)
    assert str(action["value"]) == "19.989999"


@pytest.mark.parametrize(
    ("marketplace", "host"),
    [("NA", "advertising-api"), ("de", "advertising-api-eu"), ("JP", "advertising-api-fe")],
)
def test_marketplace_says_where_the_api_is(marketplace: str, host: str):
    assert Address.of(marketplace, None, None).endpoint == f"https://{host}.amazon.com"


def test_unknown_marketplace_is_named():
    with pytest.raises(LandingError, match="MARKETPLACE is 'XX'; it must be one of AE, AU"):
        Address.of("XX", None, None)


@pytest.fixture(scope="module")
def recorded(shared: Path) -> list[Record]:
    """Requests to the API with its answers, as Amazon recorded them."""
    path = shared / "reference/api/amazon_ads/postman_examples.json.gz"
    examples: list[Record] = json.loads(gzip.decompress(path.read_bytes()))
    return examples


def test_requests_are_of_the_recorded_shape(recorded: list[Record]):
    created = [each for each in recorded if each["name"].endswith("V3/Create report")]
    shapes = {each["request_body"]["configuration"]["reportTypeId"]: each for each in created}
    span = Span(START, START)
    for definition in DEFINITIONS:
        request = definition.request(span)
        example = shapes.get(definition.type_id, created[0])["request_body"]
        assert request.keys() == example.keys()
        assert request["configuration"].keys() == example["configuration"].keys() - {"filters"}
    groups = {
        (each["reportTypeId"], tuple(each["groupBy"]))
        for each in (example["request_body"]["configuration"] for example in created)
    }
    asked = {(each.type_id, each.group_by) for each in DEFINITIONS}
    assert groups & asked == {
        ("spCampaigns", ("campaign", "adGroup")),
        ("spSearchTerm", ("searchTerm",)),
        ("spAdvertisedProduct", ("advertiser",)),
        ("spTargeting", ("targeting",)),
    }


def test_recorded_columns_are_those_of_the_replica(recorded: list[Record]):
    for each in recorded:
        if each["name"].endswith("V3/Create report"):
            configuration = each["request_body"]["configuration"]
            kind = REPORT_TYPES.get(configuration["reportTypeId"])
            if kind:
                more = [name for group in configuration["groupBy"] for name in kind.groups[group]]
                assert set(configuration["columns"]) <= {*kind.columns, *more}


def test_lists_are_asked_with_the_recorded_media_types_and_understood(recorded: list[Record]):
    """Sponsored Brands' ad groups were recorded at their beta address; the answer is the same."""
    answers = {
        (
            each["method"],
            each["url"].replace("{{api_url}}", "").replace("/sb/beta/", "/sb/v4/"),
        ): each
        for each in recorded
        if each["response_body"]
    }
    checked = 0
    for listing in entities.LISTINGS:
        example = answers.get(("POST" if listing.media_type else "GET", listing.path))
        if example is None:
            continue
        checked += 1
        if listing.media_type:
            assert example["headers"]["Accept"] == listing.media_type
        body = example["response_body"]
        make = entities.MAKERS[listing.table.name]
        for record in body[listing.field] if listing.field else body:
            row = make(record)
            assert row.keys() <= listing.table.columns.keys()
            assert all(row[key] for key in listing.table.key if key in row)
            assert row["campaign_id"]
            if listing.table.name == "campaigns":
                assert row["name"]
                assert row["budget"]
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["start_date"])
    assert checked == 7
