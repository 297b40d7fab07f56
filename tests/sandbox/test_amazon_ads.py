"""The replica of the Amazon Ads API: who may ask, lists, reports and their files."""

import gzip
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.ads import AdWorld, make_ads
from sandbox.amazon_ads import AmazonAdsSandbox
from sandbox.amazon_ads.tokens import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN
from sandbox.shop import ShopSpec, generate

NOON = datetime(2026, 1, 31, 17, 0)
SELLER, VENDOR = "1740020030001", "1740020030002"
SP_CAMPAIGNS = "application/vnd.spCampaign.v3+json"
SB_CAMPAIGNS = "application/vnd.sbcampaignresource.v4+json"
REPORT = "application/vnd.createasyncreportrequest.v3+json"
ALL = {"include": ["ENABLED", "PAUSED", "ARCHIVED"]}

Record = dict[str, Any]


@pytest.fixture(scope="module")
def world() -> AdWorld:
    return make_ads(
        generate(ShopSpec(end=date(2026, 1, 31), orders=600, products=20, months=5)).at()
    )


@pytest.fixture
def sandbox(world: AdWorld) -> Iterator[AmazonAdsSandbox]:
    with AmazonAdsSandbox(world, now=NOON, page_size=2) as running:
        yield running


def grant(sandbox: AmazonAdsSandbox, **changes: str) -> requests.Response:
    form = {
        "grant_type": "refresh_token",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "refresh_token": REFRESH_TOKEN,
        **changes,
    }
    return requests.post(f"{sandbox.url}/auth/o2/token", form, timeout=10)


def ask(
    sandbox: AmazonAdsSandbox,
    method: str,
    path: str,
    body: Any = None,
    media_type: str = "application/json",
    scope: str | None = SELLER,
    **more: Any,
) -> requests.Response:
    headers = {
        "Authorization": f"Bearer {grant(sandbox).json()['access_token']}",
        "Amazon-Advertising-API-ClientId": CLIENT_ID,
        "Accept": media_type,
        "Content-Type": media_type,
    }
    if scope:
        headers["Amazon-Advertising-API-Scope"] = scope
    url = f"{sandbox.url}{path}"
    data = None if body is None else json.dumps(body)
    return requests.request(method, url, data=data, headers=headers, timeout=10, **more)


def wanted(columns: list[str], **changes: Any) -> Record:
    """The body that asks for a daily report of Sponsored Products' campaigns over a week."""
    days = {
        name: changes.pop(name, day)
        for name, day in (("startDate", "2026-01-20"), ("endDate", "2026-01-26"))
    }
    return {
        "name": "a week",
        **days,
        "configuration": {
            "adProduct": "SPONSORED_PRODUCTS",
            "groupBy": ["campaign"],
            "columns": columns,
            "reportTypeId": "spCampaigns",
            "timeUnit": "DAILY",
            "format": "GZIP_JSON",
            **changes,
        },
    }


def create(sandbox: AmazonAdsSandbox, body: Record, scope: str = SELLER) -> requests.Response:
    return ask(sandbox, "POST", "/reporting/reports", body, REPORT, scope)


def made(sandbox: AmazonAdsSandbox, body: Record, scope: str = SELLER) -> list[Record]:
    """The rows of a report, looked after until it is done."""
    report_id = create(sandbox, body, scope).json()["reportId"]
    told: Record = {}
    while told.get("status") != "COMPLETED":
        told = ask(sandbox, "GET", f"/reporting/reports/{report_id}", scope=scope).json()
    content = requests.get(told["url"], timeout=10).content
    rows: list[Record] = json.loads(gzip.decompress(content))
    return rows


