"""The two stores, the days of their data, and the day of the run before the last of them."""

from zoneinfo import ZoneInfo

import pandas as pd

FIRST, LAST = pd.Timestamp("2023-11-20"), pd.Timestamp("2025-03-04")
STOCK_FIRST = FIRST - pd.Timedelta(days=25)
AS_OF = pd.Timestamp("2025-02-26")
STORES = {"ldn": ("GBP", "Europe/London"), "nyc": ("USD", "America/New_York")}
REPORTING = "GBP"


def zone(store_id: str) -> ZoneInfo:
    return ZoneInfo(STORES[store_id][1])


def instant(store_id: str, text: str) -> pd.Timestamp:
    """A text as the instant it means: without an offset it is local to the store."""
    at = pd.Timestamp(text)
    return (at if at.tzinfo else at.tz_localize(zone(store_id))).tz_convert("UTC")


def local_day(store_id: str, at: pd.Timestamp) -> pd.Timestamp:
    return at.tz_convert(zone(store_id)).tz_localize(None).normalize()
