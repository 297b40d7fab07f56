"""The demo: a made-up shop is served, and Airflow runs the daily DAG on it."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn, TextIO

from rich.console import Console

from storehouse import airflow_home, summary, warehouse
from storehouse.display import Display
from storehouse.parse_ahead import reading_project
from storehouse.run import tell_failure
from storehouse.runner import Outcome
from storehouse.settings import ROOT, Settings
from storehouse.steps import Step, run_of, steps

AS_OF = date(2026, 6, 30)
ADS = ("google_ads", "facebook_ads", "amazon_ads", "tiktok_ads", "ga4")
AD_DAYS = 120  # as many days of ads as land while one waits
ZONE, CURRENCY = "America/New_York", "USD"
_TASK = re.compile(r"\[DAG TEST\] (starting|end task) task_id=(\w+)")
_SAID = re.compile(r"^\S+ \[info *\] (.*?) +\[airflow\.task\.operators\.")
_FAILED = re.compile(r"AirflowException: \w+ failed: (.*)")


class DemoError(RuntimeError):
    """The demo cannot run; the text says why and what to do."""


def run(settings: Settings, as_of: date, orders: int, console: Console) -> bool:
    """Run the demo and print what it made; True when all went well."""
    settings = demo_settings(settings, as_of)
    _refuse_other_data(settings)
    began = time.monotonic()
    console.print(f"Making up a shop of {orders:,} orders that ends on {as_of} ...", style="dim")
    planned = steps(settings, run_of(settings, as_of.isoformat()))
    with (
        reading_project(settings, planned),
        sandbox(
            as_of, orders, settings.files_dir, lambda: airflow_home.set_up(settings)
        ) as variables,
    ):
        outcomes = _run_dag(settings, as_of, planned, variables, console)
    if not outcomes or not outcomes[-1].ok:
        return False
    summary.show(console, settings, as_of, time.monotonic() - began)
    return True


def demo_settings(settings: Settings, as_of: date) -> Settings:
    """The sandbox's shop and spreadsheets on DuckDB, whatever the environment names.

    Another day than the usual one has a warehouse of its own.
    """
    path = settings.duckdb_path
    return replace(
        settings,
        warehouse="duckdb",
        duckdb_path=path if as_of == AS_OF else path.with_name(f"demo_{as_of}.duckdb"),
        schema_prefix="",
        sources=("shopify", "files", *ADS),
        files_dir=settings.state_dir / "demo_files",
        store_time_zone=ZONE,
        store_currency=CURRENCY,
        reporting_currency="",
    )


def _refuse_other_data(settings: Settings) -> None:
    """Two shops in one warehouse would be a third that nobody has."""
    if not settings.duckdb_path.exists() or not warehouse.exists(settings, "raw_shopify.shop"):
        return
    shops = warehouse.read_table(settings, "raw_shopify.shop", ["myshopify_domain"])
    others = {shop for shop in shops["myshopify_domain"].to_pylist() if "sandbox" not in str(shop)}
    if others:
        raise DemoError(
            f"{settings.duckdb_path} holds the shop {', '.join(map(str, others))}; "
            "set DUCKDB_PATH to another file for the demo."
        )


@contextmanager
def sandbox(
    as_of: date, orders: int, planning: Path | None, meanwhile: Callable[[], None]
) -> Iterator[dict[str, str]]:
    """A running sandbox; yields the variables with which landing finds it.

    `meanwhile` is done while the shop is made up.
    """
    spreadsheets = ("--planning", str(planning)) if planning else ()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "sandbox", "--port", "0"),
            *("--end", as_of.isoformat(), "--orders", str(orders)),
            *spreadsheets,
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        meanwhile()
        *variables, last = _until_ready(process.stdout)
        if last != "ready":
            _, errors = process.communicate()
            raise DemoError(f"The sandbox did not start: {errors.strip().splitlines()[-1:]}")
        start = as_of - timedelta(days=AD_DAYS)
        yield {
            **dict(line.split("=", 1) for line in variables),
            **{f"SOURCES__{source.upper()}__START_AT": start.isoformat() for source in ADS},
        }
    finally:
        process.terminate()
        process.wait()


def _until_ready(lines: Iterable[str]) -> list[str]:
    """The lines up to `ready`; the last one is another when they end before."""
    said = [""]
    for line in lines:
        said.append(line.strip())
        if said[-1] == "ready":
            break
    return said[1:] or said


def serve_sandbox(arguments: Iterable[str]) -> NoReturn:
    """Become `python -m sandbox`."""
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "sandbox", *arguments])


def _run_dag(
    settings: Settings,
    as_of: date,
    planned: Sequence[Step],
    variables: dict[str, str],
    console: Console,
) -> list[Outcome]:
    """`airflow dags test storehouse_daily`, its tasks shown as the steps they are."""
    log_file = settings.state_dir / "logs" / "demo.log"
    log_file.parent.mkdir(parents=True, exist_ok=True)
    asked = json.dumps({"as_of": as_of.isoformat()})
    with (
        log_file.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            airflow_home.command("dags", "test", "storehouse_daily", "-c", asked),
            env=airflow_home.airflow_environment(settings) | {"MOST_RETRIES": "0"} | variables,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
        Display(console, planned) as display,
    ):
        assert process.stdout is not None
        try:
            outcomes = list(follow(_copied(process.stdout, log), planned, display, log_file))
        except BaseException:
            process.terminate()
            raise
    if process.returncode and all(outcome.ok for outcome in outcomes):
        raise DemoError(f"Airflow ended with code {process.returncode}; its log: {log_file}")
    if outcomes:
        tell_failure(console, outcomes[-1])
    return outcomes


def _copied(lines: Iterable[str], log: TextIO) -> Iterator[str]:
    for line in lines:
        log.write(line)
        log.flush()
        yield line


def follow(
    lines: Iterable[str], planned: Sequence[Step], display: Display, log_file: Path
) -> Iterator[Outcome]:
    """Airflow's log as the steps' outcomes, shown while it is written."""
    by_name = {step.name: step for step in planned}
    began, said, failure = 0.0, "", ""
    for line in lines:
        if task := _TASK.search(line):
            step = by_name[task[2]]
            if task[1] == "starting":
                began, said, failure = time.monotonic(), "", ""
                display.started(step)
            else:
                seconds = time.monotonic() - began
                outcome = Outcome(step, int(bool(failure)), seconds, failure or said, log_file)
                display.ended(outcome)
                yield outcome
        elif told := _SAID.match(line):
            said = told[1]
            display.said(step, said)
        elif failed := _FAILED.search(line):
            failure = failed[1]
