"""Reading and writing through `storehouse.warehouse`."""

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from unittest.mock import Mock

import pandas as pd
import pyarrow as pa
import pytest
import sqlglot

from storehouse import warehouse
from storehouse.settings import Settings
from storehouse.warehouse import Frame, WarehouseError
from tests.small_warehouse import duckdb_settings

LOADS = pa.table(
    {
        "source": ["shopify", "", None],
        "row_count": pa.array([3, 4, None], pa.int64()),
        "amount": pa.array([Decimal("1.50"), None, Decimal("-2.25")], pa.decimal128(18, 2)),
        "is_whole": [True, None, False],
        "day": pa.array([None, pd.Timestamp("2026-03-08").date(), None], pa.date32()),
        "landed_at": pa.array([pd.Timestamp("2026-03-08T09:30:00.25Z")] * 3),
    }
)


@pytest.fixture(params=["duckdb", "postgres"])
def anywhere(request, tmp_path) -> Settings:
    """A warehouse of each engine, in a schema of its own."""
    if request.param == "postgres":
        request.getfixturevalue("postgres_env")
    prefix = f"w{abs(hash(request.node.name)) % 10**6}_"
    return replace(duckdb_settings(tmp_path), warehouse=request.param, schema_prefix=prefix)


def rows(settings: Settings, name: str) -> list[dict[str, object]]:
    return warehouse.read_table(settings, name).to_pylist()


def test_a_written_frame_reads_back_with_nulls_empty_texts_and_types(anywhere):
    warehouse.write_frame(anywhere, "ops.loads", LOADS)
    assert rows(anywhere, "ops.loads") == LOADS.to_pylist()


def test_append_adds_rows_and_replace_puts_rows_in_their_place(anywhere):
    warehouse.write_frame(anywhere, "ops.loads", pd.DataFrame({"n": [1]}))
    warehouse.write_frame(anywhere, "ops.loads", pd.DataFrame({"n": [2]}))
    assert sorted(row["n"] for row in rows(anywhere, "ops.loads")) == [1, 2]
    warehouse.write_frame(anywhere, "ops.loads", pd.DataFrame({"n": [3]}), mode="replace")
    assert rows(anywhere, "ops.loads") == [{"n": 3}]


def test_replace_where_leaves_the_other_rows(anywhere):
    warehouse.write_frame(anywhere, "ops.loads", pd.DataFrame({"day": [1, 2, 2], "n": [7, 8, 9]}))
    again = pd.DataFrame({"day": [2], "n": [5]})
    warehouse.write_frame(anywhere, "ops.loads", again, mode="replace", where="day = 2")
    assert rows(anywhere, "ops.loads") == [{"day": 1, "n": 7}, {"day": 2, "n": 5}]


def test_several_frames_are_written_together_or_not_at_all(anywhere):
    frames = [Frame("ops.one", pd.DataFrame({"n": [1]})), Frame("ops.two", LOADS)]
    warehouse.write_frames(anywhere, frames)
    unfit = [
        Frame("ops.one", pd.DataFrame({"n": [2]}), "replace"),
        Frame("ops.two", pd.DataFrame({"unknown": [3]}), "replace"),
    ]
    with pytest.raises(WarehouseError):
        warehouse.write_frames(anywhere, unfit)
    assert rows(anywhere, "ops.one") == [{"n": 1}]
    assert len(rows(anywhere, "ops.two")) == 3


def test_bigquery_moves_what_it_loaded_aside_in_one_transaction(tmp_path, monkeypatch):
    from google.cloud import bigquery

    client = Mock()
    monkeypatch.setattr(bigquery, "Client", lambda **_: client)
    monkeypatch.setenv("BIGQUERY_PROJECT", "acme")
    settings = replace(duckdb_settings(tmp_path), warehouse="bigquery")
    day = pd.DataFrame({"day": [2], "n": [5]})
    warehouse.write_frame(settings, "ops.loads", day, mode="replace", where="day = 2")
    assert client.load_table_from_file.call_args.args[1] == "acme.ops.loads__incoming"
    (script,) = client.query_and_wait.call_args.args
    assert [one.sql("bigquery") for one in sqlglot.parse(script, dialect="bigquery") if one] == [
        "CREATE TABLE IF NOT EXISTS `acme.ops.loads` LIKE `acme.ops.loads__incoming`",
        "BEGIN TRANSACTION",
        "DELETE FROM `acme.ops.loads` WHERE day = 2",
        "INSERT INTO `acme.ops.loads` (`day`, `n`) "
        "SELECT `day`, `n` FROM `acme.ops.loads__incoming`",
        "COMMIT TRANSACTION",
    ]
    client.delete_table.assert_called_once()


