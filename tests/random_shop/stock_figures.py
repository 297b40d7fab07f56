"""The figures of stock by their definitions, from the files, one SKU and day at a time."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import stdev
from typing import Any

import pandas as pd

from tests.random_shop.costs import Costs, costs
from tests.random_shop.figures import Books, between, ratio
from tests.random_shop.return_figures import Returned
from tests.random_shop.stores import AS_OF, STOCK_FIRST, instant, local_day

Row = dict[str, Any]
Place = tuple[str, str, str]  # store, SKU, location
Sku = tuple[str, str]
SERVICE_LEVEL_95 = 1.6448536269514722
ORDER_COST, HOLDING_RATE = 50, 0.25
CALENDAR = list(pd.date_range(STOCK_FIRST, AS_OF))


@dataclass(frozen=True)
class Stock:
    """Closing stock by place and day, and what else the figures are made of."""

    closings: dict[Place, dict[pd.Timestamp, int]]
    movements: list[Row]
    states: list[tuple[Place, pd.Timestamp]]
    products: dict[Sku, Row]
    orders_received: list[Row]
    costs: Costs
    books: Books

    def of(self, store_id: str) -> "Stock":
        """One store's part."""
        if store_id == "all":
            return self
        return self._only({place for place in self.closings if place[0] == store_id}, store_id)

    def of_sku(self, store_id: str, sku: str) -> "Stock":
        """One SKU's part: its places, its sales, its deliveries."""
        store = self.of(store_id)
        part = store._only({place for place in store.closings if place[1] == sku}, store_id)
        lines = part.books.lines
        return replace(
            part,
            orders_received=[row for row in part.orders_received if row["sku"] == sku],
            books=replace(part.books, lines=lines[lines["sku"] == sku]),
        )

    def _only(self, places: set[Place], store_id: str) -> "Stock":
        received = self.orders_received
        return replace(
            self,
            closings={place: self.closings[place] for place in places},
            movements=[row for row in self.movements if row["place"] in places],
            states=[state for state in self.states if state[0] in places],
            orders_received=[row for row in received if store_id in ("all", row["store_id"])],
            books=self.books.of(store_id),
        )

    def is_active(self, start: pd.Timestamp, end: pd.Timestamp) -> bool:
        """Whether something moved, or a state was told, from the start to the end."""
        days = [row["day"] for row in self.movements] + [day for _, day in self.states]
        return any(start <= day <= end for day in days)

    @cached_property
    def by_sku(self) -> dict[Sku, dict[pd.Timestamp, int]]:
        """Closing stock of all locations together."""
        sums: dict[Sku, dict[pd.Timestamp, int]] = defaultdict(lambda: defaultdict(int))
        for (store, sku, _), days in self.closings.items():
            for day, units in days.items():
                sums[store, sku][day] += units
        return {sku: dict(days) for sku, days in sums.items()}

    @cached_property
    def values(self) -> dict[pd.Timestamp, float]:
        """What the stock is worth at the close of each day; below zero it is worth nothing."""
        worth: dict[pd.Timestamp, float] = dict.fromkeys(CALENDAR, 0.0)
        for (store, sku, _), days in self.closings.items():
            for day, units in days.items():
                cost = self.costs.of_stock(store, sku, day)
                worth[day] += 0 if math.isnan(cost) else max(units, 0) * cost
        return worth

    @cached_property
    def units(self) -> dict[pd.Timestamp, int]:
        held: dict[pd.Timestamp, int] = dict.fromkeys(CALENDAR, 0)
        for days in self.closings.values():
            for day, units in days.items():
                held[day] += units
        return held

    @cached_property
    def first_received(self) -> dict[Sku, pd.Timestamp]:
        """The day of a SKU's first purchase, else of its first movement upwards."""
        days: dict[tuple[Sku, bool], pd.Timestamp] = {}
        for row in self.movements:
            if row["quantity"] > 0:
                key = (row["place"][:2], row["kind"] == "purchase")
                days[key] = min(days.get(key, row["day"]), row["day"])
        skus = {sku for sku, _ in days}
        return {sku: days.get((sku, True), days.get((sku, False), AS_OF)) for sku in skus}

    @cached_property
    def first_held(self) -> dict[Sku, pd.Timestamp]:
        """The first day that a SKU closed above zero, all locations together."""
        above = {sku: [day for day in days if days[day] > 0] for sku, days in self.by_sku.items()}
        return {sku: min(days) for sku, days in above.items() if days}

    @cached_property
    def sold_on(self) -> dict[Sku, dict[pd.Timestamp, int]]:
        sold: dict[Sku, dict[pd.Timestamp, int]] = defaultdict(lambda: defaultdict(int))
        for line in self.books.lines.to_dict("records"):
            sold[line["store_id"], line["sku"]][line["day"]] += line["quantity"]
        return sold


