"""The made-up shop from its API to the published tables, on both warehouses, disturbed and not."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sandbox.shop import ShopSpec, generate
from sandbox.shop.planning import write_planning
from sandbox.shopify_api import ShopifySandbox
from storehouse import warehouse
from storehouse.settings import Settings
from tests.conftest import empty_database, libpq_variables
from tests.dbt_project.compare import PUBLISHED, compare_warehouses
from tests.dbt_project.dbt_runs import Dbt
from tests.small_warehouse import duckdb_settings

SPEC = ShopSpec(end=date(2026, 1, 31), orders=1_200)
LAST_MIDNIGHT = SPEC.end_at - timedelta(days=1)
AS_OF = SPEC.end.isoformat()


@dataclass(frozen=True)
class Landed:
    """A warehouse that the made-up shop has landed in, and dbt on it."""

    dbt: Dbt
    sandbox: ShopifySandbox

    @property
    def settings(self) -> Settings:
        return self.dbt.settings

    def land(self) -> None:
        """The shop and what its people write down; raises CalledProcessError on failure."""
        papers = self.settings.state_dir / "papers"
        write_planning(self.sandbox.shop, papers)
        for words in (["prepare"], ["shopify"], ["files", str(papers)]):
            subprocess.run(
                [sys.executable, "-m", "dlt_pipelines", *words],
                env=self.environment(),
                check=True,
                capture_output=True,
            )

    def environment(self) -> dict[str, str]:
        return os.environ | {
            "WAREHOUSE": self.settings.warehouse,
            "DUCKDB_PATH": str(self.settings.duckdb_path),
            "STATE_DIR": str(self.settings.state_dir),
            "SOURCES__SHOPIFY__SHOP_URL": self.sandbox.url,
            "SOURCES__SHOPIFY__ACCESS_TOKEN": self.sandbox.access_token,
        }

    def build(self, *arguments: str) -> None:
        """Seeds and models; the data tests run elsewhere."""
        done = self.dbt.run("build", "--resource-type", "model", "seed", *arguments)
        assert done.returncode == 0, done.stdout[-3000:]

    def one(self, sql: str) -> Any:
        """The single value that a query returns."""
        return warehouse.query(self.settings, sql).iloc[0, 0]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ShopifySandbox]:
    with ShopifySandbox(generate(SPEC), bulk="immediate") as running:
        yield running


def _landed(settings: Settings, sandbox: ShopifySandbox, folder: Path) -> Landed:
    landed = Landed(Dbt(settings, folder, AS_OF), sandbox)
    landed.land()
    landed.build()
    return landed


@pytest.fixture(scope="module")
def on_duckdb(sandbox: ShopifySandbox, tmp_path_factory: pytest.TempPathFactory) -> Landed:
    """The whole shop, landed and built on DuckDB."""
    folder = tmp_path_factory.mktemp("whole_duckdb")
    sandbox.move(SPEC.end_at)
    return _landed(duckdb_settings(folder), sandbox, folder)


@pytest.fixture(scope="module")
def postgres_database(postgres: str) -> Iterator[str]:
    with empty_database(postgres) as url:
        yield url


@pytest.fixture(scope="module")
def on_postgres(
    sandbox: ShopifySandbox, postgres_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Landed]:
    """The shop landed and built on PostgreSQL the day before, then the last day on top."""
    folder = tmp_path_factory.mktemp("whole_postgres")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in libpq_variables(postgres_database).items():
            patch.setenv(name, value)
        sandbox.move(LAST_MIDNIGHT)
        settings = replace(duckdb_settings(folder), warehouse="postgres")
        landed = _landed(settings, sandbox, folder)
        sandbox.move(SPEC.end_at)
        landed.land()
        landed.build()
        yield landed


def _books(sandbox: ShopifySandbox) -> list[tuple[Any, ...]]:
    return sandbox.shop.con.execute(
        "select day, gross_sales, discounts, returns, net_sales, shipping, tax, "
        "-refund_adjustments, orders, units from truth_ledger_daily order by day"
    ).fetchall()


def test_sales_equal_the_shops_own_books_to_the_cent(on_duckdb: Landed):
    told = warehouse.query(
        on_duckdb.settings,
        "select period_start, gross_sales, discounts, returns_value, net_sales, shipping_amount, "
        "tax_amount, refund_adjustments, orders_count, total_units_sold from sales.metrics "
        "where store_id = 'sandbox' and period_type = 'day'",
    )
    by_day = {row[0].date() if isinstance(row[0], datetime) else row[0]: row[1:]
              for row in told.itertuples(index=False)}  # fmt: skip
    books = _books(on_duckdb.sandbox)
    assert len(books) > 700
    assert sum(row[4] for row in books) > 100_000
    wrong = [
        (day, amounts, by_day.get(day))
        for day, *amounts in books
        if any(amounts) or day in by_day
        if day not in by_day
        or any(
            abs(float(ours) - float(theirs)) >= 0.005
            for ours, theirs in zip(by_day[day], amounts, strict=True)
        )
    ]
    assert wrong == []


def test_both_warehouses_publish_the_same_figures(
    on_duckdb: Landed, on_postgres: Landed, postgres_database: str
):
    """PostgreSQL was built in two days, DuckDB in one: load ids alone may differ."""
    differing = compare_warehouses(
        on_duckdb.settings.duckdb_path,
        postgres_database,
        [schema for schema in PUBLISHED if schema != "core"],
    )
    assert differing == []


def test_the_second_day_builds_only_what_it_landed(on_postgres: Landed):
    newest = "load_id = (select max(load_id) from core.orders)"
    fresh = on_postgres.one(f"select count(*) from core.orders where {newest}")
    landed = on_postgres.one(
        "select count(*) from raw_shopify.orders "
        "where _dlt_load_id = (select max(_dlt_load_id) from raw_shopify.orders)"
    )
    everything = on_postgres.one("select count(*) from core.orders")
    assert 0 < fresh == landed < everything / 10


def test_a_full_rebuild_gives_the_rows_of_an_incremental_one(on_postgres: Landed):
    tables = ("orders", "order_items")
    for table in tables:
        warehouse.execute(
            on_postgres.settings, f"create table public.{table} as select * from core.{table}"
        )
    on_postgres.build("--full-refresh", "--select", "+core__order_items")
    for table in tables:
        for one, other in (
            (f"core.{table}", f"public.{table}"),
            (f"public.{table}", f"core.{table}"),
        ):
            query = f"select count(*) from (select * from {one} except all select * from {other}) x"
            assert on_postgres.one(query) == 0, f"{one} has rows that {other} lacks"


def test_a_build_killed_half_way_and_repeated_gives_the_same_tables(
    on_duckdb: Landed, tmp_path: Path
):
    settings = duckdb_settings(tmp_path)
    shutil.copy(on_duckdb.settings.duckdb_path, settings.duckdb_path)
    again = Landed(Dbt(settings, tmp_path, AS_OF), on_duckdb.sandbox)
    _kill_when(again.dbt, "OK created sql table model core.order_items")
    again.build()
    assert _differing_tables(on_duckdb.settings.duckdb_path, settings.duckdb_path) == []


def _kill_when(dbt: Dbt, line: str) -> None:
    """SIGKILL to dbt and its threads as soon as it says so."""
    process = subprocess.Popen(
        dbt.command("run"),
        cwd=Path(__file__).parents[1] / "dbt_project",
        env=dbt.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert any(line in told for told in process.stdout), f"dbt never said {line!r}"
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def _differing_tables(first: Path, second: Path) -> list[str]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{first}' as one (read_only)")
        connection.execute(f"attach '{second}' as other (read_only)")
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            f"where database_name = 'one' and schema_name in {PUBLISHED}"
        ).fetchall()
        assert len(tables) > 20
        return [table for (table,) in tables if _differs(connection, table)]


def _differs(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    counted = "select count(*) from (from {} except all from {})"
    pairs = ((f"one.{table}", f"other.{table}"), (f"other.{table}", f"one.{table}"))
    return any(connection.execute(counted.format(*pair)).fetchall()[0][0] for pair in pairs)
