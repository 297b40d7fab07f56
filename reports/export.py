"""Writes report tables and charts as files under `<folder>/<as-of date>/`, all of them or none."""

import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from reports.charts import FOLDER, write_charts
from reports.files import Exported, ExportedFile, exported_file
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


def export(
    settings: Settings,
    reports: Sequence[Report],
    as_of: date,
    to: Path,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Exported]:
    """Write all reports and charts beside that day's folder, then put them in its place at once."""
    folder = to / as_of.isoformat()
    try:
        to.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=to) as scratch:
            made = Path(scratch) / folder.name
            made.mkdir()
            exported = [_write(settings, report, made) for report in reports]
            charts = write_charts(settings, as_of, made)
            _write_manifest(made, as_of, exported, charts)
            _put_in_place(made, folder, Path(scratch))
    except OSError as error:
        raise ReportError(f"Reports cannot be written to {folder}: {error.strerror}.") from None
    _append_log(settings, [*exported, *charts], as_of, folder, now())
    return exported


def export_charts(settings: Settings, as_of: date, to: Path) -> list[Exported]:
    """Draw the charts of that day anew; its report tables, if there are some, stay."""
    folder = to / as_of.isoformat()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".charts-", dir=to) as scratch:
            charts = write_charts(settings, as_of, Path(scratch))
            if charts:
                _put_in_place(Path(scratch) / FOLDER, folder / FOLDER, Path(scratch))
                _list_charts(folder / "manifest.json", charts)
    except OSError as error:
        raise ReportError(f"Charts cannot be written to {folder}: {error.strerror}.") from None
    return charts


def _list_charts(manifest: Path, charts: Sequence[Exported]) -> None:
    """Put the charts in the place of those that the day's manifest lists."""
    if manifest.is_file():
        told = json.loads(manifest.read_text(encoding="utf-8"))
        _write_json(manifest, told | {"charts": [asdict(chart) for chart in charts]})


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
    return exported_file(path, folder)


def _write_manifest(
    folder: Path, as_of: date, exported: Sequence[Exported], charts: Sequence[Exported]
) -> None:
    content = {
        "as_of_date": as_of.isoformat(),
        "reports": [asdict(report) for report in exported],
        "charts": [asdict(chart) for chart in charts],
    }
    _write_json(folder / "manifest.json", content)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


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
