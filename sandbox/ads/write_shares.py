"""How a campaign's figures divide by device, age, country, ... and by search term -> tables."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np

from sandbox.ads import words
from sandbox.ads.entities import Campaign, Entities
from sandbox.ads.plans import MAIN
from sandbox.ads.slots import NETWORKS
from sandbox.ads.words import Shares
from sandbox.ads.write_entities import Row, append_rows
from sandbox.shop.days import HOURS
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import stream

NIGHT_OWLS = 0.6


def write_shares(con: duckdb.DuckDBPyConnection, spec: ShopSpec, entities: Entities) -> None:
    dice = stream(spec.seed, "ad shares")
    shares: list[Row] = []
    for campaign in entities.campaigns:
        for network in NETWORKS if campaign.plan.source == "facebook_ads" else (None,):
            for kind, table in _kinds(campaign, network).items():
                shares += _rows(campaign, network, kind, table, dice)
    append_rows(con, "ad_shares", shares)
    append_rows(con, "ad_search_terms", list(_terms(entities)))


def _kinds(campaign: Campaign, network: str | None) -> dict[str, Shares]:
    """What the platform tells of a campaign, kind after kind."""
    plan = campaign.plan
    country = words.HOME if plan.account == MAIN else words.ABROAD
    if plan.source == "amazon_ads":
        return words.AMAZON
    common = {"country": country, "hour": _hours()}
    if plan.source == "facebook_ads":
        return {**words.META, "placement": words.META_PLACEMENTS[str(network)], **common}
    if plan.source == "tiktok_ads":
        return {**words.TIKTOK, **common}
    shares = {**words.GOOGLE, **common, "network": words.GOOGLE_NETWORKS[plan.kind]}
    if plan.kind == "PERFORMANCE_MAX":
        return {kind: table for kind, table in shares.items() if kind not in ("age", "gender")}
    if plan.kind in ("DISPLAY", "VIDEO"):
        shares["placement"] = words.GOOGLE_PLACEMENTS
    return shares


def _hours() -> Shares:
    """Ads are shown as evenly as people are awake; who shops shops in the evening."""
    shown = np.sqrt(np.array(HOURS))
    bought = np.array(HOURS) / HOURS[12]
    factors = NIGHT_OWLS + (1 - NIGHT_OWLS) * bought
    return {
        str(hour): (float(shown[hour] / shown.sum()), 1.0, float(factors[hour]))
        for hour in range(24)
    }


def _rows(
    campaign: Campaign, network: str | None, kind: str, table: Shares, dice: np.random.Generator
) -> Iterator[Row]:
    """The kind's usual shares, a little different for each campaign; they add up to 1."""
    usual = np.array(list(table.values()))
    shares = usual[:, 0] * np.exp(dice.normal(0, 0.1, len(usual)))
    shares = shares / shares.sum()
    for value, share, (_, clicks, purchases) in zip(table, shares, usual, strict=True):
        yield {
            "platform_source": campaign.plan.source,
            "campaign_id": campaign.id,
            "network": network,
            "kind": kind,
            "value": value,
            "share": float(share),
            "click_factor": float(clicks),
            "purchase_factor": float(purchases),
        }


def _terms(entities: Entities) -> Iterator[Row]:
    """What the platform does not name makes up the rest."""
    for keyword in entities.keywords:
        group = entities.groups[keyword.group]
        campaign = entities.campaigns[group.campaign]
        for pattern, (share, purchases) in words.TERMS.items():
            yield {
                "platform_source": campaign.plan.source,
                "campaign_id": campaign.id,
                "ad_group_id": group.id,
                "keyword_id": keyword.id,
                "search_term": pattern.format(keyword.text),
                "share": share,
                "purchase_factor": purchases,
            }
