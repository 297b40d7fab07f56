"""The figures of ads by their definitions, from the files, one row at a time."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from tests.random_shop.costs import Rates
from tests.random_shop.figures import Books, between, ratio
from tests.random_shop.stores import AS_OF, STORES, instant, local_day

Row = dict[str, Any]
PAID = {"cpc", "ppc", "paid", "paid_social", "paidsearch", "display", "cpm"}


@dataclass(frozen=True)
class Ads:
    """Rows of ads and campaigns with money in the reporting currency, and visits."""

    rows: list[Row]
    campaigns: list[Row]
    visits: list[Row]
    rates: Rates

    def of(self, store_id: str) -> "Ads":
        """What is of the store, or of all."""
        return self.only(lambda row: store_id in ("all", row["store_id"]))

    def only(self, keep: Callable[[Row], bool]) -> "Ads":
        """The rows, campaigns and visits that `keep` takes."""
        rows, campaigns, visits = (
            [row for row in part if keep(row)] for part in (self.rows, self.campaigns, self.visits)
        )
        return replace(self, rows=rows, campaigns=campaigns, visits=visits)


def ads(frames: dict[str, pd.DataFrame]) -> Ads:
    rates = Rates(frames["exchange_rates"])
    campaigns = _plain(frames["ad_campaigns"])
    known = {(row["store_id"], row["campaign_id"]): row for row in campaigns}
    for campaign in campaigns:
        campaign["currency"] = campaign["currency"] or STORES[campaign["store_id"]][0]
    rows = _plain(frames["ad_performance"])
    for row in rows:
        campaign = known.get((row["store_id"], row["campaign_id"]), {})
        row["day"] = pd.Timestamp(row["date"])
        row["platform"] = campaign.get("platform", "unknown")
        own = campaign.get("currency", STORES[row["store_id"]][0])
        rate = rates.of(row["currency"] or own, row["day"])
        row["spend"], row["revenue"] = row["spend"] * rate, (row["revenue"] or 0) * rate
    rows = [row for row in rows if row["day"] <= AS_OF]
    _mark_what_is_reported(rows)
    visits = _plain(frames["web_sessions"])
    for visit in visits:
        visit["day"] = local_day(visit["store_id"], instant(visit["store_id"], visit["timestamp"]))
    return Ads(rows, campaigns, [visit for visit in visits if visit["day"] <= AS_OF], rates)


def _plain(frame: pd.DataFrame) -> list[Row]:
    """Rows in which an empty cell is None."""
    return [
        {str(name): None if pd.isna(value) or value == "" else value for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


def _mark_what_is_reported(rows: list[Row]) -> None:
    """Whose figures count: of a platform with any value, of a campaign with any video view."""
    for figure, key in (
        ("engagements", "platform"),
        ("add_to_carts", "platform"),
        ("video_views", "campaign_id"),
    ):
        told = {(row["store_id"], row[key]) for row in rows if row[figure] is not None}
        for row in rows:
            row[f"{figure} told"] = (row["store_id"], row[key]) in told


def period(part: Ads, store: Books, start: pd.Timestamp, end: pd.Timestamp) -> dict[str, float]:
    """What these ads did from the start to the end; profit is told by the store's margin."""
    rows = [row for row in part.rows if start <= row["day"] <= end]
    total = Counter[str]()
    for row in rows:
        for name in ("impressions", "clicks", "spend", "conversions", "revenue"):
            total[name] += row[name] or 0
    spend, revenue, days = total["spend"], total["revenue"], (end - start).days + 1
    cost = spend + revenue * (1 - _margin(store, start, end))
    return {
        "total_ad_spend": spend,
        "cost_per_click": ratio(spend, total["clicks"]),
        "cost_per_impression": ratio(spend, total["impressions"], 1000),
        "daily_average_spend": spend / days,
        "impressions": total["impressions"],
        "clicks": total["clicks"],
        "click_through_rate": ratio(total["clicks"], total["impressions"], 100),
        "conversions": total["conversions"],
        "conversion_rate": ratio(total["conversions"], total["clicks"], 100),
        "revenue_from_ads": revenue,
        "return_on_ad_spend": ratio(revenue, spend),
        "cost_per_acquisition": ratio(spend, total["conversions"]),
        "profit_from_ads": revenue - cost,
        "return_on_investment": ratio(revenue - cost, cost, 100),
        "engagement_rate": _rate(rows, "engagements", "impressions"),
        "video_view_rate": _rate(rows, "video_views", "impressions"),
        "add_to_cart_rate": _rate(rows, "add_to_carts", "clicks"),
    }


def _margin(store: Books, start: pd.Timestamp, end: pd.Timestamp) -> float:
    """Gross profit for each unit of the store's revenue."""
    lines = between(store.lines, start, end)
    cost = (lines["quantity"] * lines["cost"]).sum()
    return ratio(lines["revenue"].sum() - cost, lines["revenue"].sum())


def _rate(rows: list[Row], figure: str, base: str) -> float:
    told = [row for row in rows if row[f"{figure} told"]]
    return ratio(sum(row[figure] or 0 for row in told), sum(row[base] for row in told), 100)


def budget(part: Ads, start: pd.Timestamp, end: pd.Timestamp) -> float:
    """Daily budgets of the campaigns that run, day by day."""
    return sum(
        campaign["budget"] * part.rates.of(campaign["currency"], day)
        for campaign in part.campaigns
        if campaign["budget"] is not None
        for day in pd.date_range(
            max(start, pd.Timestamp(campaign["start_date"])),
            min(end, pd.Timestamp(campaign["end_date"] or end)),
        )
    )


def budgeted(part: Ads, start: pd.Timestamp, end: pd.Timestamp) -> dict[str, float]:
    """What was to be spent, and how much of it was."""
    planned = budget(part, start, end)
    spend = sum(row["spend"] for row in part.rows if start <= row["day"] <= end)
    return {"budget": planned, "budget_utilization_pct": ratio(spend, planned, 100)}


def visited(part: Ads, start: pd.Timestamp, end: pd.Timestamp) -> dict[str, float]:
    """How many visits, and how many of them, and of the paid ones, saw a single page."""
    visits = [visit for visit in part.visits if start <= visit["day"] <= end]
    paid = [visit for visit in visits if (visit["utm_medium"] or "").lower() in PAID]
    return {
        "sessions": len(visits),
        "bounce_rate": _bounced(visits),
        "bounce_rate_paid": _bounced(paid),
    }


def _bounced(visits: list[Row]) -> float:
    return ratio(sum(visit["page_views"] == 1 for visit in visits), len(visits), 100)
