"""Accounts, campaigns, ad groups, ads, keywords and exchange rates -> tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from sandbox.ads.entities import NEVER, Campaign, Entities
from sandbox.ads.plans import (
    ABROAD,
    GOOGLE_CANCELLED,
    GOOGLE_MANAGER,
    MAIN,
    PLATFORMS,
    SOURCES,
)
from sandbox.ads.slots import Slots
from sandbox.ads.span import EURO, EURO_ZONE, RATE_DIGITS, Span, euro_rates
from sandbox.ads.spend import Spend
from sandbox.shop.columns import append, decimal, same
from sandbox.shop.shop import Shop
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Floats

BUDGET_ROOM = 1.2

Row = dict[str, Any]


def append_rows(con: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    """Adds records; columns that are not given are null."""
    if not rows:
        return
    con.register("new_rows", pa.Table.from_pylist(rows))
    con.execute(f"insert into main.{table} by name select * from new_rows")
    con.unregister("new_rows")


def write_entities(shop: Shop, span: Span, entities: Entities, slots: Slots, spend: Spend) -> None:
    con = shop.con
    budgets = _budgets(entities, slots, spend)
    append_rows(con, "ad_accounts", list(_accounts(shop.spec)))
    append_rows(
        con,
        "ad_campaigns",
        [
            _campaign(span, campaign, float(budget))
            for campaign, budget in zip(entities.campaigns, budgets, strict=True)
        ],
    )
    append_rows(con, "ad_groups", list(_groups(span, entities)))
    append_rows(con, "ads", list(_ads(shop.spec, span, entities)))
    append_rows(con, "ad_keywords", list(_keywords(entities)))


def _accounts(spec: ShopSpec) -> Iterator[Row]:
    """Two a platform; Google has a manager above them, and a client that is closed."""
    home, abroad = (spec.currency_code, spec.time_zone), (EURO, EURO_ZONE)
    for source in SOURCES:
        platform = PLATFORMS[source]
        yield _account(source, platform.account_ids[MAIN], spec.name, *home, platform.kinds[MAIN])
        name = f"{spec.name} EU"
        yield _account(source, platform.account_ids[ABROAD], name, *abroad, platform.kinds[ABROAD])
    yield _account("google_ads", GOOGLE_MANAGER, f"{spec.name} Manager", *home, "manager")
    closed = _account("google_ads", GOOGLE_CANCELLED, f"{spec.name} Old", *home, "client")
    yield {**closed, "status": "cancelled"}


def _account(source: str, key: str, name: str, currency: str, zone: str, kind: str) -> Row:
    return {
        "platform_source": source,
        "account_id": key,
        "account_name": name,
        "currency_code": currency,
        "time_zone": zone,
        "kind": kind,
        "status": "enabled",
    }


def _budgets(entities: Entities, slots: Slots, spend: Spend) -> Floats:
    """A little more than the campaign spends on a day that it is shown; at least one."""
    campaigns, days = len(entities.campaigns), spend.minor.shape[1]
    by_day = np.zeros((campaigns, days))
    np.add.at(by_day, slots.campaign, spend.minor / spend.scale[:, None])
    shown = np.maximum((by_day > 0).sum(axis=1), 1)
    return np.maximum(np.rint(BUDGET_ROOM * by_day.sum(axis=1) / shown), 1)


def _campaign(span: Span, campaign: Campaign, budget: float) -> Row:
    plan = campaign.plan
    ends = plan.last < 1 and not plan.fate
    changed = min(campaign.gone, campaign.paused, campaign.last if ends else NEVER)
    latest = campaign.first if changed == NEVER else changed
    return {
        "platform_source": plan.source,
        "account_id": campaign.account_id,
        "campaign_id": campaign.id,
        "campaign_name": plan.name,
        "kind": plan.kind,
        "objective": plan.objective,
        "bidding": plan.bidding,
        "daily_budget": budget,
        "start_date": span.day(campaign.first),
        "end_date": span.day(campaign.last) if ends else None,
        "paused_on": _day(span, campaign.paused),
        "deleted_on": _day(span, campaign.gone),
        "updated_at": datetime.combine(span.day(latest), time(9)),
    }


def _day(span: Span, number: int) -> date | None:
    return None if number == NEVER else span.day(number)


def _groups(span: Span, entities: Entities) -> Iterator[Row]:
    """What belongs to a deleted campaign is deleted with it."""
    for group in entities.groups:
        campaign = entities.campaigns[group.campaign]
        yield {
            "platform_source": campaign.plan.source,
            "campaign_id": campaign.id,
            "ad_group_id": group.id,
            "ad_group_name": group.name,
            "targeting": group.targeting,
            "created_on": span.day(group.created),
            "deleted_on": _day(span, min(group.gone, campaign.gone)),
        }


def _ads(spec: ShopSpec, span: Span, entities: Entities) -> Iterator[Row]:
    for ad in entities.ads:
        group = entities.groups[ad.group]
        campaign = entities.campaigns[group.campaign]
        headline, body, call_to_action, page = ad.words
        is_image = ad.format in ("image", "carousel", "product")
        yield {
            "platform_source": campaign.plan.source,
            "campaign_id": campaign.id,
            "ad_group_id": group.id,
            "ad_id": ad.id,
            "ad_name": ad.name,
            "format": ad.format,
            "headline": headline,
            "body": body,
            "call_to_action": call_to_action,
            "landing_page": f"https://{spec.myshopify_domain}{page}",
            "image_url": f"https://images.example/{ad.id}.jpg" if is_image else None,
            "created_on": span.day(ad.created),
            "deleted_on": _day(span, min(ad.gone, group.gone, campaign.gone)),
        }


def _keywords(entities: Entities) -> Iterator[Row]:
    for keyword in entities.keywords:
        group = entities.groups[keyword.group]
        campaign = entities.campaigns[group.campaign]
        yield {
            "platform_source": campaign.plan.source,
            "campaign_id": campaign.id,
            "ad_group_id": group.id,
            "keyword_id": keyword.id,
            "keyword": keyword.text,
            "match_type": keyword.match_type,
            "quality_score": keyword.score,
            "bid": keyword.bid,
        }


def write_rates(shop: Shop) -> None:
    """The euro on each of the shop's days, unless the shop counts in it."""
    spec = shop.spec
    if spec.currency_code == EURO:
        return
    rates = np.rint(euro_rates(spec) * 10**RATE_DIGITS).astype(np.int64)
    columns = {
        "day": np.datetime64(spec.start) + np.arange(len(rates)),
        "from_currency": same(EURO, len(rates)),
        "to_currency": same(spec.currency_code, len(rates)),
        "rate": decimal(rates * 10 ** (8 - RATE_DIGITS), 8),
    }
    append(shop.con, "ad_exchange_rates", columns)
