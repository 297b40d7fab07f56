"""One shop from nothing to its second day: backfill, full build, a day's increment.

A build is measured in two parts: sales with the core tables that they stand on, then the rest
(stock, returns, KPIs, reports).

The made-up shop is served by a process of its own. Its bulk files are written before the clock
starts, since that is the remote side's work: a first landing warms them and is thrown away.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bench.measure import Measured, measure
from sandbox.shop import ShopSpec
from storehouse.settings import ROOT

END = date(2026, 1, 31)


@dataclass(frozen=True)
class Result:
    """What one size of shop took."""

    orders: int
    warehouse: str
    land: Measured
    sales: Measured
    rest: Measured
    land_day: Measured
    sales_day: Measured
    rest_day: Measured
    parse: Measured


def run(orders: int, warehouse: str, env: Mapping[str, str]) -> Result:
    """Measure a shop of about so many orders in an empty warehouse."""
    spec = ShopSpec(end=END, orders=orders)
    last_midnight = spec.end_at - timedelta(days=1)
    with tempfile.TemporaryDirectory(prefix="storehouse-bench-") as folder:
        home = Path(folder)
        with _sandbox(orders, last_midnight, home) as served:
            here = {**os.environ, **env, **served, **_places(home / "warm", warehouse="duckdb")}
            _land(here)
            shutil.rmtree(home / "warm")
            here = {**os.environ, **env, **served, **_places(home / "timed", warehouse)}
            measure(_python("dlt_pipelines", "prepare"), here)
            land = measure(_python("dlt_pipelines", "shopify"), here)
            measure(_dbt("seed", END), here)
            sales, rest = _build(END - timedelta(days=1), here)
            _move(served["SOURCES__SHOPIFY__SHOP_URL"], spec.end_at)
            land_day = measure(_python("dlt_pipelines", "shopify"), here)
            sales_day, rest_day = _build(END, here)
            parse = measure([*_dbt("parse", END), "--no-partial-parse"], here)
    return Result(orders, warehouse, land, sales, rest, land_day, sales_day, rest_day, parse)


def _build(as_of: date, env: Mapping[str, str]) -> tuple[Measured, Measured]:
    sales = "+path:models/sales"
    return (
        measure([*_dbt("run", as_of), "--select", sales], env),
        measure([*_dbt("run", as_of), "--exclude", sales], env),
    )


def _land(env: Mapping[str, str]) -> None:
    measure(_python("dlt_pipelines", "prepare"), env)
    measure(_python("dlt_pipelines", "shopify"), env)


def _python(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def _dbt(command: str, as_of: date) -> list[str]:
    dbt = str(Path(sys.executable).with_name("dbt"))
    words = [dbt, command, "--project-dir", str(ROOT / "dbt_project")]
    return [*words, "--vars", json.dumps({"as_of_date": as_of.isoformat()})]


def _places(home: Path, warehouse: str) -> dict[str, str]:
    home.mkdir(parents=True)
    return {
        "WAREHOUSE": warehouse,
        "DUCKDB_PATH": str(home / "bench.duckdb"),
        "STATE_DIR": str(home),
        "DBT_PROFILES_DIR": str(ROOT / "dbt_project"),
        "DBT_TARGET_PATH": str(home / "target"),
        "DBT_LOG_PATH": str(home / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "RUNTIME__DLTHUB_TELEMETRY": "false",
    }


@contextmanager
def _sandbox(orders: int, now: datetime, home: Path) -> Iterator[dict[str, str]]:
    """A made-up shop, served until the end of the block, and where dlt finds it."""
    words = ["--port", "0", "--orders", str(orders), "--end", END.isoformat()]
    words += ["--now", now.isoformat(), "--cache", str(home / "bulk_files")]
    process = subprocess.Popen(_python("sandbox", *words), stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "ready\n")
        told = dict(line.rstrip().split("=", 1) for line in lines)
        yield {name: told[name] for name in told if name.startswith("SOURCES__SHOPIFY__")}
    finally:
        process.terminate()
        process.wait()


def _move(url: str, now: datetime) -> None:
    body = json.dumps({"now": now.isoformat()}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{url}/_now", data=body)).close()
