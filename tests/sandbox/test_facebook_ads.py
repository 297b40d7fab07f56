"""The replica of Meta's Graph API: what it refuses, lists and tells."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests
from facebook_business.adobjects.adsinsights import AdsInsights

from sandbox.ads import AdWorld, make_ads
from sandbox.facebook_ads import STEP_BY_STEP, FacebookAdsSandbox, actions, fields
from sandbox.shop import ShopSpec, generate

END = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 16, 0)
HOME, ABROAD = "104200000000017", "104200000000042"
DAY = {"since": "2026-06-20", "until": "2026-06-20"}
DELETED = [{"field": "ad.effective_status", "operator": "IN", "value": ["ACTIVE", "DELETED"]}]

Answer = dict[str, Any]


@pytest.fixture(scope="module")
def world() -> AdWorld:
    return make_ads(generate(ShopSpec(end=END, orders=300, products=20, months=4)).at())


@pytest.fixture
def sandbox(world: AdWorld) -> Iterator[FacebookAdsSandbox]:
    with FacebookAdsSandbox(world, now=NOON, steps=STEP_BY_STEP) as running:
        yield running


def ask(sandbox: FacebookAdsSandbox, path: str, method: str = "GET", **params: Any) -> Answer:
    """The whole answer; lists and objects are sent as JSON."""
    texts = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in {"access_token": sandbox.access_token, **params}.items()
    }
    place = "params" if method == "GET" else "data"
    url = f"{sandbox.url}/v26.0/{path}"
    answer: Answer = requests.request(method, url, **{place: texts}, timeout=10).json()  # type: ignore[arg-type]
    return answer


def insights(sandbox: FacebookAdsSandbox, **changes: Any) -> list[Answer]:
    """All rows of one day of the account at home."""
    asked = {"time_range": DAY, "limit": 5000, "fields": "spend", **changes}
    return list(ask(sandbox, f"act_{HOME}/insights", **asked)["data"])


def error(sandbox: FacebookAdsSandbox, path: str, **params: Any) -> tuple[int, int | None, str]:
    problem = ask(sandbox, path, **params)["error"]
    return problem["code"], problem.get("error_subcode"), problem["message"]


def spent(rows: list[Answer]) -> Decimal:
    return sum((Decimal(row["spend"]) for row in rows), Decimal(0))


def counted(row: Mapping[str, Any], action_type: str, window: str = "value") -> int:
    found = {each["action_type"]: each for each in row.get("actions", [])}
    return int(found.get(action_type, {}).get(window, 0))


def test_it_lists_the_accounts_of_the_token(sandbox):
    told = ask(sandbox, "me/adaccounts", fields="account_id,currency,timezone_name")["data"]
    assert [(each["account_id"], each["currency"], each["timezone_name"]) for each in told] == [
        (HOME, "USD", "America/New_York"),
        (ABROAD, "EUR", "Europe/Berlin"),
    ]


def test_edges_are_paged_by_cursors_and_say_when_there_is_no_next(sandbox):
    path = f"act_{HOME}/ads"
    whole = [each["id"] for each in ask(sandbox, path, limit=500)["data"]]
    found, after = [], ""
    while True:
        page = ask(sandbox, path, limit=4, after=after)
        found += [each["id"] for each in page["data"]]
        if "next" not in page["paging"]:
            break
        after = page["paging"]["cursors"]["after"]
    assert found == whole
    assert len(whole) > 8


def test_a_deleted_campaign_is_in_no_edge_but_told_by_its_id(sandbox, world):
    ((deleted,),) = world.shop.con.execute(
        "select campaign_id from main.ad_campaigns "
        "where platform_source = 'facebook_ads' and deleted_on is not null"
    ).fetchall()
    listed = ask(sandbox, f"act_{HOME}/campaigns", limit=500)["data"]
    assert deleted not in [each["id"] for each in listed]
    assert ask(sandbox, deleted, fields="effective_status")["effective_status"] == "DELETED"
    together = ask(sandbox, "", ids=deleted, fields="effective_status")
    assert together[deleted]["effective_status"] == "DELETED"
    asked = error(sandbox, f"act_{HOME}/campaigns", effective_status=["ACTIVE", "DELETED"])
    assert asked[0] == 100


def test_deleted_ads_count_for_the_account_and_at_their_level_only_when_asked_for(sandbox, world):
    first, last = world.shop.con.execute(
        "select min(day), max(day) from main.ad_days inner join main.ads using (ad_id) "
        "where ads.platform_source = 'facebook_ads' and account_id = ? and deleted_on <= ?",
        [HOME, END],
    ).fetchall()[0]
    days = {"time_range": {"since": first.isoformat(), "until": last.isoformat()}}
    account = spent(insights(sandbox, **days))
    assert spent(insights(sandbox, level="ad", filtering=DELETED, **days)) == account
    assert 0 < spent(insights(sandbox, level="ad", **days)) < account


@pytest.mark.parametrize(
    "breakdowns",
    [
        ["age"], ["gender"], ["country"], ["publisher_platform"], [fields.HOURLY],
        ["publisher_platform", "impression_device"], ["publisher_platform", "platform_position"],
    ],
)  # fmt: skip
def test_a_breakdown_adds_up_to_the_account_to_the_cent(sandbox, breakdowns):
    rows = insights(sandbox, breakdowns=breakdowns)
    assert len(rows) > 1
    assert spent(rows) == spent(insights(sandbox))


def test_one_purchase_stands_under_many_types_of_action(sandbox):
    (row,) = insights(
        sandbox,
        fields="actions,action_values",
        time_range={"since": "2026-06-01", "until": "2026-06-20"},
        action_attribution_windows=["7d_click", "1d_view"],
    )
    whole = counted(row, "omni_purchase")
    parts = ("offsite_conversion.fb_pixel_purchase", "onsite_conversion.purchase")
    assert whole > 0
    assert counted(row, "purchase") == counted(row, "onsite_web_purchase") == whole
    assert sum(counted(row, part) for part in parts) == whole
    assert counted(row, "omni_purchase", "7d_click") <= whole
    assert "28d_click" not in str(row)
    types = {each["action_type"] for each in row["action_values"]}
    assert types - {each["action_type"] for each in row["actions"]}


def test_hours_tell_nothing_of_what_happened_outside_of_meta(sandbox):
    rows = insights(sandbox, fields="actions,action_values", breakdowns=[fields.HOURLY])
    assert "video_view" in str(rows)
    assert "purchase" not in str(rows)
    assert rows[0][fields.HOURLY] == "00:00:00 - 00:59:59"


def test_late_purchases_are_told_as_time_goes_by(sandbox):
    asked = {
        "fields": "spend,actions",
        "time_range": {"since": "2026-06-01", "until": "2026-06-29"},
    }
    (row,) = insights(sandbox, **asked)
    sandbox.move(datetime(2026, 8, 1))
    (later,) = insights(sandbox, **asked)
    assert counted(row, "omni_purchase") < counted(later, "omni_purchase")
    assert row["spend"] == later["spend"]


def test_a_report_is_complete_at_a_hundred_percent_and_not_before(sandbox):
    path = f"act_{HOME}/insights"
    run = ask(sandbox, path, "POST", level="campaign", time_range=DAY)["report_run_id"]
    told = []
    for _ in range(4):
        status = ask(sandbox, run, fields="async_status,async_percent_completion")
        told.append((status["async_status"], status.get("async_percent_completion", 0)))
        if told[-1][1] < 100:
            assert "error" in ask(sandbox, f"{run}/insights")
    assert told[-2][0] == told[-1][0] == "Job Completed"
    rows = ask(sandbox, f"{run}/insights")["data"]
    assert spent(rows) == spent(insights(sandbox, level="campaign"))


def test_a_report_may_fail(sandbox):
    sandbox.faults("job_failed", match="insights")
    run = ask(sandbox, f"act_{HOME}/insights", "POST", time_range=DAY)["report_run_id"]
    told = [ask(sandbox, run, fields="async_status")["async_status"] for _ in range(3)]
    assert told == ["Job Not Started", "Job Running", "Job Failed"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"fields": "spend,cost"}, "cost is not valid for fields param"),
        ({"breakdowns": ["placement"]}, "breakdowns[0] must be one of"),
        ({"breakdowns": ["platform_position"]}, "(action_type, platform_position) is invalid"),
        ({"breakdowns": ["age", "country"]}, "(action_type, age, country) is invalid"),
        ({"level": "keyword"}, "level must be one of"),
        ({"action_attribution_windows": ["1d_click", "7d_view"]}, "windows[1] must be one of"),
        ({"action_attribution_windows": ["28d_view"]}, "windows[0] must be one of"),
        ({"action_report_time": "click"}, "action_report_time must be one of"),
        ({"time_range": {"since": "2026-06-20", "until": "2026-06-10"}}, "before the end date"),
    ],
)
def test_a_wrong_parameter_is_error_100(sandbox, wrong, said):
    code, _, message = error(sandbox, f"act_{HOME}/insights", **{"time_range": DAY, **wrong})
    assert code == 100
    assert said in message


def test_refusals_have_metas_codes(sandbox, world):
    path = f"act_{HOME}/insights"
    assert error(sandbox, path, access_token="other")[0] == 190
    assert (
        error(sandbox, path, time_range={"since": "2023-01-01", "until": "2023-01-02"})[0] == 3018
    )
    assert error(sandbox, f"act_{HOME}/campaigns", fields="colour")[0] == 100
    assert error(sandbox, "act_1/campaigns")[:2] == (100, 33)
    sandbox.faults("expired_token")
    assert error(sandbox, path)[:2] == (190, 463)
    sandbox.faults("http_429", retry_after=120)
    assert error(sandbox, path)[0] == 80004
    sandbox.faults("throttled")
    assert error(sandbox, path)[0] == 17
    sandbox.most_rows = 1
    assert error(sandbox, path, level="ad", time_range=DAY)[:2] == (100, 1487534)
    world.shop.con.execute(
        "update main.ad_accounts set status = 'refused' where account_id = ?", [ABROAD]
    )
    sandbox.move(datetime(2026, 6, 30, 17, 0))
    assert error(sandbox, f"act_{ABROAD}/campaigns")[0] == 200
    world.shop.con.execute(
        "update main.ad_accounts set status = 'enabled' where account_id = ?", [ABROAD]
    )


def test_it_knows_no_field_window_or_breakdown_that_metas_own_client_does_not():
    known = {vars(AdsInsights.Field)[name] for name in vars(AdsInsights.Field) if name[0] != "_"}
    assert known >= fields.INSIGHT_FIELDS
    assert set(fields.BREAKDOWNS) <= set(vars(AdsInsights.Breakdowns).values())
    windows = set(vars(AdsInsights.ActionAttributionWindows).values())
    assert {*actions.WINDOWS, *actions.REMOVED_WINDOWS} <= windows


def test_every_field_is_in_metas_specification(shared: Path):
    folder = shared / "reference" / "api" / "facebook_ads"
    for name in ("Campaign", "AdSet", "Ad", "AdCreative", "AdReportRun"):
        told = json.loads((folder / f"{name}.json").read_text())["fields"]
        assert fields.NODE_FIELDS[name] <= {field["name"] for field in told}, name
    told = json.loads((folder / "AdsInsights.json").read_text())["fields"]
    assert {field["name"] for field in told} >= fields.INSIGHT_FIELDS
    told = json.loads((folder / "AdsActionStats.json").read_text())["fields"]
    assert set(actions.WINDOWS) <= {field["name"] for field in told}
