"""Exports the report tables and charts, or draws the charts alone.

Run: python -m reports export|charts [--as-of DATE] [--to FOLDER]
"""

import argparse
import logging
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from reports import manifest
from reports.charts import FOLDER
from reports.export import export, export_charts
from reports.manifest import ReportError
from storehouse import settings as settings_module
from storehouse.settings import Settings, SettingsError
from storehouse.warehouse import WarehouseError

log = logging.getLogger("reports")


def main(arguments: list[str] | None = None) -> int:
    """Export; 0 when every file was written."""
    given = _parser().parse_args(arguments)
    log.setLevel(logging.INFO)
    settings_module.export_dotenv()
    try:
        settings = settings_module.load()
        to = (given.to or settings.exports_dir).expanduser().absolute()
        COMMANDS[given.command](settings, given.as_of or _today(settings), to)
    except (ReportError, SettingsError, WarehouseError) as error:
        log.error("%s", error)
        return 1
    return 0


def _export(settings: Settings, as_of: date, to: Path) -> None:
    reports = manifest.read(settings.dbt_target_dir / "manifest.json")
    exported = export(settings, reports, as_of, to)
    rows = sum(report.rows for report in exported)
    log.info("%d report tables, %s rows in %s", len(exported), f"{rows:,}", to / as_of.isoformat())


def _charts(settings: Settings, as_of: date, to: Path) -> None:
    charts = export_charts(settings, as_of, to)
    log.info("%d charts in %s", len(charts), to / as_of.isoformat() / FOLDER)


COMMANDS: dict[str, Callable[[Settings, date, Path], None]] = {
    "export": _export,
    "charts": _charts,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    parser.add_argument("command", choices=tuple(COMMANDS))
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="by default EXPORTS_DIR")
    return parser


def _today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(settings.store_time_zone)).date()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stdout)
    sys.exit(main())
