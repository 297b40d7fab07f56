"""The reports that can be asked for: columns, how many days at once, how far back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_DAYS = 31
WINDOWS = (1, 7, 14, 30)


def _windows(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}{days}d" for name in names for days in WINDOWS)


CAMPAIGN = (
    "campaignId", "campaignName", "campaignStatus", "campaignBudgetAmount", "campaignBudgetType",
    "campaignBudgetCurrencyCode",
)  # fmt: skip
DATES = ("date", "startDate", "endDate")
BASE = (*DATES, "impressions", "clicks", "cost")
SP = (
    *BASE, "costPerClick", "clickThroughRate", "addToList", "qualifiedBorrows",
    "royaltyQualifiedBorrows", "kindleEditionNormalizedPagesRead14d",
    "kindleEditionNormalizedPagesRoyalties14d",
    *_windows("purchases", "purchasesSameSku", "unitsSoldClicks", "sales",
              "attributedSalesSameSku", "unitsSoldSameSku"),
)  # fmt: skip
SP_BELOW = (
    *SP, *CAMPAIGN, "portfolioId", "adGroupId", "adGroupName", "salesOtherSku7d",
    "unitsSoldOtherSku7d", "acosClicks7d", "acosClicks14d", "roasClicks7d", "roasClicks14d",
)  # fmt: skip
SP_KEYWORD = (
    *SP_BELOW, "keywordId", "keyword", "keywordType", "keywordBid", "matchType", "targeting",
)  # fmt: skip
SP_BUDGET_RULES = (
    "campaignRuleBasedBudgetAmount", "campaignApplicableBudgetRuleId",
    "campaignApplicableBudgetRuleName", "topOfSearchImpressionShare",
)  # fmt: skip
SB_SD = (
    *BASE, "campaignId", "campaignName", "campaignBudgetCurrencyCode", "addToCart",
    "addToCartClicks", "addToCartRate", "addToList", "addToListFromClicks", "brandedSearches",
    "brandedSearchesClicks", "detailPageViews", "detailPageViewsClicks", "eCPAddToCart",
    "newToBrandPurchases", "newToBrandPurchasesClicks", "newToBrandSalesClicks",
    "newToBrandUnitsSold", "newToBrandUnitsSoldClicks", "purchases", "purchasesClicks", "sales",
    "salesClicks", "unitsSold", "unitsSoldClicks", "videoFirstQuartileViews",
    "videoMidpointViews", "videoThirdQuartileViews", "videoCompleteViews", "videoUnmutes",
    "viewabilityRate",
)  # fmt: skip
SB = (
    *SB_SD, "campaignStatus", "campaignBudgetAmount", "campaignBudgetType", "costType",
    "newToBrandSales", "purchasesPromoted", "salesPromoted", "video5SecondViews",
    "video5SecondViewRate", "viewableImpressions",
)  # fmt: skip
SD = (
    *SB_SD, "addToCartViews", "addToListFromViews", "brandedSearchesViews", "brandedSearchRate",
    "purchasesPromotedClicks", "salesPromotedClicks", "viewClickThroughRate",
)  # fmt: skip
SD_REACH = ("cumulativeReach", "impressionsFrequencyAverage", "newToBrandSales")


@dataclass(frozen=True)
class ReportType:
    """What a report holds. `groups` are the columns that each `groupBy` adds.

    `grain` names by each `groupBy` the keys that rows have besides the campaign.
    """

    ad_product: str
    retention_days: int
    columns: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    grain: Mapping[str, tuple[str, ...]]


REPORT_TYPES = {
    "spCampaigns": ReportType(
        "SPONSORED_PRODUCTS", 95, (*SP, "campaignBiddingStrategy", "spend"),
        {
            "campaign": (*CAMPAIGN, *SP_BUDGET_RULES),
            "adGroup": ("adGroupName", "adGroupId", "adStatus"),
            "campaignPlacement": ("placementClassification", *CAMPAIGN, *SP_BUDGET_RULES),
        },
        {"campaign": (), "adGroup": ("ad_group_id",), "campaignPlacement": ("placement",)},
    ),
    "spTargeting": ReportType(
        "SPONSORED_PRODUCTS", 95, (*SP_KEYWORD, "topOfSearchImpressionShare"),
        {"targeting": ("adKeywordStatus",)},
        {"targeting": ("ad_group_id", "keyword_id")},
    ),
    "spSearchTerm": ReportType(
        "SPONSORED_PRODUCTS", 65, (*SP_KEYWORD, "searchTerm"),
        {"searchTerm": ("adKeywordStatus",)},
        {"searchTerm": ("ad_group_id", "keyword_id", "search_term")},
    ),
    "spAdvertisedProduct": ReportType(
        "SPONSORED_PRODUCTS", 95, (*SP_BELOW, "spend", "adId", "advertisedAsin", "advertisedSku"),
        {"advertiser": ()},
        {"advertiser": ("ad_group_id", "ad_id")},
    ),
    "sbCampaigns": ReportType(
        "SPONSORED_BRANDS", 60, (*SB, "topOfSearchImpressionShare", "brandStorePageView"),
        {"campaign": ("longTermSales", "longTermROAS")},
        {"campaign": ()},
    ),
    "sbAds": ReportType(
        "SPONSORED_BRANDS", 60, (*SB, "adGroupId", "adGroupName", "adId"),
        {"ads": ()},
        {"ads": ("ad_group_id", "ad_id")},
    ),
    "sdCampaigns": ReportType(
        "SPONSORED_DISPLAY", 65, SD,
        {
            "campaign": ("campaignBudgetAmount", "campaignStatus", "costType", "longTermSales",
                         "longTermROAS", *SD_REACH),
        },
        {"campaign": ()},
    ),
    "sdAdvertisedProduct": ReportType(
        "SPONSORED_DISPLAY", 65,
        (*SD, *SD_REACH, "adGroupId", "adGroupName", "adId", "bidOptimization", "promotedAsin",
         "promotedSku"),
        {"advertiser": ()},
        {"advertiser": ("ad_group_id", "ad_id")},
    ),
}  # fmt: skip
