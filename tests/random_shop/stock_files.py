"""Random stock: `ldn` brings all its movements, `nyc` neither its sales nor its returns.

Each store has two locations, of which one of `nyc` has no name. States are of noon, movements of
odd seconds, so that none comes at the same instant as another.
"""

from typing import Any

import numpy as np
import pandas as pd

from tests.random_shop.stores import AS_OF, FIRST, LAST, STOCK_FIRST, STORES, instant, local_day

LOCATIONS: dict[str, list[str | None]] = {"ldn": ["west", "east"], "nyc": [None, "east"]}
Row = dict[str, Any]


def tables(
    dice: np.random.Generator, orders: pd.DataFrame, items: pd.DataFrame, returns: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The files about stock and its costs."""
    movements = [*_opening(dice), *_later(dice), *_sold(dice, orders, items)]
    movements += _returned(dice, returns)
    for number, movement in enumerate(movements):
        movement["transaction_id"] = f"t{number}"
    return {
        "inventory_transactions": pd.DataFrame(movements),
        "inventory": pd.DataFrame(_states(dice, returns)),
        "purchase_orders": pd.DataFrame(_purchase_orders(dice)),
        "cost_data": pd.DataFrame(_costs(dice)),
    }


def _movement(
    dice: np.random.Generator, store: str, number: int, day: pd.Timestamp, **values: Any
) -> Row:
    second = int(dice.integers(0, 43_199)) * 2 + 1
    at = day + pd.Timedelta(seconds=second)
    offset = "+00:00" if dice.random() < 0.5 else ""
    return {
        "store_id": store,
        "sku": f"s{number}",
        "warehouse_location": LOCATIONS[store][int(dice.integers(0, 2))],
        "transaction_date": at.strftime("%Y-%m-%dT%H:%M:%S") + offset,
        **values,
    }


def _opening(dice: np.random.Generator) -> list[Row]:
    """First purchases; s4 is never purchased, s6 and s13 late, s14 never held."""
    rows = []
    for store in STORES:
        for number in (0, 1, 2, 3, 5, 7, 8, 9, 12):
            for location in LOCATIONS[store]:
                quantity = int(dice.integers(10, 70))
                values = {"transaction_type": "purchase", "quantity": quantity}
                first = _movement(dice, store, number, STOCK_FIRST, **values)
                noon = (STOCK_FIRST + pd.Timedelta(hours=12, seconds=number * 2 + 1)).isoformat()
                rows.append(first | {"warehouse_location": location, "transaction_date": noon})
        for number, kind, ago in (
            (4, "adjustment", 400),
            (6, "purchase", 200),
            (13, "purchase", 60),
        ):
            values = {"transaction_type": kind, "quantity": 40}
            rows.append(_movement(dice, store, number, AS_OF - pd.Timedelta(days=ago), **values))
    return rows


def _later(dice: np.random.Generator) -> list[Row]:
    """Purchases, corrections both ways, and transfers as two rows, also after the run."""
    rows = []
    for store in STORES:
        for day in pd.date_range(FIRST, LAST, freq="4D"):
            number = int(dice.choice([0, 1, 2, 3, 5, 7, 8, 9]))
            kind = str(dice.choice(["purchase", "purchase", "adjustment", "transfer"]))
            quantity = int(dice.integers(1, 12))
            if kind == "adjustment":
                quantity = quantity // 2 * int(dice.choice([-1, 1]))
            values = {"transaction_type": kind, "quantity": quantity}
            row = _movement(dice, store, number, day, **values)
            rows.append(row)
            if kind == "transfer":
                row["reference_id"] = f"tr{store}{day:%j%Y}"
                here, there = LOCATIONS[store]
                source = there if row["warehouse_location"] == here else here
                rows.append(row | {"warehouse_location": source, "quantity": -quantity})
    return rows


def _sold(dice: np.random.Generator, orders: pd.DataFrame, items: pd.DataFrame) -> list[Row]:
    """Most sales of `ldn`, hours after their orders: they move stock and count no units."""
    valid = orders[(orders["order_status"] != "cancelled") & (orders["store_id"] == "ldn")]
    sold = items.merge(valid[["order_id", "order_date"]], on="order_id")
    rows = []
    for line in sold[dice.random(len(sold)) < 0.9].to_dict("records"):
        day = local_day("ldn", instant("ldn", line["order_date"]))
        values = {"transaction_type": "sale", "quantity": -int(line["quantity"])}
        rows.append(_movement(dice, "ldn", int(line["sku"][1:]), day, **values))
    return rows


def _returned(dice: np.random.Generator, returns: pd.DataFrame) -> list[Row]:
    """As many returns of `ldn` as come to mind: with some there, its return lines move nothing."""
    days = returns.loc[returns["store_id"] == "ldn", "return_date"].iloc[:15]
    values = {"transaction_type": "return", "quantity": 1}
    return [_movement(dice, "ldn", 1, pd.Timestamp(day), **values) for day in days]


def _states(dice: np.random.Generator, returns: pd.DataFrame) -> list[Row]:
    """Counts at noon, some below zero, some after the run; not on a day of a return of `nyc`."""
    busy = set(pd.to_datetime(returns["return_date"]))
    rows = []
    for store in STORES:
        for number in (0, 1, 2, 5, 8, 11):
            for location in LOCATIONS[store]:
                days = AS_OF - pd.to_timedelta(dice.choice(np.arange(-5, 300), 2, False), unit="D")
                for day in days:
                    if day in busy:
                        continue
                    on_hand = int(dice.choice([-3, 0, 4, 12, 25, 60]))
                    rows.append(
                        {
                            "store_id": store,
                            "sku": f"s{number}",
                            "warehouse_location": location,
                            "quantity_on_hand": on_hand,
                            "last_updated": (day + pd.Timedelta(hours=12)).isoformat(),
                        }
                    )
    return rows


def _purchase_orders(dice: np.random.Generator) -> list[Row]:
    """Short, late, early, never delivered, and delivered after the run."""
    rows = []
    for store in STORES:
        for number, day in enumerate(pd.date_range(FIRST, LAST, freq="11D")):
            sku = int(dice.integers(0, 9))
            expected = day + pd.Timedelta(days=10)
            came = day + pd.Timedelta(days=int(dice.integers(2, 30)))
            ordered = int(dice.integers(5, 40))
            there = dice.random() < 0.85
            rows.append(
                {
                    "store_id": store,
                    "po_id": f"po{number}",
                    "supplier_id": f"sup{sku % 3}",
                    "sku": f"s{sku}",
                    "quantity_ordered": ordered,
                    "quantity_received": ordered - int(dice.integers(0, 4)) if there else None,
                    "order_date": day.date(),
                    "expected_delivery_date": expected.date(),
                    "actual_delivery_date": came.date() if there else None,
                    "status": "received" if there else "open",
                    "warehouse_location": LOCATIONS[store][number % 2],
                }
            )
    return rows


def _costs(dice: np.random.Generator) -> list[Row]:
    """Costs that change, from before the first movement; those of s0 and s9 begin late."""
    starts = dict.fromkeys((8, 10, 11), STOCK_FIRST)
    starts |= {0: pd.Timestamp("2024-07-01"), 9: pd.Timestamp("2024-08-01")}
    return [
        {
            "store_id": store,
            "sku": f"s{number}",
            "cost_of_goods": dice.integers(100, 900) / 100,
            "total_landed_cost": 99,
            "cost_date": day.date(),
        }
        for store in STORES
        for number, start in starts.items()
        for day in pd.date_range(start, LAST, freq="97D")
    ]
