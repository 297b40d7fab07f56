"""Settings from the environment."""

import pytest

from storehouse import settings
from storehouse.settings import SettingsError


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch, tmp_path):
    """Only what a test sets: neither this machine's variables nor a `.env` count."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("")
    for name in ("WAREHOUSE", "DUCKDB_PATH", "SOURCES_ENABLED", "FILES_DIR", "STORE_TIME_ZONE"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_setting_the_warehouse_is_a_duckdb_file_of_the_project():
    loaded = settings.load()
    assert loaded.warehouse == "duckdb"
    assert loaded.duckdb_path == settings.ROOT / "data" / "storehouse.duckdb"
    assert loaded.sources == ("shopify", "files")


def test_dotenv_is_read_and_the_process_goes_before_it(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("STORE_CURRENCY=EUR\nSTORE_TIME_ZONE=Europe/Paris\n")
    monkeypatch.setenv("STORE_CURRENCY", "GBP")
    loaded = settings.load()
    assert (loaded.store_currency, loaded.store_time_zone) == ("GBP", "Europe/Paris")


def test_an_empty_variable_counts_as_absent(monkeypatch):
    monkeypatch.setenv("WAREHOUSE", "")
    assert settings.load().warehouse == "duckdb"


def test_relative_paths_count_from_the_projects_folder(monkeypatch):
    monkeypatch.setenv("DUCKDB_PATH", "here/shop.duckdb")
    assert settings.load().duckdb_path == settings.ROOT / "here" / "shop.duckdb"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("WAREHOUSE", "oracle", "one of duckdb, postgres, bigquery"),
        ("SOURCES_ENABLED", "shopify,fax", "one of shopify, files"),
        ("SOURCES_ENABLED", " , ", "SOURCES_ENABLED is empty"),
        ("STORE_TIME_ZONE", "Mars/Olympus", "STORE_TIME_ZONE is 'Mars/Olympus'"),
        ("STORE_CURRENCY", "dollars", "STORE_CURRENCY is 'dollars'"),
        ("SCHEMA_PREFIX", 'x"; drop', "SCHEMA_PREFIX is"),
        ("FORECAST_LEVEL", "100", "FORECAST_LEVEL is '100'; .* from 50 to 99"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable(monkeypatch, name, value, says):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=says):
        settings.load()


def test_sources_may_have_spaces_and_repeats():
    assert settings.parse_sources(" files, shopify,files ") == ("files", "shopify")


def test_a_client_variable_that_is_missing_is_named(monkeypatch):
    monkeypatch.delenv("BIGQUERY_PROJECT", raising=False)
    with pytest.raises(SettingsError, match="BIGQUERY_PROJECT is not set"):
        settings.variable("BIGQUERY_PROJECT")