def stock(frames: dict[str, pd.DataFrame], books: Books, came_back: Returned) -> Stock:
    homes = _homes(frames)
    movements = [*_from_file(frames), *_from_orders(books, homes)]
    movements += _from_returns(came_back, homes)
    movements = [row for row in movements if row["day"] <= AS_OF]
    states = _latest_states(frames["inventory"])
    closings = {
        place: dict(
            _closings([row for row in movements if row["place"] == place], states.get(place))
        )
        for place in {row["place"] for row in movements} | set(states)
    }
    products = frames["products"].astype(object).to_dict("records")
    received = frames["purchase_orders"].dropna(subset=["actual_delivery_date"])
    return Stock(
        closings,
        movements,
        _state_days(frames["inventory"]),
        {(row["store_id"], row["sku"]): row for row in products},
        [row for row in _dated(received) if row["day"] <= AS_OF],
        costs(frames, AS_OF),
        books,
    )


def _place(row: Row) -> Place:
    location = row["warehouse_location"]
    return row["store_id"], row["sku"], location if isinstance(location, str) else "main"


def _movement(place: Place, at: pd.Timestamp, kind: str, quantity: int) -> Row:
    day = local_day(place[0], at)
    return {"place": place, "at": at, "day": day, "kind": kind, "quantity": quantity}


def _from_file(frames: dict[str, pd.DataFrame]) -> Iterator[Row]:
    for row in frames["inventory_transactions"].to_dict("records"):
        at = instant(row["store_id"], row["transaction_date"])
        yield _movement(_place(row), at, row["transaction_type"], row["quantity"])


def _homes(frames: dict[str, pd.DataFrame]) -> dict[Sku, str]:
    """Where a SKU of `nyc` is taken from: at `main` where it is held there, else where it is."""
    rows = [
        row
        for name in ("inventory", "inventory_transactions")
        for row in frames[name].to_dict("records")
    ]
    held = {_place(row) for row in rows}
    elsewhere = {place[:2]: place[2] for place in held if place[2] != "main"}
    return {
        (store, sku): location
        for (store, sku), location in elsewhere.items()
        if (store, sku, "main") not in held
    }


def _from_orders(books: Books, homes: dict[Sku, str]) -> Iterator[Row]:
    """`nyc` brings no sales: they are its orders'."""
    for line in books.of("nyc").lines.to_dict("records"):
        at = instant("nyc", line["order_date"])
        home = homes.get(("nyc", line["sku"]), "main")
        yield _movement(("nyc", line["sku"], home), at, "sale", -line["quantity"])


def _from_returns(came_back: Returned, homes: dict[Sku, str]) -> Iterator[Row]:
    """`nyc` brings no returns either: what can be sold again comes back."""
    for line in came_back.of("nyc").lines:
        if line["resaleable"]:
            at = instant("nyc", line["day"].isoformat())
            home = homes.get(("nyc", line["sku"]), "main")
            yield _movement(("nyc", line["sku"], home), at, "return", line["quantity_returned"])


def _state_days(frame: pd.DataFrame) -> list[tuple[Place, pd.Timestamp]]:
    rows = frame.to_dict("records")
    return [
        (_place(row), local_day(row["store_id"], instant(row["store_id"], row["last_updated"])))
        for row in rows
    ]


def _latest_states(frame: pd.DataFrame) -> dict[Place, Row]:
    """The last state of each place that is not after the day of the run."""
    states: dict[Place, Row] = {}
    for row in frame.to_dict("records"):
        at = instant(row["store_id"], row["last_updated"])
        place = _place(row)
        if local_day(place[0], at) <= AS_OF and (place not in states or states[place]["at"] < at):
            states[place] = {"at": at, "units": row["quantity_on_hand"]}
    return states


def _closings(movements: list[Row], state: Row | None) -> Iterator[tuple[pd.Timestamp, int]]:
    """The running sum at the close of each day; a state shifts the whole history of its place."""
    shift, days = 0, [row["day"] for row in movements]
    if state:
        shift = state["units"] - sum(
            row["quantity"] for row in movements if row["at"] <= state["at"]
        )
        days.append(STOCK_FIRST)
    for day in pd.date_range(min(days), AS_OF):
        yield day, shift + sum(row["quantity"] for row in movements if row["day"] <= day)


def _dated(received: pd.DataFrame) -> Iterator[Row]:
    for row in received.to_dict("records"):
        ordered, came = (pd.Timestamp(row[name]) for name in ("order_date", "actual_delivery_date"))
        yield row | {"day": came, "lead_time": (came - ordered).days}