def test_tokens_are_granted_for_the_right_credentials_alone(sandbox: AmazonAdsSandbox):
    granted = grant(sandbox).json()
    assert (granted["token_type"], granted["expires_in"]) == ("bearer", 3600)
    for wrong, status, error in (
        ({"refresh_token": "Atzr|other"}, 400, "invalid_grant"),
        ({"client_secret": "other"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ):
        answer = grant(sandbox, **wrong)
        assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_token_lasts_an_hour(world: AdWorld):
    clock = [0.0]
    with AmazonAdsSandbox(world, now=NOON, clock=lambda: clock[0]) as sandbox:
        token = grant(sandbox).json()["access_token"]
        headers = {
            "Authorization": f"Bearer {token}",
            "Amazon-Advertising-API-ClientId": CLIENT_ID,
        }
        url = f"{sandbox.url}/v2/profiles"
        clock[0] = 3599.0
        assert requests.get(url, headers=headers, timeout=10).status_code == 200
        clock[0] = 3600.0
        assert requests.get(url, headers=headers, timeout=10).status_code == 401


def test_profiles_tell_currency_zone_and_kind(sandbox: AmazonAdsSandbox):
    profiles = ask(sandbox, "GET", "/v2/profiles", scope=None).json()
    told = [
        (each["profileId"], each["countryCode"], each["currencyCode"], each["timezone"],
         each["accountInfo"]["type"])
        for each in profiles
    ]  # fmt: skip
    assert told == [
        (int(SELLER), "US", "USD", "America/New_York", "seller"),
        (int(VENDOR), "DE", "EUR", "Europe/Berlin", "vendor"),
    ]


@pytest.mark.parametrize(
    ("scope", "detail"),
    [
        (None, "Scope header is missing"),
        ("99", "No matching advertiser found for scope: 99"),
        (VENDOR, f"Not authorized to access scope {VENDOR}"),
    ],
)
def test_profile_must_be_named_and_allowed(sandbox: AmazonAdsSandbox, scope: str, detail: str):
    sandbox.refused.add(VENDOR)
    answer = ask(sandbox, "GET", "/sd/campaigns", scope=scope)
    assert (answer.status_code, answer.json()["details"]) == (401, detail)


def test_lists_go_on_with_a_token_and_hide_the_archived_unless_asked(sandbox: AmazonAdsSandbox):
    path, media_type = "/sp/keywords/list", "application/vnd.spKeyword.v3+json"
    found: list[Record] = []
    token = None
    while True:
        body = {"stateFilter": ALL, "maxResults": 100, "nextToken": token}
        page = ask(sandbox, "POST", path, body, media_type).json()
        assert len(page["keywords"]) <= 2
        found += page["keywords"]
        token = page.get("nextToken")
        if not token:
            break
    keywords = sandbox.entities.keywords(SELLER, NOON)
    assert [each["keywordId"] for each in found] == [each["keyword_id"] for each in keywords]
    assert page["totalResults"] == len(keywords) > 4
    archived = ask(sandbox, "GET", "/sd/campaigns", params={"stateFilter": "archived"}).json()
    assert [each["state"] for each in archived] == ["archived"]
    assert ask(sandbox, "GET", "/sd/campaigns").json() == []


def test_sponsored_display_pages_by_index(sandbox: AmazonAdsSandbox):
    found: list[Record] = []
    while True:
        params = {"startIndex": len(found), "stateFilter": "enabled,archived"}
        page = ask(sandbox, "GET", "/sd/productAds", params=params).json()
        if not page:
            break
        found += page
    ads = sandbox.entities.ads(SELLER, NOON)
    shown = [int(each["ad_id"]) for each in ads if each["kind"] == "SPONSORED_DISPLAY"]
    assert [each["adId"] for each in found] == shown
    assert len(shown) > 1


def test_media_types_are_insisted_on(sandbox: AmazonAdsSandbox):
    path = "/sp/campaigns/list"
    assert ask(sandbox, "POST", path, {}, SP_CAMPAIGNS).status_code == 200
    assert ask(sandbox, "POST", path, {}, "application/json").status_code == 406
    assert ask(sandbox, "POST", "/sb/v4/campaigns/list", {}, SP_CAMPAIGNS).status_code == 406
    assert ask(sandbox, "POST", "/sb/v4/campaigns/list", {}, SB_CAMPAIGNS).status_code == 200
    assert ask(sandbox, "POST", path, {"maxResults": 101}, SP_CAMPAIGNS).status_code == 400
    assert create(sandbox, wanted(["cost"])).status_code == 200
    refused = ask(sandbox, "POST", "/reporting/reports", wanted(["clicks"]), "text/plain")
    assert refused.status_code == 415


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (wanted(["cost", "roas"]), "configuration columns includes invalid values: (roas)."),
        (wanted(["cost", "adGroupId"]), "includes invalid values: (adGroupId)."),
        (wanted(["cost", "startDate"]), "not supported columns for DAILY time unit"),
        (wanted(["date"], timeUnit="SUMMARY"), "not a supported column for SUMMARY time unit"),
        (wanted([]), "columns cannot be empty"),
        (wanted(["cost"], groupBy=["asin"]), "configuration groupBy includes invalid values"),
        (wanted(["cost"], groupBy="campaign"), "Invalid or malformed request body"),
        (wanted(["cost"], reportTypeId="campaigns"), "Invalid reportTypeId: campaigns"),
        (wanted(["cost"], adProduct="SPONSORED_BRANDS"), "adProduct must be SPONSORED_PRODUCTS"),
        (wanted(["cost"], format="CSV"), "format must be GZIP_JSON"),
        (wanted(["cost"], startDate="2026-01-01", endDate="2026-02-01"), "to today (2026-01-31)"),
        (wanted(["cost"], startDate="2025-12-26"), "must not exceed 31 days"),
        (
            wanted(["cost"], startDate="2025-10-27", endDate="2025-11-01"),
            "startDate (2025-10-27) must be equal to or after report type data retention start "
            "date (2025-10-28).",
        ),
        (
            wanted(["cost"], startDate="2025-12-01", endDate="2025-12-02",
                   reportTypeId="sbCampaigns", adProduct="SPONSORED_BRANDS"),
            "retention start date (2025-12-02).",
        ),
    ],
)  # fmt: skip
def test_report_that_cannot_be_is_refused_with_the_reason(
    sandbox: AmazonAdsSandbox, body: Record, detail: str
):
    answer = create(sandbox, body)
    assert answer.status_code == 400
    assert detail in answer.json()["detail"]


