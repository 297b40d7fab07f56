"""What happened in the visits: pages, carts, sign-ups, and the order that was placed in one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sandbox.ads.channels import WAYS
from sandbox.ads.paths import Buyers, Touches
from sandbox.shop.columns import Column, choice, decimal, instant, whole
from sandbox.shop.shop import Shop
from sandbox.shop.streams import Ints, stream

BOUNCES, BOUNCES_OF_BUYERS = 0.48, 0.15
CARTS, CARTS_OF_BUYERS = 0.10, 0.45
SIGN_UPS = 0.03

REVENUE = """
with

sold as (
    select order_id, sum(unit_price * quantity) as amount
    from main.order_lines
    group by order_id
),

discounts as (
    select order_id, sum(amount) as amount
    from main.line_discounts
    group by order_id
)

select cast((coalesce(sold.amount, 0) - coalesce(discounts.amount, 0)) * 10000 as bigint)
    as amount
from buyers
left join sold on buyers.order_id = sold.order_id
left join discounts on buyers.order_id = discounts.order_id
order by buyers.number
"""


def session_columns(
    shop: Shop, buyers: Buyers, touches: Touches, visits: Ints
) -> dict[str, Column]:
    """Of the visits among the contacts (their rows, by time)."""
    dice = stream(shop.spec.seed, "sessions")
    count = len(visits)
    order, way = touches.order[visits], touches.way[visits]
    ordered = order >= 0
    buys = touches.path[visits] < len(buyers.order_id)
    bounces = ~ordered & (dice.random(count) < np.where(buys, BOUNCES_OF_BUYERS, BOUNCES))
    pages = np.where(ordered, 5, 2) + dice.poisson(np.where(ordered, 4.0, 2.0), count)
    fills = ordered | (dice.random(count) < np.where(buys, CARTS_OF_BUYERS, CARTS)) & ~bounces
    carts = np.where(fills, 1 + dice.poisson(0.5, count), 0)
    signs_up = ~bounces & (dice.random(count) < SIGN_UPS)
    return {
        "session_id": _numbered(count),
        "started_at": instant(touches.at[visits]),
        "utm_source": choice(way, [each.source for each in WAYS]),
        "utm_medium": choice(way, [each.medium for each in WAYS]),
        "utm_campaign": choice(way, [each.campaign for each in WAYS]),
        "landing_page": choice(way, [each.landing_page for each in WAYS]),
        "location": choice(touches.country[visits], buyers.countries),
        "page_views": whole(np.where(bounces, 1, pages)),
        "add_to_carts": whole(carts),
        "sign_ups": whole(signs_up),
        "purchases": whole(ordered),
        "order_id": whole(np.append(buyers.order_id, 0)[order], ~ordered),
        "revenue": decimal(np.append(_revenue(shop, buyers), 0)[order], 4, ~ordered),
    }


def _numbered(count: int) -> Column:
    digits = pc.utf8_lpad(pc.cast(pa.array(1 + np.arange(count)), pa.string()), 8, "0")
    return pc.binary_join_element_wise("session", digits, "-")


def _revenue(shop: Shop, buyers: Buyers) -> Ints:
    """What each order came to, in ten-thousandths: lines less discounts."""
    table = pa.table({"number": np.arange(len(buyers.order_id)), "order_id": buyers.order_id})
    shop.con.register("buyers", table)
    amounts = shop.con.sql(REVENUE).to_arrow_table()["amount"].to_numpy()
    shop.con.unregister("buyers")
    return amounts
