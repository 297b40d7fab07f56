"""Where each order ships from, and what has shipped: a fulfillment for each order that did.

What is sold at the counter leaves the store as the order is closed; of the other orders a quarter
ships from the West Warehouse. An order of which every unit was removed ships nothing.
"""

from __future__ import annotations

import duckdb
import numpy as np

from sandbox.shop.columns import append, whole
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import stream
from sandbox.shop.write_catalog import STORE, WAREHOUSE, WEST

WEST_SHARE = 0.25

ORDERS = "select order_id, source_name = 'pos' as at_counter from orders order by order_id"

FULFILLMENTS = """
insert into fulfillments
with

removed as (
    select order_id, sum(quantity) as units
    from refund_lines
    where restock_type = 'CANCEL'
    group by order_id
),

emptied as (
    select order_lines.order_id
    from order_lines
    inner join removed on order_lines.order_id = removed.order_id
    group by order_lines.order_id
    having sum(order_lines.quantity) = max(removed.units)
)

select
    orders.order_id + 1,
    orders.order_id,
    order_locations.location_id,
    orders.closed_at,
    'SUCCESS'
from orders
inner join order_locations on orders.order_id = order_locations.order_id
where
    orders.closed_at is not null
    and orders.order_id not in (select order_id from emptied)
order by orders.order_id
"""


def write_places(con: duckdb.DuckDBPyConnection, spec: ShopSpec) -> None:
    """The locations of all orders, and the fulfillments of those that shipped."""
    orders = con.execute(ORDERS).fetchnumpy()
    ids, at_counter = np.asarray(orders["order_id"]), np.asarray(orders["at_counter"], dtype=bool)
    is_west = stream(spec.seed, "locations of orders").random(len(ids)) < WEST_SHARE
    place = np.select([at_counter, is_west], [STORE, WEST], WAREHOUSE)
    append(con, "order_locations", {"order_id": whole(ids), "location_id": whole(place)})
    con.execute(FULFILLMENTS)
