"""`python -m dlt_pipelines`, as a person or Airflow types it."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from dlt_pipelines import __main__ as command
from storehouse import warehouse
from tests.dlt_pipelines.conftest import raw, write_files

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def typed(prepared, monkeypatch, caplog):
    """Run the command in this process, on the test's warehouse."""
    monkeypatch.setenv("WAREHOUSE", "duckdb")
    monkeypatch.setenv("DUCKDB_PATH", str(prepared.duckdb_path))
    monkeypatch.setenv("STATE_DIR", str(prepared.state_dir))
    monkeypatch.delenv("FILES_DIR", raising=False)
    monkeypatch.delenv("SCHEMA_PREFIX", raising=False)
    caplog.set_level(logging.INFO, logger="dlt_pipelines")

    def run(*arguments: object) -> None:
        monkeypatch.setattr(sys, "argv", ["dlt_pipelines", *map(str, arguments)])
        command.main()

    return run


def test_a_folder_given_on_the_command_line_lands(typed, prepared, tmp_path):
    typed("files", write_files(tmp_path / "shop", {"products.csv": "sku\nA\n"}))
    assert raw(prepared, "products", "sku") == [("A",)]


def test_without_a_folder_files_dir_is_landed(typed, prepared, tmp_path, monkeypatch):
    folder = write_files(tmp_path / "shop", {"products.csv": "sku\nA\n"})
    monkeypatch.setenv("FILES_DIR", str(folder))
    typed("files")
    assert raw(prepared, "products", "sku") == [("A",)]


def test_without_any_folder_there_is_nothing_to_land(typed, prepared, caplog):
    typed("files")
    assert caplog.messages == ["FILES_DIR is not set: there are no files to land."]
    assert warehouse.read_table(prepared, "ops.loads").num_rows == 0


def test_prepare_tells_how_many_tables_it_made(typed, caplog):
    typed("prepare")
    assert caplog.messages == ["raw tables made or widened: 0"]


def test_a_folder_for_another_source_is_refused(typed, capsys):
    with pytest.raises(SystemExit, match="2"):
        typed("prepare", "somewhere")
    assert "prepare takes no folder" in capsys.readouterr().err


def test_an_error_is_one_line_on_stderr_and_exit_code_1(prepared, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "dlt_pipelines", "files", str(tmp_path / "missing")],
        cwd=ROOT,
        env={"WAREHOUSE": "duckdb", "DUCKDB_PATH": str(prepared.duckdb_path)},
        capture_output=True,
        text=True,
    )
    expected = f"The folder {tmp_path}/missing does not exist; give the one that holds the files.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected)
