"""The shop -> its ad world: spend after the shop's revenue, what it brought, and the visits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from sandbox.ads import schema
from sandbox.ads.entities import Entities, make_entities
from sandbox.ads.figures import Figures, make_figures
from sandbox.ads.plans import ABROAD
from sandbox.ads.slots import Slots, is_shown, make_slots
from sandbox.ads.span import Span, make_span
from sandbox.ads.spend import Spend, make_spend
from sandbox.ads.truth import write_truth
from sandbox.ads.world import AdWorld
from sandbox.ads.write_entities import write_entities, write_rates
from sandbox.ads.write_figures import write_figures
from sandbox.ads.write_shares import write_shares
from sandbox.ads.write_visits import write_visits
from sandbox.shop.shop import Shop


@dataclass(frozen=True)
class Made:
    """What the tables are written from."""

    span: Span
    entities: Entities
    slots: Slots
    spend: Spend
    figures: Figures


def make_ads(shop: Shop) -> AdWorld:
    """Writes the ad world of the shop beside it; the same shop always gets the same one."""
    schema.create_tables(shop.con)
    made = _make(shop)
    write_entities(shop, made.span, made.entities, made.slots, made.spend)
    write_rates(shop)
    write_figures(shop.con, made.span, made.entities, made.slots, made.spend, made.figures)
    write_shares(shop.con, shop.spec, made.entities)
    write_truth(shop.con, made.entities, made.spend)
    write_visits(shop, made.span)
    return AdWorld(shop)


def ads_of(shop: Shop) -> AdWorld:
    """The shop's ad world, made where it is not there yet."""
    made = shop.con.execute(
        "select 1 from information_schema.tables "
        "where table_schema = 'main' and table_name = 'ad_accounts'"
    ).fetchall()
    return AdWorld(shop) if made else make_ads(shop)


def _make(shop: Shop) -> Made:
    spec = shop.spec
    span = make_span(spec)
    entities = make_entities(spec, span)
    slots = make_slots(spec, entities)
    campaigns = [entities.campaigns[row] for row in slots.campaign]
    is_abroad = np.array([campaign.plan.account == ABROAD for campaign in campaigns])
    revenue, basket = _usual_day(shop, span)
    shown = is_shown(span, entities, slots)
    spend = make_spend(spec, span, slots, shown, is_abroad, revenue)
    kinds = [campaign.kind for campaign in campaigns]
    sources = [campaign.plan.source for campaign in campaigns]
    figures = make_figures(spec, span, slots, kinds, sources, spend, basket)
    return Made(span, entities, slots, spend, figures)


def _usual_day(shop: Shop, span: Span) -> tuple[float, float]:
    """Revenue of an average day of the span and of an average order."""
    sold: tuple[Decimal | None, int] = shop.con.execute(
        "select sum(gross_sales - discounts), sum(orders) from main.truth_ledger_daily "
        "where day >= ?",
        [span.first],
    ).fetchall()[0]
    revenue, orders = float(sold[0] or 0), int(sold[1] or 0)
    return revenue / span.count, revenue / max(orders, 1)
