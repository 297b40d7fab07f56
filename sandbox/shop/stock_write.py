"""Purchase orders, transfers, counts and the movements of stock -> tables."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sandbox.shop.catalog import SUPPLIERS, Catalog, minor_units_per_dollar
from sandbox.shop.columns import Column, append, choice, instant, money, same, whole
from sandbox.shop.days import HOUR, Days
from sandbox.shop.prices import Prices
from sandbox.shop.spec import ShopSpec, decimals
from sandbox.shop.stock_arrivals import MAIN, OPENING, TRANSFER, Arrivals
from sandbox.shop.stock_books import COUNTED, PUT_BACK, Adjustments
from sandbox.shop.stock_counts import Counts
from sandbox.shop.stock_flows import PLACES, Units
from sandbox.shop.stock_orders import STATUSES, PurchaseOrders
from sandbox.shop.streams import Ints, stream

SUPPLIER_IDS = [f"SUP-{number:03d}" for number in range(SUPPLIERS)]
NOTES = ("Taken off the shelf", "Came back unfit for sale", "Put back for an order", "Counted")
MOVES = ("movement_id", "inventory_item_id", "location_id", "kind", "quantity", "reference_id",
         "moved_at", "unit_cost", "supplier_id", "note")  # fmt: skip

MOVEMENTS = f"""
insert into stock_movements
with

removed as (
    select line_id, sum(quantity) as units
    from refund_lines
    where restock_type = 'CANCEL'
    group by line_id
),

sold as (
    select
        variants.inventory_item_id,
        fulfillments.location_id,
        'SALE' as kind,
        coalesce(removed.units, 0) - order_lines.quantity as quantity,
        cast(fulfillments.order_id as text) as reference_id,
        fulfillments.created_at as moved_at,
        order_lines.unit_cost,
        null as supplier_id,
        null as note
    from fulfillments
    inner join order_lines on fulfillments.order_id = order_lines.order_id
    inner join variants on order_lines.variant_id = variants.variant_id
    left join removed on order_lines.line_id = removed.line_id
    where variants.tracked and order_lines.quantity > coalesce(removed.units, 0)
),

returned as (
    select
        inventory_item_id, location_id, 'RETURN', quantity, cast(reference_id as text), moved_at,
        unit_cost, null, null
    from stock_returns
),

moved as (
    select * from sold
    union all
    select * from returned
    union all
    select {", ".join(MOVES[1:])} from planned_movements
)

select
    row_number() over (
        order by moved_at, kind, inventory_item_id, location_id, reference_id, quantity
    ),
    *
