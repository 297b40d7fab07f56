"""What a run reads of each ad account."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import pyarrow.compute as pc

from dlt_pipelines.ads import days
from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.errors import AccountError
from dlt_pipelines.ads.reading import Account, Batch, Reading, Rows
from dlt_pipelines.errors import LandingError
from dlt_pipelines.facebook_ads import flatten, queries, tables
from dlt_pipelines.facebook_ads.client import SETTING, Client
from dlt_pipelines.facebook_ads.jobs import Jobs, Wanted
from dlt_pipelines.facebook_ads.queries import Edge, Insights
from dlt_pipelines.facebook_ads.records import AdAccount, Entity, Insight

log = logging.getLogger(__name__)

# Ids of entities by raw table; of accounts' own, by account.
Ids = Mapping[str, Iterable[str]]
HeldIds = Mapping[str, Ids]


@dataclass
class Reader:
    """Reads one platform's accounts in one run; `held` are entities that earlier runs landed."""

    client: Client
    reading: Reading
    account_ids: tuple[str, ...] = ()
    held: HeldIds = field(default_factory=dict)

    def batches(self) -> Iterator[Batch]:
        """Everything that is due, of every account that can be read."""
        asked = {account.account_id: account for account in self._accounts()}
        accounts = [
            Account(each.account_id, each.currency, each.timezone_name, each.name)
            for each in asked.values()
        ]
        yield from self.reading.accounts(
            accounts, lambda account: self._account(account, asked[account.id])
        )

    def _accounts(self) -> Iterator[AdAccount]:
        """Accounts named by the setting, else all that the token may see."""
        params = {"fields": ",".join(queries.ACCOUNT_FIELDS), "limit": 100}
        if not self.account_ids:
            for page in self.client.pages(("me", "adaccounts"), params, AdAccount):
                yield from page
            return
        problems = []
        for account_id in self.account_ids:
            try:
                yield self.client.get((f"act_{account_id}",), params, AdAccount)
            except AccountError as error:
                problems.append(error)
                self.reading.refused(account_id, str(error))
        if len(problems) == len(self.account_ids):
            raise LandingError(f"No account of {SETTING}ACCOUNT_IDS can be read: {problems[0]}")

    def _account(self, account: Account, told: AdAccount) -> Iterator[Batch]:
        row = {"name": told.name, "account_status": told.account_status,
               "currency_code": told.currency, "time_zone": told.timezone_name}  # fmt: skip
        yield self.reading.entities(account, tables.ACCOUNTS, [row])
        entities = _Entities(self, account)
        yield from entities.listed()
        for batch in self._reports(account):
            entities.see(batch)
            yield batch
        yield from entities.unlisted()

    def _reports(self, account: Account) -> Iterator[Batch]:
        """Every report; one that fails is told of, and the others land."""
        today = self.reading.today(account)
        jobs = Jobs(self.client, account.id, today, self._wanted(account))
        for insights in queries.REPORTS:
            try:
                read = partial(_rows, jobs, insights)
                yield from self.reading.report(account, insights.report, read)
            except AccountError as error:
                self.reading.refused(f"{account.id}, report {insights.name},", str(error))

    def _wanted(self, account: Account) -> Iterator[Wanted]:
        for insights in queries.REPORTS:
            due = self.reading.due(account, insights.report)
            for span in days.spans(due, insights.report.longest):
                yield Wanted(insights, span)


def _rows(jobs: Jobs, insights: Insights, span: Span) -> dict[str, Rows]:
    """What fills a report's tables for some days."""
    found: list[Insight] = [row for page in jobs.rows(Wanted(insights, span)) for row in page]
    first, *others = insights.report.tables
    return {
        first.name: flatten.figures(first, found),
        **{table.name: flatten.actions(table, found, insights.windows) for table in others},
    }


class _Entities:
    """Entities of one account: those that edges list, and those that only reports know."""

    def __init__(self, reader: Reader, account: Account) -> None:
        self._client = reader.client
        self._reading = reader.reading
        self._account = account
        held = reader.held.get(account.id, {})
        self._known = {
            edge.table.name: set(held.get(edge.table.name, ())) for edge in queries.EDGES
        }
        self._listed: dict[str, set[str]] = {}

    def listed(self) -> Iterator[Batch]:
        for edge in queries.EDGES:
            path = (f"act_{self._account.id}", edge.name)
            pages = self._client.pages(path, edge.params(), Entity)
            found = [entity for page in pages for entity in page]
            self._listed[edge.table.name] = {entity.id for entity in found}
            yield self._batch(edge, found)

    def see(self, batch: Batch) -> None:
        """Note which entities a report tells of."""
        columns = {"campaigns": "campaign_id", "ad_groups": "ad_group_id", "ads": "ad_id"}
        rows = batch.get(tables.AD_DAILY.name, batch.get(tables.CAMPAIGN_DAILY.name))
        if rows is not None:
            for name, column in columns.items():
                if column in rows.column_names:
                    self._known[name].update(pc.unique(rows.column(column)).drop_null().to_pylist())

    def unlisted(self) -> Iterator[Batch]:
        """Deleted entities: no edge lists them, their ids still tell them."""
        for edge in queries.EDGES:
            hidden = self._known[edge.table.name] - self._listed[edge.table.name]
            found = list(self._client.nodes(hidden, edge.fields, Entity))
            self._see_creatives(found)
            if found:
                yield self._batch(edge, found)

    def _see_creatives(self, found: Iterable[Entity]) -> None:
        ids = {entity.creative.id for entity in found if entity.creative}
        self._known[tables.CREATIVES.name].update(ids)

    def _batch(self, edge: Edge, found: Iterable[Entity]) -> Batch:
        return self._reading.entities(self._account, edge.table, flatten.entities(found))
