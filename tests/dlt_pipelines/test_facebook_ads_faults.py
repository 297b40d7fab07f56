"""What goes wrong while Meta's ads are landed, and what of it a person sees."""

import json
import logging
from datetime import date
from pathlib import Path

import pytest

from dlt_pipelines.ads.days import Span
from dlt_pipelines.errors import LandingError
from dlt_pipelines.facebook_ads import land as land_configured
from dlt_pipelines.facebook_ads import queries
from sandbox.ads import make_ads
from sandbox.shop import ShopSpec, generate
from tests.dlt_pipelines.facebook_worlds import (
    ABROAD,
    END,
    HOME,
    failures,
    land,
    of_account,
    raw,
    read,
    serving,
    spend_by_day,
)

RECENT = "2026-06-28"


def test_a_report_that_fails_once_is_asked_for_again():
    with serving() as sandbox:
        sandbox.faults("job_failed", match=f"act_{HOME}")
        batch, tally = read(sandbox, RECENT)
    assert tally.failed == {}
    assert len(spend_by_day(of_account(batch, "account_daily"))) == 3


def test_a_report_that_fails_again_is_asked_for_by_halves_of_its_days(caplog):
    with serving() as sandbox, caplog.at_level(logging.WARNING):
        sandbox.faults("job_failed", times=2, match="level=ad&")
        batch, tally = read(sandbox, RECENT)
    assert tally.failed == {}
    assert "could not make ad_daily of 2026-06-28 to 2026-06-30" in caplog.text
    account = of_account(batch, "account_daily")
    assert spend_by_day(of_account(batch, "ad_daily")) == spend_by_day(account)


def test_what_is_too_much_data_is_asked_for_by_halves_of_its_days():
    with serving(most_rows=150) as sandbox:
        batch, tally = read(sandbox, "2026-06-29")
    assert tally.failed == {}
    account = of_account(batch, "account_daily")
    assert spend_by_day(of_account(batch, "hour_daily")) == spend_by_day(account)


def test_a_report_that_never_comes_is_told_of_and_the_others_land(prepared, caplog):
    with serving() as sandbox, caplog.at_level(logging.WARNING):
        sandbox.faults("job_failed", times=99, match="breakdowns=%5B%22age%22%5D")
        told = failures(land(prepared, sandbox, start_at=RECENT))
    assert len(told) == 2
    assert told[0].startswith(f"account {HOME}, report age_daily, is not landed: ")
    assert "Job Failed" in told[0]
    assert raw(prepared, "age_daily") == []
    assert spend_by_day(raw(prepared, "hour_daily"))
    with serving() as sandbox:
        assert failures(land(prepared, sandbox, start_at=RECENT)) == []
    assert len(spend_by_day(raw(prepared, "age_daily"))) == 3


def test_a_storm_of_throttling_is_waited_out():
    waits: list[float] = []
    with serving() as sandbox:
        sandbox.faults("http_429", times=5, match="insights", retry_after=60)
        sandbox.faults("throttled", times=5, match="adsets")
        sandbox.faults("http_5xx", times=3, match="adcreatives")
        sandbox.faults("cut_page", times=3, match="/campaigns")
        batch, tally = read(sandbox, RECENT, waits.append)
    assert tally.failed == {}
    assert waits.count(60.0) == 5
    account = of_account(batch, "account_daily")
    assert spend_by_day(of_account(batch, "ad_daily")) == spend_by_day(account)


def test_an_expired_token_is_one_clear_line_and_leaves_the_warehouse_as_it_was(prepared):
    with serving() as sandbox:
        land(prepared, sandbox, start_at=RECENT)
        before = raw(prepared, "ad_daily")
        sandbox.faults("expired_token", times=99, match="insights")
        with pytest.raises(LandingError) as refused:
            land(prepared, sandbox, start_at=RECENT)
    assert str(refused.value) == (
        "Meta refused the token (Error validating access token: Session has expired.): "
        "set SOURCES__FACEBOOK_ADS__ACCESS_TOKEN to a valid one."
    )
    assert raw(prepared, "ad_daily") == before


def test_one_account_that_refuses_is_told_of_and_the_other_lands(prepared):
    world = make_ads(generate(ShopSpec(end=END, orders=100, products=20, months=3)).at())
    world.shop.con.execute(
        "update main.ad_accounts set status = 'refused' where account_id = ?", [HOME]
    )
    with serving(world) as sandbox:
        told = failures(land(prepared, sandbox, start_at=RECENT))
        assert len(told) == 1
        assert told[0].startswith(f"account {HOME} is not landed: Meta refuses access")
        assert spend_by_day(raw(prepared, "ad_daily", ABROAD))
        assert raw(prepared, "campaigns", HOME) == []
        with pytest.raises(LandingError, match="Meta refuses access"):
            read(sandbox, RECENT, account_ids=HOME)


def test_an_unknown_account_id_is_told_of_and_the_other_is_read():
    with serving() as sandbox:
        batch, tally = read(sandbox, RECENT, account_ids=f"1,{ABROAD}")
    assert list(tally.failed) == ["1"]
    assert tally.failed["1"].startswith("account 1 is not landed: ")
    assert spend_by_day(of_account(batch, "ad_daily", ABROAD))


def test_a_missing_token_names_its_variable(prepared, monkeypatch):
    monkeypatch.delenv("SOURCES__FACEBOOK_ADS__ACCESS_TOKEN", raising=False)
    with pytest.raises(LandingError, match="SOURCES__FACEBOOK_ADS__ACCESS_TOKEN is not set"):
        land_configured(prepared)


def test_what_is_asked_is_in_metas_specification(shared: Path):
    folder = shared / "reference" / "api" / "facebook_ads"
    specified = {
        name: {
            field["name"] for field in json.loads((folder / f"{name}.json").read_text())["fields"]
        }
        for name in ("Campaign", "AdSet", "Ad", "AdCreative", "AdsInsights", "AdsActionStats")
    }
    kinds = ("Campaign", "AdSet", "Ad", "AdCreative")
    for edge, kind in zip(queries.EDGES, kinds, strict=True):
        assert set(edge.fields) <= specified[kind], edge.name
    span = Span(END, END)
    for report in queries.REPORTS:
        assert set(report.fields(span, END)) <= specified["AdsInsights"], report.name
        assert set(report.windows) <= specified["AdsActionStats"], report.name
    post = next(
        api["params"]
        for api in json.loads((folder / "Ad.json").read_text())["apis"]
        if api["endpoint"] == "insights" and api["method"] == "POST"
    )
    for report in queries.REPORTS:
        assert set(report.params(span, END)) <= {each["name"] for each in post}, report.name


def test_reach_is_not_asked_for_where_it_is_no_longer_told():
    campaigns = queries.REPORTS[1]
    today = date(2026, 6, 30)
    assert "reach" in campaigns.fields(Span(date(2026, 3, 1), today), today)
    assert "reach" not in campaigns.fields(Span(date(2025, 3, 1), date(2025, 6, 1)), today)
