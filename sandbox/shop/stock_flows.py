"""What customers do to the stock, by place, variant and day; tracked items only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sandbox.shop.catalog import NEVER, Catalog
from sandbox.shop.columns import whole
from sandbox.shop.days import Days
from sandbox.shop.stock_items import StockItems
from sandbox.shop.write_catalog import STORE, WAREHOUSE, WEST

PLACES = (WAREHOUSE, WEST, STORE)

Units: TypeAlias = NDArray[np.int32]

MOMENTS = f"""
select
    orders.order_id,
    list_position({list(PLACES)}, order_locations.location_id) - 1 as place,
    cast(epoch(created_at) as bigint) as created,
    coalesce(cast(epoch(edited_at) as bigint), {NEVER}) as edited,
    coalesce(cast(epoch(closed_at) as bigint), {NEVER}) as shipped,
    coalesce(cast(epoch(least(cancelled_at, deleted_at)) as bigint), {NEVER}) as released
from orders
inner join order_locations on orders.order_id = order_locations.order_id
"""

# Units of a line are committed as it is ordered. Those that an edit or a cancellation takes out
# are released, the others ship.
LINES = """
create or replace temp table stock_lines as
with removed as (
    select line_id, sum(quantity) as units
    from refund_lines
    where restock_type = 'CANCEL'
    group by line_id
)

select
    stock_orders.place,
    stock_rows.variant,
    case when order_lines.added_at is null then created else edited end as ordered,
    edited,
    shipped,
    released,
    order_lines.quantity as units,
    case when edited >= 0 then coalesce(removed.units, 0) else 0 end as taken_out
from order_lines
inner join stock_orders on order_lines.order_id = stock_orders.order_id
inner join stock_rows on order_lines.variant_id = stock_rows.variant_id
left join removed on order_lines.line_id = removed.line_id
"""

FLOWS = """
with flows as (
    select place, variant, ordered as day, units as committed, 0 as released, 0 as shipped
    from stock_lines
    union all
    select place, variant, edited, 0, taken_out, 0
    from stock_lines
    where taken_out > 0
    union all
    select place, variant, released, 0, units - taken_out, 0
    from stock_lines
    where released >= 0 and shipped < 0
    union all
    select place, variant, shipped, 0, 0, units - taken_out
    from stock_lines
    where shipped >= 0
)

select
    place, variant, day,
    cast(sum(committed) as integer) as committed,
    cast(sum(released) as integer) as released,
    cast(sum(shipped) as integer) as shipped
from flows
group by place, variant, day
"""

# Goods that are put back on the shelf, when and where they were looked at; of refunds without a
# return, as the money goes back.
RETURNS = """
create or replace temp view stock_returns as
with restocked as (
    select line_id, return_id as reference_id, quantity, location_id, disposed_at as moved_at
    from return_lines
    where disposition = 'RESTOCKED'
    union all
    select
        refund_lines.line_id, refund_lines.refund_id, refund_lines.quantity,
        refund_lines.location_id, refunds.processed_at
    from refund_lines
    inner join refunds on refund_lines.refund_id = refunds.refund_id
    where
        refund_lines.restock_type = 'RETURN'
        and refund_lines.refund_line_id not in (
            select refund_line_id from return_lines where refund_line_id is not null
        )
)

select
    restocked.reference_id,
    variants.inventory_item_id,
    order_lines.variant_id,
    order_lines.unit_cost,
    restocked.quantity,
    restocked.location_id,
    restocked.moved_at
from restocked
inner join order_lines on restocked.line_id = order_lines.line_id
inner join variants on order_lines.variant_id = variants.variant_id
where variants.tracked
"""

RETURNED = f"""
select
    list_position({list(PLACES)}, stock_returns.location_id) - 1 as place,
    stock_rows.variant,
    cast(epoch(stock_returns.moved_at) as bigint) as returned,
    stock_returns.quantity
from stock_returns
inner join stock_rows on stock_returns.variant_id = stock_rows.variant_id
"""


@dataclass(frozen=True)
class Flows:
    """Units by place, variant and day: ordered, let go before shipping, shipped, brought back."""

    committed: Units
    released: Units
    shipped: Units
    returned: Units

    def waiting(self, place: int) -> Units:
        """Units that are ordered and have not shipped at the close of each day."""
        change = self.committed[place] - self.released[place] - self.shipped[place]
        return np.cumsum(change, axis=1, dtype=np.int32)


def read_flows(
    con: duckdb.DuckDBPyConnection, days: Days, catalog: Catalog, items: StockItems
) -> Flows:
    con.register("stock_rows", _tracked_rows(catalog, items))
    con.register("stock_orders", _order_days(con, days))
    con.execute(RETURNS)
    con.execute(LINES)
    shape = (len(PLACES), len(items.is_tracked), len(days.dates))
    found = con.execute(FLOWS).fetchnumpy()
    cells = tuple(np.asarray(found[name], dtype=np.int64) for name in ("place", "variant", "day"))
    committed, released, shipped, returned = (np.zeros(shape, dtype=np.int32) for _ in range(4))
    for name, flow in (("committed", committed), ("released", released), ("shipped", shipped)):
        flow[cells] = found[name]
    back = {name: np.asarray(column) for name, column in con.execute(RETURNED).fetchnumpy().items()}
    np.add.at(
        returned,
        (back["place"], back["variant"], days.of(back["returned"])),
        back["quantity"].astype(np.int32),
    )
    con.execute("drop table stock_lines")
    con.unregister("stock_rows")
    con.unregister("stock_orders")
    return Flows(committed, released, shipped, returned)


def _tracked_rows(catalog: Catalog, items: StockItems) -> pa.Table:
    rows = np.flatnonzero(items.is_tracked)
    return pa.table({"variant_id": whole(catalog.variants.ids[rows]), "variant": whole(rows)})


def _order_days(con: duckdb.DuckDBPyConnection, days: Days) -> pa.Table:
    """The days on which things happen to each order, -1 where they do not."""
    found = con.execute(MOMENTS).fetchnumpy()
    columns = {name: whole(np.asarray(found[name])) for name in ("order_id", "place")}
    for name in ("created", "edited", "shipped", "released"):
        moments = np.asarray(found[name], dtype=np.int64)
        columns[name] = whole(np.where(moments < days.end, days.of(moments), -1))
    return pa.table(columns)
