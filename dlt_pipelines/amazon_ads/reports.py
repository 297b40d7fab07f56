"""What reports are asked for, with which columns, and how their rows become rows of raw tables.

A column that a report type does not have refuses the whole report, so each has a list of its own.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.reading import Report
from dlt_pipelines.amazon_ads import tables
from dlt_pipelines.tables import Table

LONGEST_DAYS = 31
WINDOWS = ("1d", "7d", "14d", "30d")

Record = dict[str, Any]


@dataclass(frozen=True)
class Action:
    """What people did: the column that counts it, its window, and the column of its worth."""

    column: str
    window: str
    value: str | None = None


SP_ACTIONS = tuple(Action(f"purchases{days}", days, f"sales{days}") for days in WINDOWS)
CLICKED_OR_VIEWED = (
    Action("purchases", "14d", "sales"),
    Action("purchasesClicks", "14d", "salesClicks"),
    Action("addToCart", "14d"),
    Action("addToCartClicks", "14d"),
)
CAMPAIGN = (
    "campaignId", "campaignName", "campaignStatus", "campaignBudgetAmount",
    "campaignBudgetCurrencyCode",
)  # fmt: skip
KEYWORD = (
    "campaignId", "adGroupId", "keywordId", "keyword", "keywordType", "matchType", "targeting",
)  # fmt: skip
FIGURES = ("date", "impressions", "clicks", "cost")


@dataclass(frozen=True)
class Definition:
    """A report: what Amazon calls it, what it tells, and how far back it goes."""

    name: str
    table: Table
    ad_product: str
    type_id: str
    group_by: tuple[str, ...]
    about: tuple[str, ...]
    actions: tuple[Action, ...]
    retention_days: int

    @property
    def report(self) -> Report:
        """Amazon's days may have begun already where the account's have not: one less is safe."""
        return Report(
            self.name,
            (self.table, self.actions_table),
            longest=LONGEST_DAYS,
            reach=self.retention_days - 1,
        )

    @property
    def actions_table(self) -> Table:
        is_campaign = self.table is tables.CAMPAIGN_DAILY
        return tables.CAMPAIGN_ACTIONS if is_campaign else tables.PART_ACTIONS

    @property
    def columns(self) -> list[str]:
        counted = [name for action in self.actions for name in (action.column, action.value)]
        return [*self.about, *FIGURES, *(name for name in counted if name)]

    def request(self, span: Span) -> Record:
        """The body that asks for the report."""
        return {
            "name": f"{self.name} {span.first} {span.last}",
            "startDate": str(span.first),
            "endDate": str(span.last),
            "configuration": {
                "adProduct": self.ad_product,
                "groupBy": list(self.group_by),
                "columns": self.columns,
                "reportTypeId": self.type_id,
                "timeUnit": "DAILY",
                "format": "GZIP_JSON",
            },
        }

    def rows(self, content: bytes) -> dict[str, list[Record]]:
        """The rows of a downloaded file, by raw table."""
        found = json.loads(gzip.decompress(content), parse_float=Decimal)
        figures, actions = self.table, self.actions_table
        names = {_snake(name): name for name in (*self.about, *FIGURES)}
        return {
            figures.name: [
                {column: _text_of_id(column, row.get(name)) for column, name in names.items()}
                for row in found
            ],
            actions.name: [
                record for row in found for record in self._actions(row, names, actions.key)
            ],
        }

    def _actions(
        self, row: Mapping[str, Any], names: Mapping[str, str], key: tuple[str, ...]
    ) -> Iterator[Record]:
        keys = {
            column: _text_of_id(column, row.get(name))
            for column, name in names.items()
            if column in key
        }
        for action in self.actions:
            quantity = row.get(action.column) or 0
            value = (row.get(action.value) or 0) if action.value else None
            if quantity or value:
                yield {
                    **keys,
                    "action_type": action.column,
                    "attribution_window": action.window,
                    "quantity": quantity,
                    "value": value,
                }


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _text_of_id(column: str, value: Any) -> Any:
    """Ids are numbers in reports and texts in lists."""
    return str(value) if column.endswith("_id") and value is not None else value


def _sp(
    name: str, table: Table, type_id: str, group_by: tuple[str, ...], about: tuple[str, ...],
    retention_days: int = 95,
) -> Definition:  # fmt: skip
    product = "SPONSORED_PRODUCTS"
    return Definition(name, table, product, type_id, group_by, about, SP_ACTIONS, retention_days)


def _sb(
    name: str, table: Table, type_id: str, group_by: tuple[str, ...], about: tuple[str, ...]
) -> Definition:
    product, told = "SPONSORED_BRANDS", (*about, "video5SecondViews")
    return Definition(name, table, product, type_id, group_by, told, CLICKED_OR_VIEWED, 60)


def _sd(
    name: str, table: Table, type_id: str, group_by: tuple[str, ...], about: tuple[str, ...]
) -> Definition:
    product = "SPONSORED_DISPLAY"
    return Definition(name, table, product, type_id, group_by, about, CLICKED_OR_VIEWED, 65)


DEFINITIONS = (
    _sp("sp_campaigns", tables.CAMPAIGN_DAILY, "spCampaigns", ("campaign",), CAMPAIGN),
    _sp("sp_placements", tables.PLACEMENT_DAILY, "spCampaigns", ("campaignPlacement",),
        ("campaignId", "placementClassification")),
    _sp("sp_ad_groups", tables.AD_GROUP_DAILY, "spCampaigns", ("campaign", "adGroup"),
        ("campaignId", "adGroupId", "adGroupName")),
    _sp("sp_keywords", tables.KEYWORD_DAILY, "spTargeting", ("targeting",), KEYWORD),
    _sp("sp_search_terms", tables.SEARCH_TERM_DAILY, "spSearchTerm", ("searchTerm",),
        (*KEYWORD, "searchTerm"), retention_days=65),
    _sp("sp_ads", tables.AD_DAILY, "spAdvertisedProduct", ("advertiser",),
        ("campaignId", "adGroupId", "adId", "advertisedAsin", "advertisedSku")),
    _sb("sb_campaigns", tables.CAMPAIGN_DAILY, "sbCampaigns", ("campaign",), CAMPAIGN),
    _sb("sb_ads", tables.AD_DAILY, "sbAds", ("ads",), ("campaignId", "adGroupId", "adId")),
    _sd("sd_campaigns", tables.CAMPAIGN_DAILY, "sdCampaigns", ("campaign",), CAMPAIGN),
    _sd("sd_ads", tables.AD_DAILY, "sdAdvertisedProduct", ("advertiser",),
        ("campaignId", "adGroupId", "adId", "promotedAsin", "promotedSku")),
)  # fmt: skip
