"""Exchange rates and unit costs by their definitions, looked up one by one."""

import math
from collections import defaultdict
from dataclasses import dataclass, field

import pandas as pd

from tests.random_shop.stores import REPORTING, STORES, instant, local_day

Dated = list[tuple[pd.Timestamp, float]]


class Rates:
    """Rates to the reporting currency: of the day, else the latest before, else the first after."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.known: dict[str, Dated] = defaultdict(list)
        for row in frame.sort_values("date").to_dict("records"):
            day = pd.Timestamp(row["date"])
            if row["to_currency"] == REPORTING:
                self.known[row["from_currency"]].append((day, row["rate"]))
            else:
                self.known[row["to_currency"]].append((day, 1 / row["rate"]))

    def of(self, currency: str, day: pd.Timestamp) -> float:
        if currency == REPORTING:
            return 1.0
        before = latest(self.known[currency], day)
        return self.known[currency][0][1] if math.isnan(before) else before

    def of_store(self, store_id: str, day: pd.Timestamp) -> float:
        return self.of(STORES[store_id][0], day)


def latest(dated: Dated, day: pd.Timestamp) -> float:
    """The last value on or before the day."""
    found = [value for at, value in dated if at <= day]
    return found[-1] if found else math.nan


@dataclass
class Costs:
    """What a unit of a SKU costs on a day."""

    rates: Rates
    products: dict[tuple[str, str], float]
    history: dict[tuple[str, str], Dated] = field(default_factory=lambda: defaultdict(list))
    lines: dict[tuple[str, str], Dated] = field(default_factory=lambda: defaultdict(list))

    def in_force(self, store_id: str, sku: str, day: pd.Timestamp) -> float:
        """The latest dated cost, else the product's."""
        dated = latest(self.history[store_id, sku], day)
        if not math.isnan(dated):
            return dated
        product = self.products.get((store_id, sku), math.nan)
        return product * self.rates.of_store(store_id, day)

    def of_stock(self, store_id: str, sku: str, day: pd.Timestamp) -> float:
        """The cost in force; before the first known one, the first known one."""
        cost = self.in_force(store_id, sku, day)
        if math.isnan(cost) and self.history[store_id, sku]:
            return self.history[store_id, sku][0][1]
        return cost

    def nearest(self, store_id: str, sku: str, day: pd.Timestamp) -> float:
        """The known cost that is fewest days away; of two as near the earlier."""
        known = self.history[store_id, sku] + self.lines[store_id, sku]
        ranked = sorted(known, key=lambda each: (abs((each[0] - day).days), each[0]))
        return ranked[0][1] if ranked else math.nan

    def of_line(self, store_id: str, sku: str, day: pd.Timestamp, own: float) -> float:
        """A line's own cost, else the one in force on its day, else the nearest known one."""
        for cost in (own, self.in_force(store_id, sku, day)):
            if not math.isnan(cost):
                return cost
        return self.nearest(store_id, sku, day)


def costs(frames: dict[str, pd.DataFrame], as_of: pd.Timestamp) -> Costs:
    rates = Rates(frames["exchange_rates"])
    products = frames["products"].set_index(["store_id", "sku"])["unit_cost"].astype(float)
    made = Costs(rates, products.to_dict())
    for row in frames["cost_data"].sort_values("cost_date").to_dict("records"):
        day = pd.Timestamp(row["cost_date"])
        if day <= as_of:
            cost = row["cost_of_goods"] * rates.of_store(row["store_id"], day)
            made.history[row["store_id"], row["sku"]].append((day, cost))
    for key, part in _known_lines(frames, rates, as_of).groupby(["store_id", "sku", "day"]):
        store_id, sku, day = key
        made.lines[store_id, sku].append((day, part["own_cost"].mean()))
    return made


def _known_lines(
    frames: dict[str, pd.DataFrame], rates: Rates, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Lines with a cost of their own, whatever became of their order."""
    orders = frames["orders"][["store_id", "order_id", "order_date", "currency"]]
    lines = frames["order_items"].dropna(subset=["unit_cost"])
    known = lines.merge(orders, on=["store_id", "order_id"])
    known["day"] = [
        local_day(store, instant(store, text))
        for store, text in known[["store_id", "order_date"]].to_numpy()
    ]
    rate = [rates.of(*row) for row in known[["currency", "day"]].to_numpy()]
    return known.assign(own_cost=known["unit_cost"] * rate)[known["day"] <= as_of]
