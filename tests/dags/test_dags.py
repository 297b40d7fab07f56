"""The DAG files, as Airflow reads them."""

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bag(tmp_path_factory):
    """The bag of the project's DAG folder, in an Airflow home of its own."""
    home = tmp_path_factory.mktemp("airflow")
    before = dict(os.environ)
    os.environ |= {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "WAREHOUSE": "duckdb",
        "SOURCES_ENABLED": "shopify,files",
        "FILES_DIR": str(home),
        "STORE_TIME_ZONE": "America/New_York",
    }
    handlers = list(logging.getLogger().handlers)
    from airflow.dag_processing.dagbag import DagBag

    yield DagBag(dag_folder=str(ROOT / "dags"))
    logging.getLogger().handlers[:] = handlers  # importing Airflow puts its own there
    os.environ.clear()
    os.environ.update(before)


def test_the_dags_import_and_there_are_some(bag):
    assert bag.import_errors == {}
    assert set(bag.dags) == {"storehouse_daily", "storehouse_backfill"}


def test_the_daily_dag_has_the_steps_of_a_run_in_their_order(bag):
    dag = bag.dags["storehouse_daily"]
    assert [task.task_id for task in dag.topological_sort()] == [
        "prepare",
        "land_shopify",
        "land_files",
        "check_raw",
        "build_core",
        "learn",
        "forecast",
        "build_published",
        "check_published",
        "export",
    ]
    waits = {task.task_id: task.upstream_task_ids for task in dag.tasks}
    assert waits["check_raw"] == {"land_files", "land_shopify"}
    assert waits["build_core"] == {"check_raw"}
    assert waits["learn"] == {"build_core"}
    assert waits["forecast"] == {"learn"}
    assert waits["build_published"] == {"forecast"}
    assert waits["export"] == {"check_published"}


def test_every_task_is_a_command_one_can_type_with_the_runs_day(bag):
    commands = {task.task_id: task.command for task in bag.dags["storehouse_daily"].tasks}
    assert commands["land_shopify"] == "python -m dlt_pipelines shopify"
    assert commands["export"].startswith("python -m reports export --as-of ")
    for name in ("check_raw", "build_core", "learn", "forecast", "check_published", "export"):
        assert "{{ as_of(params, dag_run) }}" in commands[name]


def test_duckdb_is_written_by_one_task_at_a_time(bag):
    pools = {task.pool for dag in bag.dags.values() for task in dag.tasks}
    assert pools == {"warehouse"}


def test_tasks_have_timeouts_and_landing_is_tried_again(bag):
    tasks = {task.task_id: task for task in bag.dags["storehouse_daily"].tasks}
    assert all(task.execution_timeout for task in tasks.values())
    assert tasks["land_shopify"].retries > 0
    assert tasks["check_raw"].retries == 0


def test_what_is_published_is_an_asset(bag):
    outlets = {asset.name for task in bag.dags["storehouse_daily"].tasks for asset in task.outlets}
    assert outlets == {
        "storehouse_inventory",
        "storehouse_sales",
        "storehouse_returns",
        "storehouse_ads",
        "storehouse_metrics",
        "storehouse_reports",
    }


def test_every_dag_says_what_to_do_when_it_is_red(bag):
    assert all("When it is red" in dag.doc_md for dag in bag.dags.values())


def test_the_backfill_lands_once_and_rebuilds_one_day_at_a_time(bag):
    dag = bag.dags["storehouse_backfill"]
    assert {task.task_id for task in dag.tasks} == {
        *("prepare", "land_shopify", "land_files", "check_raw", "commands", "rebuild")
    }
    rebuild = dag.get_task("rebuild")
    assert rebuild.upstream_task_ids == {"check_raw", "commands"}
    assert rebuild.partial_kwargs["max_active_tis_per_dagrun"] == 1


def test_the_backfill_makes_a_command_for_every_day_of_the_range(bag):
    commands = bag.dags["storehouse_backfill"].get_task("commands").python_callable
    made = commands({"first_day": "2026-02-27", "last_day": "2026-03-01"})
    assert [line.split()[-1] for line in made] == ["2026-02-27", "2026-02-28", "2026-03-01"]
    with pytest.raises(ValueError, match="last_day 2026-03-01 is before first_day 2026-03-02"):
        commands({"first_day": "2026-03-02", "last_day": "2026-03-01"})


def test_the_day_of_a_run_is_the_asked_one_else_the_shops_own_at_its_start(bag):
    as_of = bag.dags["storehouse_daily"].user_defined_macros["as_of"]
    early = datetime(2026, 3, 31, 2, tzinfo=UTC)  # still the evening of the 30th in New York
    run = SimpleNamespace(logical_date=None, run_after=early)
    assert as_of({"as_of": "2026-01-15"}, run) == "2026-01-15"
    assert as_of({"as_of": None}, run) == "2026-03-30"


def test_a_task_fails_with_the_one_line_that_says_why(bag, tmp_path, monkeypatch):
    from airflow.sdk.exceptions import AirflowException

    from dags import common
    from tests.small_warehouse import duckdb_settings

    monkeypatch.setattr(common, "SETTINGS", duckdb_settings(tmp_path))
    failing = common.StepOperator(
        task_id="land_shopify", command="python -c 'print(\"no token\"); raise SystemExit(1)'"
    )
    with pytest.raises(AirflowException, match=r"^land_shopify failed: no token$"):
        failing.execute({})
