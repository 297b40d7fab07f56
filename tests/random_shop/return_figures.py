"""The figures of returns by their definitions, from the files, one line at a time."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tests.random_shop.costs import Rates
from tests.random_shop.figures import Books, between, ratio
from tests.random_shop.stores import AS_OF

Row = dict[str, Any]


@dataclass(frozen=True)
class Returned:
    """Returns that are not rejected, and their lines, with money in the reporting currency."""

    headers: list[Row]
    lines: list[Row]

    def only(self, keep: Callable[[Row], bool]) -> "Returned":
        """The lines that `keep` takes, and their returns."""
        lines = [line for line in self.lines if keep(line)]
        kept = {line["return_id"] for line in lines}
        return Returned([each for each in self.headers if each["return_id"] in kept], lines)

    def whole(self, keep: Callable[[Row], bool]) -> "Returned":
        """The returns that `keep` takes, and their lines."""
        headers = [header for header in self.headers if keep(header)]
        return Returned(headers, [line for line in self.lines if keep(line["header"])])

    def of(self, store_id: str) -> "Returned":
        if store_id == "all":
            return self
        return Returned(
            *(
                [row for row in rows if row["store_id"] == store_id]
                for rows in (self.headers, self.lines)
            )
        )


def returned(frames: dict[str, pd.DataFrame]) -> Returned:
    rates = Rates(frames["exchange_rates"])
    orders = frames["orders"].set_index("order_id").to_dict("index")
    headers: dict[str, Row] = {}
    for row in frames["returns"].astype(object).to_dict("records"):
        header: Row = {name: None if pd.isna(value) else value for name, value in row.items()}
        header["status"] = header["return_status"] or "completed"
        header["kind"] = header["return_type"] or "refund"
        header["day"] = pd.Timestamp(header["return_date"])
        if header["status"] == "rejected" or header["day"] > AS_OF:
            continue
        store_rate = rates.of_store(header["store_id"], header["day"])
        order = orders.get(header["order_id"])
        header["rate"] = rates.of(order["currency"], header["day"]) if order else store_rate
        header["channel"] = order["channel"] if order else None
        costs = (header["processing_cost"] or 0) + (header["shipping_cost"] or 0)
        header["costs"] = costs * store_rate
        headers[header["return_id"]] = header
    return Returned(list(headers.values()), _lines(frames, headers))


def _lines(frames: dict[str, pd.DataFrame], headers: dict[str, Row]) -> list[Row]:
    prices = {}
    for line in frames["order_items"].to_dict("records"):
        discount = 0 if math.isnan(line["discount_amount"]) else line["discount_amount"]
        revenue = line["quantity"] * line["unit_price"] - discount
        prices[line["order_item_id"]] = revenue / line["quantity"]
    by_return: dict[str, list[Row]] = defaultdict(list)
    for row in frames["return_items"].astype(object).to_dict("records"):
        by_return[row["return_id"]].append(
            {name: None if pd.isna(value) else value for name, value in row.items()}
        )
    return [
        line
        for return_id, header in headers.items()
        for line in _shared(by_return[return_id], header, prices)
    ]


def _shared(lines: list[Row], header: Row, prices: dict[str, float]) -> Iterable[Row]:
    """A return's lines with what was refunded for each: as told, else its part of what is left."""
    worth = [line["quantity_returned"] * prices.get(line["order_item_id"], 1.0) for line in lines]
    told = sum(line["refund_amount"] or 0 for line in lines)
    left = (header["total_refund_amount"] or told) - told
    silent = [
        value for line, value in zip(lines, worth, strict=True) if line["refund_amount"] is None
    ]
    for line, value in zip(lines, worth, strict=True):
        own = line["refund_amount"]
        refund = left * value / sum(silent) if own is None else own
        yield {
            **line,
            "day": header["day"],
            "header": header,
            "refund": refund * header["rate"],
            "recovered": (line["restocked_value"] or 0) * header["rate"],
        }


def period(
    store: Returned, books: Books, start: pd.Timestamp, end: pd.Timestamp
) -> dict[str, float]:
    """What came back to one store from the start to the end, both days included."""
    headers = [row for row in store.headers if start <= row["day"] <= end]
    lines = [row for row in store.lines if start <= row["day"] <= end]
    sold = between(books.lines, start, end)
    units = _units(lines)
    value = sum(line["refund"] for line in lines)
    recovered = sum(line["recovered"] for line in lines)
    loss = value - recovered + sum(header["costs"] for header in headers)
    orders = set(sold["order_id"])
    came_back = [line for line in store.lines if line["header"]["order_id"] in orders]
    return {
        "total_returns": len(headers),
        "returned_units": units,
        "return_rate": ratio(units, sold["quantity"].sum(), 100),
        "return_rate_by_order_date": ratio(_units(came_back), sold["quantity"].sum(), 100),
        "return_value": value,
        "defect_rate": ratio(_units(lines, "product_quality"), units, 100),
        "wrong_item_rate": ratio(_units(lines, "wrong_product"), units, 100),
        "size_fit_returns": ratio(_units(lines, "size_fit"), units, 100),
        "refund_amount": _refunded(store, start, end),
        "exchange_rate": ratio(
            sum(header["kind"] == "exchange" for header in headers), len(headers), 100
        ),
        "restocking_rate": ratio(
            _units([line for line in lines if line["resaleable"]]), units, 100
        ),
        "average_processing_time": _processing_days(headers),
        "net_return_loss": loss,
        "return_cost_pct": ratio(loss, sold["revenue"].sum(), 100),
        "recovered_value": recovered,
    }


def _units(lines: Iterable[Row], category: str | None = None) -> int:
    return sum(
        line["quantity_returned"]
        for line in lines
        if category is None or line["return_reason_category"] == category
    )


def _refunded(store: Returned, start: pd.Timestamp, end: pd.Timestamp) -> float:
    """By the day of the refund, which is that of the return where none is told."""
    total = 0.0
    for line in store.lines:
        header = line["header"]
        if (header["status"], header["kind"]) == ("completed", "refund"):
            day = pd.Timestamp(header["refund_date"] or header["day"])
            total += line["refund"] if start <= day <= min(end, AS_OF) else 0
    return total


def _processing_days(headers: list[Row]) -> float:
    days = []
    for header in headers:
        name = "exchange_processed_date" if header["kind"] == "exchange" else "refund_date"
        if header["status"] == "completed" and header[name] is not None:
            days.append((pd.Timestamp(header[name]) - header["day"]).days)
    return ratio(sum(days), len(days))


def by_reason(
    store: Returned, start: pd.Timestamp, end: pd.Timestamp
) -> dict[tuple[str, str | None], tuple[int, int]]:
    """Returns and units of each category, and of each detail of it; no detail is the total."""
    returns: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    units: dict[tuple[str, str | None], int] = defaultdict(int)
    for line in store.lines:
        if start <= line["day"] <= end:
            category, detail = line["return_reason_category"], line["return_reason_detail"]
            for key in {(category, None), (category, detail)}:
                returns[key].add(line["return_id"])
                units[key] += line["quantity_returned"]
    return {key: (len(found), units[key]) for key, found in returns.items()}
