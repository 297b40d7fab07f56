"""Which contacts led to each web order: its own first and last visit, and what came around them.

A contact belongs to the next order of its customer. Orders without an account are a person each.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from sandbox.ads.channels import CHANNELS, DEVICES, STRENGTHS, WAYS
from sandbox.ads.span import Span
from sandbox.shop.days import DAY
from sandbox.shop.shop import Shop
from sandbox.shop.streams import Flags, Floats, Ints, pick, stream
from sandbox.shop.words import VISITS

LOOKBACK = 29 * DAY
TWO_DEVICES = 0.14
VIEWS = (0.42, 0.38, 0.20)
BETWEEN = (0.55, 0.33, 0.12)

ORDERS = """
with

visits as (
    select * from (values {visits}) as visits (visit, source, source_type, utm_campaign)
)

select
    orders.order_id,
    coalesce(orders.customer_id, 0) as customer_id,
    epoch_us(orders.processed_at) // 1000000 as processed,
    epoch_us(orders.first_visit_at) // 1000000 as first_at,
    epoch_us(orders.last_visit_at) // 1000000 as last_at,
    first_visits.visit as first_way,
    last_visits.visit as last_way,
    coalesce(orders.country_code, '') as country
from main.orders
inner join visits as first_visits
    on orders.first_visit_source = first_visits.source
    and orders.first_visit_source_type is not distinct from first_visits.source_type
    and orders.first_visit_utm_campaign is not distinct from first_visits.utm_campaign
inner join visits as last_visits
    on orders.last_visit_source = last_visits.source
    and orders.last_visit_source_type is not distinct from last_visits.source_type
    and orders.last_visit_utm_campaign is not distinct from last_visits.utm_campaign
where not orders.is_test and orders.last_visit_at >= ?
order by orders.processed_at, orders.order_id
"""


@dataclass(frozen=True)
class Buyers:
    """Row i is the i-th order that visits led to; `person` is the same for all of a customer's."""

    order_id: Ints
    customer_id: Ints
    processed: Ints
    first_at: Ints
    last_at: Ints
    first_way: Ints
    last_way: Ints
    country: Ints
    person: Ints
    countries: list[str]


@dataclass(frozen=True)
class Touches:
    """A contact each: `path` numbers what led to one order, or to none; `order` is the order that
    was placed in this visit (-1: none). `second` is the person's other device; `country` an index
    into the buyers' countries.
    """

    path: Ints
    order: Ints
    at: Ints
    way: Ints
    is_view: Flags
    person: Ints
    device: Ints
    second: Flags
    country: Ints

    def take(self, rows: np.ndarray) -> Touches:
        return Touches(*(getattr(self, each.name)[rows] for each in fields(self)))

    def __len__(self) -> int:
        return len(self.path)


def together(parts: list[Touches]) -> Touches:
    return Touches(
        *(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Touches))
    )


def read_buyers(shop: Shop, span: Span) -> Buyers:
    visits = ", ".join(
        f"({number}, {_quoted(visit.source)}, {_quoted(visit.source_type)}, "
        f"{_quoted(visit.utm_campaign)})"
        for number, visit in enumerate(VISITS)
    )
    found = shop.con.sql(ORDERS.format(visits=visits), params=[span.first]).to_arrow_table()
    country = found["country"].combine_chunks().dictionary_encode()
    columns = {name: found[name].to_numpy() for name in found.column_names if name != "country"}
    customer = columns["customer_id"]
    guest = -1 - np.arange(len(customer))
    _, person = np.unique(np.where(customer > 0, customer, guest), return_inverse=True)
    codes = country.indices.to_numpy().astype(np.int64)
    return Buyers(**columns, country=codes, person=person, countries=country.dictionary.to_pylist())


def _quoted(word: str | None) -> str:
    return "null" if word is None else f"'{word}'"


