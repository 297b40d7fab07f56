"""Running one step, and the one line that tells how it ended."""

import json
import sys

import pytest

from storehouse.runner import run_step, summary
from storehouse.steps import Step
from tests.small_warehouse import duckdb_settings


@pytest.fixture
def settings(tmp_path):
    return duckdb_settings(tmp_path)


def python(code: str) -> Step:
    return Step("say", "land", "Say", (sys.executable, "-c", code))


def dbt_step() -> Step:
    return Step("build_core", "build", "Build", ("dbt", "build"))


def dbt_wrote(settings, *results: tuple[str, str, str]) -> None:
    settings.dbt_target_dir.mkdir()
    told = [{"unique_id": node, "status": how, "message": text} for node, how, text in results]
    (settings.dbt_target_dir / "run_results.json").write_text(json.dumps({"results": told}))


def test_output_and_command_stand_in_the_log_and_reach_the_caller(settings, tmp_path):
    heard: list[str] = []
    outcome = run_step(settings, python("print('one'); print('two')"), tmp_path, heard.append)
    assert outcome.ok
    assert outcome.line == "two"
    assert heard == ["one", "two"]
    assert (tmp_path / "say.log").read_text().splitlines()[1:] == ["one", "two"]


def test_a_failing_command_keeps_its_code_and_its_last_line(settings, tmp_path):
    failing = python("import sys; print('the reason', file=sys.stderr); sys.exit(3)")
    outcome = run_step(settings, failing, tmp_path)
    assert (outcome.ok, outcome.code, outcome.line) == (False, 3, "the reason")


def test_a_command_that_does_not_exist_is_a_failed_step(settings, tmp_path):
    outcome = run_step(settings, Step("say", "land", "Say", ("no-such-program",)), tmp_path)
    assert not outcome.ok
    assert outcome.line == "no-such-program: No such file or directory"


def test_a_silent_failure_says_at_least_its_code(settings, tmp_path):
    outcome = run_step(settings, python("raise SystemExit(4)"), tmp_path)
    assert outcome.line == "say said nothing and returned 4."


def test_landed_rows_are_added_up_over_tables(settings):
    output = ["raw_files.orders: 1,200 rows, 3 rejected", "raw_files.stores: 1 rows"]
    assert summary(settings, python(""), 0, output) == "1,201 rows landed in 2 tables"


def test_a_failed_build_names_the_first_node_and_how_many_more(settings):
    dbt_wrote(
        settings,
        ("model.storehouse.core__orders", "success", "OK"),
        ("model.storehouse.core__items", "error", "Binder Error:\n  no column x"),
        ("test.storehouse.grain_x.1234", "fail", "Got 2 results"),
    )
    line = summary(settings, dbt_step(), 1, ["Done."])
    assert line == "model core__items: Binder Error: no column x (and 1 more)"


def test_a_good_build_counts_relations_tests_and_warnings(settings):
    dbt_wrote(
        settings,
        ("model.storehouse.core__orders", "success", "OK"),
        ("test.storehouse.a.1", "pass", ""),
        ("test.storehouse.b.2", "warn", "Got 1 result"),
    )
    line = summary(settings, dbt_step(), 0, ["Done."])
    assert line == "1 relations built, 1 tests passed, 1 warned"


def test_a_build_that_stops_before_the_first_node_tells_dbts_own_words(settings):
    output = [
        "16:50:01  Running with dbt=1.11",
        "16:50:02  Encountered an error:",
        "Runtime Error",
        "  Could not find profile",
    ]
    assert summary(settings, dbt_step(), 2, output) == "Runtime Error Could not find profile"


def test_results_of_an_earlier_run_are_not_taken_for_this_one(settings):
    dbt_wrote(settings, ("model.storehouse.core__orders", "error", "old trouble"))
    later = (settings.dbt_target_dir / "run_results.json").stat().st_mtime + 1
    assert summary(settings, dbt_step(), 1, ["new trouble"], since=later) == "new trouble"
