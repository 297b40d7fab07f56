"""Records of any mixture -> one Arrow table for each raw table they fill."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import pyarrow as pa

from dlt_pipelines.load_log import Tally
from dlt_pipelines.shopify import flatten, records
from dlt_pipelines.shopify.columns import Rows
from dlt_pipelines.shopify.flatten import BY_NAME, Batch, Constants, Rejected
from dlt_pipelines.shopify.records import Malformed, Record

# The table that a record fills, or the first of those that it fills.
TABLES: dict[type[Record], str] = {
    records.Shop: "shop",
    records.Location: "locations",
    records.Product: "products",
    records.ProductVariant: "product_variants",
    records.InventoryItem: "inventory_items",
    records.InventoryLevel: "inventory_levels",
    records.Customer: "customers",
    records.Order: "orders",
    records.LineItem: "order_lines",
    records.ShippingLine: "order_shipping_lines",
    records.DiscountApplication: "order_discount_applications",
    records.RefundLine: "refund_lines",
    records.RefundAdjustment: "refund_adjustments",
    records.RefundShippingLine: "refund_shipping_lines",
    records.Return: "returns",
    records.ReturnLine: "return_lines",
    records.ExchangeLine: "exchange_lines",
    records.ReverseLine: "return_dispositions",
    records.DestroyEvent: "deletions",
}
# Those that belong to an order by way of a refund or a return.
OF_ORDERS = frozenset({
    records.RefundLine, records.RefundAdjustment, records.RefundShippingLine, records.Return,
    records.ReturnLine, records.ExchangeLine,
})  # fmt: skip
TYPENAMES = {
    str(kind.__struct_config__.tag): TABLES[base]
    for base in TABLES
    for kind in (base, *base.__subclasses__())
}


class Disposed(NamedTuple):
    """What a disposition of returned goods belongs to."""

    return_id: str
    order_id: str
    order_line_id: str | None


class Batcher:
    """Makes batches of one shop and remembers what refunds and returns belong to.

    `order_tables` are those whose rows a changed order replaces, the orders themselves left out.
    """

    def __init__(self, constants: Constants, tally: Tally, order_tables: Sequence[str]) -> None:
        self._constants = constants
        self._order_tables = order_tables
        self._owners: dict[str, str] = {}
        self._to_ask: dict[str, list[str]] = defaultdict(list)
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
            batch[name], bad = flatten.arrow(BY_NAME[name], rows, self._constants)
            rejected += bad
        return batch | self._rejected(rejected)

    def to_ask(self) -> dict[str, list[str]]:
        """Ids of what has parts that come by id, by type, seen since this was last asked."""
        ids, self._to_ask = self._to_ask, defaultdict(list)
        return ids

    def with_cleared(self, batch: Batch) -> Batch:
        """The batch with markers for tables in which a changed order may have no rows any more."""
        if "orders" not in batch:
            return batch
        keys = batch["orders"].select(["store_id", "id"]).rename_columns(["store_id", "order_id"])
        cleared = {name: self._cleared(name, keys, batch.get(name)) for name in self._order_tables}
        return batch | cleared

    def new_snapshot(self) -> Batch:
        """A marker that the day's stock levels come anew: earlier ones of that day go."""
        key = BY_NAME["inventory_levels"].merge_key
        marker = pa.table({name: [self._constants[name]] for name in key})
        self._tally.cleared["inventory_levels"] += 1
        return {"inventory_levels": _with_markers("inventory_levels", None, marker)}

    def _cleared(self, name: str, keys: pa.Table, rows: pa.Table | None) -> pa.Table:
        missing = keys
        if rows is not None:
            held = pa.table({"order_id": rows["order_id"].unique()})
            missing = keys.join(held, "order_id", join_type="left anti")
        self._tally.cleared[name] += missing.num_rows
        return _with_markers(name, rows, missing)

    def _rows(self, kind: type, items: list[Any]) -> dict[str, Rows]:
        if kind is records.Order:
            return self._order_rows(items)
        if kind is records.LineItem:
            return _line_rows(items)
        if kind is records.InventoryItem:
            return _item_rows(items)
        if kind is records.InventoryLevel:
            return _level_rows(items)
        if kind is records.ReverseLine:
            return self._disposition_rows(items)
        if kind is records.Return or kind is records.ReverseOrder:
            self._owners.update((item.id, item.parent_id) for item in items)
        if kind is records.Return:
            self._to_ask["Return"] += [item.id for item in items]
        if kind in OF_ORDERS:
            orders = [self._order_of(item.parent_id) for item in items]
            return {TABLES[kind]: Rows(items, orders, _places(items))}
        return {TABLES[kind]: Rows(items)} if kind in TABLES else {}

    def _order_of(self, owner: str) -> str:
        """The order that something belongs to by way of a refund or a return."""
        while owner in self._owners:
            owner = self._owners[owner]
        return owner

    def _order_rows(self, orders: list[records.Order]) -> dict[str, Rows]:
        for order in orders:
            for refund in order.refunds:
                self._owners[refund.id] = order.id
                self._to_ask["Refund"].append(refund.id)
        return {
            "orders": Rows(orders),
            "order_transactions": _inside(orders, [order.transactions for order in orders]),
            "fulfillments": _inside(orders, [order.fulfillments for order in orders]),
            "refunds": _inside(orders, [order.refunds for order in orders]),
        }

    def _disposition_rows(self, lines: list[records.ReverseLine]) -> dict[str, Rows]:
        parents = [self._disposed(line) for line in lines]
        return {"return_dispositions": _inside(parents, [line.dispositions for line in lines])}

    def _disposed(self, line: records.ReverseLine) -> Disposed:
        return_id = self._owners[line.parent_id or ""]
        delivered = line.fulfillment_line_item
        line_id = delivered.line_item.id if delivered else None
        return Disposed(return_id, self._order_of(return_id), line_id)

    def _rejected(self, rejected: list[Rejected]) -> Batch:
        if not rejected:
            return {}
        self._tally.rejected.update(row.table_name for row in rejected)
        table, _ = flatten.arrow(BY_NAME["rejected"], Rows(list(rejected)), self._constants)
        return {"rejected": table}


def _line_rows(lines: list[records.LineItem]) -> dict[str, Rows]:
    return {
        "order_lines": Rows(lines),
        "order_line_discounts": _inside(lines, [line.discount_allocations for line in lines]),
        "order_line_taxes": _inside(lines, [line.tax_lines for line in lines]),
    }


def _item_rows(items: list[records.InventoryItem]) -> dict[str, Rows]:
    """Items, and what those cost whose cost is known."""
    with_cost = [item for item in items if item.unit_cost]
    return {"inventory_items": Rows(items), "inventory_item_costs": Rows(with_cost)}


def _level_rows(levels: list[records.InventoryLevel]) -> dict[str, Rows]:
    """A row for each state of a level; Shopify counts no stock of items that it does not track."""
    tracked = [level for level in levels if level.item.tracked]
    return {"inventory_levels": _inside(tracked, [level.quantities for level in tracked])}


def _with_markers(name: str, rows: pa.Table | None, keys: pa.Table) -> pa.Table:
    """The table's rows, and for each of these merge keys a row that lands nothing."""
    marked = keys.append_column("_cleared", pa.repeat(pa.scalar(True), keys.num_rows))
    parts = [flatten.empty(BY_NAME[name]) if rows is None else rows, marked]
    return pa.concat_tables(parts, promote_options="default")


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
