"""Runs dbt on a throw-away warehouse, and reads what it says of the run."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storehouse.settings import ROOT, Settings

PROJECT = ROOT / "dbt_project"
# The variable that names the folder in which parsed projects are kept; conftest.py sets it.
PARSED = "PARSED_PROJECTS"
# Tests that come with dbt and are written by nobody here.
OF_DBT = ("test_name:accepted_values", "test_name:relationships")


@dataclass(frozen=True)
class Dbt:
    """dbt on one warehouse as of one day; target and logs lie in a folder of their own."""

    settings: Settings
    folder: Path
    as_of: str
    variables: tuple[tuple[str, str], ...] = ()

    @property
    def target(self) -> Path:
        return self.folder / "target"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What the command printed; it may have failed."""
        return subprocess.run(
            self.command(*arguments),
            cwd=PROJECT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def command(self, *arguments: str) -> list[str]:
        """What runs dbt, to be started in the project's folder with `environment()`."""
        settings = {
            "as_of_date": self.as_of,
            "store_time_zone": self.settings.store_time_zone,
            "store_currency": self.settings.store_currency,
            "reporting_currency": self.settings.reporting_currency,
        }
        script = Path(__file__).with_name("dbt_parsed.py")
        dbt = [sys.executable, str(script), os.environ[PARSED], *arguments]
        return [*dbt, "--vars", json.dumps(settings)]

    def build(self, *arguments: str) -> None:
        """Build and test what the arguments select; single nodes may fail, dbt itself may not."""
        done = self.run("build", *arguments)
        assert done.returncode in (0, 1), done.stdout[-3000:] + done.stderr[-3000:]

    def statuses(self) -> dict[str, str]:
        """What became of each node in the last run, by its unique id."""
        return {result["unique_id"]: result["status"] for result in self._results()}

    def failures(self) -> list[str]:
        """What went wrong in the last run, a node and its message a line."""
        bad = [result for result in self._results() if result["status"] not in ("success", "pass")]
        return [f"{result['unique_id']}: {result['message']}" for result in bad]

    def _results(self) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = _json(self.target / "run_results.json")["results"]
        return results

    def manifest(self) -> dict[str, Any]:
        """The project as dbt parsed it."""
        return _json(self.target / "manifest.json")

    def environment(self) -> dict[str, str]:
        """The variables that dbt runs with."""
        return os.environ | {
            "WAREHOUSE": self.settings.warehouse,
            "DUCKDB_PATH": str(self.settings.duckdb_path),
            "SCHEMA_PREFIX": self.settings.schema_prefix,
            "DBT_PROFILES_DIR": str(PROJECT),
            "DBT_TARGET_PATH": str(self.target),
            "DBT_LOG_PATH": str(self.folder / "logs"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            **dict(self.variables),
        }


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text())
    return content
