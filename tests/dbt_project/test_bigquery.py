"""What dbt would send to BigQuery, made and parsed without an account and without the internet."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import sqlglot
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlglot import exp

from tests.dbt_project import small_shop
from tests.dbt_project.dbt_runs import Dbt
from tests.small_warehouse import duckdb_settings


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The compiled SQL of every model, test and assertion by name."""
    folder = tmp_path_factory.mktemp("bigquery")
    variables = (
        ("GOOGLE_APPLICATION_CREDENTIALS", str(throw_away_key(folder))),
        ("BIGQUERY_PROJECT", "no-project"),
    )
    settings = replace(duckdb_settings(folder), warehouse="bigquery")
    dbt = Dbt(settings, folder, small_shop.AS_OF, variables)
    quiet = ("--no-introspect", "--no-populate-cache", "--exclude", "resource_type:unit_test")
    done = dbt.run("compile", *quiet)
    assert done.returncode == 0, done.stdout[-3000:]
    files = (dbt.target / "compiled" / "storehouse").rglob("*.sql")
    return {file.stem: file.read_text() for file in files}


def throw_away_key(folder: Path) -> Path:
    """A service account's key file that opens nothing."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "key.json"
    account = {
        "type": "service_account",
        "project_id": "no-project",
        "private_key_id": "none",
        "private_key": key.decode(),
        "client_email": "nobody@no-project.iam.gserviceaccount.com",
        "client_id": "0",
        "token_uri": "https://localhost/token",
    }
    file.write_text(json.dumps(account))
    return file


def test_every_model_is_bigquery_sql(compiled: dict[str, str]):
    models = {name for name in compiled if "__" in name}
    assert {"core__orders", "sales__metrics", "metrics__kpis"} <= models
    unreadable = [name for name, sql in compiled.items() if problem(sql)]
    assert unreadable == []


def test_no_function_is_left_that_bigquery_does_not_have(compiled: dict[str, str]):
    """sqlglot keeps functions that it does not know in BigQuery as anonymous ones."""
    unknown = {
        (name, function.name.lower())
        for name, sql in compiled.items()
        for function in sqlglot.parse_one(sql, dialect="bigquery").find_all(exp.Anonymous)
    }
    assert unknown == set()


def test_no_window_function_has_a_frame_that_bigquery_refuses(compiled: dict[str, str]):
    numbering = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.Lag, exp.Lead)
    framed = [
        name
        for name, sql in compiled.items()
        for window in sqlglot.parse_one(sql, dialect="bigquery").find_all(exp.Window)
        if isinstance(window.this, numbering) and window.args.get("spec")
    ]
    assert framed == []


def problem(sql: str) -> str:
    """Why BigQuery's parser would not read it; empty when it would."""
    try:
        sqlglot.parse_one(sql, dialect="bigquery", error_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.ParseError as error:
        return str(error)
    return ""
