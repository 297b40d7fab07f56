"""What all ad platforms share: which days are read, how a day's rows are replaced, who may fail."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import dlt
import pytest

from dlt_pipelines import landing
from dlt_pipelines.ads import days
from dlt_pipelines.ads.errors import AccountError, TransientError
from dlt_pipelines.ads.patience import Patience
from dlt_pipelines.ads.reading import Account, Options, Reading, Report, known_fetches
from dlt_pipelines.ads.source import resources
from dlt_pipelines.ads.tables import FETCHES, REJECTED, entity, report
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import TableLoad, Tally
from storehouse import warehouse
from storehouse.settings import Settings

CAMPAIGNS = entity("campaigns", "id", id="text", name="text")
DAILY = report("campaign_daily", "campaign_id", is_history=True, campaign_id="text", spend="money")
ADS = report("ad_daily", "ad_id", ad_id="text", spend="money")
TABLES = (CAMPAIGNS, DAILY, ADS, FETCHES, REJECTED)
REPORTS = (Report("campaign", (DAILY,), "7d_click"), Report("ad", (ADS,), longest=2))
HERE, THERE = Account("1", "USD", "America/New_York"), Account("2", "EUR", "Europe/Berlin")
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
START = date(2026, 3, 5)

Spends = Mapping[tuple[str, int], str]


@pytest.fixture
def platform(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A warehouse that knows one more source, called platform."""
    monkeypatch.setattr(landing, "declared", lambda: {"platform": TABLES})
    return settings


def land(
    settings: Settings,
    spends: Spends,
    *,
    now: datetime = NOON,
    refused: tuple[str, ...] = (),
    asked: list[Any] | None = None,
) -> tuple[TableLoad, ...]:
    """Land what was spent, by account and day of March; `asked` is told what was asked for."""

    def build(tally: Tally) -> Any:
        known = known_fetches(settings, "platform")
        reading = Reading(Options(3, START, read_at=now, known=known), tally)

        def rows(account: Account, span: days.Span) -> Iterator[dict[str, Any]]:
            for (account_id, day), spend in spends.items():
                if account_id == account.id and span.first.day <= day <= span.last.day:
                    yield {"date": f"2026-03-{day:02}", "spend": spend}

        def read(account: Account) -> Iterator[Any]:
            if account.id in refused:
                raise AccountError("its token is refused")
            yield reading.entities(account, CAMPAIGNS, [{"id": "C", "name": ""}])
            key = {"campaign_id": "C", "ad_id": "A"}
            for each in REPORTS:

                def ask(span: days.Span, each: Report = each) -> dict[str, Any]:
                    if asked is not None:
                        asked.append((account.id, each.name, span.first.day, span.last.day))
                    return {each.tables[0].name: [key | row for row in rows(account, span)]}

                yield from reading.report(account, each, ask)

        @dlt.source(name="platform", max_table_nesting=0)
        def platform() -> Any:
            return resources(lambda: reading.accounts((HERE, THERE), read), TABLES)

        return platform()

    return landing.run(settings, "platform", build, now=lambda: now)


def raw(settings: Settings, table: str, *columns: str) -> list[tuple[Any, ...]]:
    rows = warehouse.read_table(settings, f"raw_platform.{table}", columns).to_pylist()
    return sorted(tuple(row[name] for name in columns) for row in rows)


def march(*numbers: int) -> list[date]:
    return [date(2026, 3, number) for number in numbers]


def test_the_first_run_reads_every_day_since_the_start():
    assert days.to_read(date(2026, 3, 8), START, 2, {}) == march(5, 6, 7, 8)


def test_without_a_start_four_hundred_days_are_read():
    found = days.to_read(date(2026, 3, 8), None, 2, {})
    assert (found[0], len(found)) == (date(2026, 3, 8) - timedelta(days=400), 401)


def test_a_daily_run_reads_the_last_days_again_and_no_others():
    older = {date(2026, 3, 5): date(2026, 3, 7), date(2026, 3, 6): date(2026, 3, 8)}
    fetched = older | dict.fromkeys(march(7, 8, 9), date(2026, 3, 9))
    assert days.to_read(date(2026, 3, 10), START, 3, fetched) == march(8, 9, 10)


def test_days_that_no_run_has_read_as_old_as_the_window_are_read_after_missed_runs():
    fetched = dict.fromkeys(march(5, 6, 7, 8, 9), date(2026, 3, 9))
    assert days.to_read(date(2026, 3, 14), START, 3, fetched) == march(8, 9, 10, 11, 12, 13, 14)


def test_a_start_moved_back_reads_what_lies_before():
    fetched = dict.fromkeys(march(5, 6, 7, 8), date(2026, 3, 8))
    assert days.to_read(date(2026, 3, 8), date(2026, 3, 3), 1, fetched) == march(3, 4, 8)


def test_days_are_asked_for_in_spans_that_have_no_gaps_and_a_longest_length():
    found = days.spans(march(1, 2, 3, 4, 7, 9, 10), 3)
    assert [(span.first.day, span.last.day) for span in found] == [(1, 3), (4, 4), (7, 7), (9, 10)]


