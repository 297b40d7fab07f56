"""What the made-up shop's people keep in spreadsheets: targets, marketing expenses, returns,
the stock's suppliers, purchase orders, transfers, counts and movements, visits to the web shop and
exchange rates.

The files are named and written as the `files` source reads them. Targets are last year's month or
week and a tenth more; the first year's are what was sold, give or take.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from sandbox.shop.planning_ads import write_ads_sheets
from sandbox.shop.planning_returns import write_returns_sheet
from sandbox.shop.planning_stock import write_stock_sheets
from sandbox.shop.shop import Shop
from sandbox.shop.spreadsheets import write_sheet
from sandbox.shop.streams import stream

GROWTH = 1.1
CAMPAIGNS = (
    ("influencer", "social", 0.02),
    ("newsletter", "email", 0.004),
    ("fair", "retail", 0.01),
)

Day = tuple[date, float, int]


def write_planning(shop: Shop, folder: Path) -> None:
    """Write all of them as of the shop's now; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    days = _days(shop)
    write_sheet(
        folder / "targets.csv",
        ("period_type", "period_start", "revenue_target", "orders_target"),
        [*_targets(shop, days, "week"), *_targets(shop, days, "month")],
    )
    write_sheet(
        folder / "marketing_expenses.csv",
        ("expense_date", "amount", "kind", "channel"),
        _expenses(shop, days),
    )
    write_returns_sheet(shop, folder)
    write_stock_sheets(shop, folder)
    write_ads_sheets(shop, folder)


def _days(shop: Shop) -> list[Day]:
    return shop.con.execute(
        "select day, cast(gross_sales - discounts as double), orders "
        "from truth_ledger_daily order by day"
    ).fetchall()


def _start(kind: str, day: date) -> date:
    return day.replace(day=1) if kind == "month" else day - timedelta(days=day.weekday())


def _year_before(kind: str, start: date) -> date:
    return start.replace(year=start.year - 1) if kind == "month" else start - timedelta(weeks=52)


def _targets(shop: Shop, days: Sequence[Day], kind: str) -> Iterable[tuple[str, date, float, int]]:
    dice = stream(shop.spec.seed, f"{kind} targets")
    sums: dict[date, tuple[float, int]] = {}
    for day, revenue, orders in days:
        so_far = sums.get(_start(kind, day), (0.0, 0))
        sums[_start(kind, day)] = (so_far[0] + revenue, so_far[1] + orders)
    for start, own in sums.items():
        guessed = dice.uniform(0.9, 1.1)
        before = sums.get(_year_before(kind, start))
        revenue, orders = before or own
        factor = GROWTH if before else guessed
        yield kind, start, round(revenue * factor, -2), round(orders * factor)


def _expenses(shop: Shop, days: Sequence[Day]) -> Iterable[tuple[date, float, str, str]]:
    """Each campaign costs a share of revenue, paid on some days."""
    dice = stream(shop.spec.seed, "marketing expenses")
    for day, revenue, _ in days:
        for kind, channel, share in CAMPAIGNS:
            if dice.random() < 1 / 7:
                yield day, round(7 * share * revenue * dice.uniform(0.5, 1.5), 2), kind, channel
