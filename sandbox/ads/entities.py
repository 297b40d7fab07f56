"""Accounts, campaigns, ad groups, ads and keywords, from the plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from sandbox.ads import words
from sandbox.ads.plans import KINDS, PLANS, PLATFORMS, SOURCES, Kind, Plan
from sandbox.ads.span import Span
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import stream

ID_STEP = 37
TIRING_DAYS = 130
# The part of its campaign's life after which a group is deleted.
DELETED_GROUPS = {"travel": 0.6, "similar": 0.5}
NEVER = 10**6


@dataclass(frozen=True)
class Campaign:
    """Runs from day `first` to day `last`; `gone` is the day on which it is deleted."""

    plan: Plan
    id: str
    first: int
    last: int
    gone: int = NEVER
    paused: int = NEVER

    @property
    def kind(self) -> Kind:
        return KINDS[self.plan.source, self.plan.kind]

    @property
    def account_id(self) -> str:
        return PLATFORMS[self.plan.source].account_ids[self.plan.account]


@dataclass(frozen=True)
class Group:
    """An ad group of a campaign (by its row); its keywords follow in the list of them."""

    campaign: int
    id: str
    name: str
    targeting: str
    created: int
    gone: int


@dataclass(frozen=True)
class Ad:
    """`appeal` is the factor on its campaign's click rate, `decay` what it loses each day."""

    group: int
    id: str
    name: str
    format: str
    created: int
    gone: int
    appeal: float
    decay: float
    words: tuple[str, str, str, str]


@dataclass(frozen=True)
class Keyword:
    """A keyword of a group; `score` is its quality score."""

    group: int
    id: str
    text: str
    match_type: str
    score: int
    bid: float

    @property
    def is_wasted(self) -> bool:
        return self.text in words.WASTED_KEYWORDS


@dataclass
class Entities:
    campaigns: list[Campaign] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    ads: list[Ad] = field(default_factory=list)
    keywords: list[Keyword] = field(default_factory=list)
    better: dict[str, str] = field(default_factory=dict)


def make_entities(spec: ShopSpec, span: Span) -> Entities:
    entities = Entities()
    dice = stream(spec.seed, "ad entities")
    ids = {source: count(PLATFORMS[source].first_id, ID_STEP) for source in SOURCES}
    for plan in PLANS:
        _add_campaign(entities, plan, span, dice, ids[plan.source])
    return entities


def _add_campaign(
    entities: Entities, plan: Plan, span: Span, dice: np.random.Generator, ids: Iterator[int]
) -> None:
    first, last = span.at(plan.first), span.at(plan.last)
    campaign = Campaign(
        plan,
        str(next(ids)),
        first,
        last,
        gone=last + 1 if plan.fate == "deleted" else NEVER,
        paused=last + 1 if plan.fate == "paused" else NEVER,
    )
    entities.campaigns.append(campaign)
    for number, (name, targeting) in enumerate(plan.groups):
        part = DELETED_GROUPS.get(name)
        gone = NEVER if part is None else first + int(part * (last - first)) + 1
        group = Group(len(entities.campaigns) - 1, str(next(ids)), name, targeting, first, gone)
        entities.groups.append(group)
        _add_ads(entities, campaign, group, number, dice, ids)
        if campaign.kind.has_keywords:
            _add_keywords(entities, campaign, dice, ids)


def _add_ads(
    entities: Entities, campaign: Campaign, group: Group, number: int, dice: np.random.Generator,
    ids: Iterator[int],
) -> None:  # fmt: skip
    """Two or three; the third was replaced half way. The first of a tiring campaign is young."""
    plan, kind = campaign.plan, campaign.kind
    is_tested = plan.is_tested and number == 0
    made = []
    for place in range(2 if is_tested else int(dice.integers(2, 4))):
        is_tiring = plan.is_tiring and number == 0 and place == 0
        created = max(campaign.first, campaign.last - TIRING_DAYS) if is_tiring else campaign.first
        appeal = float(np.exp(dice.normal(0, 0.12)))
        ad = Ad(
            group=len(entities.groups) - 1,
            id=str(next(ids)),
            name=f"{plan.name} {group.name} {place + 1}",
            format=kind.formats[(number + place) % len(kind.formats)],
            created=created,
            gone=(campaign.first + campaign.last) // 2 if place == 2 else NEVER,
            appeal=(1.3, 0.8)[place] if is_tested else appeal,
            decay=float(np.round(dice.uniform(0.008, 0.013), 4)) if is_tiring else 0.0,
            words=_words(dice),
        )
        made.append(ad)
    if is_tested and dice.random() < 0.5:
        made = [_with_appeal(made[0], 0.8), _with_appeal(made[1], 1.3)]
    if is_tested:
        entities.better[group.id] = max(made, key=lambda ad: ad.appeal).id
    entities.ads.extend(made)


def _with_appeal(ad: Ad, appeal: float) -> Ad:
    return Ad(**{**ad.__dict__, "appeal": appeal})


def _words(dice: np.random.Generator) -> tuple[str, str, str, str]:
    """Headline, body, call to action and landing page."""
    choices = (words.HEADLINES, words.BODIES, words.CALLS_TO_ACTION, words.LANDING_PAGES)
    headline, body, call, page = (texts[dice.integers(len(texts))] for texts in choices)
    return headline, body, call, page


def _add_keywords(
    entities: Entities, campaign: Campaign, dice: np.random.Generator, ids: Iterator[int]
) -> None:
    """The first one of a group is bid on exactly and broadly."""
    group = entities.groups[-1]
    texts = words.KEYWORDS[group.name]
    cost_per_click = campaign.kind.cpm / 1_000 / campaign.kind.ctr
    for place, text in enumerate((texts[0], *texts)):
        wasted = text in words.WASTED_KEYWORDS
        keyword = Keyword(
            group=len(entities.groups) - 1,
            id=str(next(ids)),
            text=text,
            match_type=words.MATCH_TYPES[2 if place == 1 else place % 3],
            score=int(dice.integers(2, 5) if wasted else dice.integers(4, 11)),
            bid=round(float(cost_per_click * dice.uniform(0.9, 1.6)), 2),
        )
        entities.keywords.append(keyword)
