"""What a run reads of the customers below a login customer."""

from collections.abc import Iterator, Mapping

import pyarrow as pa

from dlt_pipelines.ads.columns import Rows
from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.errors import AccountError
from dlt_pipelines.ads.reading import Account, Batch, Options, Reading, Report
from dlt_pipelines.errors import LandingError
from dlt_pipelines.google_ads import queries, tables
from dlt_pipelines.google_ads.client import Client
from dlt_pipelines.google_ads.tables import Level, Question
from dlt_pipelines.load_log import Tally

ENABLED = "ENABLED"


def batches(client: Client, options: Options, tally: Tally) -> Iterator[Batch]:
    """All customers that are enabled and no managers: what they have, and their days that are due.

    Customers that were closed are listed and no longer asked.
    """
    reader = Reader(client, Reading(options, tally))
    yield from reader.batches()


class Reader:
    """Reads customers one after the other."""

    def __init__(self, client: Client, reading: Reading) -> None:
        self._client = client
        self._reading = reading

    def batches(self) -> Iterator[Batch]:
        asked = []
        for customer in self._customers():
            account = Account(
                str(customer["id"]),
                customer["currency_code"],
                customer["time_zone"],
                customer["name"] or "",
            )
            yield self._reading.entities(account, tables.ACCOUNTS.table, [customer])
            if customer["status"] == ENABLED and not customer["is_manager"]:
                asked.append(account)
        yield from self._reading.accounts(asked, self._account)

    def _customers(self) -> list[dict[str, str]]:
        login = self._client.login_customer_id
        try:
            found = self._ask(login, tables.ACCOUNTS.question)
        except AccountError as error:
            raise LandingError(f"Google Ads customer {login} cannot be read: {error}") from error
        customers: list[dict[str, str]] = found.to_pylist()
        return customers

    def _account(self, account: Account) -> Iterator[Batch]:
        actions: pa.Table | None = None
        for listing in tables.LISTINGS:
            rows = self._ask(account.id, listing.question)
            if listing is tables.CONVERSION_ACTIONS:
                actions = rows
            yield self._reading.entities(account, listing.table, rows)
        window = _attribution_window(actions)
        for level in tables.LEVELS:
            yield from self._level(account, level, window)

    def _level(self, account: Account, level: Level, window: str | None) -> Iterator[Batch]:
        report = Report(
            level.table.name, (level.table, level.actions), window, longest=level.longest
        )

        def read(span: Span) -> Mapping[str, Rows]:
            return {
                level.table.name: self._ask_all(account.id, level.questions, span),
                level.actions.name: self._ask_all(account.id, level.action_questions, span),
            }

        yield from self._reading.report(account, report, read)

    def _ask_all(self, customer_id: str, asked: tuple[Question, ...], span: Span) -> pa.Table:
        parts = [self._ask(customer_id, question, span) for question in asked]
        return pa.concat_tables([_as_text(part) for part in parts], promote_options="permissive")

    def _ask(self, customer_id: str, question: Question, span: Span | None = None) -> pa.Table:
        rows = self._client.search(customer_id, queries.gaql(question, span))
        return queries.columns(question, rows)


def _as_text(rows: pa.Table) -> pa.Table:
    """The column `value` as text: an hour is a number, a device is not."""
    if "value" not in rows.column_names:
        return rows
    at = rows.column_names.index("value")
    return rows.set_column(at, "value", rows.column("value").cast(pa.string()))


def _attribution_window(actions: pa.Table | None) -> str | None:
    """How long after a click a purchase counts: `30d_click`; the longest of several."""
    found = actions.to_pylist() if actions else []
    days = [
        each["click_through_window_days"]
        for each in found
        if each["category"] == "PURCHASE" and each["is_primary"]
    ]
    known = [each for each in days if each]
    return f"{max(known)}d_click" if known else None
