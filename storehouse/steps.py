"""The one list of steps of a run. The command line and the DAGs are both made from it.

A step is a command that a person can type in the project's folder; `environment()` is what the
commands need beside the settings.
"""

import json
import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from storehouse.settings import ROOT, Settings, SettingsError

STAGES = ("prepare", "land", "check", "build", "learn", "export")
QUIET = {
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "PYTHONUNBUFFERED": "1",
}


@dataclass(frozen=True)
class Step:
    """One command, the steps it waits for, and what Airflow needs to know of it."""

    name: str
    stage: str
    label: str
    command: tuple[str, ...]
    after: tuple[str, ...] = ()
    retries: int = 0
    timeout: timedelta = timedelta(hours=1)
    publishes: tuple[str, ...] = ()

    @property
    def shell(self) -> str:
        """The command as one types it."""
        return shlex.join(self.command)


@dataclass(frozen=True)
class Run:
    """What is asked of one run; `as_of` is a date, or a template that Airflow renders to one."""

    as_of: str
    sources: tuple[str, ...]
    files_dir: Path | None = None
    full_refresh: bool = False


def run_of(settings: Settings, as_of: str, full_refresh: bool = False) -> Run:
    """A run of the enabled sources; `files` takes part when it has a folder."""
    sources = tuple(name for name in settings.sources if name != "files" or settings.files_dir)
    return Run(as_of, sources, settings.files_dir, full_refresh)


def steps(settings: Settings, run: Run) -> list[Step]:
    """Every step of a run, each after those it waits for."""
    prepare = _prepare(run)
    lands = [_land(source, run) for source in run.sources]
    check_raw = _check("raw", run, after=tuple(step.name for step in lands) or (prepare.name,))
    build_core = _build("core", settings, run, after=(check_raw.name,))
    learn = _learn(run, after=(build_core.name,))
    forecast = _forecast(run, after=(learn.name,))
    build_published = replace(
        _build("published", settings, run, after=(forecast.name,)),
        publishes=("inventory", "sales", "returns", "ads", "metrics"),
    )
    check_published = _check("published", run, after=(build_published.name,))
    export = _export(run, after=(check_published.name,))
    building = (build_core, learn, forecast, build_published)
    return [prepare, *lands, check_raw, *building, check_published, export]


def rebuild(as_of: str) -> Step:
    """Build, learn, check and export one day from what has landed."""
    stages = "build,learn,check_published,export"
    command = ("python", "-m", "storehouse", "run", "--steps", stages, "--as-of", as_of)
    return Step("rebuild", "build", f"Rebuild {as_of}", command, timeout=timedelta(hours=3))


def forecast_steps(settings: Settings, run: Run, options: Sequence[str] = ()) -> list[Step]:
    """A forecast by hand: its series as of that day, the forecast, its own tables, the charts."""
    series = _build("forecast_series", settings, run, after=(), left_out=("unit_test", "test"))
    forecast = _forecast(run, after=(series.name,), options=options)
    tables = _build("forecast", settings, run, after=(forecast.name,))
    charts = ("python", "-m", "reports", "charts", "--as-of", run.as_of)
    return [
        replace(series, label="Build the series"),
        forecast,
        replace(tables, label="Build the forecast's tables"),
        Step("charts", "export", "Draw the charts", charts, after=(tables.name,)),
    ]


def _prepare(run: Run) -> Step:
    command = ("python", "-m", "dlt_pipelines", "prepare", *_full_refresh(run))
    return Step("prepare", "prepare", "Prepare the raw tables", command)


def _land(source: str, run: Run) -> Step:
    folder = (str(run.files_dir),) if source == "files" and run.files_dir else ()
    return Step(
        name=f"land_{source}",
        stage="land",
        label=f"Land {source}",
        command=("python", "-m", "dlt_pipelines", source, *folder, *_full_refresh(run)),
        after=("prepare",),
        retries=2,
        timeout=timedelta(hours=6),
    )


