"""Which accounts and campaigns the made-up shop has. Data only.

`first` and `last` are parts of the span of the ad world: 0 is its first day, 1 its last.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCES = ("google_ads", "facebook_ads", "amazon_ads", "tiktok_ads")
MAIN, ABROAD = 0, 1


@dataclass(frozen=True)
class Source:
    """Ids count up from the first one; the accounts' kinds. `lag_days` is the time constant with
    which conversions become known.
    """

    account_ids: tuple[str, str]
    first_id: int
    kinds: tuple[str, str]
    lag_days: float
    is_fractional: bool = False


PLATFORMS = {
    "google_ads": Source(("1203344556", "7788990011"), 20_100_000_000, ("client", "client"), 6.0,
                         is_fractional=True),
    "facebook_ads": Source(("104200000000017", "104200000000042"), 120_210_000_000_000, ("", ""),
                           3.0),
    "amazon_ads": Source(("1740020030001", "1740020030002"), 310_400_000_000_000,
                         ("seller", "vendor"), 4.0),
    "tiktok_ads": Source(("7010203040506070801", "7010203040506070802"), 1_760_000_000_000_000,
                         ("", ""), 3.0),
}  # fmt: skip

GOOGLE_MANAGER, GOOGLE_CANCELLED = "5550001111", "5550002222"


@dataclass(frozen=True)
class Curve:
    """A platform's share of all spend, its return on the usual day, and that day's place on the
    curve: spend of a usual day / half-spend.
    """

    share: float
    return_on_spend: float
    saturation: float


CURVES = {
    "google": Curve(0.40, 4.2, 1.0),
    "facebook": Curve(0.20, 3.0, 1.4),
    "instagram": Curve(0.14, 2.8, 0.7),
    "amazon": Curve(0.14, 3.6, 0.8),
    "tiktok": Curve(0.12, 1.9, 1.8),
}


@dataclass(frozen=True)
class Kind:
    """Dollars for a thousand impressions, clicks of one, and how people act on what they see."""

    cpm: float
    ctr: float
    formats: tuple[str, ...]
    engagement_rate: float = 0.0
    view_rate: float = 0.0
    view_purchases: float = 0.0
    has_keywords: bool = False


KINDS = {
    ("google_ads", "SEARCH"): Kind(58.0, 0.052, ("text",), has_keywords=True),
    ("google_ads", "PERFORMANCE_MAX"): Kind(8.0, 0.011, ()),
    ("google_ads", "SHOPPING"): Kind(6.5, 0.0095, ("product",)),
    ("google_ads", "DISPLAY"): Kind(2.2, 0.0042, ("image",), 0.006, 0.0, 0.3),
    ("google_ads", "VIDEO"): Kind(9.0, 0.0035, ("video",), 0.04, 0.31, 0.4),
    ("facebook_ads", ""): Kind(9.5, 0.0115, ("image", "video", "carousel"), 0.03, 0.28, 0.25),
    ("amazon_ads", "SPONSORED_PRODUCTS"): Kind(4.4, 0.0046, ("product",), has_keywords=True),
    ("amazon_ads", "SPONSORED_BRANDS"): Kind(7.0, 0.0062, ("image", "video"), 0.0, 0.22, 0.1),
    ("amazon_ads", "SPONSORED_DISPLAY"): Kind(2.6, 0.0024, ("image",), 0.0, 0.0, 0.5),
    ("tiktok_ads", ""): Kind(5.8, 0.0088, ("video",), 0.052, 0.55, 0.2),
    ("tiktok_ads", "GMV_MAX"): Kind(5.2, 0.0095, ()),
}


@dataclass(frozen=True)
class Plan:
    """A campaign. `fate`: '' runs on (or ends where `last` says), else paused or deleted then; one
    without weight shows nothing. Where it is tested, the two ads of its first group differ in
    truth; where it is tiring, the first ad loses its appeal.
    """

    source: str
    account: int
    name: str
    kind: str
    objective: str
    bidding: str
    weight: float
    groups: tuple[tuple[str, str], ...]
    first: float = 0.0
    last: float = 1.0
    fate: str = ""
    instagram: float = 0.0
    is_tested: bool = False
    is_tiring: bool = False


NO_GROUPS: tuple[tuple[str, str], ...] = ()
GENERIC = (("jackets", ""), ("boots", ""), ("tents", ""))
SHELVES = (("best sellers", ""), ("new in", ""))

PLANS = (
    Plan("google_ads", MAIN, "brand_search", "SEARCH", "", "TARGET_IMPRESSION_SHARE", 0.7,
         (("brand", ""), ("brand offers", ""))),
    Plan("google_ads", MAIN, "generic_search", "SEARCH", "", "TARGET_CPA", 1.4, GENERIC,
         is_tested=True),
    Plan("google_ads", MAIN, "shopping_all", "SHOPPING", "", "TARGET_ROAS", 1.5, SHELVES),
    Plan("google_ads", MAIN, "pmax_all", "PERFORMANCE_MAX", "", "MAXIMIZE_CONVERSION_VALUE", 1.2,
         NO_GROUPS, first=0.2),
    Plan("google_ads", MAIN, "video_stories", "VIDEO", "", "TARGET_CPM", 0.6,
         (("in-stream", "interest"),), first=0.3, is_tiring=True),
    Plan("google_ads", MAIN, "display_spring", "DISPLAY", "", "MAXIMIZE_CONVERSIONS", 0.5,
         (("visitors", "retargeting"), ("readers", "interest")), 0.1, 0.55, "deleted"),
    Plan("google_ads", MAIN, "display_visitors", "DISPLAY", "", "TARGET_CPA", 0.4,
         (("cart leavers", "retargeting"),), first=0.5),
    Plan("google_ads", ABROAD, "search_eu", "SEARCH", "", "MANUAL_CPC", 0.6,
         (("jacken", ""), ("zelte", ""))),
    Plan("google_ads", ABROAD, "display_eu", "DISPLAY", "", "MAXIMIZE_CONVERSIONS", 0.3,
         (("besucher", "retargeting"),), 0.25, 0.8, "paused"),
    Plan("google_ads", ABROAD, "draft_eu", "SEARCH", "", "MANUAL_CPC", 0.0, (("entwurf", ""),),
         0.3, 0.3, "deleted"),
    Plan("facebook_ads", MAIN, "prospecting", "", "OUTCOME_SALES", "LOWEST_COST_WITHOUT_CAP", 1.6,
         (("broad", "prospecting"), ("outdoor lovers", "interest"), ("buyers 2%", "lookalike")),
         instagram=0.4, is_tested=True),
    Plan("facebook_ads", MAIN, "retargeting", "", "OUTCOME_SALES", "LOWEST_COST_WITH_MIN_ROAS", 0.8,
         (("cart", "retargeting"), ("visitors", "retargeting")), instagram=0.5),
    Plan("facebook_ads", MAIN, "instagram_looks", "", "OUTCOME_ENGAGEMENT",
         "LOWEST_COST_WITHOUT_CAP", 0.7, (("looks", "interest"), ("look fans", "lookalike")),
         first=0.15, instagram=0.9, is_tiring=True),
    Plan("facebook_ads", MAIN, "awareness_launch", "", "OUTCOME_AWARENESS", "COST_CAP", 0.5,
         (("everybody", "prospecting"),), 0.3, 0.65, instagram=0.3),
    Plan("facebook_ads", MAIN, "lookalikes_old", "", "OUTCOME_SALES", "LOWEST_COST_WITH_BID_CAP",
         0.6, (("old buyers", "lookalike"),), 0.0, 0.4, "deleted", instagram=0.2),
    Plan("facebook_ads", ABROAD, "prospecting_eu", "", "OUTCOME_SALES", "LOWEST_COST_WITHOUT_CAP",
         0.7, (("breit", "prospecting"), ("besucher", "retargeting")), instagram=0.4),
    Plan("facebook_ads", ABROAD, "traffic_eu", "", "OUTCOME_TRAFFIC", "COST_CAP", 0.3,
         (("leser", "interest"),), 0.5, 0.9, "paused", instagram=0.3),
    Plan("amazon_ads", MAIN, "sp_best_sellers", "SPONSORED_PRODUCTS", "", "LEGACY_FOR_SALES", 1.4,
         SHELVES, is_tested=True),
    Plan("amazon_ads", MAIN, "sp_generic", "SPONSORED_PRODUCTS", "", "AUTO_FOR_SALES", 1.0,
         (("jackets", ""), ("bottles", "")), first=0.1),
    Plan("amazon_ads", MAIN, "sb_brand", "SPONSORED_BRANDS", "", "MANUAL", 0.6,
         (("brand store", ""),), is_tiring=True),
    Plan("amazon_ads", MAIN, "sd_visitors", "SPONSORED_DISPLAY", "", "AUTO_FOR_SALES", 0.4,
         (("viewed", "retargeting"), ("similar", "interest")), 0.2, 0.7, "deleted"),
    Plan("amazon_ads", ABROAD, "sp_eu", "SPONSORED_PRODUCTS", "", "MANUAL", 0.6,
         (("bestseller", ""),)),
    Plan("amazon_ads", ABROAD, "sb_eu", "SPONSORED_BRANDS", "", "MANUAL", 0.3,
         (("marke", ""),), 0.3, 0.75),
    Plan("tiktok_ads", MAIN, "product_sales", "", "PRODUCT_SALES", "BID_TYPE_NO_BID", 1.3,
         (("broad", "prospecting"), ("buyers", "lookalike")), is_tested=True),
    Plan("tiktok_ads", MAIN, "conversions_retargeting", "", "WEB_CONVERSIONS", "BID_TYPE_CUSTOM",
         0.6, (("visitors", "retargeting"),), first=0.2),
    Plan("tiktok_ads", MAIN, "video_views", "", "VIDEO_VIEWS", "BID_TYPE_NO_BID", 0.5,
         (("outdoor", "interest"), ("travel", "interest")), is_tiring=True),
    Plan("tiktok_ads", MAIN, "reach_launch", "", "REACH", "BID_TYPE_CUSTOM", 0.3,
         (("everybody", "prospecting"),), 0.35, 0.5, "deleted"),
    Plan("tiktok_ads", ABROAD, "product_sales_eu", "", "PRODUCT_SALES", "BID_TYPE_NO_BID", 0.5,
         (("breit", "prospecting"), ("kaeufer", "lookalike"))),
    Plan("tiktok_ads", MAIN, "gmv_max_all", "GMV_MAX", "PRODUCT_SALES", "VO_MIN_ROAS", 0.7,
         NO_GROUPS, first=0.25),
)  # fmt: skip

# How much of what is clicked is bought, by who is addressed.
TARGETING_FACTORS = {"retargeting": 2.6, "lookalike": 1.2, "interest": 0.8, "prospecting": 0.6,
                     "": 1.0}  # fmt: skip
