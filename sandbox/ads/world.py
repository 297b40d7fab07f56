"""What the platforms tell of the made-up ad world at an instant.

    world.rows("google_ads", account_id, ["day", "campaign_id"], first, last, now)

A breakdown adds up exactly to the rows without it, whatever the instant, and rows by entity to the
rows of their parents (rows without an ad, a keyword, ... being left out where it is asked for).
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import pyarrow as pa

from sandbox.ads.account import KEYS, Account, normal, read_account
from sandbox.ads.hours import hour_factors
from sandbox.ads.known import FIGURES, HUNDRED, LATE, Block, as_of
from sandbox.ads.listing import listed
from sandbox.ads.reach import REPORT_REACH, reach
from sandbox.ads.split import Division, Steps, divide
from sandbox.shop.columns import Column, choice, decimal, number, whole
from sandbox.shop.shop import Shop, naive_utc
from sandbox.shop.streams import Flags, Ints

COLUMNS = ("impressions", "clicks", "spend", "video_views", "engagements", "reach", "purchases",
           "purchase_value", "view_purchases", "add_to_carts")  # fmt: skip
ALL_KINDS = frozenset(
    {"device", "age", "gender", "country", "placement", "hour", "network", "search_term"}
)


@dataclass
class AdWorld:
    """The ad world beside a shop; asked from several threads, its accounts are read once."""

    shop: Shop
    _accounts: dict[tuple[str, str], Account] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def rows(
        self,
        source: str,
        account_id: str,
        by: Sequence[str],
        first: date,
        last: date,
        now: datetime,
        where: Mapping[str, Collection[str]] | None = None,
    ) -> pa.Table:
        """Figures of account-local days by `by`, as told at `now` (UTC); `where` keeps some ids.

        `by`: day, campaign_id, ad_group_id, ad_id, keyword_id, search_term, network, device, age,
        gender, country, placement, hour. Rows in which nothing happened are left out.
        """
        account = self.account(source, account_id)
        now = naive_utc(now)
        block = account.final.take(_wanted(account, first, last, where or {}))
        block = as_of(block, account.rules, now)
        words = {name: list(each) for name, each in account.words.items()}
        for kind in by:
            if kind in ALL_KINDS and not (kind == "network" and account.words["network"]):
                block, words[kind] = _divided(account, block, kind, now)
        return _table(source, block, by, words)

    def entities(self, source: str, kind: str, account_id: str, now: datetime) -> pa.Table:
        """Accounts (of every id, when it is ''), campaigns, ad_groups, ads or keywords as of `now`.

        What is deleted is there with its `status`: active, paused, ended or deleted.
        """
        with self._lock:
            return listed(self.shop.con, source, kind, account_id, naive_utc(now))

    def account(self, source: str, account_id: str) -> Account:
        """KeyError when there is none."""
        with self._lock:
            key = (source, account_id)
            if key not in self._accounts:
                self._accounts[key] = read_account(self.shop.con.cursor(), source, account_id)
            return self._accounts[key]


def _wanted(
    account: Account, first: date, last: date, where: Mapping[str, Collection[str]]
) -> Flags:
    days = account.final.days
    start, end = (int(np.datetime64(day).astype(int)) for day in (first, last))
    wanted: Flags = (days >= start) & (days <= end)
    for name, kept in where.items():
        codes = [place for place, word in enumerate(account.words[name]) if word in set(kept)]
        wanted &= np.isin(account.final.codes[name], codes)
    return wanted


def _divided(account: Account, block: Block, kind: str, now: datetime) -> tuple[Block, list[str]]:
    """Nothing is left where the platform does not tell the kind."""
    rules = account.rules
    steps = Steps(1 if rules.is_fractional else rules.step, rules.late_unit)
    if kind == "search_term":
        found, unit = account.terms, block.codes["keyword_id"]
    elif kind in account.kinds:
        found, unit = account.kinds[kind], account.units(block)
    else:
        return block.take(np.zeros(len(block.days), dtype=bool)), []
    weights, codes = found.weights, found.codes
    if kind == "hour":
        row, factors = hour_factors(block.days, rules.zone, now)
        unit = unit * len(factors) + row
        weights = normal((weights[:, :, None, :] * factors).reshape(3, -1, codes.shape[1]))
        codes = np.repeat(codes, len(factors), axis=0)
    return divide(block, Division(kind, weights, codes), unit, steps), found.values


def _table(
    source: str, block: Block, by: Sequence[str],
    words: Mapping[str, list[str]],
) -> pa.Table:  # fmt: skip
    """Sums by key, in the order of the keys."""
    for name in by:
        if name != "day" and name not in block.codes:
            block = block.take(np.zeros(len(block.days), dtype=bool))
        elif name in KEYS:
            block = block.take(block.codes[name] >= 0)
    codes = {
        name: block.days if name == "day" else block.codes.get(name, block.days) for name in by
    }
    place, keys = _groups(codes, len(block.days))
    size = int(place.max(initial=-1)) + 1
    sums = {
        name: np.bincount(place, weights=values, minlength=size).astype(np.int64)
        for name, values in block.figures.items()
    }
    shown = np.any([sums[name] != 0 for name in FIGURES], axis=0)
    sums = {name: values[shown] for name, values in sums.items()}
    columns: dict[str, Column] = {}
    for name in by:
        columns[name] = _key(name, keys[name][shown], words)
    for name in COLUMNS:
        columns[name] = _figure(name, sums, source)
    return pa.table(columns)


def _groups(codes: Mapping[str, Ints], count: int) -> tuple[Ints, dict[str, Ints]]:
    """The group of each row, and the keys of each group."""
    key = np.zeros(count, dtype=np.int64)
    for values in codes.values():
        low = int(values.min(initial=0))
        key = key * (int(values.max(initial=0)) - low + 1) + values - low
    _, firsts, place = np.unique(key, return_index=True, return_inverse=True)
    return place, {name: values[firsts] for name, values in codes.items()}


def _key(name: str, codes: Ints, words: Mapping[str, list[str]]) -> Column:
    if name == "day":
        return pa.array(codes.astype("datetime64[D]"))
    if name == "hour":
        return whole(np.array([int(word) for word in words[name]] or [0], dtype=np.int64)[codes])
    return choice(codes, words[name]).dictionary_decode()


def _figure(name: str, sums: Mapping[str, Ints], source: str) -> Column:
    if name == "reach":
        people = reach(sums["impressions"])
        return whole(people, np.full(len(people), source not in REPORT_REACH))
    if name in ("spend", "purchase_value"):
        return decimal(sums[name], 6)
    if name in LATE:
        return number(sums[name] / HUNDRED)
    return whole(sums[name])
