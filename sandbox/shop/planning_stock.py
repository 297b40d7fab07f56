"""What the shop's people note about stock, as of the shop's now: what its system does not know.

`suppliers.csv`, `purchase_orders.csv`, `transfers.csv`, `stock_counts.csv`, and in
`inventory_transactions.csv` the purchases, transfers and adjustments; sales and returns are in the
shop. Places go by their names. A variant without a SKU goes by its id.
"""

from __future__ import annotations

from pathlib import Path

from sandbox.shop.shop import Shop
from sandbox.shop.spreadsheets import write_sheet

SKU = "coalesce({table}.sku, 'variant-' || {table}.variant_id)"
UTC = "strftime({instant}, '%Y-%m-%dT%H:%M:%SZ')"

SUPPLIERS = """
select supplier_id, supplier_name, country_code as country, lead_time_days
from live.suppliers
order by supplier_id
"""

# A row an order and SKU: variants that share their SKU share their row.
PURCHASE_ORDERS = f"""
select
    orders.po_id,
    any_value(orders.supplier_id) as supplier_id,
    {SKU.format(table="orders")} as sku,
    sum(orders.quantity_ordered) as quantity_ordered,
    sum(orders.quantity_received) as quantity_received,
    max(orders.unit_cost) as unit_cost,
    any_value(orders.ordered_on) as order_date,
    any_value(orders.expected_on) as expected_delivery_date,
    max(orders.delivered_on) as actual_delivery_date,
    min(orders.status) as status,
    any_value(locations.name) as warehouse_location
from live.purchase_orders as orders
inner join live.locations as locations on orders.location_id = locations.location_id
group by orders.po_id, {SKU.format(table="orders")}
order by orders.po_id, sku
"""

TRANSFERS = f"""
select
    transfers.transfer_id,
    {SKU.format(table="transfers")} as sku,
    origin.name as from_location,
    target.name as to_location,
    transfers.quantity,
    transfers.transfer_cost,
    {UTC.format(instant="transfers.shipped_at")} as transfer_date,
    cast(
        timezone('{{zone}}', timezone('UTC', transfers.received_at)) as date
    ) as received_date
from live.transfers as transfers
inner join live.locations as origin on transfers.from_location_id = origin.location_id
inner join live.locations as target on transfers.to_location_id = target.location_id
order by transfers.transfer_id
"""

COUNTS = f"""
select
    {SKU.format(table="counts")} as sku,
    locations.name as warehouse_location,
    counts.counted_quantity,
    {UTC.format(instant="counts.counted_at")} as counted_at
from live.stock_counts as counts
inner join live.locations as locations on counts.location_id = locations.location_id
order by counts.count_id
"""

TRANSACTIONS = f"""
select
    'MOV-' || moves.movement_id as transaction_id,
    {SKU.format(table="variants")} as sku,
    case
        when moves.kind = 'PURCHASE' then 'purchase'
        when moves.kind in ('TRANSFER_IN', 'TRANSFER_OUT') then 'transfer'
        else 'adjustment'
    end as transaction_type,
    moves.quantity,
    moves.unit_cost,
    locations.name as warehouse_location,
    moves.reference_id,
    {UTC.format(instant="moves.moved_at")} as transaction_date,
    moves.supplier_id,
    case when moves.kind = 'OPENING' then 'Opening stock' else moves.note end as notes
from live.stock_movements as moves
inner join main.variants on moves.inventory_item_id = variants.inventory_item_id
inner join live.locations as locations on moves.location_id = locations.location_id
where moves.kind not in ('SALE', 'RETURN')
order by moves.movement_id
"""

SHEETS = {
    "suppliers": SUPPLIERS,
    "purchase_orders": PURCHASE_ORDERS,
    "transfers": TRANSFERS,
    "stock_counts": COUNTS,
    "inventory_transactions": TRANSACTIONS,
}


def write_stock_sheets(shop: Shop, folder: Path) -> None:
    """Write them into a folder that is there."""
    for name, query in SHEETS.items():
        found = shop.con.execute(query.format(zone=shop.spec.time_zone))
        header = [column[0] for column in found.description or []]
        write_sheet(folder / f"{name}.csv", header, found.fetchall())
