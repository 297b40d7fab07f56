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
from tests.dbt_project.dbt_runs import OF_DBT, Dbt
from tests.small_warehouse import duckdb_settings


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The compiled SQL of every model, assertion and test of our own by name."""
    folder = tmp_path_factory.mktemp("bigquery")
    variables = (
        ("GOOGLE_APPLICATION_CREDENTIALS", str(throw_away_key(folder))),
        ("BIGQUERY_PROJECT", "no-project"),
    )
    settings = replace(duckdb_settings(folder), warehouse="bigquery")
    dbt = Dbt(settings, folder, small_shop.AS_OF, variables)
    quiet = (
        "--no-introspect",
        "--no-populate-cache",
        "--exclude",
        "resource_type:unit_test",
        *OF_DBT,
    )
    done = dbt.run("compile", *quiet, "--exclude", "resource_type:unit_test", *OF_DBT)
    assert done.returncode == 0, done.stdout[-3000:]
    files = (dbt.target / "compiled" / "storehouse").rglob("*.sql")
    return {file.stem: file.read_text() for file in files}


@pytest.fixture(scope="module")
def parsed(compiled: dict[str, str]) -> dict[str, exp.Expr | None]:
    """What BigQuery's parser reads in the compiled SQL; none where it reads nothing."""
    return {name: expression(sql) for name, sql in compiled.items()}


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


def test_every_model_is_bigquery_sql(parsed: dict[str, exp.Expr | None]):
    assert {"core__orders", "sales__metrics", "metrics__kpis"} <= parsed.keys()
    unreadable = [name for name, tree in parsed.items() if tree is None]
    assert unreadable == []


def test_no_function_is_left_that_bigquery_does_not_have(
    parsed: dict[str, exp.Expr | None],
):
    """sqlglot keeps functions that it does not know in BigQuery as anonymous ones."""
    unknown = {
        (name, function.name.lower())
        for name, tree in parsed.items()
        if tree
        for function in tree.find_all(exp.Anonymous)
    }
    assert unknown == set()


def test_no_window_function_has_a_frame_that_bigquery_refuses(
    parsed: dict[str, exp.Expr | None],
):
    numbering = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.Lag, exp.Lead)
    framed = [
        name
        for name, tree in parsed.items()
        if tree
        for window in tree.find_all(exp.Window)
        if isinstance(window.this, numbering) and window.args.get("spec")
    ]
    assert framed == []


def expression(sql: str) -> exp.Expr | None:
    """What BigQuery's parser makes of it; none when it would not read it."""
    try:
        return sqlglot.parse_one(sql, dialect="bigquery", error_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.ParseError:
        return None
