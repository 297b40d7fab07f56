"""The figures of an ad world as TikTok's metrics: texts, whatever they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

SHOP_OBJECTIVE = "PRODUCT_SALES"
CENT = Decimal("0.01")
NO_FIGURE = "-"

SUMS = (
    "spend", "impressions", "clicks", "conversion", "reach", "video_play_actions",
    "video_watched_2s", "video_watched_6s", "engagements", "likes", "comments", "shares", "follows",
    "vta_complete_payment", "vta_purchase", "complete_payment", "total_complete_payment_rate",
    "onsite_shopping", "total_onsite_shopping_value", "total_purchase", "total_purchase_value",
    "web_event_add_to_cart", "onsite_on_web_cart", "total_app_event_add_to_cart",
)  # fmt: skip
# numerator, denominator, factor
RATIOS = {
    "ctr": ("clicks", "impressions", 100),
    "cpc": ("spend", "clicks", 1),
    "cpm": ("spend", "impressions", 1000),
    "cost_per_conversion": ("spend", "conversion", 1),
    "complete_payment_roas": ("total_complete_payment_rate", "spend", 1),
    "value_per_complete_payment": ("total_complete_payment_rate", "complete_payment", 1),
}
ATTRIBUTES = frozenset({"campaign_id", "adgroup_id", "campaign_name", "ad_name", "currency"})
METRICS = frozenset({*SUMS, *RATIOS, *ATTRIBUTES})
# A report by a trait of the audience does not know how long it watched.
NOT_OF_AUDIENCE = frozenset({
    "reach", "video_play_actions", "video_watched_2s", "video_watched_6s", "engagements", "likes",
    "comments", "shares", "follows", "vta_complete_payment", "vta_purchase",
})  # fmt: skip
MONEY = frozenset({
    "spend", "total_complete_payment_rate", "total_onsite_shopping_value", "total_purchase_value",
})  # fmt: skip
GMV_MAX = ("cost", "net_cost", "orders", "cost_per_order", "gross_revenue", "roi")

Sums = Counter[str]


def of_row(row: Mapping[str, Any], objective: str) -> dict[str, Any]:
    """One row of the world as the sums of a campaign with this objective."""
    purchases, value = round(row["purchases"] or 0), row["purchase_value"] or Decimal(0)
    carts, views = round(row["add_to_carts"] or 0), row["video_views"] or 0
    engaged = row["engagements"] or 0
    is_shop = objective == SHOP_OBJECTIVE
    return {
        "spend": row["spend"],
        "impressions": row["impressions"],
        "clicks": row["clicks"],
        "conversion": views if objective == "VIDEO_VIEWS" else purchases,
        "reach": row["reach"] or 0,
        "video_play_actions": row["impressions"],
        "video_watched_2s": views,
        "video_watched_6s": views // 3,
        "engagements": engaged,
        "likes": engaged * 3 // 4,
        "comments": engaged // 20,
        "shares": engaged // 25,
        "follows": engaged // 50,
        "vta_complete_payment": 0 if is_shop else round(row["view_purchases"] or 0),
        "complete_payment": 0 if is_shop else purchases,
        "total_complete_payment_rate": Decimal(0) if is_shop else value,
        "onsite_shopping": purchases if is_shop else 0,
        "total_onsite_shopping_value": value if is_shop else Decimal(0),
        "web_event_add_to_cart": 0 if is_shop else carts,
        "onsite_on_web_cart": carts if is_shop else 0,
    }


def summed(parts: Iterable[Mapping[str, Any]]) -> Sums:
    sums: Counter[str] = Counter()
    for part in parts:
        for name, value in part.items():
            sums[name] += value
    return sums


def told(sums: Sums, metrics: Iterable[str], attributes: Mapping[str, str]) -> dict[str, str]:
    """The metrics that are asked for, as texts."""
    return {name: attributes.get(name) or _told(sums, name) for name in metrics}


def gmv_max(sums: Sums, metrics: Iterable[str]) -> dict[str, str]:
    """What GMV Max tells of a campaign; a third of a tenth of the cost was paid by credits."""
    cost, orders = Decimal(sums["spend"]), sums["onsite_shopping"]
    revenue = Decimal(sums["total_onsite_shopping_value"])
    values = {
        "cost": _text(cost),
        "net_cost": _text((cost * Decimal("0.97")).quantize(CENT)),
        "orders": str(orders),
        "cost_per_order": _ratio(cost, Decimal(orders)),
        "gross_revenue": _text(revenue),
        "roi": _ratio(revenue, cost),
    }
    return {name: values[name] for name in metrics}


def _told(sums: Sums, name: str) -> str:
    if name in RATIOS:
        numerator, denominator, factor = RATIOS[name]
        return _ratio(Decimal(sums[numerator]) * factor, Decimal(sums[denominator]))
    if name in MONEY:
        return _text(Decimal(sums[name]))
    return str(sums[name]) if name in SUMS else NO_FIGURE


def _ratio(numerator: Decimal, denominator: Decimal) -> str:
    return str((numerator / denominator).quantize(CENT)) if denominator else "0.00"


def _text(money: Decimal) -> str:
    """With cents at least, and as many digits more as there are."""
    trimmed = money.normalize()
    exponent = trimmed.as_tuple().exponent
    has_more = isinstance(exponent, int) and exponent < -2
    return f"{trimmed:f}" if has_more else str(money.quantize(CENT))
