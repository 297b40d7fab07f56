"""What a run made, in figures: the end of the demo."""

import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from storehouse import warehouse
from storehouse.settings import Settings
from storehouse.status import place

PUBLISHED = ("core", "inventory", "sales", "returns", "ads", "metrics", "reports")
FORECAST_DAYS = 30
HEADLINES = (
    ("Revenue", "sales.total_revenue"),
    ("Orders", "sales.orders_count"),
    ("Average order value", "sales.average_order_value"),
    ("Units sold", "sales.total_units_sold"),
    ("Gross margin %", "sales.gross_margin_pct"),
    ("New customers", "sales.new_vs_returning_customers"),
    ("Repeat purchase rate %", "sales.repeat_purchase_rate"),
    ("Stock value", "inventory.stock_value"),
    ("Stock-out rate %", "inventory.stockout_rate"),
    ("Return rate %", "returns.return_rate"),
    ("Net return loss", "returns.net_return_loss"),
    ("Ad spend", "ads.total_ad_spend"),
    ("Return on ad spend", "ads.return_on_ad_spend"),
)


def show(console: Console, settings: Settings, as_of: date, seconds: float) -> None:
    """Rows, checks, last month's figures, the forecast, where all lies, and what to type next."""
    console.print()
    _say(console, f"Done in {seconds:.0f} s, as of {as_of}.")
    landed = _number(settings, "select sum(rows_landed) from {ops.loads}", "ops.loads")
    _say(console, f"Landed   {landed:,} rows in all runs so far")
    for name in PUBLISHED:
        tables = warehouse.tables(settings, name)
        _say(
            console,
            f"Built    {_rows(settings, name, tables):,} rows in {len(tables)} {name} tables",
        )
    passed, failed = _checks(settings)
    _say(console, f"Checked  {passed} expectations passed, {failed} did not")
    _show_month(console, settings, _last_month(as_of))
    _show_forecast(console, settings, as_of)
    _say(console, f"\nWarehouse  {place(settings)}")
    _say(console, f"Reports    {settings.exports_dir / as_of.isoformat()}")
    _say(console, f"Charts     {settings.exports_dir / as_of.isoformat() / 'charts'}")
    _say(console, f"Data Docs  {settings.gx_docs_dir / 'published' / 'index.html'}")
    _say(console, "\nWhat to type next")
    for command, what in _next():
        _say(console, f"  {command:54}  {what}")


def _say(console: Console, text: str) -> None:
    console.print(text, highlight=False, markup=False, soft_wrap=True)


def _next() -> Iterable[tuple[str, str]]:
    folder = Path(sys.executable).parent
    path = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    program = path / "storehouse"
    return (
        (f"{program} status", "last loads, freshness, failed checks"),
        (f"{program} query 'select * from metrics.catalog'", "what each metric means"),
        (f"{program} forecast --horizon 180", "look further ahead"),
        (f"{program} run --sources files --files DIR", "your own shop's files"),
        ("make airflow", "the DAGs in Airflow's UI on localhost"),
    )


def _number(settings: Settings, sql: str, needs: str) -> int:
    relation = warehouse.relation(settings, needs)
    found = warehouse.arrow(settings, sql.replace(f"{{{needs}}}", relation))
    return int(found.column(0)[0].as_py() or 0)


def _rows(settings: Settings, schema: str, tables: Iterable[str]) -> int:
    counts = (
        f"select count(*) as n from {warehouse.relation(settings, f'{schema}.{table}')}"
        for table in tables
    )
    sql = " union all ".join(counts)
    return int(warehouse.query(settings, sql)["n"].sum()) if sql else 0


def _checks(settings: Settings) -> tuple[int, int]:
    """How many expectations passed and failed the last time each border was checked."""
    relation = warehouse.relation(settings, "ops.quality_results")
    frame = warehouse.query(
        settings,
        f"""
        select success, count(*) as n from {relation} as results
        where run_at = (
            select max(run_at) from {relation} as others where others.border = results.border
        )
        group by success
        """,
    )
    by_success = dict(zip(frame["success"], frame["n"], strict=True))
    return int(by_success.get(True, 0)), int(by_success.get(False, 0))


def _last_month(as_of: date) -> date:
    """The first day of the last month that was over on that day."""
    tomorrow = as_of + timedelta(days=1)
    return (tomorrow.replace(day=1) - timedelta(days=1)).replace(day=1)


def _show_month(console: Console, settings: Settings, month: date) -> None:
    kpis = warehouse.relation(settings, "metrics.kpis")
    frame = warehouse.query(
        settings,
        f"""
        select metric_id, value, change_pct, yoy_pct from {kpis}
        where period_type = 'month' and period_start = date '{month}'
            and store_id = 'all'
        """,
    ).set_index("metric_id")
    table = Table(title=f"\n{month:%B %Y}", title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    for heading in ("value", "on the month before", "on the year before"):
        table.add_column(heading, justify="right")
    for label, metric in HEADLINES:
        if metric in frame.index:
            row = frame.loc[metric]
            changes = (_change(row[name]) for name in ("change_pct", "yoy_pct"))
            table.add_row(label, f"{row['value']:,.2f}".removesuffix(".00"), *changes)
    console.print(table, highlight=False)


def _show_forecast(console: Console, settings: Settings, as_of: date) -> None:
    """What each store expects to sell in the next days, and how sure that is."""
    if not warehouse.exists(settings, "sales.forecast"):
        return
    rows = warehouse.read_table(
        settings,
        "sales.forecast",
        ["store_id", "forecast", "lower_80", "upper_80"],
        f"as_of_date = date '{as_of}' and level = 'store' and measure = 'revenue' "
        f"and period_type = 'horizon' and days = {FORECAST_DAYS}",
    ).to_pylist()
    for row in sorted(rows, key=lambda row: str(row["store_id"])):
        _say(
            console,
            f"\nNext {FORECAST_DAYS} days  {row['forecast']:,.0f} of revenue expected for "
            f"{row['store_id']}, 80 % certain between {row['lower_80']:,.0f} and "
            f"{row['upper_80']:,.0f}",
        )


def _change(value: float | None) -> str:
    return "" if value is None or value != value else f"{value:+.1f} %"