def test_longest_span_and_oldest_day_are_allowed(sandbox: AmazonAdsSandbox):
    longest = wanted(["cost"], startDate="2025-10-28", endDate="2025-11-27")
    assert create(sandbox, longest).json()["status"] == "PENDING"


def test_report_is_pending_then_processing_then_completed(sandbox: AmazonAdsSandbox):
    report_id = create(sandbox, wanted(["cost"])).json()["reportId"]
    path = f"/reporting/reports/{report_id}"
    looks = [ask(sandbox, "GET", path).json() for _ in range(3)]
    assert [look["status"] for look in looks] == ["PENDING", "PROCESSING", "COMPLETED"]
    assert [bool(look["url"]) for look in looks] == [False, False, True]
    assert ask(sandbox, "GET", path, scope=VENDOR).status_code == 404


def test_same_report_is_a_duplicate_while_it_is_on_its_way(sandbox: AmazonAdsSandbox):
    body = wanted(["cost"])
    report_id = create(sandbox, body).json()["reportId"]
    again = create(sandbox, {**body, "name": "another name"})
    assert again.status_code == 425
    assert again.json()["detail"] == f"The Request is a duplicate of : {report_id}"
    assert create(sandbox, body, VENDOR).status_code == 200
    assert create(sandbox, wanted(["clicks"])).status_code == 200
    for _ in range(3):
        ask(sandbox, "GET", f"/reporting/reports/{report_id}")
    assert create(sandbox, body).status_code == 200


def test_file_is_given_by_its_address_alone_and_for_an_hour(world: AdWorld):
    clock = [0.0]
    with AmazonAdsSandbox(world, now=NOON, polls=0, clock=lambda: clock[0]) as sandbox:
        report_id = create(sandbox, wanted(["cost"])).json()["reportId"]
        url = ask(sandbox, "GET", f"/reporting/reports/{report_id}").json()["url"]
        assert gzip.decompress(requests.get(url, timeout=10).content).startswith(b"[")
        headers = {"Authorization": "Bearer x"}
        assert requests.get(url, headers=headers, timeout=10).status_code == 400
        forged = requests.get(f"{url}0", timeout=10)
        assert (forged.status_code, b"SignatureDoesNotMatch" in forged.content) == (403, True)
        clock[0] = 3600.0
        late = requests.get(url, timeout=10)
        assert (late.status_code, b"Request has expired" in late.content) == (403, True)
        anew = ask(sandbox, "GET", f"/reporting/reports/{report_id}").json()["url"]
        assert requests.get(anew, timeout=10).status_code == 200


