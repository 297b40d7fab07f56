"""A run that dies at any point and is repeated leaves the same tables as one that did not."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dlt_pipelines.files.tables import RAW_TABLES
from storehouse import warehouse
from storehouse.settings import Settings
from tests.dlt_pipelines.conftest import write_files
from tests.small_warehouse import duckdb_settings

ROOT = Path(__file__).resolve().parents[2]

# Where the process kills itself: while the second table is extracted; when all is extracted; when
# the first load jobs have run but are not noted; before the load is marked as whole.
POINTS = {
    "extracting": "dlt.extract.extractors.ArrowExtractor._write_item",
    "normalizing": "dlt.normalize.normalize.Normalize.run",
    "loading": "dlt.load.load.Load.complete_jobs",
    "completing": "dlt.load.load.Load.complete_package",
}
KILLED_RUN = """
import os, signal, sys
from importlib import import_module
import dlt_pipelines.__main__ as main
module, kind, method = sys.argv.pop(1).rsplit(".", 2)
target = getattr(import_module(module), kind)
original, calls = getattr(target, method), []
def dying(*args, **kwargs):
    calls.append(1)
    if len(calls) == int(os.environ["DIE_AT_CALL"]):
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*args, **kwargs)
setattr(target, method, dying)
main.main()
"""

Tables = dict[str, list[str]]

FIRST = {
    "orders.csv": "order_id,order_date,order_status\n1,2026-03-07,pending\n",
    "order_items.csv": "order_id,sku,quantity,unit_price\n1,A,1,2.00\n9,A,1,2.00\n",
}
SECOND = {
    "orders.csv": "order_id,order_date,order_status\n1,2026-03-07,completed\n2,2026-03-08,pending",
    "order_items.csv": "order_id,sku,quantity,unit_price\n1,A,1,2.00\n2,B,3,1.50\n2,B,x,1.50\n",
    "products.csv": "sku,shelf\nA,1\nA,2\n",
}


def run(settings: Settings, folder: Path, *, die_in: str = "", at_call: int = 1) -> int:
    """Land the folder in a process of its own; returns its exit code."""
    command = [sys.executable, "-m", "dlt_pipelines", "files", str(folder)]
    if die_in:
        command = [sys.executable, "-c", KILLED_RUN, die_in, "files", str(folder)]
    variables = {
        "WAREHOUSE": "duckdb",
        "DUCKDB_PATH": str(settings.duckdb_path),
        "STATE_DIR": str(settings.state_dir),
        "DIE_AT_CALL": str(at_call),
    }
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True)
    return done.returncode


def contents(settings: Settings) -> Tables:
    """Every raw table's rows, without the load they came with."""
    found = {}
    for table in RAW_TABLES:
        rows: list[dict[str, Any]] = warehouse.read_table(
            settings, f"raw_files.{table.name}"
        ).to_pylist()
        found[table.name] = sorted(str({**row, "_dlt_load_id": None}) for row in rows)
    return found


@pytest.fixture(scope="module")
def landed_first(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A warehouse that holds the first folder; copied, never changed."""
    folder = tmp_path_factory.mktemp("first")
    settings = duckdb_settings(folder)
    assert run(settings, write_files(folder / "files", FIRST)) == 0
    return settings


@pytest.fixture(scope="module")
def undisturbed(landed_first: Settings, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """What the second folder leaves when nothing goes wrong."""
    folder = tmp_path_factory.mktemp("undisturbed")
    settings = duckdb_settings(folder)
    shutil.copy(landed_first.duckdb_path, settings.duckdb_path)
    assert run(settings, write_files(folder / "files", SECOND)) == 0
    return contents(settings)


@pytest.mark.parametrize(
    ("point", "at_call"), [("extracting", 2), ("normalizing", 1), ("loading", 2), ("completing", 1)]
)
def test_a_killed_run_that_is_repeated_leaves_what_an_undisturbed_one_leaves(
    point, at_call, settings, tmp_path, landed_first, undisturbed
):
    second = write_files(tmp_path / "second", SECOND)
    shutil.copy(landed_first.duckdb_path, settings.duckdb_path)

    killed = run(settings, second, die_in=POINTS[point], at_call=at_call)
    assert killed == -signal.SIGKILL
    assert run(settings, second) == 0
    assert contents(settings) == undisturbed
