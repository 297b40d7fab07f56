"""The command line: the same steps as the DAGs, for a person. Run: storehouse --help"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from storehouse import airflow_home, warehouse
from storehouse import demo as demo_run
from storehouse import forecast as forecast_run
from storehouse import settings as settings_module
from storehouse import status as status_report
from storehouse.run import run_steps
from storehouse.settings import Settings, SettingsError
from storehouse.steps import STAGES, Run, run_of, selected, steps
from storehouse.warehouse import WarehouseError

app = typer.Typer(
    help="Storehouse: the data warehouse of an online shop.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="The last day that counts; by default today in the shop's time zone.",
    ),
]


@app.command()
def run(
    as_of: AsOf = None,
    sources: Annotated[
        str | None,
        typer.Option(help="Sources to land, with commas between; by default SOURCES_ENABLED."),
    ] = None,
    files: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder that the source `files` lands.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            "--steps", help=f"Stages or steps to run, with commas between: {', '.join(STAGES)}."
        ),
    ] = None,
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Land and build all again from the start.")
    ] = False,
) -> None:
    """Land, check, build, learn, check again and export."""
    console = _console()
    try:
        settings = _with_sources(settings_module.load(), sources, files)
        asked = run_of(settings, _day(settings, as_of).isoformat(), full_refresh)
        chosen = selected(steps(settings, asked), only.split(",") if only else STAGES)
        _tell_what_is_left_out(console, settings, asked)
        folder = settings.state_dir / "logs" / asked.as_of
        outcomes = run_steps(settings, chosen, console, folder)
    except (SettingsError, WarehouseError) as error:
        _stop(console, error)
    if not all(outcome.ok for outcome in outcomes):
        raise typer.Exit(1)
    seconds = sum(outcome.seconds for outcome in outcomes)
    console.print(f"{len(outcomes)} steps done in {seconds:.0f} s as of {asked.as_of}.")


@app.command()
def demo(
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help=f"The shop's last day; by default {demo_run.AS_OF}.",
        ),
    ] = None,
    orders: Annotated[int, typer.Option(help="About how many orders the shop has.")] = 40_000,
) -> None:
    """Make up a shop, serve it, and run the daily DAG on it in Airflow."""
    console = _console()
    try:
        ok = demo_run.run(
            settings_module.load(), as_of.date() if as_of else demo_run.AS_OF, orders, console
        )
    except (SettingsError, WarehouseError, demo_run.DemoError) as error:
        _stop(console, error)
    raise typer.Exit(0 if ok else 1)


@app.command()
def forecast(
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="The last day that counts; by default the day that the warehouse was built for.",
        ),
    ] = None,
    horizon: Annotated[int, typer.Option(help="How many days ahead, 1 to 365.")] = 90,
    level: Annotated[
        str | None,
        typer.Option(
            metavar="PERCENT",
            help="The interval beside those of 80 and 95 %; by default FORECAST_LEVEL.",
        ),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            metavar="LEVELS",
            help=f"With commas between; by default {','.join(forecast_run.LEVELS)}.",
        ),
    ] = None,
) -> None:
    """Forecast sales, demand and ads from what is built, and show what stores expect."""
    console = _console()
    try:
        settings = settings_module.load()
        asked = forecast_run.Asked(as_of, horizon, level, only)
        day, chosen = forecast_run.plan(settings, asked)
        outcomes = run_steps(settings, chosen, console, settings.state_dir / "logs" / day)
        if all(outcome.ok for outcome in outcomes):
            forecast_run.show(console, settings, day)
    except (SettingsError, WarehouseError) as error:
        _stop(console, error)
    raise typer.Exit(0 if all(outcome.ok for outcome in outcomes) else 1)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def sandbox(context: typer.Context) -> None:
    """Serve the made-up shop as Shopify's Admin API; options are those of `python -m sandbox`."""
    demo_run.serve_sandbox(context.args)


@app.command()
def status() -> None:
    """Tell the last loads, freshness, failed checks and exports."""
    console = _console()
    try:
        settings = settings_module.load()
        found = status_report.read(settings)
        status_report.show(console, settings, found)
    except (SettingsError, WarehouseError) as error:
        _stop(console, error)
    raise typer.Exit(0 if found.ok else 1)


@app.command()
def query(sql: Annotated[str, typer.Argument(help="A select, such as 'select 1'.")]) -> None:
    """Ask the warehouse; it is only read. At most 200 rows are shown."""
    console = _console()
    try:
        frame = warehouse.query(settings_module.load(), sql)
    except (SettingsError, WarehouseError) as error:
        _stop(console, error)
    console.print(status_report.table("", frame.columns, frame.head(200).to_dict("records")))


@app.command()
def airflow() -> None:
    """Start Airflow and its UI on localhost, with the DAGs of this project."""
    console = _console()
    try:
        airflow_home.serve(settings_module.load(), console)
    except SettingsError as error:
        _stop(console, error)


def _console() -> Console:
    settings_module.export_dotenv()
    console = Console()
    return console if console.is_terminal else Console(width=160)


def _stop(console: Console, error: Exception) -> NoReturn:
    console.print(str(error), style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1)


def _day(settings: Settings, as_of: datetime | None) -> date:
    """The asked day, or today in the shop's zone: the only place that reads the clock."""
    return as_of.date() if as_of else datetime.now(ZoneInfo(settings.store_time_zone)).date()


def _with_sources(settings: Settings, sources: str | None, files: Path | None) -> Settings:
    """The settings with what the options say in the place of the environment."""
    if sources:
        settings = replace(settings, sources=settings_module.parse_sources(sources, "--sources"))
    if files:
        settings = replace(settings, files_dir=files.expanduser().absolute())
    if settings.files_dir and not settings.files_dir.is_dir():
        raise SettingsError(f"There is no folder {settings.files_dir}; see --files and FILES_DIR.")
    if sources and "files" in settings.sources and not settings.files_dir:
        raise SettingsError("The source `files` needs a folder: --files DIR, or set FILES_DIR.")
    return settings


def _tell_what_is_left_out(console: Console, settings: Settings, asked: Run) -> None:
    if "files" in settings.sources and "files" not in asked.sources:
        console.print("No files to land: neither --files nor FILES_DIR is given.", style="dim")
