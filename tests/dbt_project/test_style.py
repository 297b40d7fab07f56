"""What sqlfluff does not see: the length of lines and names, and what one engine lacks."""

import re
from pathlib import Path

import yaml

from storehouse.settings import ROOT

PROJECT = ROOT / "dbt_project"
# `::type` casts, and words that DuckDB alone, or not BigQuery, understands.
NOT_PORTABLE = re.compile(
    r"\w::\w|\bqualify\b|\bfilter \(|\bgroup by all\b|\bilike\b|\bexclude\b|\bcurrent_date\b"
    r"|\bnow\(\)|\brun_query\b"
)


def sql_files() -> list[Path]:
    """Every SQL file that we write."""
    folders = ("models", "macros", "tests")
    return sorted(file for name in folders for file in (PROJECT / name).rglob("*.sql"))


def places(pattern: re.Pattern[str]) -> list[str]:
    """The lines that match, comments left out, as `file:line`."""
    return [
        f"{file.relative_to(PROJECT)}:{number}"
        for file in sql_files()
        for number, line in enumerate(without_comments(file.read_text()).splitlines(), start=1)
        if pattern.search(line)
    ]


def without_comments(sql: str) -> str:
    """The SQL with its comments blanked, lines kept."""
    blank = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)
    return blank.sub(lambda found: "\n" * found.group().count("\n"), sql)


def test_no_line_of_sql_is_longer_than_a_hundred_columns():
    long = [
        f"{file.relative_to(PROJECT)}:{number}"
        for file in sql_files()
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if len(line) > 100
    ]
    assert long == []


def test_sql_avoids_what_one_of_the_engines_lacks():
    assert places(NOT_PORTABLE) == []


def test_a_model_ends_in_what_its_last_step_made():
    endings = {"select * from final", "select * from metrics"}
    models = [file for file in sql_files() if "models" in file.parts]
    wrong = [file.stem for file in models if file.read_text().splitlines()[-1] not in endings]
    assert wrong == []


def test_a_unit_tests_name_fits_a_table_of_postgresql():
    tests = [
        test["name"]
        for file in (PROJECT / "models").rglob("*.yml")
        for test in yaml.safe_load(file.read_text()).get("unit_tests", [])
    ]
    assert [name for name in tests if len(name) > 63] == []
