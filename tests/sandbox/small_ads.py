"""A small shop with its ad world, made once; to be read only."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from sandbox.ads import AdWorld, make_ads
from sandbox.shop import ShopSpec, generate

END = date(2026, 6, 30)
FIRST = date(2025, 5, 27)
SETTLED = datetime(2026, 8, 31)
LATER = datetime(2026, 7, 10)
SOURCES = ("google_ads", "facebook_ads", "amazon_ads", "tiktok_ads")
WHOLE = ("impressions", "clicks", "video_views", "engagements")
MONEY = ("spend", "purchase_value")
LATE = ("purchases", "view_purchases", "add_to_carts")

Row = dict[str, Any]


@cache
def small_world() -> AdWorld:
    return make_ads(generate(ShopSpec(end=END, orders=1_500, products=40, months=18)))


def accounts(source: str) -> list[str]:
    """The ids of the accounts that have figures; the one at home first."""
    found = small_world().shop.con.execute(
        "select distinct account_id, currency_code from main.ad_days "
        "inner join main.ad_accounts using (platform_source, account_id) "
        "where platform_source = ? order by currency_code = 'EUR'",
        [source],
    )
    return [row[0] for row in found.fetchall()]


def told(
    source: str,
    account_id: str,
    by: Sequence[str],
    now: datetime = SETTLED,
    first: date = FIRST,
    last: date = END,
    **where: Sequence[str],
) -> list[Row]:
    """What the platform tells of these days."""
    rows = small_world().rows(source, account_id, by, first, last, now, where or None)
    return rows.to_pylist()


def totals(rows: Sequence[Row], keys: Sequence[str]) -> dict[tuple[Any, ...], Row]:
    """Sums of everything that adds up, by key; conversions in hundredths."""
    sums: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        total = sums.setdefault(tuple(row[key] for key in keys), {})
        for name in (*WHOLE, *MONEY):
            total[name] = total.get(name, Decimal(0)) + row[name]
        for name in LATE:
            total[name] = total.get(name, 0) + round(100 * row[name])
    return sums


def truth(query: str, *values: Any) -> list[tuple[Any, ...]]:
    return small_world().shop.con.execute(query, list(values)).fetchall()


def days_ago(days: float, end: date = END) -> datetime:
    """Noon, so many days before the shop's last day."""
    return datetime(end.year, end.month, end.day, 12) - timedelta(days=days)
