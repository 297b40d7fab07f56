"""Report tables as files."""

import csv
import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from pyarrow import parquet

from reports import manifest
from reports.export import export
from reports.manifest import Report, ReportError
from reports.writers import write_csv
from storehouse import warehouse
from tests.small_warehouse import put

AS_OF = date(2026, 3, 31)
WEEKLY = Report("weekly_sales", "Weekly Sales Report", "weekly", ("csv", "parquet"))


def cells(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


@pytest.fixture
def weekly(settings):
    put(
        settings,
        "reports.weekly_sales",
        week_start=[date(2026, 3, 23), None],
        product=["=cmd|' /C calc'!A0", "Tea, green"],
        revenue=[Decimal("-12.50"), Decimal("7.00")],
    )
    return settings


def test_a_report_stands_as_csv_and_parquet_in_the_folder_of_its_day(weekly, tmp_path):
    export(weekly, [WEEKLY], AS_OF, tmp_path / "out")
    folder = tmp_path / "out" / "2026-03-31"
    assert cells(folder / "weekly_sales.csv") == [
        ["week_start", "product", "revenue"],
        ["2026-03-23", "'=cmd|' /C calc'!A0", "-12.50"],
        ["", "Tea, green", "7.00"],
    ]
    table = parquet.read_table(folder / "weekly_sales.parquet")
    assert table.column("product").to_pylist() == ["=cmd|' /C calc'!A0", "Tea, green"]
    assert table.column("revenue").to_pylist() == [Decimal("-12.50"), Decimal("7.00")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text, tmp_path):
    write_csv(pa.table({"note": [text]}), tmp_path / "x.csv")
    assert cells(tmp_path / "x.csv")[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ["a=b", "", "'quoted", "1 - 2"])
def test_other_texts_stay_as_they_are(text, tmp_path):
    write_csv(pa.table({"note": [text], "x": ["y"]}), tmp_path / "x.csv")
    assert cells(tmp_path / "x.csv")[1][0] == text


def test_numbers_below_zero_stay_numbers_and_nothing_stays_empty(tmp_path):
    write_csv(pa.table({"n": [-5, None], "t": pa.array([None, "x"])}), tmp_path / "x.csv")
    assert cells(tmp_path / "x.csv")[1:] == [["-5", ""], ["", "x"]]


def test_rows_stand_in_the_order_of_the_first_columns(settings, tmp_path):
    put(settings, "reports.weekly_sales", section=["b", "a", "a"], position=[1, 2, 1])
    export(settings, [WEEKLY], AS_OF, tmp_path / "out")
    written = cells(tmp_path / "out" / "2026-03-31" / "weekly_sales.csv")
    assert written[1:] == [["a", "1"], ["a", "2"], ["b", "1"]]


def test_the_manifest_proves_that_each_file_is_whole(weekly, tmp_path):
    export(weekly, [WEEKLY], AS_OF, tmp_path / "out")
    folder = tmp_path / "out" / "2026-03-31"
    told = json.loads((folder / "manifest.json").read_text())
    assert told["as_of_date"] == "2026-03-31"
    (report,) = told["reports"]
    assert (report["table"], report["title"], report["rows"]) == (
        "weekly_sales",
        "Weekly Sales Report",
        2,
    )
    for file in report["files"]:
        content = (folder / file["file"]).read_bytes()
        assert file["bytes"] == len(content)
        assert file["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_second_export_of_a_day_takes_the_place_of_the_first(weekly, tmp_path):
    export(weekly, [WEEKLY], AS_OF, tmp_path / "out")
    stale = tmp_path / "out" / "2026-03-31" / "no_longer_a_report.csv"
    stale.write_text("old")
    export(weekly, [WEEKLY], AS_OF, tmp_path / "out")
    assert not stale.exists()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2026-03-31"]


def test_an_export_that_fails_leaves_the_day_as_it_was(weekly, tmp_path):
    export(weekly, [WEEKLY], AS_OF, tmp_path / "out")
    before = (tmp_path / "out" / "2026-03-31" / "weekly_sales.csv").read_bytes()
    missing = Report("gone", "Gone", "daily", ("csv",))
    with pytest.raises(warehouse.WarehouseError, match="gone"):
        export(weekly, [WEEKLY, missing], AS_OF, tmp_path / "out")
    assert (tmp_path / "out" / "2026-03-31" / "weekly_sales.csv").read_bytes() == before
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2026-03-31"]


def test_every_file_is_logged_in_the_warehouse(weekly, tmp_path):
    at = datetime(2026, 3, 31, 6, tzinfo=UTC)
    export(weekly, [WEEKLY], AS_OF, tmp_path / "out", now=lambda: at)
    logged = warehouse.read_table(weekly, "ops.export_log").to_pylist()
    assert [(row["table_name"], row["format"], row["row_count"]) for row in logged] == [
        ("weekly_sales", "csv", 2),
        ("weekly_sales", "parquet", 2),
    ]
    assert {row["exported_at"] for row in logged} == {at}


def test_a_format_that_does_not_exist_is_named(weekly, tmp_path):
    odd = Report("weekly_sales", "Weekly", "weekly", ("csv", "papyrus"))
    with pytest.raises(ReportError, match=r"weekly_sales: no format papyrus; there is csv"):
        export(weekly, [odd], AS_OF, tmp_path / "out")


def test_a_folder_that_cannot_be_written_is_named(weekly, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ReportError, match=r"Reports cannot be written to .*/file/2026-03-31"):
        export(weekly, [WEEKLY], AS_OF, tmp_path / "file")


def model(name, **export_meta):
    return {
        "resource_type": "model",
        "name": name,
        "config": {"meta": {"export": export_meta} if export_meta else {}},
    }


def test_the_reports_are_the_models_of_the_schema_reports(tmp_path):
    nodes = {
        "a": model("reports__weekly_sales", title="Weekly", schedule="weekly", formats=["csv"]),
        "b": model("reports__customer_insights"),
        "c": model("sales__metrics"),
        "d": {"resource_type": "test", "name": "reports__grain"},
    }
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"nodes": nodes}))
    assert manifest.read(path) == [
        Report("customer_insights", "Customer insights", "daily", ("csv", "parquet")),
        Report("weekly_sales", "Weekly", "weekly", ("csv",)),
    ]


def test_without_a_manifest_it_says_who_writes_it(tmp_path):
    with pytest.raises(ReportError, match=r"There is no .*manifest\.json; dbt build writes it"):
        manifest.read(tmp_path / "manifest.json")


def test_the_command_exports_and_ends_with_the_folder(weekly, tmp_path, monkeypatch, caplog):
    from reports.__main__ import main

    weekly.dbt_target_dir.mkdir()
    nodes = {"a": model("reports__weekly_sales")}
    (weekly.dbt_target_dir / "manifest.json").write_text(json.dumps({"nodes": nodes}))
    monkeypatch.setenv("WAREHOUSE", "duckdb")
    monkeypatch.setenv("DUCKDB_PATH", str(weekly.duckdb_path))
    monkeypatch.setenv("DBT_TARGET_PATH", str(weekly.dbt_target_dir))
    assert main(["export", "--as-of", "2026-03-31", "--to", str(tmp_path / "out")]) == 0
    assert caplog.messages[-1] == f"1 report tables, 2 rows in {tmp_path / 'out' / '2026-03-31'}"
    monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path / "elsewhere"))
    assert main(["export", "--as-of", "2026-03-31", "--to", str(tmp_path / "out")]) == 1
