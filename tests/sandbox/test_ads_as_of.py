"""What a platform tells changes with the instant at which it is asked."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from math import exp
from zoneinfo import ZoneInfo

import pytest

from tests.sandbox.small_ads import (
    SETTLED,
    SOURCES,
    accounts,
    days_ago,
    small_world,
    told,
    totals,
    truth,
)

GROWING = ("purchases", "purchase_value", "view_purchases", "add_to_carts")


@pytest.mark.parametrize("source", SOURCES)
def test_conversions_only_grow_and_end_at_the_truth(source: str):
    keys = ["day", "campaign_id"]
    instants = [*(days_ago(days) for days in (40, 39.5, 35, 30, 20, 3)), SETTLED]
    span = {"first": date(2026, 5, 1), "last": date(2026, 5, 21)}
    for account in accounts(source):
        seen = [totals(told(source, account, keys, now, **span), keys) for now in instants]
        for before, after in pairwise(seen):
            assert set(before) <= set(after)
            assert all(
                after[key][name] >= sums[name] for key, sums in before.items() for name in GROWING
            )
        assert seen[-2] == seen[-1] != seen[0]


def test_the_part_of_a_days_purchases_that_is_known_nears_one_with_its_age():
    account = accounts("google_ads")[0]
    day = date(2026, 6, 30)
    tau = 6
    final = known = Decimal(0)
    for back in range(60):
        last = day - timedelta(days=back)
        now = datetime(last.year, last.month, last.day, 4) + timedelta(days=6)
        (row,) = told("google_ads", account, [], now, last, last)
        (end,) = told("google_ads", account, [], SETTLED, last, last)
        known += Decimal(str(row["purchases"]))
        final += Decimal(str(end["purchases"]))
    expected = (1 - exp(-6 / tau)) / (1 - exp(-28 / tau))
    assert float(known / final) == pytest.approx(expected, abs=0.12)


def test_days_ahead_are_not_told_and_today_is_told_in_part():
    account = accounts("google_ads")[0]
    now = datetime(2026, 6, 10, 16)
    rows = {row["day"]: row for row in told("google_ads", account, ["day"], now)}
    today = now.replace(tzinfo=UTC).astimezone(ZoneInfo("America/New_York")).date()
    assert max(rows) == today == date(2026, 6, 10)
    (whole,) = told("google_ads", account, [], SETTLED, today, today)
    assert rows[today]["impressions"] / whole["impressions"] == pytest.approx(0.5, abs=0.03)
    hours = told("google_ads", account, ["hour"], now, today, today)
    assert max(row["hour"] for row in hours) == 11


def test_an_account_abroad_begins_its_day_earlier():
    now = datetime(2026, 6, 10, 23)
    latest = {
        account: max(row["day"] for row in told("facebook_ads", account, ["day"], now))
        for account in accounts("facebook_ads")
    }
    assert list(latest.values()) == [date(2026, 6, 10), date(2026, 6, 11)]


def test_amazon_takes_clicks_and_their_cost_back_after_some_days():
    account, days = accounts("amazon_ads")[0], (date(2026, 6, 1), date(2026, 6, 2))
    young, old = (
        told("amazon_ads", account, [], datetime(2026, 6, on, 12), *days)[0] for on in (3, 5)
    )
    assert old["spend"] < young["spend"] <= old["spend"] * Decimal("1.03")
    assert old["clicks"] <= young["clicks"]
    assert old["impressions"] == young["impressions"]


def test_some_campaign_and_some_account_have_a_day_without_rows():
    for source in SOURCES:
        rows = truth(
            "select campaign_id, min(day), max(day), count(distinct day) from main.ad_days "
            "where platform_source = ? group by campaign_id",
            source,
        )
        assert any(days <= (last - first).days for _, first, last, days in rows)
    account = accounts("tiktok_ads")[1]
    days = {row["day"] for row in told("tiktok_ads", account, ["day"])}
    assert len(days) == (max(days) - min(days)).days


def test_entities_stand_as_they_did_at_the_instant():
    world, account = small_world(), accounts("google_ads")[0]
    ((campaign, deleted_on),) = truth(
        "select campaign_id, deleted_on from ad_campaigns where campaign_name = 'display_spring'"
    )

    def status(day: date) -> str | None:
        now = datetime(day.year, day.month, day.day, 12)
        rows = world.entities("google_ads", "campaigns", account, now).to_pylist()
        found = {row["campaign_id"]: row for row in rows}
        return found[campaign]["status"] if campaign in found else None

    assert status(date(2025, 6, 1)) is None
    assert status(deleted_on - timedelta(days=1)) == "active"
    assert status(deleted_on) == "deleted"
    ((spent, last),) = truth(
        "select sum(spend), max(day) from ad_days where campaign_id = ?", campaign
    )
    assert spent > 0
    assert last < deleted_on


def test_some_campaign_is_deleted_before_it_shows_anything():
    unseen = truth(
        "select deleted_on from ad_campaigns anti join ad_days using (platform_source, campaign_id)"
    )
    assert len(unseen) == 1
    assert unseen[0][0] is not None


def test_deleted_campaigns_take_their_ads_with_them():
    for source in SOURCES:
        for account in accounts(source):
            ads = small_world().entities(source, "ads", account, SETTLED).to_pylist()
            campaigns = small_world().entities(source, "campaigns", account, SETTLED).to_pylist()
            deleted = {row["campaign_id"] for row in campaigns if row["status"] == "deleted"}
            assert all(row["status"] == "deleted" for row in ads if row["campaign_id"] in deleted)


def test_there_is_no_unknown_account():
    with pytest.raises(KeyError):
        told("google_ads", "1", ["day"])
    with pytest.raises(KeyError):
        small_world().entities("google_ads", "ads", "1", SETTLED)
