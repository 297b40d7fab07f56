"""Contacts -> the tables `touchpoints` and, where they were visits, `web_sessions`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sandbox.ads.channels import AFFILIATE_COST, CHANNELS, DEVICES, STRENGTHS, WAYS
from sandbox.ads.costs import way_costs
from sandbox.ads.paths import Buyers, Touches, credits, make_paths, read_buyers, together
from sandbox.ads.sessions import session_columns
from sandbox.ads.span import Span
from sandbox.ads.strangers import make_strangers
from sandbox.shop.columns import Column, append, choice, decimal, instant, number, text, whole
from sandbox.shop.days import DAY, make_days
from sandbox.shop.shop import Shop
from sandbox.shop.streams import Flags, Ints, stream

SUBSCRIBERS = 0.05
TEN_THOUSAND = 10_000
CLICK_SPREAD = 0.3

UNDECIDED = """
select customer_id
from main.customers
where customer_id not in (select customer_id from main.orders where customer_id is not null)
order by customer_id
"""


@dataclass(frozen=True)
class People:
    """By person: the customer (0: not known) and the number that the visitor has."""

    customer: Ints
    visitor: Ints


def write_visits(shop: Shop, span: Span) -> None:
    """Who came, how, and the truth about what made them buy."""
    seed = shop.spec.seed
    buyers = read_buyers(shop, span)
    paths = len(buyers.order_id)
    made = make_paths(seed, buyers)
    edges = make_days(shop.spec).edges
    strangers = make_strangers(seed, made, paths, int(edges[-span.count - 1]), int(edges[-1]))
    _write_truth(shop, buyers, made, strangers)
    touches = together([made, strangers])
    touches = touches.take(np.lexsort((touches.path, touches.is_view, touches.at)))
    people = _people(shop, buyers, touches)
    shared = {
        "customer_id": whole(people.customer[touches.person], people.customer[touches.person] == 0),
        "visitor_id": _visitors(people.visitor[touches.person], touches.second),
        "device_type": choice(touches.device, list(DEVICES)),
        "path_id": whole(touches.path + 1),
    }
    append(shop.con, "touchpoints", {**shared, **_touchpoints(shop, span, touches)})
    visits = np.flatnonzero(~touches.is_view)
    columns = {name: column.take(pa.array(visits)) for name, column in shared.items()}
    append(shop.con, "web_sessions", {**columns, **session_columns(shop, buyers, touches, visits)})


def _write_truth(shop: Shop, buyers: Buyers, made: Touches, strangers: Touches) -> None:
    paths = len(buyers.order_id)
    count = int(strangers.path.max(initial=paths - 1)) + 1
    order = np.concatenate([buyers.order_id, np.zeros(count - paths, dtype=np.int64)])
    columns = {"path_id": whole(1 + np.arange(count)), "order_id": whole(order, order == 0)}
    append(shop.con, "truth_paths", columns)
    strengths = np.array(list(STRENGTHS.values()))
    columns = {"channel": text(CHANNELS), "probability": number(strengths)}
    append(shop.con, "truth_channel_strength", columns)
    if paths:
        shares = credits(made, paths)
        columns = {"channel": text(shares), "share": number(np.array(list(shares.values())))}
        append(shop.con, "truth_attribution", columns)


def _people(shop: Shop, buyers: Buyers, touches: Touches) -> People:
    """A few of those who did not buy have left their address."""
    count = int(touches.person.max(initial=-1)) + 1
    bought = int(buyers.person.max(initial=-1)) + 1
    customer = np.zeros(count, dtype=np.int64)
    customer[buyers.person] = buyers.customer_id
    known = np.array([row[0] for row in shop.con.execute(UNDECIDED).fetchall()], dtype=np.int64)
    known = known[: int(SUBSCRIBERS * (count - bought))]
    customer[bought : bought + len(known)] = known
    order = stream(shop.spec.seed, "visitors").permutation(count)
    return People(customer, order)


def _visitors(visitor: Ints, second: Flags) -> Column:
    """A person's second device is another visitor."""
    digits = pc.utf8_lpad(pc.cast(pa.array(2 * visitor + second), pa.string()), 8, "0")
    return pc.binary_join_element_wise("visitor", digits, "-")


def _touchpoints(shop: Shop, span: Span, touches: Touches) -> dict[str, Column]:
    """What a contact cost, where it was paid for by itself; its campaign while that ran."""
    costs = way_costs(shop, span)
    way, day = touches.way, touches.at // DAY
    runs = (day >= costs.first[way]) & (day < costs.after[way])
    price = np.where(touches.is_view, costs.view[way], costs.click[way])
    channels = np.array([CHANNELS.index(each.channel) for each in WAYS])[way]
    by_affiliate = channels == CHANNELS.index("affiliate")
    price = np.where(by_affiliate, AFFILIATE_COST * span.unit, price)
    dice = stream(shop.spec.seed, "touch costs")
    price = price * dice.uniform(1 - CLICK_SPREAD, 1 + CLICK_SPREAD, len(way))
    is_paid = (runs | by_affiliate) & (price > 0)
    return {
        "touched_at": instant(touches.at),
        "channel": choice(channels, CHANNELS),
        "campaign_id": choice(np.where(runs, way, -1), costs.campaign_ids),
        "interaction": choice(touches.is_view.astype(int), ("click", "view")),
        "cost": decimal(np.rint(price * TEN_THOUSAND), 4, ~is_paid),
    }
