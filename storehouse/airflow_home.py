"""Airflow for one machine: its own folder and SQLite database, and this project's DAGs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from storehouse.settings import ROOT, Settings, SettingsError
from storehouse.steps import environment

POOL = ("warehouse", "1", "One writer at a time: DuckDB has no more")


def airflow_environment(settings: Settings) -> dict[str, str]:
    """The variables of every Airflow process; those that are set already go before them."""
    ours = {
        "AIRFLOW_HOME": str(settings.airflow_home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
    }
    return ours | dict(os.environ) | environment(settings)


def command(*arguments: str) -> list[str]:
    """`airflow ...` of this environment."""
    return [str(Path(sys.executable).parent / "airflow"), *arguments]


def set_up(settings: Settings) -> None:
    """Make Airflow's database the first time, and the pool that keeps DuckDB to one writer."""
    if shutil.which(command()[0]) is None:
        raise SettingsError("Airflow is not installed here; run `make setup`.")
    marker = settings.airflow_home / "ready"
    if marker.exists():
        return
    settings.airflow_home.mkdir(parents=True, exist_ok=True)
    for arguments in (("db", "migrate"), ("pools", "set", *POOL)):
        done = subprocess.run(
            command(*arguments),
            env=airflow_environment(settings),
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise SettingsError(f"airflow {arguments[0]} failed: {' '.join(last)}")
    marker.touch()


def serve(settings: Settings, console: Console) -> NoReturn:
    """Become `airflow standalone`: the UI on this machine alone, with a password."""
    set_up(settings)
    passwords = settings.airflow_home / "simple_auth_manager_passwords.json.generated"
    console.print(f"Airflow's UI: http://localhost:8080, user admin, password in {passwords}")
    os.chdir(ROOT)
    os.execve(command()[0], command("standalone"), airflow_environment(settings))
