"""Whole shops' revenue by day and category, read without a warehouse, as forecasts take it."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from ml.forecast.run import Inputs
from sandbox.shop import Shop

STORE = "main"
USUAL_DAYS = 28
WEEK = 7
SCENARIOS = [
    *("scenario", "kind", "price_change_pct", "discount_change_pct", "ad_spend_change_pct"),
    "quantile_pct",
]
SANDBOX = """
with

removed as (
    select line_id, sum(subtotal) as amount, sum(tax_amount) as tax from refund_lines
    where restock_type = 'CANCEL'
    group by line_id
),

off as (
    select line_id, sum(amount) as amount from line_discounts group by line_id
)

select
    cast(timezone('{zone}', timezone('UTC', orders.processed_at)) as date) as day,
    coalesce(products.category, '(none)') as category,
    sum(
        lines.quantity * lines.unit_price - coalesce(off.amount, 0) - coalesce(removed.amount, 0)
        - case when taxes_included then lines.tax_amount - coalesce(removed.tax, 0) else 0 end
    ) as revenue,
    sum(coalesce(off.amount, 0)) as discount
from order_lines as lines
inner join orders using (order_id)
left join products using (product_id)
left join removed using (line_id)
left join off using (line_id)
where not orders.is_test and orders.cancelled_at is null and orders.deleted_at is null
    and not lines.is_gift_card
group by all
"""
RETAIL = """
select
    cast(orders.order_date as date) as day,
    'everything' as category,
    sum(items.quantity * items.unit_price - items.discount_amount) as revenue,
    0 as discount
from read_csv('{folder}/orders.csv.gz') as orders
inner join read_csv('{folder}/order_items.csv.gz') as items using (order_id)
group by all
"""


@dataclass(frozen=True)
class Sales:
    """A row a day, without gaps; `revenue` has a column for each category."""

    revenue: pd.DataFrame
    discount_rate: pd.Series
    country: str

    @property
    def last(self) -> pd.Timestamp:
        return self.revenue.index[-1]

    def of(self, entity: str) -> pd.Series:
        """Revenue of a category, or of all: `total`."""
        return self.revenue.sum(axis=1) if entity == "total" else self.revenue[entity]

    def naive(self, entity: str, as_of: pd.Timestamp, days: int) -> np.ndarray:
        """The last week before, again and again."""
        return np.resize(self.of(entity)[:as_of].to_numpy()[-WEEK:], days)


def of_the_sandbox(shop: Shop) -> Sales:
    """What valid orders of a made-up shop brought, gift cards left out."""
    found = shop.con.execute(SANDBOX.format(zone=shop.spec.time_zone)).df()
    return _sales(found, shop.spec.country_code)


def of_online_retail(folder: Path) -> Sales:
    """What the wholesaler of Online Retail invoiced."""
    with duckdb.connect() as con:
        return _sales(con.execute(RETAIL.format(folder=folder)).df(), "GB")


def _sales(found: pd.DataFrame, country: str) -> Sales:
    found["day"] = pd.to_datetime(found["day"])
    days = pd.date_range(found["day"].min(), found["day"].max())
    revenue = found.pivot_table(index="day", columns="category", values="revenue", aggfunc="sum")
    revenue = revenue.reindex(days).fillna(0.0).astype(float)
    discount = found.groupby("day")["discount"].sum().reindex(days).fillna(0.0).astype(float)
    rate = (discount / (revenue.sum(axis=1) + discount)).fillna(0.0)
    return Sales(revenue, rate, country)


def known_on(sales: Sales, as_of: pd.Timestamp) -> Inputs:
    """What int_forecast holds on a day: nothing later, no planned promotion."""
    entities = [("store", "total"), *(("category", name) for name in sales.revenue)]
    past = sales.revenue[:as_of].index
    series = pd.DataFrame(
        [
            {
                "series_id": f"{STORE}|{level}|revenue|{entity}|",
                "store_id": STORE,
                "level": level,
                "measure": "revenue",
                "entity": entity,
                "warehouse_location": "",
                "category": None,
                "first_day": past[0],
                "last_day": as_of,
            }
            for level, entity in entities
        ]
    )
    days = [
        pd.DataFrame({"series_id": row.series_id, "day": past, "y": sales.of(row.entity)[:as_of]})
        for row in series.itertuples()
    ]
    observed = pd.concat(days, ignore_index=True)
    return Inputs(
        series,
        observed.assign(observed=observed["y"], is_censored=False),
        _regressors(sales, as_of),
        pd.DataFrame(columns=["store_id", "sku", "warehouse_location", "share"]),
        pd.DataFrame({"store_id": [STORE], "country": [sales.country]}),
        pd.DataFrame(columns=SCENARIOS),
    )


def _regressors(sales: Sales, as_of: pd.Timestamp) -> pd.DataFrame:
    """Discounts as they were, then as they have usually been of late."""
    past = sales.discount_rate[:as_of]
    days = pd.date_range(past.index[0], as_of + pd.Timedelta(days=366))
    rate = past.reindex(days).fillna(past.tail(USUAL_DAYS).mean())
    return pd.DataFrame(
        {
            "store_id": STORE,
            "day": days,
            "price_index": 1.0,
            "discount_rate": rate.to_numpy(),
            "ad_spend": np.nan,
            "season_plan": None,
            "is_promotion": False,
            "is_peak": False,
            "is_future": days > as_of,
        }
    )
