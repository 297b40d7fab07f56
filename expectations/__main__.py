"""Checks a border of the warehouse. Run: python -m expectations raw|published [--as-of DATE]

A failed critical expectation ends with code 1 and a line that says what is wrong.
"""

import argparse
import logging
import os
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storehouse import settings as settings_module
from storehouse.settings import Settings, SettingsError
from storehouse.warehouse import WarehouseError

if TYPE_CHECKING:
    from expectations.results import Result

log = logging.getLogger("expectations")


def main(arguments: list[str] | None = None) -> int:
    """Check one border; 0 when nothing critical failed."""
    given = _parser().parse_args(arguments)
    log.setLevel(logging.INFO)
    settings_module.export_dotenv()
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    try:
        settings = settings_module.load()
        from expectations.run import run  # importing Great Expectations takes seconds

        found = run(
            settings,
            given.border,
            given.as_of or _today(settings),
            accept_row_counts=given.accept_row_counts,
        )
    except (SettingsError, WarehouseError) as error:
        log.error("%s", error)
        return 1
    return _tell(settings, given.border, found)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m expectations", description=__doc__)
    parser.add_argument("border", choices=("raw", "published"))
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE")
    parser.add_argument(
        "--accept-row-counts",
        action="store_true",
        help="take the rows that are there now for right, even where most of a table is gone",
    )
    return parser


def _today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(settings.store_time_zone)).date()


def _tell(settings: Settings, border: str, found: list["Result"]) -> int:
    """Warnings first, then one line for each critical failure; the last line sums up."""
    warnings = [each for each in found if not each.success and not each.stops_the_run]
    critical = [each for each in found if each.stops_the_run]
    for each in warnings:
        log.warning("warning: %s", each.message)
    for each in critical:
        log.error("critical: %s", each.message)
    log.info("Data Docs: %s", settings.gx_docs_dir / border / "index.html")
    if critical:
        more = f" (and {len(critical) - 1} more)" if len(critical) > 1 else ""
        log.error(
            "%d of %d checks failed: %s%s", len(critical), len(found), critical[0].message, more
        )
        return 1
    warned = f", {len(warnings)} warned" if warnings else ""
    log.info("%d checks passed%s", len(found) - len(warnings), warned)
    return 0


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stdout)
    sys.exit(main())
