"""Records of any mixture -> one Arrow table for each raw table they fill."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import pyarrow as pa

from dlt_pipelines.load_log import Tally
from dlt_pipelines.shopify import flatten, records, streams
from dlt_pipelines.shopify.flatten import BY_NAME, Batch, Rejected, Rows
from dlt_pipelines.shopify.records import Malformed, Record

# Records that fill one table, a row each.
PLAIN: dict[type, str] = {
    records.Shop: "shop",
    records.Location: "locations",
    records.Product: "products",
    records.ProductVariant: "product_variants",
    records.InventoryItem: "inventory_items",
    records.Customer: "customers",
    records.ShippingLine: "order_shipping_lines",
    records.DiscountApplication: "order_discount_applications",
    records.DestroyEvent: "deletions",
}
REFUND_PARTS: dict[type, str] = {
    records.RefundLine: "refund_lines",
    records.RefundAdjustment: "refund_adjustments",
    records.RefundShippingLine: "refund_shipping_lines",
}
DISCOUNTS = (
    "DiscountCodeApplication",
    "ManualDiscountApplication",
    "AutomaticDiscountApplication",
    "ScriptDiscountApplication",
)
TYPENAMES = {
    "Shop": "shop",
    "Location": "locations",
    "Product": "products",
    "ProductVariant": "product_variants",
    "InventoryItem": "inventory_items",
    "Customer": "customers",
    "Order": "orders",
    "LineItem": "order_lines",
    "ShippingLine": "order_shipping_lines",
    "RefundLineItem": "refund_lines",
    "OrderAdjustment": "refund_adjustments",
    "RefundShippingLine": "refund_shipping_lines",
    "BasicEvent": "deletions",
    **dict.fromkeys(DISCOUNTS, "order_discount_applications"),
}
ORDER_CHILDREN = streams.ORDER_TABLES[1:]


class Batcher:
    """Makes batches of one shop and remembers which order each refund belongs to."""

    def __init__(self, store_id: str, tally: Tally) -> None:
        self.store_id = store_id
        self._order_of_refund: dict[str, str] = {}
        self._new_refunds: list[str] = []
        self._tally = tally

    def batch(self, found: Iterable[Record | Malformed]) -> Batch:
        """The tables that these records fill, malformed ones as rows of `rejected`."""
        tables: dict[str, Rows] = {}
        rejected: list[Rejected] = []
        for kind, items in records.by_type(found).items():
            if kind is Malformed:
                rejected += [_rejected(item) for item in items]
            else:
                tables |= self._rows(kind, items)
        batch: Batch = {}
        for name, rows in tables.items():
            batch[name], bad = flatten.arrow(BY_NAME[name], rows, self.store_id)
            rejected += bad
        return batch | self._rejected(rejected)

    def new_refunds(self) -> list[str]:
        """Ids of the refunds seen since this was last asked."""
        ids, self._new_refunds = self._new_refunds, []
        return ids

    def with_cleared(self, batch: Batch) -> Batch:
        """The batch with markers for tables in which a changed order may have no rows any more."""
        if "orders" not in batch:
            return batch
        keys = batch["orders"].select(["store_id", "id"]).rename_columns(["store_id", "order_id"])
        return batch | {name: self._cleared(name, keys, batch.get(name)) for name in ORDER_CHILDREN}

    def _cleared(self, name: str, keys: pa.Table, rows: pa.Table | None) -> pa.Table:
        missing = keys
        if rows is not None:
            held = pa.table({"order_id": rows["order_id"].unique()})
            missing = keys.join(held, "order_id", join_type="left anti")
        self._tally.cleared[name] += missing.num_rows
        marked = missing.append_column("_cleared", pa.repeat(pa.scalar(True), missing.num_rows))
        parts = [flatten.empty(BY_NAME[name]) if rows is None else rows, marked]
        return pa.concat_tables(parts, promote_options="default")

    def _rows(self, kind: type, items: list[Any]) -> dict[str, Rows]:
        if kind is records.Order:
            return self._order_rows(items)
        if kind is records.LineItem:
            return self._line_rows(items)
        if kind in REFUND_PARTS:
            orders = [(self._order_of_refund[item.parent_id],) for item in items]
            return {REFUND_PARTS[kind]: Rows(items, orders, _places(items))}
        return {PLAIN[kind]: Rows(items)}

    def _order_rows(self, orders: list[records.Order]) -> dict[str, Rows]:
        for order in orders:
            for refund in order.refunds:
                self._order_of_refund[refund.id] = order.id
                self._new_refunds.append(refund.id)
        return {
            "orders": Rows(orders),
            "order_transactions": _inside(orders, [order.transactions for order in orders]),
            "refunds": _inside(orders, [order.refunds for order in orders]),
        }

    def _line_rows(self, lines: list[records.LineItem]) -> dict[str, Rows]:
        return {
            "order_lines": Rows(lines),
            "order_line_discounts": _inside(lines, [line.discount_allocations for line in lines]),
            "order_line_taxes": _inside(lines, [line.tax_lines for line in lines]),
        }

    def _rejected(self, rejected: list[Rejected]) -> Batch:
        if not rejected:
            return {}
        self._tally.rejected.update(row.table_name for row in rejected)
        table, _ = flatten.arrow(BY_NAME["rejected"], Rows(list(rejected)), self.store_id)
        return {"rejected": table}


def _rejected(record: Malformed) -> Rejected:
    return Rejected(TYPENAMES.get(record.typename, "unknown"), record.reason, record.record)


def _inside(parents: list[Any], lists: list[list[Any]]) -> Rows:
    """What stands in a list inside each parent."""
    return Rows(
        list(chain.from_iterable(lists)),
        [parent for parent, items in zip(parents, lists, strict=True) for _ in items],
        [place for items in lists for place in range(1, len(items) + 1)],
    )


def _places(items: Sequence[Any]) -> list[int]:
    """The place of each item among those of its parent, which stand together."""
    places = Counter[str]()
    positions = []
    for item in items:
        places[item.parent_id] += 1
        positions.append(places[item.parent_id])
    return positions
