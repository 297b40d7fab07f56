"""Any ad platform's HTTP API, described by a YAML file -> raw_custom_api.

Run: python -m dlt_pipelines custom_api
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import dlt
from dlt.common.configuration.exceptions import ConfigFieldMissingException
from dlt.extract import DltResource, DltSource

from dlt_pipelines import landing
from dlt_pipelines.ads import days, source
from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.patience import Sleep
from dlt_pipelines.ads.reading import Account, Batch, Options, Reading, Report, known_fetches
from dlt_pipelines.custom_api import mapping, tables
from dlt_pipelines.custom_api.client import Client
from dlt_pipelines.custom_api.config import Config, load
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import TableLoad, Tally, utc_now
from storehouse.settings import ROOT, Settings, variable

SETTING = "SOURCES__CUSTOM_API__"


@dlt.source(name="custom_api", max_table_nesting=0)
def custom_api(
    settings: Settings,
    tally: Tally,
    config: str = dlt.config.value,
    start_at: str | None = None,
    store_id: str = "",
    full_refresh: bool = False,
    now: datetime | None = None,
    sleep: Sleep = time.sleep,
) -> tuple[DltResource, ...]:
    """Campaigns and what they did by day, as the file `config` maps them; recent days anew."""
    api = load(ROOT / Path(config).expanduser(), variable)
    options = Options(
        lookback_days=api.lookback_days,
        start=days.start_day(f"{SETTING}START_AT", start_at),
        store_id=store_id,
        read_at=now or utc_now(),
        known={} if full_refresh else known_fetches(settings, "custom_api", store_id),
    )

    def read() -> Iterator[Batch]:
        reading = Reading(options, tally)
        account = Account(api.account, api.currency or "", api.time_zone)
        yield from reading.accounts([account], lambda _: batches(api, account, reading, sleep))

    return source.resources(read, tables.TABLES)


def batches(api: Config, account: Account, reading: Reading, sleep: Sleep) -> Iterator[Batch]:
    """The API's campaigns, where it lists them, and its figures by day."""
    client = Client(api, sleep)
    own = {"platform": api.platform, "currency_code": api.currency, "time_zone": api.time_zone}
    yield reading.entities(account, tables.ACCOUNTS, [own])
    campaigns = api.resources.campaigns
    if campaigns is not None:
        found = mapping.rows(campaigns, client.records("campaigns", campaigns))
        rows = {row["campaign_id"]: row | {"platform": api.platform} for row in found}
        yield reading.entities(account, tables.CAMPAIGNS, list(rows.values()))
    performance = api.resources.performance

    def read(span: Span) -> Mapping[str, list[dict[str, Any]]]:
        found = mapping.rows(performance, client.records("performance", performance, span))
        return {tables.PERFORMANCE.name: list(_numbered(found, span))}

    report = Report(
        tables.PERFORMANCE.name, (tables.PERFORMANCE,), api.attribution_window, performance.longest
    )
    yield from reading.report(account, report, read)


def land(
    settings: Settings, *, full_refresh: bool = False, now: Callable[[], datetime] = utc_now
) -> tuple[TableLoad, ...]:
    """Land the API that the configured file describes."""
    return landing.run(
        settings,
        "custom_api",
        lambda tally: _configured(settings, tally, full_refresh, now()),
        full_refresh=full_refresh,
        now=now,
    )


def _configured(settings: Settings, tally: Tally, full_refresh: bool, now: datetime) -> DltSource:
    try:
        return custom_api(settings, tally, full_refresh=full_refresh, now=now)
    except ConfigFieldMissingException as error:
        raise LandingError(
            f"{SETTING}CONFIG is not set; it is the YAML file that describes the API."
        ) from error


def _numbered(
    rows: Iterator[dict[str, str | None]], span: Span
) -> Iterator[dict[str, str | int | None]]:
    """The rows of the span with their places in their day; an API may tell of more days."""
    places: Counter[str | None] = Counter()
    wanted = {day.isoformat() for day in span.days}
    for row in rows:
        day = row["date"]
        if day in wanted or not _is_day(day):
            places[day] += 1
            yield row | {"position": places[day]}


def _is_day(text: str | None) -> bool:
    try:
        return bool(text and datetime.fromisoformat(text))
    except ValueError:
        return False
