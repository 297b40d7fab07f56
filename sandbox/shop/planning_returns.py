"""What the shop's people note about goods that came back: `returns.csv`, as of the shop's now.

A row a return that was received; `return_id` is the number of the return in the shop. It tells what
the shop's system does not: what the way back and the handling cost, and what was found.
"""

from __future__ import annotations

from pathlib import Path

from sandbox.shop.shop import Shop
from sandbox.shop.spreadsheets import write_sheet

LOCAL_DAY = "cast(timezone('{zone}', timezone('UTC', {instant})) as date)"

RECEIVED = """
select
    returns.return_id,
    {requested} as return_date,
    returns.processing_cost,
    returns.shipping_cost,
    returns.restocking_fee,
    {received} as received_date,
    {inspected} as inspection_date,
    case when returns.return_type <> 'exchange' then {refunded} end as refund_date,
    case when returns.return_type = 'exchange' then {closed} end as exchange_processed_date,
    returns.inspection_notes
from live.returns
left join live.refunds on returns.refund_id = refunds.refund_id
where returns.received_at is not null
order by returns.return_id
"""


def write_returns_sheet(shop: Shop, folder: Path) -> None:
    """Write `returns.csv` into a folder that is there."""
    instants = {
        "requested": "returns.requested_at",
        "received": "returns.received_at",
        "inspected": "returns.inspected_at",
        "refunded": "refunds.processed_at",
        "closed": "returns.closed_at",
    }
    zone = shop.spec.time_zone
    days = {
        name: LOCAL_DAY.format(zone=zone, instant=instant) for name, instant in instants.items()
    }
    received = shop.con.execute(RECEIVED.format(**days))
    header = [column[0] for column in received.description or []]
    write_sheet(folder / "returns.csv", header, received.fetchall())
