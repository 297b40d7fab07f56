"""The sales figures of a period by their definitions, from the files, one period at a time."""

import math
from dataclasses import dataclass

import pandas as pd

from tests.random_shop.costs import Rates, costs
from tests.random_shop.stores import AS_OF, instant, local_day


@dataclass(frozen=True)
class Books:
    """Valid orders and their lines in the reporting currency, and marketing expenses."""

    orders: pd.DataFrame
    lines: pd.DataFrame
    expenses: pd.DataFrame
    first_day: pd.Timestamp

    def of(self, store_id: str) -> "Books":
        if store_id == "all":
            return self
        parts = (self.orders, self.lines, self.expenses)
        orders, lines, expenses = (part[part["store_id"] == store_id] for part in parts)
        return Books(orders, lines, expenses, orders["day"].min())


def books(frames: dict[str, pd.DataFrame]) -> Books:
    rates = Rates(frames["exchange_rates"])
    orders = frames["orders"].copy()
    orders["day"] = [
        local_day(store, instant(store, text))
        for store, text in orders[["store_id", "order_date"]].to_numpy()
    ]
    orders["rate"] = [rates.of(*row) for row in orders[["currency", "day"]].to_numpy()]
    orders["customer"] = orders["store_id"] + "/" + orders["customer_id"]
    orders = orders[
        (orders["order_status"] != "cancelled") & ~orders["is_test"] & (orders["day"] <= AS_OF)
    ]
    expenses = frames["marketing_expenses"].copy()
    expenses["day"] = pd.to_datetime(expenses["expense_date"])
    expenses = expenses[expenses["day"] <= AS_OF]
    expenses["amount"] = [
        amount * rates.of_store(store, day)
        for store, amount, day in expenses[["store_id", "amount", "day"]].to_numpy()
    ]
    return Books(orders, _lines(frames, orders), expenses, orders["day"].min())


def _lines(frames: dict[str, pd.DataFrame], orders: pd.DataFrame) -> pd.DataFrame:
    known = costs(frames, AS_OF)
    lines = frames["order_items"].merge(
        orders[["store_id", "order_id", "order_date", "day", "rate", "customer", "channel"]],
        on=["store_id", "order_id"],
    )
    revenue = lines["quantity"] * lines["unit_price"] - lines["discount_amount"].fillna(0)
    lines["revenue"] = revenue * lines["rate"]
    lines["cost"] = [
        known.of_line(store, sku, day, own * rate)
        for store, sku, day, own, rate in lines[
            ["store_id", "sku", "day", "unit_cost", "rate"]
        ].to_numpy()
    ]
    return lines


def between(frame: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    return frame[(frame["day"] >= start) & (frame["day"] <= end)]


def ratio(part: float, whole: float, factor: float = 1.0) -> float:
    return factor * part / whole if whole else math.nan


def period(store: Books, start: pd.Timestamp, end: pd.Timestamp) -> dict[str, float]:
    """What one store did from the start to the end, both days included."""
    orders, lines = between(store.orders, start, end), between(store.lines, start, end)
    revenue, count = lines["revenue"].sum(), len(orders)
    customers = set(orders["customer"].dropna())
    first_orders = store.orders.groupby("customer")["day"].min()
    new = {name for name in customers if start <= first_orders[name] <= end}
    per_order = lines.groupby("order_id")["sku"].nunique()
    spend = between(store.expenses, start, end)["amount"].sum()
    return {
        "total_revenue": revenue,
        "orders_count": count,
        "total_units_sold": lines["quantity"].sum(),
        "average_order_value": ratio(revenue, count),
        "revenue_per_customer": ratio(revenue, len(customers)),
        "items_per_order": ratio(lines["quantity"].sum(), count),
        "cross_sell_rate": ratio((per_order >= 2).sum(), count),
        "new_customers": len(new),
        "returning_customers": len(customers) - len(new),
        "new_customers_pct": ratio(len(new), len(customers), 100),
        "customer_acquisition_cost": ratio(spend, len(new)),
        "shipping_amount": (orders["shipping_amount"] * orders["rate"]).sum(),
        "tax_amount": (orders["tax_amount"] * orders["rate"]).sum(),
        **_to_date(store, end),
    }


def _to_date(store: Books, end: pd.Timestamp) -> dict[str, float]:
    orders = store.orders[store.orders["day"] <= end]
    revenue = store.lines[store.lines["day"] <= end]["revenue"].sum()
    by_customer = orders.dropna(subset=["customer"]).groupby("customer")["day"]
    counts = by_customer.count()
    repeat = counts[counts >= 2].index
    years = (end - store.first_day).days / 365.25
    lifespan = ((by_customer.max() - by_customer.min()).dt.days / 365.25).loc[repeat]
    value = math.nan
    if len(repeat) and years:
        frequency = len(orders) / len(counts) / years
        value = revenue / len(orders) * frequency * lifespan.mean()
    return {
        "repeat_purchase_rate": ratio(len(repeat), len(counts), 100),
        "customer_lifetime_value": value,
    }


def growth(
    store: Books, now: tuple[pd.Timestamp, pd.Timestamp], before: tuple[pd.Timestamp, pd.Timestamp]
) -> float:
    """Change of revenue in percent; nan where the earlier days are not wholly in the data."""
    if before[0] < store.first_day:
        return math.nan
    earlier = between(store.lines, *before)["revenue"].sum()
    return ratio(between(store.lines, *now)["revenue"].sum() - earlier, earlier, 100)
