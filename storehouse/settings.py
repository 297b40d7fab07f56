"""All settings, read from the environment (and `.env`) once; `.env.example` lists them."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

WAREHOUSES = ("duckdb", "postgres", "bigquery")
SOURCES = (
    "shopify",
    "files",
    "google_ads",
    "facebook_ads",
    "amazon_ads",
    "tiktok_ads",
    "ga4",
    "custom_api",
)
USUAL_SOURCES = ("shopify", "files")
ROOT = Path(__file__).resolve().parents[1]


class SettingsError(ValueError):
    """A setting is missing or has a value that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """One run's settings. Paths are absolute; `schema_prefix` goes before every schema."""

    warehouse: str
    duckdb_path: Path
    schema_prefix: str
    store_time_zone: str
    store_currency: str
    reporting_currency: str
    sources: tuple[str, ...]
    files_dir: Path | None
    exports_dir: Path
    state_dir: Path
    gx_docs_dir: Path = ROOT / "gx_docs"
    airflow_home: Path = ROOT / ".airflow"
    dbt_target_dir: Path = ROOT / "dbt_project" / "target"
    most_retries: int = 3
    forecast_level: int = 90


def _environment() -> dict[str, str]:
    """Variables of the process go before those of `.env`; empty ones count as absent."""
    here = Path.cwd() / ".env"
    from_file = dotenv_values(here if here.is_file() else ROOT / ".env")
    merged = {**from_file, **os.environ}
    return {name: value for name, value in merged.items() if value}


def export_dotenv() -> None:
    """Give dlt, dbt and the database clients the variables of `.env` that are not set."""
    for name, value in _environment().items():
        os.environ.setdefault(name, value)


def variable(name: str, default: str | None = None) -> str:
    """One variable of a database client; without a default it must be set."""
    value = _environment().get(name, default)
    if value is None:
        raise SettingsError(f"{name} is not set; see .env.example.")
    return value


def _path(env: dict[str, str], name: str, default: str) -> Path:
    """A relative path counts from the project's folder, wherever a process was started."""
    return ROOT / Path(env.get(name, default)).expanduser()


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise SettingsError(f"{name} is {value!r}; it must be one of {', '.join(allowed)}.")
    return value


def _zone(name: str, value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, KeyError, OSError):
        raise SettingsError(
            f"{name} is {value!r}; it must be a zone such as Europe/London or UTC."
        ) from None
    return value


def _matching(name: str, value: str, pattern: str, example: str) -> str:
    if not re.fullmatch(pattern, value):
        raise SettingsError(f"{name} is {value!r}; it must look like {example}.")
    return value


def parse_level(text: str, name: str = "FORECAST_LEVEL") -> int:
    """How sure an interval is to hold what comes, in per cent."""
    return int(_matching(name, text, "[5-9][0-9]", "90: a whole number from 50 to 99"))


def parse_sources(text: str, name: str = "SOURCES_ENABLED") -> tuple[str, ...]:
    """`shopify, files` as a tuple; SettingsError when there is none or an unknown one."""
    names = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    if not names:
        raise SettingsError(f"{name} is empty; it takes {', '.join(SOURCES)} with commas between.")
    return tuple(_one_of(name, source, SOURCES) for source in names)


def load() -> Settings:
    """Read the environment; SettingsError names the variable and what it may be."""
    env = _environment()
    currency, number = "[A-Z]{3}", "[0-9]"
    return Settings(
        warehouse=_one_of("WAREHOUSE", env.get("WAREHOUSE", "duckdb"), WAREHOUSES),
        duckdb_path=_path(env, "DUCKDB_PATH", str(ROOT / "data" / "storehouse.duckdb")),
        schema_prefix=_matching(
            "SCHEMA_PREFIX", env.get("SCHEMA_PREFIX", ""), "([a-z_][a-z0-9_]*)?", "dev_ann_"
        ),
        store_time_zone=_zone("STORE_TIME_ZONE", env.get("STORE_TIME_ZONE", "UTC")),
        store_currency=_matching(
            "STORE_CURRENCY", env.get("STORE_CURRENCY", "USD"), currency, "USD"
        ),
        reporting_currency=_matching(
            "REPORTING_CURRENCY", env.get("REPORTING_CURRENCY", ""), f"({currency})?", "USD"
        ),
        sources=parse_sources(env.get("SOURCES_ENABLED", ",".join(USUAL_SOURCES))),
        files_dir=_path(env, "FILES_DIR", "") if env.get("FILES_DIR") else None,
        exports_dir=_path(env, "EXPORTS_DIR", str(ROOT / "exports")),
        state_dir=_path(env, "STATE_DIR", str(ROOT / "data")),
        gx_docs_dir=_path(env, "GX_DOCS_DIR", str(ROOT / "gx_docs")),
        airflow_home=_path(env, "AIRFLOW_HOME", str(ROOT / ".airflow")),
        dbt_target_dir=_path(env, "DBT_TARGET_PATH", str(ROOT / "dbt_project" / "target")),
        most_retries=int(_matching("MOST_RETRIES", env.get("MOST_RETRIES", "3"), number, "3")),
        forecast_level=parse_level(env.get("FORECAST_LEVEL", "90")),
    )