def make_paths(seed: int, buyers: Buyers) -> Touches:
    """Every contact that led to an order; the path's number is the order's row."""
    dice = stream(seed, "paths")
    count = len(buyers.order_id)
    rows = np.arange(count)
    is_long = buyers.first_at < buyers.last_at
    last = _touches(buyers, rows, buyers.last_at, buyers.last_way)
    last = replace(last, order=rows)
    first = _touches(buyers, rows, buyers.first_at, buyers.first_way).take(is_long)
    between = _between(buyers, np.repeat(rows, pick(dice, BETWEEN, count) * is_long), dice)
    views = _views(buyers, np.repeat(rows, pick(dice, VIEWS, count)), dice)
    made = _with_next_order(buyers, together([last, first, between, views]))
    return _with_devices(buyers, made, dice)


def _touches(buyers: Buyers, row: Ints, at: Ints, way: Ints, is_view: bool = False) -> Touches:
    nothing = np.full(len(row), -1)
    return Touches(
        path=row,
        order=nothing,
        at=at,
        way=way.astype(np.int64),
        is_view=np.full(len(row), is_view),
        person=buyers.person[row],
        device=np.zeros(len(row), dtype=np.int64),
        second=np.zeros(len(row), dtype=bool),
        country=buyers.country[row],
    )


def _between(buyers: Buyers, row: Ints, dice: np.random.Generator) -> Touches:
    first, last = buyers.first_at[row], buyers.last_at[row]
    at = first + ((last - first) * dice.uniform(0.05, 0.95, len(row))).astype(np.int64)
    return _touches(buyers, row, at, pick(dice, [way.between for way in WAYS], len(row)))


def _views(buyers: Buyers, row: Ints, dice: np.random.Generator) -> Touches:
    """Ads that were only seen, before the first visit or soon after."""
    at = buyers.first_at[row] - (DAY * dice.gamma(1.2, 3.0, len(row))).astype(np.int64) - 60
    oldest = buyers.processed[row] - LOOKBACK + dice.integers(0, DAY // 2, len(row))
    at = np.minimum(np.maximum(at, oldest), buyers.last_at[row] - 60)
    return _touches(buyers, row, at, pick(dice, [way.before for way in WAYS], len(row)), True)


def _with_next_order(buyers: Buyers, touches: Touches) -> Touches:
    """What lies before an earlier order of the customer led to that one."""
    by_person = np.lexsort((buyers.processed, buyers.person))
    width = int(buyers.processed.max(initial=0)) + 1
    ends = (buyers.person * width + buyers.processed)[by_person]
    found = np.searchsorted(ends, touches.person * width + touches.at)
    return replace(touches, path=by_person[found])


def _with_devices(buyers: Buyers, touches: Touches, dice: np.random.Generator) -> Touches:
    """Some customers look on one device and buy on another one."""
    people = int(buyers.person.max(initial=-1)) + 1
    own = pick(dice, list(DEVICES.values()), people)
    has_two = dice.random(people) < TWO_DEVICES
    has_two[buyers.person[buyers.customer_id == 0]] = False
    second = has_two[touches.person] & (touches.order < 0)
    device = own[touches.person]
    return replace(touches, device=np.where(second, (device + 1) % 2, device), second=second)


def weights() -> Floats:
    """What a contact by each way adds to -log(1 - the probability to buy)."""
    return np.array([-np.log1p(-STRENGTHS[way.channel]) for way in WAYS])


def chances(touches: Touches, paths: int) -> Floats:
    """Each path's probability to end in an order: none of its contacts failed alone."""
    added = np.bincount(touches.path, weights=weights()[touches.way], minlength=paths)
    return -np.expm1(-added)


def credits(touches: Touches, paths: int) -> dict[str, float]:
    """Each channel's share of the orders: a contact's part of what its path added up to."""
    added = weights()[touches.way]
    sums = np.bincount(touches.path, weights=added, minlength=paths)
    channel = np.array([CHANNELS.index(way.channel) for way in WAYS])[touches.way]
    shares = np.bincount(channel, weights=added / sums[touches.path], minlength=len(CHANNELS))
    return dict(zip(CHANNELS, (shares / max(shares.sum(), 1e-12)).tolist(), strict=True))
