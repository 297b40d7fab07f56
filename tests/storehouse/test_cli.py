"""The command line, with commands that only pretend."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from storehouse import cli, demo, warehouse
from storehouse.display import Display
from storehouse.settings import Settings
from storehouse.steps import Step
from tests.small_warehouse import put

runner = CliRunner()


@pytest.fixture
def shop(settings: Settings, monkeypatch) -> Settings:
    """The variables of the process name this test's warehouse."""
    for name, value in {
        "WAREHOUSE": "duckdb",
        "DUCKDB_PATH": settings.duckdb_path,
        "STATE_DIR": settings.state_dir,
        "EXPORTS_DIR": settings.exports_dir,
        "GX_DOCS_DIR": settings.gx_docs_dir,
        "FILES_DIR": "",
        "SOURCES_ENABLED": "shopify,files",
        "STORE_TIME_ZONE": "UTC",
    }.items():
        monkeypatch.setenv(name, str(value))
    return settings


def pretend(name: str, code: str, stage: str = "land") -> Step:
    return Step(name, stage, name.capitalize(), (sys.executable, "-c", code))


@pytest.fixture
def plan(monkeypatch):
    """Put steps in the place of the real ones; tells with which settings and run."""
    asked = []

    def use(*planned: Step):
        monkeypatch.setattr(cli, "steps", lambda *given: asked.append(given) or list(planned))
        return asked

    return use


def test_a_run_whose_steps_all_end_well_returns_0_and_tells_each_in_a_line(shop, plan):
    plan(pretend("one", "print('3 rows')"), pretend("two", "print('fine')"))
    result = runner.invoke(cli.app, ["run", "--as-of", "2026-03-31"])
    assert result.exit_code == 0
    done = [line for line in result.output.splitlines() if line.startswith("done")]
    assert [line.split()[1] for line in done] == ["one", "two"]
    assert done[0].endswith("3 rows")


def test_a_failed_step_returns_1_stops_the_run_and_says_why_and_where_its_log_is(shop, plan):
    plan(
        pretend("one", "print('disk full'); raise SystemExit(2)"),
        pretend("two", "open('never', 'w')"),
    )
    result = runner.invoke(cli.app, ["run", "--as-of", "2026-03-31"])
    assert result.exit_code == 1
    assert "one failed: disk full" in result.output
    log = shop.state_dir / "logs" / "2026-03-31" / "one.log"
    assert f"Its log:   {log}" in result.output
    assert "disk full" in log.read_text()
    assert "not run  two" in result.output


def test_only_the_asked_stages_run(shop, plan):
    plan(pretend("first", "print(1)"), pretend("second", "print(2)", stage="build"))
    result = runner.invoke(cli.app, ["run", "--as-of", "2026-03-31", "--steps", "build"])
    assert "done     second" in result.output
    assert "first" not in result.output


def test_an_unknown_stage_returns_1_with_one_line(shop, plan):
    plan(pretend("one", "print(1)"))
    result = runner.invoke(cli.app, ["run", "--steps", "fly"])
    assert result.exit_code == 1
    assert "--steps names fly" in result.output


def test_the_options_reach_the_steps(shop, plan, tmp_path):
    asked = plan(pretend("one", "print(1)"))
    options = ["--sources", "files", "--files", str(tmp_path), "--as-of", "2011-12-09"]
    runner.invoke(cli.app, ["run", *options, "--full-refresh"])
    ((_, run),) = asked
    assert (run.as_of, run.sources, run.files_dir, run.full_refresh) == (
        "2011-12-09",
        ("files",),
        tmp_path,
        True,
    )


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--sources", "fax"], "--sources is 'fax'; it must be one of shopify, files"),
        (["--sources", "files"], "needs a folder: --files DIR"),
        (["--files", "/no/such/folder"], "There is no folder /no/such/folder"),
    ],
)
def test_options_that_cannot_be_used_return_1_with_one_line(shop, plan, options, says):
    plan(pretend("one", "print(1)"))
    result = runner.invoke(cli.app, ["run", *options])
    assert result.exit_code == 1
    assert says in result.output


def test_a_date_that_is_none_is_refused(shop):
    assert runner.invoke(cli.app, ["run", "--as-of", "tomorrow"]).exit_code == 2


def test_a_bad_setting_returns_1_with_one_line(shop, monkeypatch):
    monkeypatch.setenv("WAREHOUSE", "oracle")
    for command in ("run", "status", "demo"):
        result = runner.invoke(cli.app, [command])
        assert result.exit_code == 1
        assert "WAREHOUSE is 'oracle'" in result.output


def test_status_before_anything_ran_says_what_to_do(shop):
    result = runner.invoke(cli.app, ["status"])
    assert result.exit_code == 0
    assert "Nothing has landed yet: storehouse run" in result.output


def test_a_query_shows_its_rows(shop):
    put(shop, "sales.metrics", store_id=["all", None], revenue=[1234.5, None])
    result = runner.invoke(cli.app, ["query", "select * from sales.metrics order by 1"])
    assert result.exit_code == 0
    assert [line.split() for line in result.output.splitlines()[:2]] == [
        ["store", "id", "revenue"],
        ["all", "1,234.50"],
    ]


def test_a_query_that_fails_returns_1_with_one_line(shop):
    put(shop, "sales.metrics", store_id=["all"])
    result = runner.invoke(cli.app, ["query", "select * from sales.nothing"])
    assert result.exit_code == 1
    assert "has not run yet" in result.output
    assert len(result.output.splitlines()) == 1


