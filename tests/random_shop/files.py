"""Random files of two stores in two zones and currencies, with the rows that trip a warehouse."""

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

FIRST, LAST = pd.Timestamp("2023-11-20"), pd.Timestamp("2025-03-04")
AS_OF = pd.Timestamp("2025-02-26")
STORES = {"ldn": ("GBP", "Europe/London"), "nyc": ("USD", "America/New_York")}
REPORTING = "GBP"


def tables(seed: int) -> dict[str, pd.DataFrame]:
    """Frames with the spec's column names, a file each."""
    dice = np.random.default_rng(seed)
    orders = _orders(dice)
    return {
        "stores": pd.DataFrame(
            [(store, currency, zone) for store, (currency, zone) in STORES.items()],
            columns=["store_id", "currency", "time_zone"],
        ),
        "products": _products(dice),
        "orders": orders,
        "order_items": _items(dice, orders),
        "exchange_rates": _rates(dice),
        "marketing_expenses": _expenses(dice),
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
            "order_id": chosen["order_id"].to_numpy(),
            "sku": [f"s{number}" for number in dice.integers(0, 12, count)],
            "quantity": dice.integers(1, 4, count),
            "unit_price": dice.integers(100, 5_000, count) / 100,
            "unit_cost": np.where(dice.random(count) < 0.4, dice.integers(50, 90, count), np.nan),
            "discount_amount": np.where(dice.random(count) < 0.3, 0.75, np.nan),
        }
    )


def _products(dice: np.random.Generator) -> pd.DataFrame:
    """s10 and s11 are sold but nobody names them."""
    rows = [
        (store, f"s{number}", f"cat{number % 3}", dice.integers(100, 900) / 100)
        for store in STORES
        for number in range(10)
    ]
    return pd.DataFrame(rows, columns=["store_id", "sku", "category", "unit_cost"])


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


def zone(store_id: str) -> ZoneInfo:
    return ZoneInfo(STORES[store_id][1])