def test_bigquery_appends_a_frame_in_one_load(tmp_path, monkeypatch):
    from google.cloud import bigquery

    client = Mock()
    monkeypatch.setattr(bigquery, "Client", lambda **_: client)
    monkeypatch.setenv("BIGQUERY_PROJECT", "acme")
    settings = replace(duckdb_settings(tmp_path), warehouse="bigquery")
    warehouse.write_frame(settings, "ops.loads", pd.DataFrame({"n": [5]}))
    assert client.load_table_from_file.call_args.args[1] == "acme.ops.loads"
    assert client.load_table_from_file.call_args.kwargs["job_config"].write_disposition == (
        "WRITE_APPEND"
    )
    client.query_and_wait.assert_not_called()


def test_only_the_named_columns_and_rows_are_read(anywhere):
    warehouse.write_frame(anywhere, "ops.loads", LOADS)
    read = warehouse.read_table(anywhere, "ops.loads", ["source"], where="row_count = 3")
    assert read.to_pydict() == {"source": ["shopify"]}


def test_a_query_gives_a_frame(anywhere):
    warehouse.write_frame(anywhere, "ops.loads", LOADS)
    frame = warehouse.query(anywhere, "select 7 as n, cast(null as varchar) as t")
    assert frame["n"].tolist() == [7]
    assert frame["t"].isna().all()


def test_tables_lists_a_schema_and_nothing_for_one_that_is_missing(anywhere):
    warehouse.write_frame(anywhere, "ops.loads", LOADS)
    warehouse.write_frame(anywhere, "ops.export_log", LOADS)
    assert warehouse.tables(anywhere, "ops") == ["export_log", "loads"]
    assert warehouse.tables(anywhere, "nowhere") == []
    assert warehouse.exists(anywhere, "ops.loads")
    assert not warehouse.exists(anywhere, "ops.other")


def test_a_missing_relation_is_named_in_one_line(anywhere):
    warehouse.write_frame(anywhere, "ops.loads", LOADS)
    with pytest.raises(WarehouseError, match=r"sales.*metrics.*has not run yet") as raised:
        warehouse.read_table(anywhere, "sales.metrics")
    assert "\n" not in str(raised.value)


def test_statements_that_fail_leave_the_warehouse_as_it_was(anywhere):
    warehouse.write_frame(anywhere, "ops.loads", LOADS)
    loads = warehouse.relation(anywhere, "ops.loads")
    with pytest.raises(WarehouseError):
        warehouse.execute(anywhere, f"delete from {loads}; select * from nowhere_at_all")
    assert len(rows(anywhere, "ops.loads")) == 3


def test_reading_a_warehouse_that_does_not_exist_says_how_to_make_it(tmp_path):
    with pytest.raises(WarehouseError, match=r"no warehouse at .*shop\.duckdb yet; run"):
        warehouse.query(duckdb_settings(tmp_path), "select 1")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    settings = replace(duckdb_settings(tmp_path), duckdb_path=tmp_path / "file" / "a" / "b.duckdb")
    with pytest.raises(WarehouseError, match=r"folder of DUCKDB_PATH, .*file/a, cannot be made"):
        warehouse.write_frame(settings, "ops.loads", LOADS)


def test_a_file_that_is_no_database_is_named(tmp_path):
    settings = duckdb_settings(tmp_path)
    settings.duckdb_path.write_text("no database " * 500)
    with pytest.raises(WarehouseError, match=r"shop\.duckdb cannot be opened"):
        warehouse.query(settings, "select 1")


def test_a_file_that_another_process_writes_gives_one_clear_line(tmp_path):
    settings = duckdb_settings(tmp_path)
    opened = f"duckdb.connect({str(settings.duckdb_path)!r})"
    hold = f"import duckdb; held = {opened}; print(1, flush=True); input()"
    writer = subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(WarehouseError, match="in use by another process") as raised:
            warehouse.query(settings, "select 1")
        assert "\n" not in str(raised.value)
    finally:
        writer.communicate(b"\n")


def test_an_unreachable_postgres_is_named_with_host_port_and_user(tmp_path, monkeypatch):
    for name, value in {"PGHOST": "127.0.0.1", "PGPORT": "1", "PGUSER": "ann"}.items():
        monkeypatch.setenv(name, value)
    settings = replace(duckdb_settings(tmp_path), warehouse="postgres")
    with pytest.raises(WarehouseError, match=r"cannot be reached at 127\.0\.0\.1:1.* user ann"):
        warehouse.query(settings, "select 1")


def test_a_password_with_signs_of_a_url_is_escaped_in_the_url(monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "p@ss/word")
    monkeypatch.setenv("PGHOST", "db")
    assert ":p%40ss%2Fword@db:" in warehouse.postgres_url()


def test_a_schema_prefix_goes_before_every_schema(tmp_path):
    settings = replace(duckdb_settings(tmp_path), schema_prefix="ann_")
    assert warehouse.relation(settings, "ops.loads") == '"ann_ops"."loads"'


def test_bigquery_names_stand_in_its_project(tmp_path, monkeypatch):
    monkeypatch.setenv("BIGQUERY_PROJECT", "acme")
    settings = replace(duckdb_settings(tmp_path), warehouse="bigquery")
    assert warehouse.relation(settings, "ops.loads") == "`acme.ops.loads`"