from moved
order by moved_at, kind, inventory_item_id, location_id, reference_id, quantity
"""


def codes(prefix: str, numbers: Ints) -> Column:
    """`prefix` and the number, six digits wide."""
    digits = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width=6, padding="0")
    return pc.binary_join_element_wise(prefix, digits, "-")


@dataclass(frozen=True)
class StockWriter:
    """Writes what the plan says; goods are worth what they cost on their day."""

    con: duckdb.DuckDBPyConnection
    spec: ShopSpec
    days: Days
    catalog: Catalog
    prices: Prices

    def write_purchase_orders(self, orders: PurchaseOrders) -> None:
        has_come = orders.delivered >= 0
        columns = {
            "po_id": codes("PO", orders.number),
            "supplier_id": choice(orders.supplier, SUPPLIER_IDS),
            **self._variant(orders.variant),
            "quantity_ordered": whole(orders.ordered_units),
            "quantity_received": whole(orders.units, ~has_come),
            "unit_cost": self._cost(orders.variant, orders.ordered),
            "ordered_on": self._dates(orders.ordered),
            "expected_on": self._dates(orders.expected),
            "delivered_on": pc.if_else(has_come, pa.array(self._dates(orders.delivered)), None),
            "status": choice(orders.status, STATUSES),
            "location_id": self._place(orders.place),
            "received_at": instant(np.where(has_come, orders.received, 0), ~has_come),
        }
        append(self.con, "purchase_orders", columns)

    def write_transfers(self, arrivals: Arrivals) -> None:
        """What a transfer costs grows with its units."""
        moved = self._transfers(arrivals)
        dice = stream(self.spec.seed, "costs of transfers")
        cost = (4 + 0.35 * moved.units) * dice.uniform(0.9, 1.2, len(moved.units))
        cost = np.rint(cost * minor_units_per_dollar(self.spec)).astype(np.int64)
        sent, received = self._transfer_instants(moved)
        columns = {
            "transfer_id": codes("TR", 1 + np.arange(len(cost))),
            **self._variant(moved.variant),
            "from_location_id": self._place(0 * moved.place + MAIN),
            "to_location_id": self._place(moved.place),
            "quantity": whole(moved.units),
            "transfer_cost": money(cost, decimals(self.spec.currency_code)),
            "shipped_at": instant(sent),
            "received_at": instant(received),
        }
        append(self.con, "transfers", columns)

    def write_counts(self, counts: Counts, closing: Units) -> None:
        system = closing[counts.place, counts.variant, counts.day]
        counted_at = self.days.edges[counts.day + 1] - 1
        columns = {
            "count_id": codes("CNT", 1 + np.arange(len(system))),
            **self._variant(counts.variant),
            "location_id": self._place(counts.place),
            "counted_quantity": whole(system - counts.missing),
            "system_quantity": whole(system),
            "counted_at": instant(counted_at),
        }
        append(self.con, "stock_counts", columns)
        differs = counts.missing != 0
        columns = {
            "inventory_item_id": whole(self.catalog.variants.items[counts.variant[differs]]),
            "location_id": self._place(counts.place[differs]),
            "counted_at": instant(counted_at[differs]),
            "units": whole(counts.missing[differs]),
        }
        append(self.con, "truth_shrinkage", columns)

    def write_movements(
        self, arrivals: Arrivals, orders: PurchaseOrders, counts: Counts, adjusted: Adjustments
    ) -> None:
        parts = [
            self._opening(arrivals),
            self._purchases(orders),
            *self._moved(arrivals),
            *self._adjusted(counts, adjusted),
        ]
        self.con.register("planned_movements", pa.concat_tables(parts))
        self.con.execute(MOVEMENTS)
        self.con.unregister("planned_movements")

    def _opening(self, arrivals: Arrivals) -> pa.Table:
        there = arrivals.where(arrivals.kind == OPENING)
        at = np.full(len(there.day), self.days.edges[0])
        return self._moves("OPENING", there.place, there.variant, there.units, at)

    def _purchases(self, orders: PurchaseOrders) -> pa.Table:
        rows = np.flatnonzero(orders.delivered >= 0)
        return self._moves(
            "PURCHASE", orders.place[rows], orders.variant[rows], orders.units[rows],
            orders.received[rows], codes("PO", orders.number[rows]),
            unit_cost=self._cost(orders.variant[rows], orders.ordered[rows]),
            supplier_id=choice(orders.supplier[rows], SUPPLIER_IDS).cast(pa.string()),
        )  # fmt: skip

    def _moved(self, arrivals: Arrivals) -> list[pa.Table]:
        moved = self._transfers(arrivals)
        names = codes("TR", 1 + np.arange(len(moved.units)))
        sent, received = self._transfer_instants(moved)
        there = 0 * moved.place + MAIN
        return [
            self._moves("TRANSFER_OUT", there, moved.variant, -moved.units, sent, names),
            self._moves("TRANSFER_IN", moved.place, moved.variant, moved.units, received, names),
        ]

    def _adjusted(self, counts: Counts, adjusted: Adjustments) -> list[pa.Table]:
        """After a count in the morning; for a stock-out as its day ends, for an order before it."""
        begin, end = self.days.edges[adjusted.day], self.days.edges[adjusted.day + 1]
        reasons = [adjusted.reason == COUNTED, adjusted.reason == PUT_BACK]
        at = np.select(reasons, [begin + 6 * HOUR, begin], end - 1)
        names = codes("CNT", 1 + np.flatnonzero(counts.missing))
        parts = []
        for reason, note in enumerate(NOTES):
            rows = np.flatnonzero(adjusted.reason == reason)
            place, variant = adjusted.place[rows], adjusted.variant[rows]
            reference = names if reason == COUNTED else None
            of_kind = self._moves(
                "ADJUSTMENT", place, variant, adjusted.units[rows], at[rows], reference,
                note=same(note, len(rows)),
            )  # fmt: skip
            parts.append(of_kind)
        return parts

    def _moves(
        self, kind: str, place: Ints, variant: Ints, units: Ints, at: Ints,
        reference_id: Column = None, **given: Column,
    ) -> pa.Table:  # fmt: skip
        count = len(variant)
        columns = {
            "inventory_item_id": whole(self.catalog.variants.items[variant]),
            "location_id": self._place(place),
            "kind": same(kind, count),
            "quantity": whole(units),
            "reference_id": same(None, count) if reference_id is None else reference_id,
            "moved_at": instant(at),
            "unit_cost": self._cost(variant, self.days.of(at)),
            "supplier_id": same(None, count),
            "note": same(None, count),
        }
        return pa.table({**columns, **given})

    def _transfers(self, arrivals: Arrivals) -> Arrivals:
        has_come = (arrivals.kind == TRANSFER) & (arrivals.day < len(self.days.dates))
        return arrivals.where(has_come)

    def _transfer_instants(self, moved: Arrivals) -> tuple[Ints, Ints]:
        """Sent in the afternoon, there in the morning."""
        minutes = moved.variant * 7 % 100
        sent = self.days.edges[moved.sent] + 15 * HOUR + 60 * minutes
        return sent, self.days.edges[moved.day] + 9 * HOUR + 60 * minutes

    def _variant(self, variant: Ints) -> dict[str, Column]:
        variants = self.catalog.variants
        return {"variant_id": whole(variants.ids[variant]), "sku": choice(variant, variants.skus)}

    def _place(self, place: Ints) -> Column:
        return whole(np.array(PLACES)[place])

    def _dates(self, day: Ints) -> np.ndarray:
        return np.datetime64(self.days.dates[0], "D") + day.astype("timedelta64[D]")

    def _cost(self, variant: Ints, day: Ints) -> Column:
        within = np.clip(day, 0, len(self.days.dates) - 1)
        return money(self.prices.costs[within, variant], decimals(self.spec.currency_code))