def test_rows_are_the_ad_world_s_in_the_window_of_the_profile(sandbox: AmazonAdsSandbox):
    columns = ["date", "campaignId", "cost", "clicks", "purchases7d", "purchases14d", "sales7d",
               "sales14d"]  # fmt: skip
    for scope, window in ((SELLER, "7d"), (VENDOR, "14d")):
        rows = made(sandbox, wanted(columns, startDate="2026-01-01"), scope)
        found = sandbox.world.rows(
            "amazon_ads", scope, ["day", "campaign_id"], date(2026, 1, 1), date(2026, 1, 26), NOON
        ).to_pylist()
        kinds = {
            each["campaign_id"]: each["kind"] for each in sandbox.entities.campaigns(scope, NOON)
        }
        assert [tuple(row.values())[:4] for row in rows] == [
            (str(each["day"]), int(each["campaign_id"]), float(each["spend"]), each["clicks"])
            for each in found
            if kinds[each["campaign_id"]] == "SPONSORED_PRODUCTS"
        ]
        bought = {
            name: sum(row[f"{name}{window}"] for row in rows) for name in ("purchases", "sales")
        }
        known = [each for each in found if kinds[each["campaign_id"]] == "SPONSORED_PRODUCTS"]
        assert bought["purchases"] == sum(each["purchases"] for each in known) > 0
        assert bought["sales"] == pytest.approx(
            sum(float(each["purchase_value"]) for each in known)
        )


def test_filter_keeps_keywords_of_a_match_type(sandbox: AmazonAdsSandbox):
    body = wanted(
        ["keywordId", "matchType", "impressions"],
        startDate="2026-01-01",
        reportTypeId="spTargeting",
        groupBy=["targeting"],
        filters=[{"field": "keywordType", "values": ["EXACT"]}],
    )
    rows = made(sandbox, body)
    assert {row["matchType"] for row in rows} == {"EXACT"}


def test_summary_has_one_row_for_all_days(sandbox: AmazonAdsSandbox):
    columns = ["campaignId", "startDate", "endDate", "impressions"]
    daily = made(sandbox, wanted(["campaignId", "impressions"]))
    summary = made(sandbox, wanted(columns, timeUnit="SUMMARY"))
    assert len({row["campaignId"] for row in summary}) == len(summary)
    assert {(row["startDate"], row["endDate"]) for row in summary} == {("2026-01-20", "2026-01-26")}
    assert sum(row["impressions"] for row in summary) == sum(row["impressions"] for row in daily)


def test_report_is_told_in_the_recorded_shape(sandbox: AmazonAdsSandbox, shared: Path):
    path = shared / "reference/api/amazon_ads/postman_examples.json.gz"
    recorded = json.loads(gzip.decompress(path.read_bytes()))
    pending, completed = (
        each["response_body"] for each in recorded if each["name"].endswith("V3/Report status")
    )
    body = wanted(["cost"])
    first = create(sandbox, body).json()
    told = [ask(sandbox, "GET", f"/reporting/reports/{first['reportId']}").json()]
    while told[-1]["status"] != "COMPLETED":
        told.append(ask(sandbox, "GET", f"/reporting/reports/{first['reportId']}").json())
    for ours, theirs in ((first, pending), (told[0], pending), (told[-1], completed)):
        assert ours.keys() == theirs.keys()
        assert ours["configuration"].keys() == theirs["configuration"].keys()
        assert {name: type(value) for name, value in ours.items()} == {
            name: type(value) for name, value in theirs.items()
        }


def test_variables_lead_landing_to_the_replica(sandbox: AmazonAdsSandbox):
    assert sandbox.variables["SOURCES__AMAZON_ADS__ENDPOINT"] == sandbox.url
    assert sandbox.variables["SOURCES__AMAZON_ADS__TOKEN_URL"] == f"{sandbox.url}/auth/o2/token"
