"""Random returns of valid orders, without an order, without lines, of every status and kind."""

from typing import Any

import numpy as np
import pandas as pd

from tests.random_shop.stores import AS_OF, STORES, instant, local_day

CATEGORIES = ["product_quality", "size_fit", "wrong_product", "changed_mind", "delivery", "other"]
DETAILS = ["qqa", "qqb", "qqc qqd", ""]
Row = dict[str, Any]


def tables(
    dice: np.random.Generator, orders: pd.DataFrame, items: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The files `returns` and `return_items`."""
    valid = orders[(orders["order_status"] != "cancelled") & ~orders["is_test"]]
    lines = {key: part.to_dict("records") for key, part in items.groupby("order_id")}
    chosen = valid[dice.random(len(valid)) < 0.4].to_dict("records")
    headers: list[Row] = []
    returned: list[Row] = []
    for number, order in enumerate(chosen):
        header = _header(dice, f"r{number}", order)
        headers.append(header)
        # The tenth of the orders that has no lines makes returns without lines.
        returned += _lines(dice, header, lines.get(order["order_id"], []))
    for number in range(12):
        header, line = _without_order(dice, f"x{number}")
        headers.append(header)
        returned.append(line)
    made = pd.DataFrame(headers).drop(columns="is_foreign")
    return made, pd.DataFrame(returned)


def _header(dice: np.random.Generator, return_id: str, order: Row) -> Row:
    store = order["store_id"]
    bought = local_day(store, instant(store, order["order_date"]))
    header = _dates(dice, bought + pd.Timedelta(days=int(dice.integers(1, 40))))
    # What a return costs is told in the store's currency, what is refunded in the order's.
    foreign = order["currency"] != STORES[store][0]
    return {
        "store_id": store,
        "return_id": return_id,
        "order_id": order["order_id"],
        **header,
        "total_refund_amount": _maybe(dice, 0.6, dice.integers(500, 20_000) / 100),
        "processing_cost": None if foreign else _maybe(dice, 0.7, dice.integers(50, 900) / 100),
        "shipping_cost": None if foreign else _maybe(dice, 0.7, dice.integers(50, 900) / 100),
        "restocking_fee": _maybe(dice, 0.3, 3.5),
        "is_foreign": foreign,
    }


def _dates(dice: np.random.Generator, day: pd.Timestamp) -> Row:
    status = dice.choice(["completed", "completed", "completed", "pending", "approved", "rejected"])
    kind = str(dice.choice(["refund", "refund", "exchange", "store_credit"]))
    processed = day + pd.Timedelta(days=int(dice.integers(0, 13)))
    done = status == "completed" and dice.random() < 0.8 and not day <= AS_OF < processed
    return {
        "return_date": day.date(),
        # Empty cells mean completed and refund.
        "return_status": None if status == "completed" and dice.random() < 0.3 else status,
        "return_type": None if kind == "refund" and dice.random() < 0.3 else kind,
        "refund_date": processed.date() if done and kind != "exchange" else None,
        "exchange_processed_date": processed.date() if done and kind == "exchange" else None,
    }


def _lines(dice: np.random.Generator, header: Row, lines: list[Row]) -> list[Row]:
    """Some of an order's lines; all of them say what was refunded, some, or none."""
    told = dice.choice([0.0, 0.5, 1.0])
    kept = [line for line in lines if dice.random() < 0.7] or lines[:1]
    return [
        {
            "store_id": header["store_id"],
            "return_item_id": f"{header['return_id']}-{line['order_item_id']}",
            "return_id": header["return_id"],
            "order_item_id": line["order_item_id"],
            "sku": line["sku"],
            "quantity_returned": int(dice.integers(1, line["quantity"] + 1)),
            "refund_amount": _maybe(dice, told, dice.integers(0, 400) / 100),
            **_why(dice, header),
        }
        for line in kept
    ]


def _why(dice: np.random.Generator, header: Row) -> Row:
    # Goods that wait for approval are not back yet.
    back = header["return_status"] in (None, "completed", "rejected")
    resaleable = bool(dice.random() < 0.6) and back
    worth = resaleable and not header["is_foreign"] and dice.random() < 0.8
    return {
        "return_reason_category": dice.choice(CATEGORIES),
        "return_reason_detail": str(dice.choice(DETAILS)) or None,
        "resaleable": resaleable,
        "restocked_value": dice.integers(100, 2_000) / 100 if worth else None,
    }


def _without_order(dice: np.random.Generator, return_id: str) -> tuple[Row, Row]:
    store = str(dice.choice(list(STORES)))
    day = AS_OF - pd.Timedelta(days=int(dice.integers(-5, 300)))
    header = {
        "store_id": store,
        "return_id": return_id,
        "order_id": None,
        **_dates(dice, day),
        "total_refund_amount": 20.25,
        "processing_cost": 2.5,
        "shipping_cost": None,
        "restocking_fee": None,
        "is_foreign": False,
    }
    line = {
        "store_id": store,
        "return_item_id": f"{return_id}-1",
        "return_id": return_id,
        "order_item_id": None,
        "sku": f"s{dice.integers(0, 10)}",
        "quantity_returned": int(dice.integers(1, 4)),
        "refund_amount": None,
        **_why(dice, header),
    }
    return header, line


def _maybe(dice: np.random.Generator, chance: float, value: float) -> float | None:
    return float(value) if dice.random() < chance else None
