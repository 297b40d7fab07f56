"""All settings, read from the environment (and `.env`) once; `.env.example` lists them."""

import os
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

WAREHOUSES = ("duckdb", "postgres", "bigquery")
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


def _environment() -> dict[str, str]:
    """Variables of the process go before those of `.env`; empty ones count as absent."""
    from_file = dotenv_values(Path.cwd() / ".env")
    merged = {**from_file, **os.environ}
    return {name: value for name, value in merged.items() if value}


def export_dotenv() -> None:
    """Give dlt, dbt and the database clients the variables of `.env` that are not set."""
    for name, value in _environment().items():
        os.environ.setdefault(name, value)


def _path(env: dict[str, str], name: str, default: str) -> Path:
    return Path(env.get(name, default)).expanduser().absolute()


def load() -> Settings:
    """Read the environment; SettingsError names the variable and what it may be."""
    env = _environment()
    warehouse = env.get("WAREHOUSE", "duckdb")
    if warehouse not in WAREHOUSES:
        allowed = ", ".join(WAREHOUSES)
        raise SettingsError(f"WAREHOUSE is {warehouse!r}; it must be one of {allowed}.")
    return Settings(
        warehouse=warehouse,
        duckdb_path=_path(env, "DUCKDB_PATH", str(ROOT / "data" / "storehouse.duckdb")),
        schema_prefix=env.get("SCHEMA_PREFIX", ""),
        store_time_zone=env.get("STORE_TIME_ZONE", "UTC"),
        store_currency=env.get("STORE_CURRENCY", "USD"),
        reporting_currency=env.get("REPORTING_CURRENCY", ""),
        sources=tuple(env.get("SOURCES_ENABLED", "shopify,files").split(",")),
        files_dir=_path(env, "FILES_DIR", "") if env.get("FILES_DIR") else None,
        exports_dir=_path(env, "EXPORTS_DIR", str(ROOT / "exports")),
        state_dir=_path(env, "STATE_DIR", str(ROOT / "data")),
    )
