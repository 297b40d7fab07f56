"""Google Analytics: what lands of a property's sessions and events, and what may go wrong."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from dlt_pipelines import ga4, landing
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import TableLoad
from sandbox.ga4 import Ga4Sandbox
from sandbox.shop import ShopSpec
from storehouse import warehouse
from storehouse.settings import Settings

NOON = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
COLUMNS = (
    "session_id text, customer_id text, visitor_id text, started_at timestamp, utm_source text, "
    "utm_medium text, utm_campaign text, landing_page text, device_type text, location text, "
    "page_views integer, add_to_carts integer, sign_ups integer, purchases integer, "
    "order_id text, revenue decimal(18, 4)"
)
# New York's 8 March begins at 05:00 UTC and, clocks going forward that night, ends at 04:00.
SESSIONS = """
    ('1', null, 'A', '2026-03-08 04:59', null, null, null, '/', 'mobile', 'US', 1, 0, 0, 0, null, 0),
    ('2', null, 'A', '2026-03-08 05:00', 'google', 'cpc', 'x', '/', 'mobile', 'US', 4, 1, 0, 1, '9', 12.30),
    ('3', null, 'B', '2026-03-09 03:59', 'google', 'cpc', 'x', '/', 'mobile', 'US', 1, 0, 1, 0, null, 0),
    ('4', null, 'B', '2026-03-09 04:00', 'google', 'cpc', 'x', '/', 'desktop', 'DE', 2, 0, 0, 0, null, 0),
    ('5', null, 'C', '2026-03-10 15:00', null, null, null, '/', null, null, 1, 0, 0, 0, null, 0),
    ('6', null, 'C', '2026-03-10 17:00', null, null, null, '/', null, null, 1, 0, 0, 0, null, 0)
"""  # noqa: E501


@pytest.fixture
def analytics(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ga4Sandbox]:
    con = duckdb.connect()
    con.execute(f"create table web_sessions ({COLUMNS})")
    con.execute(f"insert into web_sessions values {SESSIONS}")
    with Ga4Sandbox(con, ShopSpec(end=date(2026, 3, 10)), NOON) as replica:
        for name, value in replica.variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("SOURCES__GA4__START_AT", "2026-03-01")
        yield replica
    con.close()


def land(
    settings: Settings, now: datetime = NOON, waits: list[float] | None = None
) -> tuple[TableLoad, ...]:
    """Land the replica's property; waiting takes no time and is noted."""
    return landing.run(
        settings,
        "ga4",
        lambda tally: ga4.ga4(
            settings, tally, now=now, sleep=(waits if waits is not None else []).append
        ),
    )


def rows(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in warehouse.arrow(settings, sql).to_pylist()]


def test_sessions_land_by_the_propertys_day(settings: Settings, analytics: Ga4Sandbox):
    land(settings)
    found = rows(
        settings,
        "select date, session_source, device_category, country_id, sessions, engaged_sessions, "
        "new_users, screen_page_views, ecommerce_purchases, purchase_revenue, currency_code, "
        "time_zone, fetched_on from raw_ga4.sessions order by date, device_category",
    )
    told = ("USD", "America/New_York", date(2026, 3, 10))
    assert found == [
        (date(2026, 3, 7), "(direct)", "mobile", "US", 1, 0, 1, 1, 0, Decimal(0), *told),
        (date(2026, 3, 8), "google", "mobile", "US", 2, 1, 1, 5, 1, Decimal("12.3"), *told),
        (date(2026, 3, 9), "google", "desktop", "DE", 1, 1, 0, 2, 0, Decimal(0), *told),
        (date(2026, 3, 10), "(direct)", "(not set)", "(not set)", 1, 0, 1, 1, 0, Decimal(0), *told),
    ]


def test_events_land_counted_by_name(settings: Settings, analytics: Ga4Sandbox):
    land(settings)
    found = rows(
        settings,
        "select event_name, event_count, event_value from raw_ga4.events "
        "where date = date '2026-03-08' order by event_name",
    )
    assert found == [
        ("add_to_cart", 1, Decimal(0)),
        ("page_view", 5, Decimal(0)),
        ("purchase", 1, Decimal("12.3")),
        ("session_start", 2, Decimal(0)),
        ("sign_up", 1, Decimal(0)),
    ]


def test_a_later_run_takes_the_last_days_anew_and_doubles_nothing(
    settings: Settings, analytics: Ga4Sandbox
):
    land(settings)
    later = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)
    analytics.move(later)
    analytics.requests.clear()
    land(settings, later)
    today = "where date = date '2026-03-10'"
    assert rows(settings, f"select sessions from raw_ga4.sessions {today}") == [(2,)]
    assert rows(settings, "select sum(sessions) from raw_ga4.sessions") == [(6,)]
    read = "select count(distinct date) from raw_ga4.fetches where fetched_at = "
    assert rows(settings, f"{read} (select max(fetched_at) from raw_ga4.fetches)") == [(4,)]


def test_a_report_with_an_other_row_is_asked_for_in_fewer_days(
    settings: Settings, analytics: Ga4Sandbox
):
    analytics.faults("other_row", times=2)
    land(settings)
    assert rows(settings, "select sum(sessions), bool_or(has_other_row) from raw_ga4.sessions") == [
        (5, False)
    ]


def test_a_property_that_is_refused_leaves_the_others_to_land(
    settings: Settings, analytics: Ga4Sandbox, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SOURCES__GA4__PROPERTY_IDS", "342001, 999")
    loads = land(settings)
    failed = [load for load in loads if load.status == "failed"]
    assert [load.message.split(": ")[0] for load in failed if load.message] == [
        "account 999 is not landed"
    ]
    assert rows(settings, "select sum(sessions) from raw_ga4.sessions") == [(5,)]


def test_a_busy_server_is_asked_again(settings: Settings, analytics: Ga4Sandbox):
    waits: list[float] = []
    analytics.faults("unavailable", times=2)
    analytics.faults("exhausted", times=1)
    land(settings, waits=waits)
    assert len(waits) == 3
    assert rows(settings, "select sum(sessions) from raw_ga4.sessions") == [(5,)]


def test_a_refused_token_is_one_clear_line_and_leaves_what_was_landed(
    settings: Settings, analytics: Ga4Sandbox, monkeypatch: pytest.MonkeyPatch
):
    land(settings)
    monkeypatch.setenv("SOURCES__GA4__ACCESS_TOKEN", "expired")
    with pytest.raises(LandingError, match="Google Analytics refuses the token; make a new one"):
        land(settings)
    assert rows(settings, "select sum(sessions) from raw_ga4.sessions") == [(5,)]


def test_without_a_property_the_setting_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("SOURCES__GA4__PROPERTY_IDS", raising=False)
    with pytest.raises(LandingError, match="SOURCES__GA4__PROPERTY_IDS is not set"):
        ga4.land(settings)


def test_nothing_is_asked_twice_within_settled_days(settings: Settings, analytics: Ga4Sandbox):
    land(settings)
    first = sum(analytics.requests.values())
    land(settings)
    assert sum(analytics.requests.values()) - first == first
