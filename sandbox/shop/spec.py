"""What a made-up shop is asked to be: its size, its span, its currency and its zone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZERO_DECIMAL_CURRENCIES = frozenset({"JPY", "KRW", "VND", "CLP"})


def decimals(currency_code: str) -> int:
    """Digits after the point of a currency."""
    return 0 if currency_code in ZERO_DECIMAL_CURRENCIES else 2


@dataclass(frozen=True)
class ShopSpec:
    """A shop whose last day is `end` (shop-local); the same spec always gives the same shop."""

    end: date
    seed: int = 20260101
    orders: int = 40_000
    months: int = 26
    products: int | None = None
    currency_code: str = "USD"
    country_code: str = "US"
    time_zone: str = "America/New_York"
    myshopify_domain: str = "sandbox.myshopify.com"
    name: str = "Sandbox Outfitters"
    repeat_share: float = 0.48
    abroad_share: float = 0.09

    @property
    def product_count(self) -> int:
        """As given, else grown with the orders: 300 for 40 thousand, 1,500 for a million."""
        if self.products is not None:
            return self.products
        return round(min(2_000, 300 * math.sqrt(max(self.orders, 400) / 40_000)))

    @property
    def start(self) -> date:
        """The first shop-local day."""
        after = self.end + timedelta(days=1)
        month = after.year * 12 + after.month - 1 - self.months
        return date(month // 12, month % 12 + 1, min(after.day, 28))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def end_at(self) -> datetime:
        """The instant after the last day, naive UTC."""
        midnight = datetime.combine(self.end + timedelta(days=1), time(), self.zone)
        return midnight.astimezone(UTC).replace(tzinfo=None)
