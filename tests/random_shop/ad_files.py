"""Random ads and visits of two stores: what a platform does not report is an empty cell."""

from typing import Any

import numpy as np
import pandas as pd

from tests.random_shop.stores import FIRST, LAST, STORES

DAYS = pd.date_range(FIRST, LAST, freq="D")
Row = dict[str, Any]
# platform, first day, last day, budget, currency, objective; days are counted from FIRST.
CAMPAIGNS: tuple[tuple[str, int, int | None, float | None, str | None, str | None], ...] = (
    ("google", 10, None, 25.5, None, "SALES"),
    ("google", 60, 300, 40, "EUR", None),
    ("meta", 30, 200, 12.25, None, "OUTCOME_AWARENESS"),
    ("meta", 200, 700, None, "USD", "traffic"),
    ("tiktok", 5, 90, 8, None, "nobody knows"),
)


def tables(dice: np.random.Generator) -> dict[str, pd.DataFrame]:
    """The files `ad_campaigns`, `ad_performance` and `web_sessions`."""
    campaigns = _campaigns()
    rows = [row for campaign in campaigns for row in _rows(dice, campaign)]
    # A campaign that no file describes, in each store.
    unknown: list[Row] = [
        {"store_id": store, "campaign_id": "unknown", "platform": "unknown", "currency": None}
        for store in STORES
    ]
    rows += [row for campaign in unknown for row in _rows(dice, campaign, share=0.05)]
    return {
        "ad_campaigns": pd.DataFrame(campaigns),
        "ad_performance": pd.DataFrame(rows).drop(columns="platform"),
        "web_sessions": _sessions(dice),
    }


def _campaigns() -> list[Row]:
    def day(offset: int | None) -> object:
        return None if offset is None else (FIRST + pd.Timedelta(days=offset)).date()

    return [
        {
            "store_id": store,
            "campaign_id": f"c{number}",
            "platform": platform,
            "campaign_name": f"Campaign {number}",
            "status": "paused" if number == 2 else "active",
            "budget": budget,
            "start_date": day(first),
            "end_date": day(last),
            "objective": objective,
            "currency": currency,
        }
        for store in STORES
        for number, (platform, first, last, budget, currency, objective) in enumerate(CAMPAIGNS)
    ]


def _rows(dice: np.random.Generator, campaign: Row, share: float = 0.25) -> list[Row]:
    """Rows on some of the days, several on some, also after the campaign's end."""
    rows = []
    for day in DAYS[dice.random(len(DAYS)) < share]:
        rows += [_row(dice, campaign, day) for _ in range(dice.integers(1, 4))]
    return rows


def _row(dice: np.random.Generator, campaign: Row, day: pd.Timestamp) -> Row:
    platform, number = campaign["platform"], campaign["campaign_id"]
    impressions = int(dice.integers(0, 5_000))
    clicks = int(dice.integers(0, impressions // 20 + 1))
    # Google reports no engagements at all, and video views of one campaign only; Meta leaves some
    # cells empty. Nobody but TikTok reports additions to a cart in the London store.
    carts = platform != "google" and not (campaign["store_id"] == "ldn" and platform == "meta")
    return {
        "store_id": campaign["store_id"],
        "campaign_id": number,
        "platform": platform,
        "date": day.date(),
        "impressions": impressions,
        "clicks": clicks,
        "spend": dice.integers(0, 5_000) / 100,
        "conversions": _maybe(dice, 0.9, dice.integers(0, 400) / 100),
        "revenue": _maybe(dice, 0.9, dice.integers(0, 20_000) / 100),
        "video_views": _maybe(dice, 0.5 if number in ("c1", "c2") else 0, impressions // 3),
        "engagements": _maybe(dice, 0.6 if platform in ("meta", "tiktok") else 0, clicks * 2),
        "add_to_carts": _maybe(dice, 0.7 if carts else 0, clicks // 2),
        "device_type": dice.choice(["desktop", "mobile", ""]) if number in ("c0", "c2") else None,
        "currency": dice.choice(["", "EUR"], p=[0.9, 0.1]),
    }


def _sessions(dice: np.random.Generator, count: int = 600) -> pd.DataFrame:
    store = dice.choice(list(STORES), count)
    span = int((LAST - FIRST).total_seconds())
    at = FIRST + pd.to_timedelta(dice.integers(0, span, count), unit="s")
    mediums = ["cpc", "CPM", "paid_social", "organic", "email", ""]
    return pd.DataFrame(
        {
            "store_id": store,
            "session_id": [f"v{number}" for number in range(count)],
            "timestamp": [
                stamp.strftime("%Y-%m-%dT%H:%M:%S") + ("Z" if number % 2 else "")
                for number, stamp in enumerate(at)
            ],
            "utm_medium": dice.choice(mediums, count),
            "page_views": [_maybe(dice, 0.9, int(dice.integers(1, 4))) for _ in range(count)],
        }
    ).astype({"page_views": "Int64"})


def _maybe(dice: np.random.Generator, probability: float, value: Any) -> Any:
    return value if dice.random() < probability else None