def period(store: Stock, start: pd.Timestamp, end: pd.Timestamp) -> dict[str, float]:
    """One store's stock from the start to the end, both days included."""
    sold = between(store.books.lines, start, end)
    units_sold = sold["quantity"].sum()
    days = [day for day in CALENDAR if start <= day <= end]
    received = sum(
        row["quantity"]
        for row in store.movements
        if row["kind"] == "purchase" and start <= row["day"] <= end
    )
    opening = store.units.get(start - pd.Timedelta(days=1), 0)
    average_value = ratio(sum(store.values[day] for day in days), len(days))
    cost_of_goods = (sold["quantity"] * sold["cost"]).fillna(0).sum()
    elapsed = (end - start).days + 1
    lead_times = [row["lead_time"] for row in store.orders_received if start <= row["day"] <= end]
    return {
        "current_stock_quantity": store.units.get(end, 0),
        "stock_value": store.values.get(end, 0.0),
        "days_of_inventory": ratio(store.units.get(end, 0), _daily_units(store, end)),
        "inventory_turnover_ratio": ratio(cost_of_goods, average_value),
        "inventory_turnover_annualized": ratio(cost_of_goods * 365, average_value * elapsed),
        "sell_through_rate": ratio(units_sold, received, 100),
        "sell_through_on_available": ratio(units_sold, opening + received, 100),
        "dead_stock_percentage": ratio(_dead_units(store, end), store.units.get(end, 0), 100),
        "stockout_rate": _stockout_rate(store, start, end),
        "average_lead_time": ratio(sum(lead_times), len(lead_times)),
        "inventory_velocity": ratio(units_sold, elapsed),
    }


def _daily_units(store: Stock, end: pd.Timestamp) -> float:
    window = between(store.books.lines, end - pd.Timedelta(days=29), end)
    return float(window["quantity"].sum() / 30)


def _sold_in(store: Stock, sku: Sku, days: int, end: pd.Timestamp) -> list[int]:
    """Units of each of the last days, those without a sale too."""
    window = pd.date_range(end - pd.Timedelta(days=days - 1), end)
    return [store.sold_on[sku].get(day, 0) for day in window]


def _dead_units(store: Stock, end: pd.Timestamp) -> int:
    before = end - pd.Timedelta(days=90)
    return sum(
        days.get(end, 0)
        for sku, days in store.by_sku.items()
        if not any(before < day <= end for day in store.sold_on[sku])
        and sku in store.first_received
        and store.first_received[sku] <= before
    )


def _stockout_rate(store: Stock, start: pd.Timestamp, end: pd.Timestamp) -> float:
    window = [day for day in CALENDAR if start <= day <= end]
    out = counted = 0
    for sku, first in store.first_held.items():
        if store.products.get(sku, {}).get("status", "active") in ("active", "seasonal"):
            closed = [store.by_sku[sku][day] for day in window if day >= first]
            counted += len(closed)
            out += sum(units <= 0 for units in closed)
    return ratio(out, counted, 100)


def plan(store: Stock, sku: Sku, end: pd.Timestamp) -> dict[str, float]:
    """When and how much of one SKU to order, as of the end of a period."""
    product = store.products.get(sku, {})
    lead_time = _number(product.get("lead_time_days"))
    if math.isnan(lead_time):
        lead_time = _supplier_lead_time(store, sku[0], product.get("supplier_id"))
    safety = _number(product.get("safety_stock_level"))
    if math.isnan(safety):
        safety = SERVICE_LEVEL_95 * stdev(_sold_in(store, sku, 90, end)) * math.sqrt(lead_time)
    point = sum(_sold_in(store, sku, 30, end)) / 30 * lead_time + safety
    holding = HOLDING_RATE * store.costs.of_stock(*sku, end)
    return {
        "reorder_point": point if math.isnan(point) else math.ceil(point - 1e-9),
        "economic_order_quantity": math.sqrt(
            ratio(2 * _annual_demand(store, sku, end) * ORDER_COST, holding)
        ),
    }


def _number(value: Any) -> float:
    return math.nan if value is None or pd.isna(value) else float(value)


def _supplier_lead_time(store: Stock, store_id: str, supplier_id: Any) -> float:
    days = [
        row["lead_time"]
        for row in store.orders_received
        if (row["store_id"], row["supplier_id"]) == (store_id, supplier_id)
    ]
    return ratio(sum(days), len(days))


def _annual_demand(store: Stock, sku: Sku, end: pd.Timestamp) -> float:
    """Units of the last 365 days; of a younger SKU as many as its days make of a year."""
    launched = store.products.get(sku, {}).get("launch_date")
    begins = [store.first_received[sku]] if sku in store.first_received else []
    begins += [pd.Timestamp(launched)] if isinstance(launched, str) else []
    age = (end - max(begins)).days + 1 if begins else 365
    return sum(_sold_in(store, sku, 365, end)) * (365 / age if 0 < age < 365 else 1)