def test_an_account_lives_in_its_own_day():
    at = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
    assert days.local_day(at, "America/New_York") == date(2026, 3, 9)
    assert days.local_day(at, "Europe/Berlin") == date(2026, 3, 10)


def test_rows_carry_currency_zone_window_and_the_day_of_the_fetch(platform):
    land(platform, {("2", 6): "1.234567"})
    columns = ("store_id", "account_id", "date", "spend", "currency_code", "time_zone",
               "attribution_window", "fetched_on", "fetched_at")  # fmt: skip
    assert raw(platform, "campaign_daily", *columns) == [
        ("default", "2", date(2026, 3, 6), Decimal("1.234567"), "EUR", "Europe/Berlin",
         "7d_click", date(2026, 3, 10), NOON)
    ]  # fmt: skip


def test_fetches_tell_of_every_day_also_of_those_without_rows(platform):
    land(platform, {("1", 6): "1", ("1", 10): "2"})
    found = raw(platform, "fetches", "account_id", "report", "date", "row_count", "is_partial")
    mine = [(day.day, count, part) for account, name, day, count, part in found
            if (account, name) == ("1", "ad")]  # fmt: skip
    assert mine == [(5, 0, False), (6, 1, False), (7, 0, False), (8, 0, False), (9, 0, False),
                    (10, 1, True)]  # fmt: skip


def test_a_second_run_replaces_days_that_lost_their_rows_and_leaves_settled_days(platform):
    land(platform, {("1", 6): "6", ("1", 9): "9", ("1", 10): "10"})
    asked: list[Any] = []
    later = NOON + timedelta(days=1)
    land(platform, {("1", 6): "666", ("1", 10): "11"}, now=later, asked=asked)
    assert raw(platform, "ad_daily", "date", "spend") == [
        (date(2026, 3, 6), Decimal(6)),
        (date(2026, 3, 10), Decimal(11)),
    ]
    assert ("1", "campaign", 9, 11) in asked
    assert ("1", "ad", 9, 10) in asked
    assert ("1", "ad", 11, 11) in asked


def test_campaigns_keep_every_fetch_and_a_day_fetched_twice_keeps_its_last_state(platform):
    land(platform, {("1", 9): "8", ("1", 10): "1"})
    land(platform, {("1", 9): "9"}, now=NOON + timedelta(hours=1))
    land(platform, {("1", 9): "10", ("1", 11): "2"}, now=NOON + timedelta(days=1))
    assert raw(platform, "campaign_daily", "date", "fetched_on", "spend") == [
        (date(2026, 3, 9), date(2026, 3, 10), Decimal(9)),
        (date(2026, 3, 9), date(2026, 3, 11), Decimal(10)),
        (date(2026, 3, 11), date(2026, 3, 11), Decimal(2)),
    ]


def test_one_refused_account_is_told_of_and_the_other_lands(platform, caplog):
    loads = land(platform, {("1", 6): "1", ("2", 6): "2"}, refused=("2",))
    assert raw(platform, "ad_daily", "account_id") == [("1",)]
    problem = "account 2 is not landed: its token is refused"
    assert (loads[-1].status, loads[-1].message) == ("failed", problem)
    assert {load.status for load in loads[:-1]} == {"loaded"}
    assert caplog.records[-1].getMessage() == f"platform: {problem}"
    logged = warehouse.read_table(platform, "ops.loads", ["status", "message"]).to_pylist()
    assert {"status": "failed", "message": problem} in logged


def test_an_account_that_was_refused_is_read_whole_the_next_time(platform):
    land(platform, {("2", 5): "5"}, refused=("2",))
    land(platform, {("2", 5): "5"}, now=NOON + timedelta(days=1))
    assert raw(platform, "ad_daily", "account_id", "date") == [("2", date(2026, 3, 5))]


def test_all_accounts_refused_stop_the_source_and_leave_the_warehouse(platform):
    with pytest.raises(LandingError, match="account 1 is not landed: its token is refused"):
        land(platform, {("1", 6): "1"}, refused=("1", "2"))
    assert raw(platform, "fetches", "date") == []


def test_a_value_that_cannot_be_cast_is_rejected_alone(platform):
    loads = land(platform, {("1", 6): "one", ("1", 7): "7"})
    assert raw(platform, "ad_daily", "date") == [(date(2026, 3, 7),)]
    assert {row[0] for row in raw(platform, "rejected", "table_name")} == {
        "ad_daily",
        "campaign_daily",
    }
    assert {load.rows_rejected for load in loads if load.table_name == "ad_daily"} == {1}


def test_what_is_worth_another_try_waits_as_long_as_it_is_told():
    waits: list[float] = []
    answers = iter([TransientError("HTTP 429", 7.0), TransientError("HTTP 503"), "rows"])

    def ask() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert Patience("Platform", waits.append).call(ask) == "rows"
    assert waits[0] == 7.0
    assert 1.0 <= waits[1] <= 2.0


def test_patience_ends():
    def ask() -> str:
        raise TransientError("HTTP 503")

    with pytest.raises(AccountError, match="Platform gave no answer in 3 tries: HTTP 503"):
        Patience("Platform", lambda _: None, attempts=3).call(ask)
