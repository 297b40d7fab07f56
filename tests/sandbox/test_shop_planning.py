"""The made-up shop's spreadsheets."""

import csv
from datetime import date
from pathlib import Path

from sandbox.shop import ShopSpec, generate
from sandbox.shop.planning import write_planning


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_months_target_is_last_years_revenue_and_a_tenth_more(tmp_path: Path):
    shop = generate(ShopSpec(end=date(2026, 1, 31), orders=800))
    write_planning(shop, tmp_path)
    targets = {
        (row["period_type"], row["period_start"]): float(row["revenue_target"])
        for row in _rows(tmp_path / "targets.csv")
    }
    ((sold,),) = shop.con.execute(
        "select sum(gross_sales - discounts) from truth_ledger_daily "
        "where day between '2025-01-01' and '2025-01-31'"
    ).fetchall()
    assert abs(targets["month", "2026-01-01"] - 1.1 * float(sold)) <= 50
    assert len([kind for kind, _ in targets if kind == "month"]) == 26


def test_marketing_expenses_are_a_small_share_of_revenue(tmp_path: Path):
    shop = generate(ShopSpec(end=date(2026, 1, 31), orders=800))
    write_planning(shop, tmp_path)
    spent = sum(float(row["amount"]) for row in _rows(tmp_path / "marketing_expenses.csv"))
    ((sold,),) = shop.con.execute("select sum(net_sales) from truth_ledger_daily").fetchall()
    assert 0.01 < spent / float(sold) < 0.1


def test_an_empty_shop_plans_nothing(tmp_path: Path):
    write_planning(generate(ShopSpec(end=date(2026, 1, 31), orders=0, products=0)), tmp_path)
    assert all(float(row["revenue_target"]) == 0 for row in _rows(tmp_path / "targets.csv"))
