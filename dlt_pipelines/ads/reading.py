"""What a run reads of a platform's accounts, and how a day's rows replace earlier ones."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dlt_pipelines.ads import days
from dlt_pipelines.ads.columns import Rejected, Rows, arrow
from dlt_pipelines.ads.days import Fetched, Span
from dlt_pipelines.ads.errors import AccountError
from dlt_pipelines.ads.tables import FETCHES, REJECTED
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import Tally, utc_now
from dlt_pipelines.tables import Table
from storehouse import warehouse
from storehouse.settings import Settings

DEFAULT_STORE = "default"

log = logging.getLogger(__name__)

Batch = dict[str, pa.Table]
# By account and report.
Known = Mapping[tuple[str, str], Fetched]


@dataclass(frozen=True)
class Account:
    """An ad account, as its platform tells it."""

    id: str
    currency_code: str
    time_zone: str
    name: str = ""


@dataclass(frozen=True)
class Options:
    """Over which days a platform is read, when, and what earlier runs fetched."""

    lookback_days: int
    start: date | None = None
    store_id: str = ""
    read_at: datetime = field(default_factory=utc_now)
    known: Known = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What is asked for at once. It fills these tables, the rows of a day together.

    `longest` is how many days may be asked for at once, `reach` how far back the platform goes.
    """

    name: str
    tables: tuple[Table, ...]
    attribution_window: str | None = None
    longest: int | None = None
    reach: int | None = None


ReadAccount = Callable[[Account], Iterator[Batch]]
ReadDays = Callable[[Span], Mapping[str, Rows]]


def known_fetches(settings: Settings, source: str, store_id: str = "") -> Known:
    """The latest fetch of each day, of runs that came to their end."""
    if not {"fetches", "_dlt_loads"} <= set(warehouse.tables(settings, f"raw_{source}")):
        return {}
    fetches = warehouse.relation(settings, f"raw_{source}.fetches")
    finished = warehouse.relation(settings, f"raw_{source}._dlt_loads")
    store = (store_id or DEFAULT_STORE).replace("'", "''")
    found = warehouse.arrow(
        settings,
        f"select account_id, report, date, max(fetched_on) as fetched_on from {fetches} "
        f"where store_id = '{store}' "
        f"and _dlt_load_id in (select load_id from {finished} where status = 0) "
        "group by account_id, report, date",
    )
    known: dict[tuple[str, str], dict[date, date]] = {}
    columns = [found.column(name).to_pylist() for name in found.column_names]
    for account_id, report, day, fetched_on in zip(*columns, strict=True):
        known.setdefault((account_id, report), {})[day] = fetched_on
    return known


class Reading:
    """One run's reading of one platform."""

    def __init__(self, options: Options, tally: Tally) -> None:
        self.options = options
        self._tally = tally
        self._store_id = options.store_id or DEFAULT_STORE

    def accounts(self, accounts: Iterable[Account], read: ReadAccount) -> Iterator[Batch]:
        """What `read` gives of each account; one that refuses is told of, and the others land.

        LandingError when all refuse.
        """
        asked = list(accounts)
        for account in asked:
            try:
                yield from read(account)
            except AccountError as error:
                self.refused(account.id, str(error))
        failed = self._tally.failed
        if failed and all(account.id in failed for account in asked):
            raise LandingError(f"No account can be read: {next(iter(failed.values()))}")

    def refused(self, account_id: str, reason: str) -> None:
        """Note that an account is not landed, and why; also for those that are not even asked."""
        message = f"account {account_id} is not landed: {reason}"
        log.debug(message)
        self._tally.failed[account_id] = message

    def entities(self, account: Account, table: Table, rows: Rows) -> Batch:
        """The current rows of a kind of entity."""
        self._tally.read.add(table.name)
        return self._batch(account, table, rows, {})

    def report(self, account: Account, report: Report, read: ReadDays) -> Iterator[Batch]:
        """The report's days that are due, each span whole; `read` gives rows by table name."""
        self._tally.read.update(table.name for table in report.tables)
        for span in days.spans(self.due(account, report), report.longest):
            yield self._replaced(account, report, span, read(span))

    def due(self, account: Account, report: Report) -> list[date]:
        """The account-local days to read now."""
        today = self.today(account)
        fetched = self.options.known.get((account.id, report.name), {})
        found = days.to_read(today, self.options.start, self.options.lookback_days, fetched)
        return [day for day in found if report.reach is None or (today - day).days <= report.reach]

    def today(self, account: Account) -> date:
        return days.local_day(self.options.read_at, account.time_zone)

    def _replaced(
        self, account: Account, report: Report, span: Span, rows: Mapping[str, Rows]
    ) -> Batch:
        """A span's rows, with a marker for each day without rows, and what was fetched."""
        today = self.today(account)
        constants = {
            "report": report.name,
            "currency_code": account.currency_code,
            "time_zone": account.time_zone,
            "attribution_window": report.attribution_window,
            "fetched_on": today,
        }
        batch: Batch = {}
        for table in report.tables:
            part = self._batch(account, table, rows.get(table.name, []), constants)
            rejected = part.pop(REJECTED.name, None)
            _append(batch, REJECTED.name, rejected)
            key = {"account_id": account.id, "report": report.name, "fetched_on": today}
            batch[table.name] = self._with_markers(table, part[table.name], span, key)
        counts = _rows_by_day(batch[report.tables[0].name])
        fetches = [
            {
                "report": report.name,
                "date": day,
                "fetched_on": today,
                "row_count": counts[day],
                "is_partial": day == today,
            }
            for day in span.days
        ]
        return batch | self._batch(account, FETCHES, fetches, {})

    def _batch(
        self, account: Account, table: Table, rows: Rows, constants: Mapping[str, Any]
    ) -> Batch:
        known = {
            "store_id": self._store_id,
            "account_id": account.id,
            "fetched_at": self.options.read_at,
            **constants,
        }
        landed, bad = arrow(table, rows, known)
        return {table.name: landed} | self._rejected(account, bad)

    def _rejected(self, account: Account, bad: list[Rejected]) -> Batch:
        if not bad:
            return {}
        self._tally.rejected.update(row.table_name for row in bad)
        return self._batch(account, REJECTED, [asdict(row) for row in bad], {})

    def _with_markers(
        self, table: Table, rows: pa.Table, span: Span, key: Mapping[str, Any]
    ) -> pa.Table:
        """The rows, and for each day without any a row that lands nothing."""
        held = set(pc.unique(rows.column("date")).to_pylist())
        empty = [day for day in span.days if day not in held]
        self._tally.cleared[table.name] += len(empty)
        markers = pa.Table.from_pylist(
            [{"store_id": self._store_id, **key, "date": day} for day in empty],
            schema=table.arrow_schema(),
        )
        return pa.concat_tables([_marked(rows, None), _marked(markers, True)])


def _marked(rows: pa.Table, value: bool | None) -> pa.Table:
    return rows.append_column("_cleared", pa.repeat(pa.scalar(value, pa.bool_()), rows.num_rows))


def _append(batch: Batch, name: str, rows: pa.Table | None) -> None:
    if rows is not None:
        batch[name] = pa.concat_tables([batch[name], rows]) if name in batch else rows


def _rows_by_day(rows: pa.Table) -> Counter[date]:
    """How many rows each day has, markers left out."""
    landed = rows.filter(pc.is_null(rows.column("_cleared"))).column("date")
    return Counter(
        {found["values"]: found["counts"] for found in landed.value_counts().to_pylist()}
    )
