"""The finest places where ads are counted: an ad, for a keyword, on a network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.ads.entities import NEVER, Ad, Campaign, Entities
from sandbox.ads.plans import CURVES, TARGETING_FACTORS
from sandbox.ads.span import Span
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Flags, Floats, Ints, stream

CURVE_NAMES = list(CURVES)
NETWORKS = ("facebook", "instagram")
ONE_CURVE = {"google_ads": "google", "amazon_ads": "amazon", "tiktok_ads": "tiktok"}
QUIET_DAYS = (0.37, 0.81)


@dataclass(frozen=True)
class Slots:
    """Row s is the s-th slot: rows of entities (-1 where there is none) and what it is like.

    `curve` is the platform on whose budget it lives; `buying` how readily its clicks buy.
    """

    campaign: Ints
    group: Ints
    ad: Ints
    keyword: Ints
    network: Ints
    curve: Ints
    weight: Floats
    cpm: Floats
    ctr: Floats
    decay: Floats
    buying: Floats
    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.campaign)


Row = tuple[int, int, int, int, int, int, float, float, float, float, float, int, int]


def make_slots(spec: ShopSpec, entities: Entities) -> Slots:
    dice = stream(spec.seed, "ad slots")
    rows: list[Row] = []
    for number in range(len(entities.campaigns)):
        rows.extend(_slots_of(entities, number, dice))
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return Slots(*columns)


def _slots_of(entities: Entities, number: int, dice: np.random.Generator) -> list[Row]:
    campaign = entities.campaigns[number]
    ads = [row for row, ad in enumerate(entities.ads) if _campaign(entities, ad.group) == number]
    if not campaign.plan.weight:
        return []
    if not ads:
        ((curve, network, share),) = _curves(campaign)
        return [_row(entities, campaign, number, -1, -1, curve, network, share, dice)]
    rows = []
    for ad in ads:
        group = entities.ads[ad].group
        keywords = [row for row, word in enumerate(entities.keywords) if word.group == group]
        for keyword in keywords or [-1]:
            rows += [
                _row(entities, campaign, number, ad, keyword, curve, network, share, dice)
                for curve, network, share in _curves(campaign)
            ]
    return rows


def _campaign(entities: Entities, group: int) -> int:
    return entities.groups[group].campaign


def _curves(campaign: Campaign) -> list[tuple[int, int, float]]:
    """Platform, network, and the part of the campaign's weight there."""
    plan = campaign.plan
    if plan.source in ONE_CURVE:
        return [(CURVE_NAMES.index(ONE_CURVE[plan.source]), -1, 1.0)]
    parts = (1 - plan.instagram, plan.instagram)
    return [(CURVE_NAMES.index(NETWORKS[place]), place, parts[place]) for place in (0, 1)]


def _row(
    entities: Entities, campaign: Campaign, number: int, ad: int, keyword: int, curve: int,
    network: int, share: float, dice: np.random.Generator,
) -> Row:  # fmt: skip
    made = entities.ads[ad] if ad >= 0 else None
    group = entities.groups[made.group] if made else None
    factor = TARGETING_FACTORS[group.targeting if group else ""]
    word = entities.keywords[keyword] if keyword >= 0 else None
    buying = 0.0 if word and word.is_wasted else float(np.exp(dice.normal(0, 0.25)))
    score = word.score if word else 7
    return (
        number,
        made.group if made else -1,
        ad,
        keyword,
        network,
        curve,
        campaign.plan.weight * share * _evenness(made, dice),
        campaign.kind.cpm,
        campaign.kind.ctr * (made.appeal if made else 1.0) * (0.65 + 0.05 * score),
        made.decay if made else 0.0,
        factor * buying,
        max(campaign.first, made.created if made else 0),
        min(
            campaign.last, (made.gone if made else NEVER) - 1, (group.gone if group else NEVER) - 1
        ),
    )


def _evenness(ad: Ad | None, dice: np.random.Generator) -> float:
    """Within a campaign some are shown more than others, ads that tire most."""
    usual = float(np.exp(dice.normal(0, 0.4)))
    if ad is None:
        return 3.0
    return 2.5 if ad.decay else usual


def is_shown(span: Span, entities: Entities, slots: Slots) -> Flags:
    """By slot and day. The first campaign of each account rests on some days, without rows."""
    days = np.arange(span.count)
    shown: Flags = (days >= slots.first[:, None]) & (days <= slots.last[:, None])
    accounts = [campaign.account_id for campaign in entities.campaigns]
    for place, part in zip((0, 1), QUIET_DAYS, strict=True):
        resting = [accounts.index(account) + place for account in sorted(set(accounts))]
        shown[np.isin(slots.campaign, resting), span.at(part)] &= span.count < 10
    return shown
