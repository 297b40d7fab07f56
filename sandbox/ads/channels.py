"""By which channels people come to the shop, and what each does to them. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.shop.words import VISITS

# channel -> the probability that a contact alone makes somebody buy. Who finds a new shop by a
# channel is moved most by it; who comes back by it had made up the mind before.
STRENGTHS = {
    "paid_search": 0.20,
    "shopping": 0.34,
    "display": 0.30,
    "video": 0.50,
    "paid_social": 0.55,
    "organic_search": 0.30,
    "organic_social": 0.38,
    "email": 0.17,
    "direct": 0.13,
    "referral": 0.42,
    "affiliate": 0.30,
}
CHANNELS = list(STRENGTHS)


@dataclass(frozen=True)
class Way:
    """A way to the shop as web analytics names it; `campaign` is the one that led there.

    `before` and `between` say how often it is a contact before the first visit (then only seen) and
    a visit between the first and the last one.
    """

    channel: str
    source: str | None
    medium: str | None
    campaign: str | None
    landing_page: str = "/"
    before: float = 0.0
    between: float = 0.0


def _of_orders() -> list[Way]:
    """The ways that orders tell of, in the order of VISITS."""
    channels = ("organic_search", "organic_search", "paid_search", "shopping", "paid_social",
                "organic_social", "organic_social", "email", "email", "direct", "referral",
                "affiliate")  # fmt: skip
    unnamed = {"Google": ("google", "organic"), "Bing": ("bing", "organic"),
               "Facebook": ("facebook", "social"), "direct": (None, None),
               "trailnotes.example": ("trailnotes.example", "referral")}  # fmt: skip
    between = (0.2, 0.03, 0.08, 0.06, 0.05, 0.05, 0.04, 0.12, 0.06, 0.16, 0.04, 0.02)
    return [
        Way(
            channel,
            *((visit.utm_source, visit.utm_medium) if visit.utm_source else unnamed[visit.source]),
            visit.utm_campaign,
            visit.landing_page,
            between=weight,
        )
        for channel, visit, weight in zip(channels, VISITS, between, strict=True)
    ]


WAYS = (
    *_of_orders(),
    Way("video", "google", "video", "video_stories", "/collections/new", 0.36, 0.03),
    Way("display", "google", "display", "display_spring", "/collections/sale", 0.08, 0.02),
    Way("display", "google", "display", "display_visitors", "/collections/sale", 0.12, 0.02),
    Way("paid_social", "instagram", "paid_social", "instagram_looks", "/looks", 0.18, 0.04),
    Way("paid_social", "facebook", "paid_social", "retargeting", "/cart", 0.06, 0.03),
    Way("paid_social", "tiktok", "paid_social", "product_sales", "/collections/new", 0.20, 0.04),
)  # fmt: skip
DIRECT = [way.channel for way in WAYS].index("direct")

DEVICES = {"mobile": 0.61, "desktop": 0.33, "tablet": 0.06}
AFFILIATE_COST = 1.2
