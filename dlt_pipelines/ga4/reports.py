"""The reports that are asked for, and their rows as the raw tables have them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dlt_pipelines.ads.columns import Rows
from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.reading import Account, Batch, Reading, Report
from dlt_pipelines.ga4 import tables
from dlt_pipelines.ga4.client import Client

# The API allows nine dimensions and ten metrics.
ASKED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sessions": (
        (
            *("date", "sessionSource", "sessionMedium", "sessionCampaignName"),
            *("sessionDefaultChannelGroup", "deviceCategory", "countryId"),
        ),
        (
            *("sessions", "engagedSessions", "totalUsers", "newUsers", "screenPageViews"),
            *("addToCarts", "ecommercePurchases", "purchaseRevenue"),
        ),
    ),
    "events": (
        ("date", "eventName", "sessionDefaultChannelGroup", "deviceCategory"),
        ("eventCount", "eventValue"),
    ),
}
REPORTS = (
    Report("sessions", (tables.SESSIONS,), longest=92),
    Report("events", (tables.EVENTS,), longest=92),
)


def batches(client: Client, property_ids: Sequence[str], reading: Reading) -> Iterator[Batch]:
    """Each property, its sessions and its events, by the days that are due."""
    numbers = [name.removeprefix("properties/") for name in property_ids]
    accounts = (Account(number, "", "UTC") for number in numbers)
    yield from reading.accounts(accounts, lambda account: _property(client, account, reading))


def _property(client: Client, named: Account, reading: Reading) -> Iterator[Batch]:
    account = _known(client, named, reading)
    facts = {"time_zone": account.time_zone, "currency_code": account.currency_code}
    yield reading.entities(account, tables.PROPERTIES, [facts])
    for report in REPORTS:

        def ask(span: Span, name: str = report.name) -> dict[str, Rows]:
            return {name: rows(client, account.id, name, span)}

        yield from reading.report(account, report, ask)


def _known(client: Client, named: Account, reading: Reading) -> Account:
    """The property with its zone and currency, which every answer tells."""
    today = reading.today(named)
    told = client.report(named.id, [], ["sessions"], Span(today, today))
    return Account(named.id, told.currency_code, told.time_zone or "UTC")


def rows(client: Client, property_id: str, report: str, span: Span) -> list[dict[str, Any]]:
    """A report's rows; fewer days are asked for while the API sums small rows as `(other)`."""
    dimensions, metrics = ASKED[report]
    told = client.report(property_id, dimensions, metrics, span)
    if told.has_other_row and span.first < span.last:
        middle = span.first + (span.last - span.first) // 2
        halves = (Span(span.first, middle), Span(middle + timedelta(days=1), span.last))
        return [row for half in halves for row in rows(client, property_id, report, half)]
    names = [_snake_case(name) for name in told.names]
    flags = {"has_other_row": told.has_other_row, "is_thresholded": told.is_thresholded}
    return [_row(names, values) | flags for values in told.rows]


def _row(names: Sequence[str], values: Sequence[str]) -> dict[str, Any]:
    row: dict[str, Any] = dict(zip(names, values, strict=True))
    text = row["date"]
    return row | {"date": date(int(text[:4]), int(text[4:6]), int(text[6:]))}


def _snake_case(name: str) -> str:
    return re.sub("([A-Z])", r"_\1", name).lower()
