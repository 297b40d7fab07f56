"""What a run reads of each advertiser: its entities, then its reports."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dlt_pipelines.ads import reading as ads
from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.errors import AccountError
from dlt_pipelines.ads.reading import Account, Batch, Reading
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import Tally
from dlt_pipelines.tiktok_ads import answers, gmv_max, queries, tables
from dlt_pipelines.tiktok_ads.client import SETTING, Client, NoPermissionError, Record

ATTRIBUTION_WINDOW = "7d_click_1d_view"  # TikTok's default; its reports do not tell it

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Advertisers:
    """Whose ads are read: these, or all that the token of an app may see."""

    ids: tuple[str, ...]
    app_id: str = ""
    app_secret: str | None = field(default=None, repr=False)

    def listed(self, client: Client) -> tuple[str, ...]:
        if self.ids:
            return self.ids
        if not (self.app_id and self.app_secret):
            raise LandingError(
                f"{SETTING}ADVERTISER_IDS is not set; it is the ids of the ad accounts with commas "
                f"between; {SETTING}APP_ID and {SETTING}APP_SECRET instead mean all of them."
            )
        asked = {"app_id": self.app_id, "secret": self.app_secret}
        found = client.get(queries.ADVERTISERS, asked).get("list") or []
        return tuple(str(advertiser["advertiser_id"]) for advertiser in found)


def batches(
    client: Client, advertisers: Advertisers, reading: Reading, tally: Tally
) -> Iterator[Batch]:
    """Everything of each advertiser that does not refuse."""
    infos = _infos(client, advertisers.listed(client), reading)
    if not infos and tally.failed:
        raise LandingError(next(iter(tally.failed.values())))
    yield from reading.accounts(
        (_account(info) for info in infos.values()),
        lambda account: _advertiser(client, reading, tally, account, infos[account.id]),
    )


def _infos(client: Client, ids: Iterable[str], reading: Reading) -> dict[str, Record]:
    """What TikTok tells of each advertiser, asked one by one: one refusal refuses a whole call."""
    infos: dict[str, Record] = {}
    for advertiser_id in ids:
        asked = {"advertiser_ids": [advertiser_id], "fields": list(queries.ADVERTISER_FIELDS)}
        try:
            infos[advertiser_id] = client.get(queries.ADVERTISER_INFO, asked)["list"][0]
        except AccountError as error:
            reading.refused(advertiser_id, str(error))
    return infos


def _account(info: Record) -> Account:
    zone = info.get("display_timezone") or info["timezone"]
    return Account(str(info["advertiser_id"]), info["currency"], zone, info.get("name") or "")


def _advertiser(
    client: Client, reading: Reading, tally: Tally, account: Account, info: Record
) -> Iterator[Batch]:
    own = {"currency_code": account.currency_code, "time_zone": account.time_zone}
    yield reading.entities(account, tables.ACCOUNTS, [info | own])
    shops = gmv_max.shops(client, account, tally)
    yield reading.entities(account, tables.CAMPAIGNS, _campaigns(client, account, shops))
    yield reading.entities(account, tables.AD_GROUPS, _listed(client, account, queries.AD_GROUPS))
    yield reading.entities(account, tables.ADS, _listed(client, account, queries.ADS))
    yield reading.entities(account, tables.AUDIENCES, _audiences(client, account, tally))
    for asked in queries.REPORTS:
        yield from _report(client, reading, account, asked)
    yield from gmv_max.daily(client, reading, account, shops)


def _campaigns(client: Client, account: Account, shops: list[str]) -> list[Record]:
    usual = [row | {"is_gmv_max": False} for row in _listed(client, account, queries.CAMPAIGNS)]
    return [*usual, *(gmv_max.campaigns(client, account) if shops else [])]


def _audiences(client: Client, account: Account, tally: Tally) -> list[Record]:
    """What kinds the audiences are that ad groups are shown to; none without that permission."""
    asked = {"advertiser_id": account.id}
    try:
        return client.pages(queries.AUDIENCES, asked, queries.LARGEST_AUDIENCE_PAGE)
    except NoPermissionError as error:
        reason = f"account {account.id} lacks the permission for audiences: {error}"
        log.warning("TikTok %s: not landed, %s.", tables.AUDIENCES.name, reason)
        tally.skipped[tables.AUDIENCES.name] = reason
        return []


def _listed(client: Client, account: Account, listing: queries.Listing) -> list[Record]:
    asked = {
        "advertiser_id": account.id,
        "fields": list(listing.fields),
        "filtering": {"primary_status": "STATUS_ALL"},
    }
    return [answers.entity(record) for record in client.pages(listing.path, asked)]


def _report(
    client: Client, reading: Reading, account: Account, asked: queries.Report
) -> Iterator[Batch]:
    """A report's days; one by the hour takes a call a day, so it goes back no further than others
    are read again."""
    table = tables.REPORTS[asked.name]
    reach = reading.options.lookback_days - 1 if asked.clock else None
    report = ads.Report(asked.name, (table,), ATTRIBUTION_WINDOW, asked.longest, reach)

    def ask(first: str, last: str) -> list[Record]:
        return client.pages(queries.INTEGRATED, asked.parameters(account.id, first, last))

    def read(span: Span) -> Mapping[str, list[Record]]:
        return {table.name: answers.of_span(ask, span)}

    yield from reading.report(account, report, read)