def _check(border: str, run: Run, after: tuple[str, ...]) -> Step:
    command = ("python", "-m", "expectations", border, "--as-of", run.as_of)
    return Step(f"check_{border}", "check", f"Check {border} tables", command, after)


def _build(
    selector: str,
    settings: Settings,
    run: Run,
    after: tuple[str, ...],
    left_out: tuple[str, ...] = ("unit_test",),
) -> Step:
    command = (
        *("dbt", "build", "--project-dir", "dbt_project", "--profiles-dir", "dbt_project"),
        *("--selector", selector, "--exclude-resource-type", *left_out),
        *("--vars", _dbt_vars(settings, run), *_full_refresh(run)),
    )
    label = f"Build {selector} tables"
    return Step(f"build_{selector}", "build", label, command, after, timeout=timedelta(hours=3))


def _learn(run: Run, after: tuple[str, ...]) -> Step:
    command = ("python", "-m", "ml", "--as-of", run.as_of)
    return Step("learn", "learn", "Learn from the core tables", command, after)


def _forecast(run: Run, after: tuple[str, ...], options: Sequence[str] = ()) -> Step:
    command = ("python", "-m", "ml.forecast", "--as-of", run.as_of, *options)
    return Step("forecast", "learn", "Forecast sales, demand and ads", command, after)


def _export(run: Run, after: tuple[str, ...]) -> Step:
    command = ("python", "-m", "reports", "export", "--as-of", run.as_of)
    return Step("export", "export", "Export reports", command, after, publishes=("reports",))


def _full_refresh(run: Run) -> tuple[str, ...]:
    return ("--full-refresh",) if run.full_refresh else ()


def _dbt_vars(settings: Settings, run: Run) -> str:
    """The same text for every dbt command of a run, so that dbt parses the project once."""
    return json.dumps(
        {
            "as_of_date": run.as_of,
            "reporting_currency": settings.reporting_currency,
            "store_currency": settings.store_currency,
            "store_time_zone": settings.store_time_zone,
        }
    )


def selected(all_steps: Sequence[Step], wanted: Iterable[str]) -> list[Step]:
    """The steps of the named stages, or named themselves; SettingsError for an unknown name."""
    names = {name.strip() for name in wanted if name.strip()}
    known = {*STAGES, *(step.name for step in all_steps)}
    if unknown := sorted(names - known):
        raise SettingsError(
            f"--steps names {', '.join(unknown)}; it takes {', '.join(STAGES)} or a step's name."
        )
    chosen = [step for step in all_steps if step.stage in names or step.name in names]
    if not chosen:
        raise SettingsError(f"There is nothing to do for --steps {','.join(sorted(names))}.")
    return chosen


def environment(settings: Settings) -> dict[str, str]:
    """What the commands read beside the process's own variables: the settings, no telemetry."""
    given = {
        "WAREHOUSE": settings.warehouse,
        "DUCKDB_PATH": str(settings.duckdb_path),
        "SCHEMA_PREFIX": settings.schema_prefix,
        "STORE_TIME_ZONE": settings.store_time_zone,
        "STORE_CURRENCY": settings.store_currency,
        "REPORTING_CURRENCY": settings.reporting_currency,
        "SOURCES_ENABLED": ",".join(settings.sources),
        "FILES_DIR": str(settings.files_dir or ""),
        "EXPORTS_DIR": str(settings.exports_dir),
        "STATE_DIR": str(settings.state_dir),
        "GX_DOCS_DIR": str(settings.gx_docs_dir),
        "FORECAST_LEVEL": str(settings.forecast_level),
        "DBT_PROFILES_DIR": str(ROOT / "dbt_project"),
        "DBT_TARGET_PATH": str(settings.dbt_target_dir),
        "DBT_LOG_PATH": str(settings.state_dir / "logs"),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}".rstrip(os.pathsep),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    return QUIET | given
