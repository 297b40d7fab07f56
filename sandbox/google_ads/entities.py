"""The ad world's accounts, campaigns, groups, ads and keywords as the API's resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Record = Mapping[str, Any]
Field = Callable[[Record], Any]

AD_TYPES = {
    "text": "RESPONSIVE_SEARCH_AD",
    "image": "RESPONSIVE_DISPLAY_AD",
    "video": "VIDEO_RESPONSIVE_AD",
    "product": "SHOPPING_PRODUCT_AD",
    "carousel": "DEMAND_GEN_CAROUSEL_AD",
}
GROUP_TYPES = {
    "SEARCH": "SEARCH_STANDARD",
    "SHOPPING": "SHOPPING_PRODUCT_ADS",
    "DISPLAY": "DISPLAY_STANDARD",
    "VIDEO": "VIDEO_RESPONSIVE",
}
AUDIENCE_TYPES = {
    "retargeting": "USER_LIST",
    "lookalike": "CUSTOM_AUDIENCE",
    "interest": "USER_INTEREST",
}
ACCOUNT_STATUS = {"enabled": "ENABLED", "refused": "ENABLED", "cancelled": "CANCELED"}
# Countries where ads are shown, by ISO code; the API numbers them 2000 + ISO's own number.
COUNTRIES = {
    "AT": (2040, "Austria"), "AU": (2036, "Australia"), "BE": (2056, "Belgium"),
    "BR": (2076, "Brazil"), "CA": (2124, "Canada"), "CH": (2756, "Switzerland"),
    "DE": (2276, "Germany"), "DK": (2208, "Denmark"), "ES": (2724, "Spain"),
    "FR": (2250, "France"), "GB": (2826, "United Kingdom"), "IE": (2372, "Ireland"),
    "IN": (2356, "India"), "IT": (2380, "Italy"), "JP": (2392, "Japan"),
    "MX": (2484, "Mexico"), "NL": (2528, "Netherlands"), "NO": (2578, "Norway"),
    "NZ": (2554, "New Zealand"), "PL": (2616, "Poland"), "PT": (2620, "Portugal"),
    "SE": (2752, "Sweden"), "US": (2840, "United States"),
}  # fmt: skip
# Name, category, whether it counts as a conversion; ids are 1, 2, ...
CONVERSION_ACTIONS = (("Purchase", "PURCHASE", True), ("Add to cart", "ADD_TO_CART", False))
WINDOW_DAYS = 30
ENDLESS = date(2037, 12, 30)


def micros(amount: Decimal | float | None) -> int | None:
    return None if amount is None else round(amount * 1_000_000)


def state(record: Record) -> str:
    """ENABLED, PAUSED or REMOVED, of an entity that may be paused or deleted."""
    if record.get("deleted_on"):
        return "REMOVED"
    return "PAUSED" if record.get("paused_on") else "ENABLED"


def _name(kind: str, *keys: str) -> Field:
    """A resource name: customers/1/campaigns/2."""

    def read(record: Record) -> str:
        return f"customers/{record['account_id']}/{kind}/{'~'.join(str(record[k]) for k in keys)}"

    return read


def _at(column: str) -> Field:
    return lambda record: record[column]


def _number(column: str) -> Field:
    return lambda record: int(record[column])


def _day(column: str, time: str) -> Field:
    """A campaign without an end is told to end in a far year."""

    def read(record: Record) -> str:
        return f"{record[column] or ENDLESS:%Y-%m-%d} {time}"

    return read


def _texts(format_: str, column: str) -> Field:
    """A list of one text, for ads of one format."""
    return lambda record: [record[column]] if _is(record, format_, column) else None


def _text(format_: str, column: str) -> Field:
    return lambda record: record[column] if _is(record, format_, column) else None


def _is(record: Record, format_: str, column: str) -> bool:
    return bool(record["format"] == format_ and record[column])


_CUSTOMER: dict[str, Field] = {
    "resource_name": lambda record: f"customers/{record['account_id']}",
    "id": _number("account_id"),
    "descriptive_name": _at("account_name"),
    "currency_code": _at("currency_code"),
    "time_zone": _at("time_zone"),
    "manager": lambda record: record["kind"] == "manager",
    "status": lambda record: ACCOUNT_STATUS[record["status"]],
    "test_account": lambda _: False,
}
FIELDS: dict[str, dict[str, Field]] = {
    "customer": _CUSTOMER,
    "customer_client": {
        **_CUSTOMER,
        "client_customer": lambda record: f"customers/{record['account_id']}",
        "level": _at("level"),
        "hidden": lambda _: False,
    },
    "campaign": {
        "resource_name": _name("campaigns", "campaign_id"),
        "id": _number("campaign_id"),
        "name": _at("campaign_name"),
        "status": state,
        "advertising_channel_type": _at("kind"),
        "bidding_strategy_type": _at("bidding"),
        "campaign_budget": _name("campaignBudgets", "campaign_id"),
        "start_date_time": _day("start_date", "00:00:00"),
        "end_date_time": _day("end_date", "23:59:59"),
    },
    "campaign_budget": {
        "resource_name": _name("campaignBudgets", "campaign_id"),
        "id": _number("campaign_id"),
        "amount_micros": lambda record: micros(record["daily_budget"]),
        "explicitly_shared": lambda _: False,
        "period": lambda _: "DAILY",
    },
    "ad_group": {
        "resource_name": _name("adGroups", "ad_group_id"),
        "id": _number("ad_group_id"),
        "name": _at("ad_group_name"),
        "status": state,
        "type": lambda record: GROUP_TYPES.get(record["campaign_kind"], "UNKNOWN"),
        "campaign": _name("campaigns", "campaign_id"),
    },
    "ad_group_ad": {
        "resource_name": _name("adGroupAds", "ad_group_id", "ad_id"),
        "status": state,
        "ad_group": _name("adGroups", "ad_group_id"),
        "ad.resource_name": _name("ads", "ad_id"),
        "ad.id": _number("ad_id"),
        "ad.name": _at("ad_name"),
        "ad.type": lambda record: AD_TYPES[record["format"]],
        "ad.final_urls": lambda record: [record["landing_page"]],
        "ad.responsive_search_ad.headlines": _texts("text", "headline"),
        "ad.responsive_search_ad.descriptions": _texts("text", "body"),
        "ad.responsive_display_ad.headlines": _texts("image", "headline"),
        "ad.responsive_display_ad.descriptions": _texts("image", "body"),
        "ad.responsive_display_ad.call_to_action_text": _text("image", "call_to_action"),
        "ad.video_responsive_ad.headlines": _texts("video", "headline"),
        "ad.video_responsive_ad.descriptions": _texts("video", "body"),
        "ad.video_responsive_ad.call_to_actions": _texts("video", "call_to_action"),
        "ad.demand_gen_carousel_ad.call_to_action_text": _text("carousel", "call_to_action"),
    },
    "ad_group_criterion": {
        "resource_name": _name("adGroupCriteria", "ad_group_id", "keyword_id"),
        "criterion_id": _number("keyword_id"),
        "status": lambda _: "ENABLED",
        "negative": lambda _: False,
        "type": _at("criterion_type"),
        "ad_group": _name("adGroups", "ad_group_id"),
        "keyword.text": _at("keyword"),
        "keyword.match_type": _at("match_type"),
        "cpc_bid_micros": lambda record: micros(record["bid"]),
        "effective_cpc_bid_micros": lambda record: micros(record["bid"]),
        "quality_info.quality_score": _at("quality_score"),
    },
    "conversion_action": {
        "resource_name": _name("conversionActions", "id"),
        "id": _at("id"),
        "name": _at("name"),
        "category": _at("category"),
        "status": lambda _: "ENABLED",
        "type": lambda _: "WEBPAGE",
        "primary_for_goal": _at("is_primary"),
        "click_through_lookback_window_days": lambda _: WINDOW_DAYS,
        "view_through_lookback_window_days": lambda _: 1,
    },
    "geo_target_constant": {
        "resource_name": lambda record: f"geoTargetConstants/{record['id']}",
        "id": _at("id"),
        "name": _at("name"),
        "canonical_name": _at("name"),
        "country_code": _at("country_code"),
        "target_type": lambda _: "Country",
        "status": lambda _: "ENABLED",
    },
}


class Entities:
    """The entities of one account at one instant, by kind; a column's values by field."""

    def __init__(self, world: Any, account: Record, accounts: list[Record], now: datetime) -> None:
        self._world = world
        self._account = account
        self._accounts = accounts
        self._now = now
        self._known: dict[str, dict[str, Record]] = {}

    def records(self, kind: str) -> dict[str, Record]:
        """The records of a resource by their id."""
        if kind not in self._known:
            self._known[kind] = getattr(self, f"_{kind}")()
        return self._known[kind]

    def _customer(self) -> dict[str, Record]:
        return {self._account["account_id"]: self._account}

    def _customer_client(self) -> dict[str, Record]:
        """The account itself, and all others when it is the manager."""
        is_manager = self._account["kind"] == "manager"
        seen = self._accounts if is_manager else [self._account]
        return {
            each["account_id"]: {**each, "level": int(each is not self._account)} for each in seen
        }

    def _campaign(self) -> dict[str, Record]:
        return self._table("campaigns", "campaign_id")

    def _campaign_budget(self) -> dict[str, Record]:
        return self.records("campaign")

    def _ad_group(self) -> dict[str, Record]:
        campaigns = self.records("campaign")
        return {
            key: {**each, "campaign_kind": campaigns[each["campaign_id"]]["kind"]}
            for key, each in self._table("ad_groups", "ad_group_id").items()
        }

    def _ad_group_ad(self) -> dict[str, Record]:
        return self._table("ads", "ad_id")

    def _ad_group_criterion(self) -> dict[str, Record]:
        """Keywords, and the audiences of ad groups that have one."""
        keywords: dict[str, Record] = {
            key: {**each, "criterion_type": "KEYWORD"}
            for key, each in self._table("keywords", "keyword_id").items()
        }
        nothing = dict.fromkeys(("keyword", "match_type", "bid", "quality_score"))
        audiences: dict[str, Record] = {
            f"{key}-audience": {
                **each, **nothing, "keyword_id": key, "criterion_type": AUDIENCE_TYPES[targeting],
            }
            for key, each in self.records("ad_group").items()
            if (targeting := each["targeting"]) in AUDIENCE_TYPES
        }  # fmt: skip
        return keywords | audiences

    def _conversion_action(self) -> dict[str, Record]:
        return {
            str(number): {
                "account_id": self._account["account_id"],
                "id": number,
                "name": name,
                "category": category,
                "is_primary": is_primary,
            }
            for number, (name, category, is_primary) in enumerate(CONVERSION_ACTIONS, 1)
        }

    def _geo_target_constant(self) -> dict[str, Record]:
        return {
            code: {"id": number, "name": name, "country_code": code}
            for code, (number, name) in COUNTRIES.items()
        }

    def _table(self, kind: str, key: str) -> dict[str, Record]:
        account_id = self._account["account_id"]
        found = self._world.entities("google_ads", kind, account_id, self._now).to_pylist()
        return {str(each[key]): {"account_id": account_id, **each} for each in found}
