"""What a run says at its end."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from rich.console import Console

from storehouse import summary
from tests.small_warehouse import put

AS_OF = date(2026, 3, 15)
RUN_AT = datetime(2026, 3, 15, 5, tzinfo=UTC)


@pytest.fixture
def run(settings):
    """One load, one check of each outcome, and figures of two months."""
    put(settings, "ops.loads", rows_landed=[1200, 34])
    put(
        settings,
        "ops.quality_results",
        border=["published"] * 3,
        run_at=[RUN_AT] * 3,
        success=[True, True, False],
    )
    figures = {
        "sales.total_revenue": (3000.0, -2.0),
        "inventory.stock_value": (76495.83, 4.24),
        "inventory.stockout_rate": (2.5, 25.0),
        "returns.return_rate": (8.126, None),
    }
    put(
        settings,
        "metrics.kpis",
        metric_id=[*figures, "returns.return_rate"],
        store_id=["all"] * 5,
        period_type=["month"] * 5,
        period_start=[date(2026, 2, 1)] * 4 + [date(2026, 3, 1)],
        value=[value for value, _ in figures.values()] + [99.0],
        change_pct=[change for _, change in figures.values()] + [99.0],
        yoy_pct=[None] * 5,
    )
    return settings


def shown(settings):
    out = StringIO()
    summary.show(Console(file=out, width=120), settings, AS_OF, 61.4)
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


def test_a_run_ends_with_last_months_sales_stock_and_returns(run):
    lines = shown(run)
    month = lines[lines.index("February 2026") + 2 :]
    assert month[: month.index("")] == [
        "Revenue 3,000 -2.0 %",
        "Stock value 76,495.83 +4.2 %",
        "Stock-out rate % 2.50 +25.0 %",
        "Return rate % 8.13",
    ]


def test_a_run_tells_what_it_landed_and_checked(run):
    lines = shown(run)
    assert "Landed 1,234 rows in all runs so far" in lines
    assert "Checked 2 expectations passed, 1 did not" in lines
    assert "Built 5 rows in 1 metrics tables" in lines
    assert "Built 0 rows in 0 inventory tables" in lines


def test_a_run_tells_what_each_store_expects_of_the_next_30_days(run):
    put(
        run,
        "sales.forecast",
        store_id=["main"] * 4,
        level=["store", "store", "store", "category"],
        measure=["revenue", "revenue", "units", "revenue"],
        period_type=["horizon"] * 4,
        days=[30, 90, 30, 30],
        forecast=[3000.4, 9000.0, 70.0, 1.0],
        lower_80=[2500.0, 8000.0, 60.0, 1.0],
        upper_80=[3500.0, 10000.0, 80.0, 1.0],
        as_of_date=[AS_OF] * 4,
    )
    expected = [line for line in shown(run) if line.startswith("Next 30 days")]
    assert expected == [
        "Next 30 days 3,000 of revenue expected for main, 80 % certain between 2,500 and 3,500"
    ]