def landed(settings: Settings, status: str) -> None:
    at = datetime(2026, 3, 31, 5, tzinfo=UTC)
    put(
        settings,
        "ops.loads",
        source=["shopify", "shopify"],
        table_name=["orders", "orders"],
        rows_landed=[9, 40],
        rows_rejected=[0, 1],
        status=["loaded", status],
        message=[None, "token refused" if status == "failed" else None],
        started_at=[at.replace(hour=4), at],
        finished_at=[at.replace(hour=4), at],
    )


def test_status_tells_the_last_load_freshness_and_failed_checks(shop):
    landed(shop, "loaded")
    put(shop, "core.orders", order_day=[date(2026, 3, 30)], is_valid=[True])
    put(
        shop,
        "ops.quality_results",
        run_at=[datetime(2026, 3, 31, 5, tzinfo=UTC)] * 2,
        border=["raw", "raw"],
        severity=["warning", "critical"],
        table_name=["raw_shopify.orders"] * 2,
        column_name=["sku", "id"],
        success=[False, True],
        message=["a sku is odd", None],
    )
    result = runner.invoke(cli.app, ["status"])
    assert result.exit_code == 0
    assert "40" in result.output
    assert "Newest order: 2026-03-30" in result.output
    assert "a sku is odd" in result.output


def test_status_returns_1_when_the_last_load_failed(shop):
    landed(shop, "failed")
    result = runner.invoke(cli.app, ["status"])
    assert result.exit_code == 1
    assert "token refused" in result.output


def test_status_returns_1_when_a_critical_check_failed_last_time(shop):
    put(
        shop,
        "ops.quality_results",
        run_at=[datetime(2026, 3, 31, 5, tzinfo=UTC)],
        border=["raw"],
        severity=["critical"],
        table_name=["raw_shopify.orders"],
        column_name=["id"],
        success=[False],
        message=["an id repeats"],
    )
    assert runner.invoke(cli.app, ["status"]).exit_code == 1


def test_a_terminal_sees_a_live_table_of_steps(shop, tmp_path):
    console = Console(force_terminal=True, width=100, file=(tmp_path / "screen").open("w"))
    step = pretend("one", "print(1)")
    with Display(console, [step]) as display:
        display.started(step)
        display.said(step, "halfway there")
    console.file.close()
    screen = (tmp_path / "screen").read_text()
    assert "One" in screen
    assert "halfway there" in screen


def test_a_step_that_says_how_far_it_is_has_a_bar_in_a_terminal(shop, tmp_path):
    console = Console(force_terminal=True, width=100, file=(tmp_path / "screen").open("w"))
    step = pretend("one", "print(1)")
    with Display(console, [step]) as display:
        display.started(step)
        display.said(step, "forecast: 320 of 640 series")
    console.file.close()
    screen = (tmp_path / "screen").read_text()
    assert "━" * 12 in screen
    assert "320 of 640 series" in screen


AIRFLOW_LOG = """\
2026-11-22T17:25:18.706189Z [info     ] [DAG TEST] starting task_id=one map_index=-1 [a.b] loc=d:1
2026-11-22T17:25:25.968589Z [info     ] 51 tables [airflow.task.operators.dags.X] loc=r.py:59
2026-11-22T17:25:26.299826Z [info     ] ::group::Post Execute          [task] loc=t.py:1580
2026-11-22T17:25:26.336521Z [info     ] [DAG TEST] end task task_id=one map_index=-1 [a.b] loc=d:2
2026-11-22T17:25:26.342196Z [info     ] [DAG TEST] starting task_id=two map_index=-1 [a.b] loc=d:1
2026-11-22T17:25:27.376391Z [info     ] trying   [airflow.task.operators.dags.X] loc=r.py:59
airflow.sdk.exceptions.AirflowException: two failed: no such token
2026-11-22T17:25:28.336521Z [info     ] [DAG TEST] end task task_id=two map_index=-1 [a.b] loc=d:2
"""


def test_the_demo_reads_how_each_task_ended_from_airflows_log(tmp_path):
    planned = [pretend("one", ""), pretend("two", ""), pretend("three", "")]
    display = Display(Console(width=100, file=(tmp_path / "screen").open("w")), planned)
    lines = AIRFLOW_LOG.splitlines(keepends=True)
    outcomes = list(demo.follow(lines, planned, display, Path("demo.log")))
    assert [(outcome.step.name, outcome.ok, outcome.line) for outcome in outcomes] == [
        ("one", True, "51 tables"),
        ("two", False, "no such token"),
    ]


def test_the_demo_does_not_touch_a_warehouse_that_holds_another_shop(shop):
    put(shop, "raw_shopify.shop", myshopify_domain=["acme.myshopify.com"])
    result = runner.invoke(cli.app, ["demo"])
    assert result.exit_code == 1
    assert "holds the shop acme.myshopify.com; set DUCKDB_PATH" in result.output
    assert warehouse.tables(shop, "ops") == []


def test_the_demo_of_another_day_has_its_own_warehouse(settings):
    other = demo.demo_settings(settings, date(2026, 5, 1))
    assert other.duckdb_path.name == "demo_2026-05-01.duckdb"
    assert demo.demo_settings(settings, demo.AS_OF).duckdb_path == settings.duckdb_path
