"""An account's final figures and what divides them, read once from the tables of the ad world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sandbox.ads.known import FIGURES, Block, Rules
from sandbox.ads.plans import PLATFORMS
from sandbox.shop.spec import decimals
from sandbox.shop.streams import Floats, Ints

KEYS = ("campaign_id", "ad_group_id", "ad_id", "keyword_id", "network")
MICRO = 10**6

ROWS = """
select
    campaign_id, ad_group_id, ad_id, keyword_id, network, day - date '1970-01-01' as days,
    impressions, clicks, cast(spend * 1000000 as bigint) as spend, video_views, engagements,
    cast(round(purchases * 100) as bigint) as purchases,
    cast(purchase_value * 1000000 as bigint) as purchase_value,
    cast(round(view_purchases * 100) as bigint) as view_purchases,
    cast(round(add_to_carts * 100) as bigint) as add_to_carts
from main.ad_days
where platform_source = ? and account_id = ?
order by campaign_id, ad_group_id, ad_id, keyword_id, network, day
"""

SHARES = """
select campaign_id, network, kind, value, share, click_factor, purchase_factor
from main.ad_shares
where
    campaign_id in (
        select campaign_id from main.ad_campaigns where platform_source = ? and account_id = ?
    )
order by kind, try_cast(value as integer), value
"""

TERMS = """
select keyword_id, search_term, share, purchase_factor
from main.ad_search_terms
where
    campaign_id in (
        select campaign_id from main.ad_campaigns where platform_source = ? and account_id = ?
    )
order by search_term, keyword_id
"""


@dataclass(frozen=True)
class Values:
    """What a unit's parts get, by measure, unit and part, and which of the values they are."""

    values: list[str]
    weights: Floats
    codes: Ints


@dataclass(frozen=True)
class Account:
    """`words` are the vocabularies of the keys; the values of a kind divide a campaign's rows on a
    network, search terms those of a keyword.
    """

    currency: str
    rules: Rules
    final: Block
    words: Mapping[str, list[str]]
    kinds: Mapping[str, Values]
    terms: Values

    def units(self, block: Block) -> Ints:
        """By campaign and network, the first network being none."""
        networks = len(self.words["network"]) + 1
        return block.codes["campaign_id"] * networks + block.codes["network"] + 1


def read_account(con: duckdb.DuckDBPyConnection, source: str, account_id: str) -> Account:
    """KeyError when there is no such account."""
    found = con.execute(
        "select currency_code, time_zone from main.ad_accounts "
        "where platform_source = ? and account_id = ?",
        [source, account_id],
    ).fetchall()
    if not found:
        raise KeyError(account_id)
    ((currency, zone),) = found
    platform = PLATFORMS[source]
    step = MICRO // 10 ** decimals(currency)
    rules = Rules(
        zone=ZoneInfo(zone),
        lag_days=platform.lag_days,
        is_fractional=platform.is_fractional,
        step=step,
        takes_back=source == "amazon_ads",
    )
    asked = [source, account_id]
    words, final = _final(arrow(con, ROWS, asked))
    kinds = _kinds(arrow(con, SHARES, asked), words)
    terms = _terms(arrow(con, TERMS, asked), words["keyword_id"])
    return Account(currency, rules, final, words, kinds, terms)


def arrow(con: duckdb.DuckDBPyConnection, query: str, asked: Sequence[str]) -> pa.Table:
    return con.sql(query, params=list(asked)).to_arrow_table()


def _final(rows: pa.Table) -> tuple[dict[str, list[str]], Block]:
    words, codes = {}, {}
    for key in KEYS:
        coded = rows[key].combine_chunks().dictionary_encode()
        order = np.argsort(coded.dictionary.to_pylist(), kind="stable")
        rank = np.append(np.argsort(order), -1)
        words[key] = [coded.dictionary[int(place)].as_py() for place in order]
        codes[key] = rank[pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)]
    figures = {name: rows[name].to_numpy().astype(np.int64) for name in FIGURES}
    days = rows["days"].to_numpy().astype(np.int64)
    return words, Block(np.arange(len(days)), days, codes, figures)


def _kinds(rows: pa.Table, words: Mapping[str, list[str]]) -> dict[str, Values]:
    """Shares, shares of clicks and shares of purchases: each unit's add up to 1."""
    networks = [None, *words["network"]]
    campaigns = words["campaign_id"]
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        if row["campaign_id"] in campaigns and row["network"] in networks:
            found.setdefault(row["kind"], []).append(row)
    kinds = {}
    for kind, each in found.items():
        values = list(dict.fromkeys(row["value"] for row in each))
        table = np.zeros((3, len(campaigns) * len(networks), len(values)))
        for row in each:
            unit = campaigns.index(row["campaign_id"]) * len(networks)
            place = unit + networks.index(row["network"]), values.index(row["value"])
            factors = [1.0, row["click_factor"], row["purchase_factor"]]
            table[:, *place] = np.cumprod(factors) * row["share"]
        codes = np.tile(np.arange(len(values)), (table.shape[1], 1))
        kinds[kind] = Values(values, normal(table), codes)
    return kinds


def normal(weights: Floats) -> Floats:
    """Each unit's weights as parts of their sum; those of a unit without any stay 0."""
    sums = weights.sum(axis=2, keepdims=True)
    return weights / np.where(sums > 0, sums, 1.0)


def _terms(rows: pa.Table, keywords: list[str]) -> Values:
    """The last part is what the platform does not name."""
    named = [row for row in rows.to_pylist() if row["keyword_id"] in keywords]
    values = list(dict.fromkeys(row["search_term"] for row in named))
    of_keyword: dict[str, list[dict[str, Any]]] = {keyword: [] for keyword in keywords}
    for row in named:
        of_keyword[row["keyword_id"]].append(row)
    told = max((len(each) for each in of_keyword.values()), default=0)
    table = np.zeros((3, len(keywords), told + 1))
    codes = np.zeros((len(keywords), told), dtype=np.int64)
    for unit, each in enumerate(of_keyword.values()):
        for part, row in enumerate(each):
            table[:, unit, part] = np.array([1.0, 1.0, row["purchase_factor"]]) * row["share"]
            codes[unit, part] = values.index(row["search_term"])
    table[:, :, -1] = 1 - table[:1].sum(axis=2)
    return Values(values, normal(table), codes)
