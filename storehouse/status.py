"""What `storehouse status` tells: last loads, freshness, failed checks, last exports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from rich.console import Console, JustifyMethod
from rich.table import Table

from storehouse import warehouse
from storehouse.engines.postgres import postgres_arguments
from storehouse.settings import Settings, variable

Rows = list[dict[str, object]]
NUMBERS = (int, float, Decimal)


@dataclass(frozen=True)
class Status:
    """The last run of each source, the newest order, the last failed checks, the last export."""

    loads: Rows
    newest_order_day: object
    failed_checks: Rows
    exports: Rows

    @property
    def ok(self) -> bool:
        """Whether every source landed and no critical check failed, the last time each ran."""
        landed = all(load["status"] != "failed" for load in self.loads)
        return landed and all(check["severity"] != "critical" for check in self.failed_checks)


def read(settings: Settings) -> Status:
    """The state that the warehouse's ops tables tell; parts that never ran are empty."""
    return Status(
        loads=_last_loads(settings),
        newest_order_day=_newest_order_day(settings),
        failed_checks=_failed_checks(settings),
        exports=_last_exports(settings),
    )


def _rows(settings: Settings, needs: str, sql: str) -> Rows:
    """The rows of a select, or none while the table it needs is missing."""
    if not warehouse.exists(settings, needs):
        return []
    relation = warehouse.relation(settings, needs)
    return warehouse.arrow(settings, sql.format(relation=relation)).to_pylist()


def _last_loads(settings: Settings) -> Rows:
    return _rows(
        settings,
        "ops.loads",
        """
        select source, max(finished_at) as finished_at, sum(rows_landed) as rows_landed,
            sum(rows_rejected) as rows_rejected,
            min(case when status = 'failed' then 'failed' else 'loaded' end) as status,
            max(message) as message
        from {relation} as loads
        where started_at = (
            select max(started_at) from {relation} as others where others.source = loads.source
        )
        group by source order by source
        """,
    )


def _newest_order_day(settings: Settings) -> object:
    sql = "select max(order_day) as day from {relation} where is_valid"
    rows = _rows(settings, "core.orders", sql)
    return rows[0]["day"] if rows else None


def _failed_checks(settings: Settings) -> Rows:
    return _rows(
        settings,
        "ops.quality_results",
        """
        select border, run_at, severity, table_name, column_name, message
        from {relation} as results
        where not success and run_at = (
            select max(run_at) from {relation} as others where others.border = results.border
        )
        order by border, severity, table_name, message
        """,
    )


def _last_exports(settings: Settings) -> Rows:
    return _rows(
        settings,
        "ops.export_log",
        """
        select as_of_date, max(exported_at) as exported_at,
            count(distinct table_name) as tables, count(*) as files, max(folder) as folder
        from {relation}
        where exported_at = (select max(exported_at) from {relation})
        group by as_of_date
        """,
    )


def show(console: Console, settings: Settings, status: Status) -> None:
    """Print the status, a short table for each part."""
    console.print(f"Warehouse: {place(settings)}", soft_wrap=True, highlight=False)
    _show_rows(
        console, "Last loads", status.loads,
        ("source", "status", "finished_at", "rows_landed", "rows_rejected", "message"),
        "Nothing has landed yet: storehouse run",
    )  # fmt: skip
    if status.newest_order_day:
        console.print(f"Newest order: {status.newest_order_day}", highlight=False)
    _show_rows(
        console, "Failed checks", status.failed_checks,
        ("border", "severity", "table_name", "column_name", "message"),
        "No check failed the last time the checks ran.",
    )  # fmt: skip
    _show_rows(
        console, "Last export", status.exports,
        ("as_of_date", "exported_at", "tables", "files", "folder"),
        "Nothing has been exported yet.",
    )  # fmt: skip


def place(settings: Settings) -> str:
    """Where the warehouse is, as one says it."""
    if settings.warehouse == "duckdb":
        return str(settings.duckdb_path)
    if settings.warehouse == "postgres":
        given = postgres_arguments()
        return f"PostgreSQL {given['host']}:{given['port']}/{given['dbname']}"
    return f"BigQuery {variable('BIGQUERY_PROJECT')}"


def _show_rows(
    console: Console, title: str, rows: Rows, columns: tuple[str, ...], nothing: str
) -> None:
    if rows:
        console.print(table(title, columns, rows))
    else:
        console.print(f"{title}: {nothing}", highlight=False)


def table(title: str, columns: Iterable[str], rows: Rows) -> Table:
    """Rows as a table for the terminal, numbers to the right."""
    shown = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        number = any(isinstance(row[column], NUMBERS) for row in rows)
        justify: JustifyMethod = "right" if number else "left"
        shown.add_column(column.replace("_", " "), justify=justify, overflow="fold")
    for row in rows:
        shown.add_row(*(_text(row[column]) for column in columns))
    return shown


def _text(value: object) -> str:
    if value is None or value != value:  # NaN and NaT are not themselves
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    if isinstance(value, NUMBERS) and not isinstance(value, bool):
        return f"{value:,.2f}".removesuffix(".00")
    return str(value)
