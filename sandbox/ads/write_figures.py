"""Figures by slot and day -> the table `ad_days`."""

from __future__ import annotations

import duckdb
import numpy as np

from sandbox.ads.entities import Entities
from sandbox.ads.figures import HUNDRED, Figures
from sandbox.ads.reach import REPORT_REACH, reach
from sandbox.ads.slots import NETWORKS, Slots
from sandbox.ads.span import Span
from sandbox.ads.spend import Spend
from sandbox.shop.columns import append, choice, decimal, number, whole

MICRO = 10**6


def write_figures(
    con: duckdb.DuckDBPyConnection, span: Span, entities: Entities, slots: Slots, spend: Spend,
    figures: Figures,
) -> None:  # fmt: skip
    slot = figures.slot
    campaigns = entities.campaigns
    campaign = slots.campaign[slot]
    micros = (MICRO // spend.scale)[slot]
    no_reach = np.array([each.plan.source not in REPORT_REACH for each in campaigns])[campaign]
    columns = {
        "platform_source": choice(campaign, [each.plan.source for each in campaigns]),
        "account_id": choice(campaign, [each.account_id for each in campaigns]),
        "campaign_id": choice(campaign, [each.id for each in campaigns]),
        "ad_group_id": choice(slots.group[slot], [each.id for each in entities.groups]),
        "ad_id": choice(slots.ad[slot], [each.id for each in entities.ads]),
        "keyword_id": choice(slots.keyword[slot], [each.id for each in entities.keywords]),
        "network": choice(slots.network[slot], NETWORKS),
        "day": span.dates[figures.day],
        "impressions": whole(figures.impressions),
        "clicks": whole(figures.clicks),
        "spend": decimal(figures.spend * micros, 6),
        "video_views": whole(figures.video_views),
        "engagements": whole(figures.engagements),
        "reach": whole(reach(figures.impressions), no_reach),
        "purchases": number(figures.purchases / HUNDRED),
        "purchase_value": decimal(figures.purchase_value * micros, 6),
        "view_purchases": number(figures.view_purchases.astype(float)),
        "add_to_carts": number(figures.add_to_carts.astype(float)),
    }
    append(con, "ad_days", columns)
