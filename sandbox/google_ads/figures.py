"""What the ad world tells of some days as metrics and segments of the API, column by column."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sandbox.google_ads.catalog import CATEGORY, KINDS
from sandbox.google_ads.entities import CONVERSION_ACTIONS, COUNTRIES

LOWEST_SHARE, HIGHEST_SHARE = 0.0999, 0.9001
COLUMNS = {
    "metrics.impressions": "impressions",
    "metrics.clicks": "clicks",
    "metrics.interactions": "clicks",
    "metrics.engagements": "engagements",
    "metrics.video_trueview_views": "video_views",
    "metrics.conversions": "purchases",
    "metrics.conversions_value": "purchase_value",
    "metrics.all_conversions_value": "purchase_value",
}
# What each conversion action brings: its number, its value, and those seen but not clicked.
_ACTIONS = {
    "PURCHASE": ("purchases", "purchase_value", "view_purchases"),
    "ADD_TO_CART": ("add_to_carts", None, None),
}
# Which impressions of those that were to be had an ad got, by what the share is called.
_SHARES = {
    "search_impression_share": "won",
    "search_budget_lost_impression_share": "lost to budget",
    "search_rank_lost_impression_share": "lost to rank",
    "search_top_impression_share": "won on top",
    "search_absolute_top_impression_share": "won first",
}

SHOWN = ("impressions", "clicks", "spend", "engagements", "video_views", "purchases",
         "add_to_carts")  # fmt: skip

Values = Sequence[Any]


def by_category(rows: pa.Table) -> pa.Table:
    """A row for each conversion action that has conversions, figures of the others at zero."""
    parts = []
    for _, category, is_primary in CONVERSION_ACTIONS:
        number, value, viewed = _ACTIONS[category]
        nothing = pa.array([0.0] * rows.num_rows, pa.float64())
        part = {name: rows.column(name) for name in rows.column_names}
        part["all_conversions"] = rows.column(number).cast(pa.float64())
        part["all_value"] = rows.column(value).cast(pa.float64()) if value else nothing
        part["purchases"] = part["all_conversions"] if is_primary else nothing
        part["purchase_value"] = part["all_value"] if is_primary else nothing
        part["view_purchases"] = rows.column(viewed).cast(pa.float64()) if viewed else nothing
        part["category"] = pa.array([category] * rows.num_rows, pa.string())
        parts.append(pa.table(part).filter(pc.greater(part["all_conversions"], 0)))
    return pa.concat_tables(parts)


def column(rows: pa.Table, field: str, kinds: Mapping[str, str]) -> Values:
    """A metric's or segment's values; `kinds` are the campaigns' kinds by id."""
    if field in KINDS:
        return _segment(rows, field)
    if field == CATEGORY:
        return _list(rows, "category")
    name = field.removeprefix("metrics.")
    if name in _SHARES:
        return [_share(key, kinds, _SHARES[name]) for key in _keys(rows)]
    if field in COLUMNS and not (field.endswith("all_conversions_value") and _is_split(rows)):
        found = _list(rows, COLUMNS[field])
        return [float(value) for value in found] if "conversions" in field else found
    return COMPUTED[name](rows)


def is_shown(rows: pa.Table) -> pa.Array:
    """Whether a row has any figure: those that have none are left out."""
    figures = [rows.column(name).cast(pa.float64()) for name in SHOWN]
    viewed = pc.floor(rows.column("view_purchases").cast(pa.float64()))
    return reduce(pc.or_, (pc.not_equal(values, 0) for values in [*figures, viewed]))


def country_id(value: str) -> int:
    """The criterion id of a country, given as that or by its ISO code."""
    return int(value) if value.isdigit() else COUNTRIES[value][0]


def _segment(rows: pa.Table, field: str) -> Values:
    values = _list(rows, KINDS[field])
    if field == "segments.date":
        return list(map(date.isoformat, values))
    return [int(value) for value in values] if field == "segments.hour" else values


def _list(rows: pa.Table, name: str) -> list[Any]:
    found: list[Any] = rows.column(name).to_pylist()
    return found


def _is_split(rows: pa.Table) -> bool:
    return "category" in rows.column_names


def _cost_micros(rows: pa.Table) -> Values:
    micros = pc.round(pc.multiply(rows.column("spend").cast(pa.float64()), 1_000_000.0))
    found: list[int] = micros.cast(pa.int64()).to_pylist()
    return found


def _all_conversions(rows: pa.Table) -> Values:
    if _is_split(rows):
        return _list(rows, "all_conversions")
    both = zip(_list(rows, "purchases"), _list(rows, "add_to_carts"), strict=True)
    return [round(float(bought) + float(added), 2) for bought, added in both]


def _per(above: str, below: str, factor: float = 1.0) -> Callable[[pa.Table], Values]:
    def read(rows: pa.Table) -> Values:
        pairs = zip(_list(rows, above), _list(rows, below), strict=True)
        return [factor * float(up) / down if down else 0.0 for up, down in pairs]

    return read


COMPUTED: dict[str, Callable[[pa.Table], Values]] = {
    "cost_micros": _cost_micros,
    "all_conversions": _all_conversions,
    "all_conversions_value": lambda rows: _list(rows, "all_value"),
    "view_through_conversions": lambda rows: list(map(int, _list(rows, "view_purchases"))),
    "ctr": _per("clicks", "impressions"),
    "average_cpc": _per("spend", "clicks", 1_000_000.0),
}


def _keys(rows: pa.Table) -> Sequence[tuple[str, ...]]:
    """What tells rows apart, the campaign first."""
    names = [name for name in ("campaign_id", "ad_group_id", "keyword_id", "day", "device", "hour",
                               "network") if name in rows.column_names]  # fmt: skip
    return list(zip(*(map(str, _list(rows, name)) for name in names), strict=True))


def _share(key: tuple[str, ...], kinds: Mapping[str, str], what: str) -> float | None:
    """A share of the impressions that were to be had; only search and shopping have one.

    The three shares of won and lost impressions add up to 1 before the API hides their ends.
    """
    if kinds.get(key[0]) not in ("SEARCH", "SHOPPING"):
        return None
    usual = 0.15 + 0.7 * _chance(key[0])
    won = min(1.0, max(0.02, usual + 0.2 * (_chance(*key) - 0.5)))
    budget = (1 - won) * 0.6 * _chance(key[0], "budget")
    shares = {
        "won": won,
        "lost to budget": budget,
        "lost to rank": 1 - won - budget,
        "won on top": won * 0.7,
        "won first": won * 0.4,
    }
    return _hidden_at_the_ends(shares[what], hides_little=what.startswith("won"))


def _hidden_at_the_ends(share: float, *, hides_little: bool) -> float:
    """Less than a tenth is told as 0.0999 of what is won, more than nine as 0.9001."""
    if hides_little and share < 0.1:
        return LOWEST_SHARE
    return HIGHEST_SHARE if share > 0.9 else round(share, 4)


def _chance(*words: str) -> float:
    return zlib.crc32("|".join(words).encode()) / 2**32
