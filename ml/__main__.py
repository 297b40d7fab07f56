"""Learns from the core tables. Run: python -m ml [allocation | attribution | ...] [--as-of DATE]"""

import argparse
import logging
import sys
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from dlt_pipelines.tables import Table
from ml.tasks import TASKS, Task
from storehouse import settings as settings_module
from storehouse import warehouse
from storehouse.settings import Settings, SettingsError
from storehouse.warehouse import WarehouseError

log = logging.getLogger("ml")


def main(arguments: list[str] | None = None) -> int:
    """Run one task, or all; 0 when every table was written."""
    given = _parser().parse_args(arguments)
    log.setLevel(logging.INFO)
    settings_module.export_dotenv()
    try:
        settings = settings_module.load()
        learn(settings, given.as_of or _today(settings), [given.task] if given.task else TASKS)
    except (SettingsError, WarehouseError) as error:
        log.error("%s", error)
        return 1
    return 0


def learn(settings: Settings, as_of: date, names: Sequence[str] | dict[str, Task]) -> None:
    """Run the named tasks and say in the last line what they wrote."""
    counts = {
        table: rows for name in names for table, rows in _run(settings, TASKS[name], as_of).items()
    }
    for table, rows in counts.items():
        log.info("raw_ml.%s: %s rows", table, f"{rows:,}")
    log.info("%s rows learned in %d tables", f"{sum(counts.values()):,}", len(counts))


def _run(settings: Settings, task: Task, as_of: date) -> dict[str, int]:
    frames = {
        name: warehouse.read_table(
            settings,
            source.relation,
            source.columns,
            source.where.format(as_of=as_of) if source.where else None,
        ).to_pandas()
        for name, source in task.reads.items()
    }
    learned = task.learn(frames)
    for table in task.writes:
        _write(settings, table, learned[table.name], as_of)
    return {table.name: len(learned[table.name]) for table in task.writes}


def _write(settings: Settings, table: Table, frame: pd.DataFrame, as_of: date) -> None:
    """Put the rows in the place of those of the run before, in the declared columns."""
    dated = frame.assign(as_of_date=as_of)[list(table.columns)].assign(_dlt_load_id=str(as_of))
    warehouse.write_frame(settings, f"raw_ml.{table.name}", dated, mode="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ml", description=__doc__)
    parser.add_argument("task", nargs="?", choices=tuple(TASKS), help="by default all of them")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE")
    return parser


def _today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(settings.store_time_zone)).date()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stdout)
    sys.exit(main())
