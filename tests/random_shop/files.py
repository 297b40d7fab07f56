"""Random files of two stores in two zones and currencies, with the rows that trip a warehouse."""

from pathlib import Path

import numpy as np
import pandas as pd

from tests.random_shop import ad_files, return_files, stock_files
from tests.random_shop.stores import FIRST, LAST, STORES


def tables(seed: int) -> dict[str, pd.DataFrame]:
    """Frames with the spec's column names, a file each."""
    dice = np.random.default_rng(seed)
    orders = _orders(dice)
    items = _items(dice, orders)
    returns, return_items = return_files.tables(np.random.default_rng(seed + 1), orders, items)
    stock = stock_files.tables(np.random.default_rng(seed + 2), orders, items, returns)
    return {
        "stores": pd.DataFrame(
            [(store, currency, zone) for store, (currency, zone) in STORES.items()],
            columns=["store_id", "currency", "time_zone"],
        ),
        "products": _products(dice),
        "orders": orders,
        "order_items": items,
        "exchange_rates": _rates(dice),
        "marketing_expenses": _expenses(dice),
        "returns": returns,
        "return_items": return_items,
        **stock,
        **ad_files.tables(np.random.default_rng(seed + 3)),
    }


def write(frames: dict[str, pd.DataFrame], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        frame.to_csv(folder / f"{name}.csv", index=False)


def _orders(dice: np.random.Generator, count: int = 500) -> pd.DataFrame:
    store = dice.choice(list(STORES), count)
    span = int((LAST - FIRST).total_seconds())
    at = FIRST + pd.to_timedelta(np.sort(dice.integers(0, span, count)), unit="s")
    customer = dice.integers(1, 60, count)
    return pd.DataFrame(
        {
            "store_id": store,
            "order_id": [f"o{number}" for number in range(count)],
            "customer_id": [f"c{n}" if n > 5 else None for n in customer],
            # Half of the instants carry an offset, half are local to the store.
            "order_date": [
                stamp.strftime("%Y-%m-%dT%H:%M:%S") + ("+00:00" if number % 2 else "")
                for number, stamp in enumerate(at)
            ],
            "order_status": dice.choice(
                ["completed", "completed", "completed", "pending", "refunded", "cancelled"], count
            ),
            "is_test": dice.random(count) < 0.05,
            "shipping_amount": dice.integers(0, 900, count) / 100,
            "tax_amount": dice.integers(0, 900, count) / 100,
            "channel": dice.choice(["web", "mobile", "retail"], count),
            "currency": [
                dice.choice(["EUR", ""], p=[0.3, 0.7]) or STORES[name][0] for name in store
            ],
        }
    )


def _items(dice: np.random.Generator, orders: pd.DataFrame) -> pd.DataFrame:
    # About one order in ten has no line.
    lines = dice.choice([0, 1, 1, 1, 2, 2, 3, 4, 5, 1], len(orders))
    chosen = orders.loc[orders.index.repeat(lines)]
    count = len(chosen)
    return pd.DataFrame(
        {
            "store_id": chosen["store_id"].to_numpy(),
            "order_item_id": [f"i{number}" for number in range(count)],
            "order_id": chosen["order_id"].to_numpy(),
            "sku": [f"s{number}" for number in dice.integers(0, 12, count)],
            "quantity": dice.integers(1, 4, count),
            "unit_price": dice.integers(100, 5_000, count) / 100,
            "unit_cost": np.where(dice.random(count) < 0.4, dice.integers(50, 90, count), np.nan),
            "discount_amount": np.where(dice.random(count) < 0.3, 0.75, np.nan),
        }
    )


def _products(dice: np.random.Generator) -> pd.DataFrame:
    """s10 and s11 are sold but nobody names them; s12 and s13 are never sold, s14 is no stock.

    s7 has no cost at all, s9 only one that begins late, and s0 both one from the start and a dated
    one that begins late.
    """
    rows = [
        {
            "store_id": store,
            "sku": f"s{number}",
            "category": f"cat{number % 3}",
            "brand": f"brand{number % 2}",
            "supplier_id": f"sup{number % 3}",
            "unit_cost": None if number in (7, 9) else dice.integers(100, 900) / 100,
            "lead_time_days": dice.integers(3, 30) if number % 2 else None,
            "safety_stock_level": dice.integers(0, 20) if number % 3 == 0 else None,
            "launch_date": {5: "2024-09-15", 6: "2023-06-01"}.get(number),
            "status": {2: "discontinued", 3: "seasonal"}.get(number, "active"),
        }
        for store in STORES
        for number in (*range(10), 12, 13, 14)
    ]
    return pd.DataFrame(rows).astype({"lead_time_days": "Int64", "safety_stock_level": "Int64"})


def _rates(dice: np.random.Generator) -> pd.DataFrame:
    """USD to GBP on some days, GBP to EUR the other way round on others, none at the start."""
    days = pd.date_range(FIRST + pd.Timedelta(days=20), LAST, freq="9D")
    rows = [(day.date(), "USD", "GBP", round(dice.uniform(0.75, 0.82), 4)) for day in days]
    rows += [(day.date(), "GBP", "EUR", round(dice.uniform(1.1, 1.25), 4)) for day in days[::2]]
    return pd.DataFrame(rows, columns=["date", "from_currency", "to_currency", "rate"])


def _expenses(dice: np.random.Generator) -> pd.DataFrame:
    days = pd.date_range(FIRST, LAST, freq="5D")
    return pd.DataFrame(
        {
            "store_id": dice.choice(list(STORES), len(days)),
            "expense_date": days.date,
            "amount": dice.integers(1_000, 9_000, len(days)) / 100,
        }
    )
