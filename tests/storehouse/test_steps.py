"""The list of steps that the command line and the DAGs share."""

import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from storehouse.parse_ahead import parse_command
from storehouse.settings import SettingsError
from storehouse.steps import Run, environment, run_of, selected, steps
from tests.small_warehouse import duckdb_settings

RUN = Run("2026-03-31", ("shopify", "files"), Path("/planning"))


@pytest.fixture
def settings(tmp_path):
    return duckdb_settings(tmp_path)


def named(settings, run=RUN):
    return {step.name: step for step in steps(settings, run)}


def test_the_steps_stand_in_the_order_of_the_architecture(settings):
    assert list(named(settings)) == [
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


def test_every_step_stands_after_those_it_waits_for(settings):
    seen: set[str] = set()
    for step in steps(settings, RUN):
        assert set(step.after) <= seen
        seen.add(step.name)


def test_the_sources_do_not_wait_for_each_other_and_the_check_waits_for_all(settings):
    by_name = named(settings)
    assert by_name["land_files"].after == by_name["land_shopify"].after == ("prepare",)
    assert set(by_name["check_raw"].after) == {"land_shopify", "land_files"}


def test_a_run_without_sources_still_checks_and_builds(settings):
    by_name = named(settings, Run("2026-03-31", ()))
    assert by_name["check_raw"].after == ("prepare",)


def test_files_take_part_only_when_they_have_a_folder(settings):
    both = replace(settings, sources=("shopify", "files"), files_dir=None)
    assert run_of(both, "2026-03-31").sources == ("shopify",)
    assert run_of(replace(both, files_dir=Path("/f")), "2026-03-31").sources == both.sources


def test_a_full_refresh_reaches_landing_and_dbt_alone(settings):
    by_name = named(settings, replace(RUN, full_refresh=True))
    refreshed = {name for name, step in by_name.items() if "--full-refresh" in step.command}
    assert refreshed == {"prepare", "land_shopify", "land_files", "build_core", "build_published"}


def test_both_builds_pass_dbt_the_same_variables(settings):
    shop = replace(settings, store_currency="GBP", store_time_zone="Europe/London")
    commands = [step.command for step in steps(shop, RUN) if step.command[0] == "dbt"]
    passed = {command[command.index("--vars") + 1] for command in commands}
    assert [json.loads(text) for text in passed] == [
        {
            "as_of_date": "2026-03-31",
            "reporting_currency": "",
            "store_currency": "GBP",
            "store_time_zone": "Europe/London",
        }
    ]


def test_dbt_reads_its_project_ahead_with_the_options_of_the_build(settings):
    build = named(settings)["build_core"].command
    ahead = parse_command(named(settings)["build_core"])
    assert ahead[:3] == ("dbt", "--quiet", "parse")
    for option in ("--project-dir", "--profiles-dir", "--vars"):
        assert ahead[ahead.index(option) + 1] == build[build.index(option) + 1]


def test_the_shell_line_is_the_command_as_one_types_it(settings):
    for step in steps(settings, RUN):
        assert tuple(shlex.split(step.shell)) == step.command


def test_a_template_as_date_survives_the_shell_line(settings):
    for step in steps(settings, replace(RUN, as_of="{{ as_of(params) }}")):
        if step.stage in ("check", "build", "learn", "export"):
            assert "{{ as_of(params) }}" in step.shell


def test_stages_and_step_names_select_steps(settings):
    chosen = selected(steps(settings, RUN), ["land", " check_raw "])
    assert [step.name for step in chosen] == ["land_shopify", "land_files", "check_raw"]


def test_an_unknown_stage_is_named_with_those_that_exist(settings):
    with pytest.raises(SettingsError, match="--steps names fly; it takes prepare, land, check"):
        selected(steps(settings, RUN), ["land", "fly"])


def test_a_choice_that_leaves_nothing_to_do_is_an_error(settings):
    with pytest.raises(SettingsError, match="nothing to do for --steps land"):
        selected(steps(settings, Run("2026-03-31", ())), ["land"])


def test_dbt_and_python_are_told_the_same_places(settings):
    env = environment(settings)
    assert env["DUCKDB_PATH"] == str(settings.duckdb_path)
    assert env["DBT_TARGET_PATH"] == str(settings.dbt_target_dir)
    assert env["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"
