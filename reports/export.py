"""Writes every report table as files under `<folder>/<as-of date>/`, all of them or none."""

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from reports.manifest import Report, ReportError
from reports.writers import WRITERS
from storehouse import warehouse
from storehouse.settings import Settings

log = logging.getLogger(__name__)

LOG_NAME = "ops.export_log"
LOG_SCHEMA = pa.schema(
    {
        "exported_at": pa.timestamp("us", tz="UTC"),
        "as_of_date": pa.date32(),
        "folder": pa.string(),
        "table_name": pa.string(),
        "title": pa.string(),
        "format": pa.string(),
        "row_count": pa.int64(),
        "bytes": pa.int64(),
        "sha256": pa.string(),
    }
)


@dataclass(frozen=True)
class ExportedFile:
    """One file of one report, with what proves that it is whole."""

    format: str
    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Exported:
    """One report as exported."""

    table: str
    title: str
    schedule: str
    rows: int
    files: tuple[ExportedFile, ...]


def export(
    settings: Settings,
    reports: Sequence[Report],
    as_of: date,
    to: Path,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Exported]:
    """Write all reports beside the folder of that day, then put them in its place at once."""
    folder = to / as_of.isoformat()
    try:
        to.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=to) as scratch:
            made = Path(scratch) / folder.name
            made.mkdir()
            exported = [_write(settings, report, made) for report in reports]
            _write_manifest(made, as_of, exported)
            _put_in_place(made, folder, Path(scratch))
    except OSError as error:
        raise ReportError(f"Reports cannot be written to {folder}: {error.strerror}.") from None
    _append_log(settings, exported, as_of, folder, now())
    return exported


def _write(settings: Settings, report: Report, folder: Path) -> Exported:
    unknown = sorted(set(report.formats) - set(WRITERS))
    if unknown:
        allowed = ", ".join(WRITERS)
        raise ReportError(f"{report.relation}: no format {', '.join(unknown)}; there is {allowed}.")
    table = warehouse.read_table(settings, report.relation)
    table = table.sort_by([(column, "ascending") for column in table.column_names])
    files = tuple(_write_file(table, report.table, name, folder) for name in report.formats)
    log.info("%s: %s rows", report.relation, f"{table.num_rows:,}")
    return Exported(report.table, report.title, report.schedule, table.num_rows, files)


def _write_file(table: pa.Table, name: str, kind: str, folder: Path) -> ExportedFile:
    path = folder / f"{name}.{kind}"
    WRITERS[kind](table, path)
    content = path.read_bytes()
    return ExportedFile(kind, path.name, len(content), hashlib.sha256(content).hexdigest())


def _write_manifest(folder: Path, as_of: date, exported: Sequence[Exported]) -> None:
    content = {
        "as_of_date": as_of.isoformat(),
        "reports": [asdict(report) for report in exported],
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _put_in_place(made: Path, folder: Path, scratch: Path) -> None:
    """Swap folders by renaming, so that a reader finds the old files or the new ones."""
    if folder.exists():
        folder.rename(scratch / "old")
    shutil.move(made, folder)


def _append_log(
    settings: Settings,
    exported: Sequence[Exported],
    as_of: date,
    folder: Path,
    exported_at: datetime,
) -> None:
    records = [
        {
            "exported_at": exported_at,
            "as_of_date": as_of,
            "folder": str(folder),
            "table_name": report.table,
            "title": report.title,
            "format": file.format,
            "row_count": report.rows,
            "bytes": file.bytes,
            "sha256": file.sha256,
        }
        for report in exported
        for file in report.files
    ]
    warehouse.write_frame(settings, LOG_NAME, pa.Table.from_pylist(records, schema=LOG_SCHEMA))
