"""Exports the report tables. Run: python -m reports export [--as-of DATE] [--to FOLDER]"""

import argparse
import logging
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from reports import manifest
from reports.export import export
from reports.manifest import ReportError
from storehouse import settings as settings_module
from storehouse.settings import Settings, SettingsError
from storehouse.warehouse import WarehouseError

log = logging.getLogger("reports")


def main(arguments: list[str] | None = None) -> int:
    """Export; 0 when every report was written."""
    given = _parser().parse_args(arguments)
    log.setLevel(logging.INFO)
    settings_module.export_dotenv()
    try:
        settings = settings_module.load()
        _export(settings, given.as_of or _today(settings), given.to or settings.exports_dir)
    except (ReportError, SettingsError, WarehouseError) as error:
        log.error("%s", error)
        return 1
    return 0


def _export(settings: Settings, as_of: date, to: Path) -> None:
    reports = manifest.read(settings.dbt_target_dir / "manifest.json")
    exported = export(settings, reports, as_of, to.expanduser().absolute())
    rows = sum(report.rows for report in exported)
    log.info("%d report tables, %s rows in %s", len(exported), f"{rows:,}", to / as_of.isoformat())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    parser.add_argument("command", choices=("export",))
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="by default EXPORTS_DIR")
    return parser


def _today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(settings.store_time_zone)).date()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stdout)
    sys.exit(main())
