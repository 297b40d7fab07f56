"""The load log, ops.loads: what each run did to each raw table."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import pyarrow as pa

from storehouse import warehouse
from storehouse.settings import Settings

log = logging.getLogger(__name__)

NAME = "ops.loads"
SCHEMA = pa.schema(
    {
        "load_id": pa.string(),
        "source": pa.string(),
        "table_name": pa.string(),
        "rows_landed": pa.int64(),
        "rows_rejected": pa.int64(),
        "keys_repeated": pa.int64(),
        "status": pa.string(),
        "message": pa.string(),
        "started_at": pa.timestamp("us", tz="UTC"),
        "finished_at": pa.timestamp("us", tz="UTC"),
    }
)


@dataclass
class Tally:
    """What a source tells of its tables besides their rows, by table name.

    `read` holds the tables that were asked for, with or without rows; `skipped` says why one was
    left out; `cleared` counts marker rows (`_cleared`), which land nothing; `failed` says why an
    account could not be read while others landed, by account.
    """

    read: set[str] = field(default_factory=set)
    rejected: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)
    cleared: Counter[str] = field(default_factory=Counter)
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableLoad:
    """One row of the log. Status is loaded, failed or skipped_no_scope."""

    load_id: str | None
    source: str
    table_name: str | None
    rows_landed: int
    rows_rejected: int
    keys_repeated: int
    status: str
    message: str | None
    started_at: datetime
    finished_at: datetime


def loads(
    source: str,
    load_id: str | None,
    counts: Mapping[str, int],
    tally: Tally,
    started_at: datetime,
    finished_at: datetime,
) -> tuple[TableLoad, ...]:
    """One row for each table that a run landed, read or skipped; rejected rows stand in theirs.

    One more for each account that could not be read stands last.
    """
    landed = {name for name in counts if name != "rejected" and not name.startswith("_dlt")}
    tables = tuple(
        TableLoad(
            load_id,
            source,
            name,
            counts.get(name, 0) - tally.cleared[name],
            tally.rejected[name],
            tally.repeated[name],
            "skipped_no_scope" if name in tally.skipped else "loaded",
            tally.skipped.get(name),
            started_at,
            finished_at,
        )
        for name in sorted(landed | tally.read | tally.skipped.keys())
    )
    accounts = tuple(
        TableLoad(load_id, source, None, 0, 0, 0, "failed", message, started_at, finished_at)
        for message in tally.failed.values()
    )
    return tables + accounts


def failure(
    source: str, problem: Exception, started_at: datetime, finished_at: datetime
) -> TableLoad:
    """The one row of a run that landed nothing."""
    table_name = getattr(problem, "table_name", None)
    return TableLoad(
        None, source, table_name, 0, 0, 0, "failed", str(problem), started_at, finished_at
    )


def append(settings: Settings, rows: Iterable[TableLoad]) -> None:
    """Add rows to ops.loads."""
    records = [asdict(row) for row in rows]
    warehouse.write_frame(settings, NAME, pa.Table.from_pylist(records, schema=SCHEMA))


def tell(rows: Iterable[TableLoad]) -> None:
    """One line a table for whoever watches, and one for each account that failed."""
    for row in rows:
        if row.status == "failed":
            log.warning("%s: %s", row.source, row.message)
            continue
        notes = [f"{row.rows_landed:,} rows"]
        notes += [f"{row.rows_rejected:,} rejected"] if row.rows_rejected else []
        notes += [f"{row.keys_repeated:,} repeated keys"] if row.keys_repeated else []
        notes += [f"skipped: {row.message}"] if row.status == "skipped_no_scope" else []
        log.info("raw_%s.%s: %s", row.source, row.table_name, ", ".join(notes))


def utc_now() -> datetime:
    return datetime.now(UTC)
