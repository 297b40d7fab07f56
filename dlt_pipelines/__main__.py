"""Lands a source. Run: python -m dlt_pipelines SOURCE | files [DIR] | prepare [--full-refresh]"""

import argparse
import logging
import sys
from importlib import import_module
from pathlib import Path

from dlt_pipelines import landing
from dlt_pipelines.errors import LandingError
from storehouse import settings as settings_module
from storehouse import warehouse
from storehouse.settings import Settings, SettingsError

log = logging.getLogger("dlt_pipelines")


def main() -> None:
    """Land, or say in one line why not."""
    arguments = _arguments()
    logging.basicConfig(stream=sys.stdout, level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    try:
        settings_module.export_dotenv()
        _land(settings_module.load(), arguments)
    except (LandingError, SettingsError, warehouse.WarehouseError) as error:
        sys.exit(str(error))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dlt_pipelines", description=__doc__)
    parser.add_argument("source", choices=[*landing.declared(), "prepare"])
    parser.add_argument("directory", nargs="?", type=Path, help="files: the folder, else FILES_DIR")
    parser.add_argument("--full-refresh", action="store_true", help="forget the cursors first")
    arguments = parser.parse_args()
    if arguments.directory and arguments.source != "files":
        parser.error(f"{arguments.source} takes no folder")
    return arguments


def _land(settings: Settings, arguments: argparse.Namespace) -> None:
    if arguments.source == "prepare":
        changed = landing.prepare(settings)
        log.info("raw tables made or widened: %s", len(changed))
    elif arguments.source == "files":
        _land_files(settings, arguments.directory or settings.files_dir, arguments.full_refresh)
    else:
        source = import_module(f"dlt_pipelines.{arguments.source}")
        source.land(settings, full_refresh=arguments.full_refresh)


def _land_files(settings: Settings, directory: Path | None, full_refresh: bool) -> None:
    from dlt_pipelines import files

    if directory is None:
        log.info("FILES_DIR is not set: there are no files to land.")
        return
    landing.run(
        settings,
        "files",
        lambda tally: files.source(settings, directory, tally),
        full_refresh=full_refresh,
    )


if __name__ == "__main__":
    main()
