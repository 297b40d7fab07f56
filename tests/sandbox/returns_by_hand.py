"""Fulfillments and returns written into a made-up shop by hand, a return of each kind."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.shop import Shop
from tests.sandbox.small_shops import new_shop, rows

TABLES = ("fulfillments", "returns", "return_lines", "exchange_lines", "return_reasons")
WAREHOUSE, STORE = 101, 102

# Shipped whole, never refunded, with two lines at least.
ORDERS = """
select lines.order_id, list(lines.line_id order by lines.line_id)
from live.order_lines as lines
inner join live.orders as orders using (order_id)
where
    orders.closed_at is not null and orders.cancelled_at is null and not orders.is_test
    and orders.order_id not in (select order_id from main.refunds)
    and (orders.presentment_rate <> 1) = ?
group by lines.order_id
having count(*) > 1
order by lines.order_id
"""


@dataclass
class Written:
    """The shop, and by name the order and its lines that each return is of."""

    shop: Shop
    at: datetime
    orders: dict[str, int] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> None:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        self.shop.con.execute(
            f"insert into main.{table} ({names}) values ({marks})", list(values.values())
        )

    def after(self, days: int) -> datetime:
        return self.at + timedelta(days=days)

    def returned(self, name: str, number: int, status: str, **values: Any) -> None:
        """A return of one unit of each of the first two lines of its order, for one reason."""
        order = self.orders[name]
        lines = values.pop("lines", {})
        self.add(
            "returns", return_id=number, order_id=order, name=f"#{order}-R1", status=status,
            requested_at=self.at, restocking_fee=0, return_shipping_fee=0, **values,
        )  # fmt: skip
        for place, line in enumerate(self.lines[name][:2]):
            self.add(
                "return_lines", return_line_id=number * 10 + place, return_id=number,
                order_id=order, line_id=line, quantity=1, reason_handle="too-small",
                **lines,
            )  # fmt: skip


def shop_with_returns(**spec: Any) -> Written:
    """A return of each kind, all asked for at the same instant, 20 days before the shop's end."""
    shop = new_shop(**{"orders": 1_500, "abroad_share": 0.3, **spec})
    for table in TABLES:
        shop.con.execute(f"delete from main.{table}")
    shop.con.execute("""
        insert into main.fulfillments
            (fulfillment_id, order_id, location_id, created_at, status)
        select order_id + 5, order_id, 101, closed_at, 'SUCCESS'
        from main.orders
        where closed_at is not null""")
    written = Written(shop, shop.spec.end_at - timedelta(days=20))
    names = ["asked", "open", "inspected", "declined", "canceled", "exchanged", "lost"]
    names.append("unverified")
    found = {"abroad": rows(shop, ORDERS, True)[0]}
    found |= dict(zip(names, rows(shop, ORDERS, False), strict=False))
    for name, (order, lines) in found.items():
        written.orders[name], written.lines[name] = order, lines
    written.add("return_reasons", handle="too-small", name="Runs small")
    _write(written)
    shop.at(shop.spec.end_at)
    return written


def _write(written: Written) -> None:
    approved = {"approved_at": written.after(1)}
    done = {**approved, "received_at": written.after(5), "inspected_at": written.after(6)}
    closed = {**done, "closed_at": written.after(7)}
    restocked = {"disposition": "RESTOCKED", "location_id": STORE, "disposed_at": written.after(6)}
    written.returned("asked", 1, "REQUESTED", lines={"customer_note": "Too tight"})
    written.returned("open", 2, "OPEN", **approved)
    written.returned("inspected", 3, "OPEN", **done, lines=restocked)
    written.returned("declined", 4, "DECLINED", declined_at=written.after(2),
                     decline_reason="FINAL_SALE", decline_note="Sold as is")  # fmt: skip
    written.returned("canceled", 5, "CANCELED", **approved, canceled_at=written.after(3))
    written.returned("exchanged", 6, "CLOSED", **closed, lines=restocked)
    variant = rows(written.shop, "select min(variant_id) from live.variants")[0][0]
    written.add("exchange_lines", exchange_line_id=61, return_id=6, variant_id=variant,
                order_id=written.orders["exchanged"], quantity=2, additional_payment=0)  # fmt: skip
    lost = {**restocked, "disposition": "MISSING"}
    written.returned("lost", 7, "CLOSED", **closed, lines=lost)
    written.returned("unverified", 8, "REQUESTED")
    written.shop.con.execute("update main.return_lines set line_id = null where return_id = 8")
    _refunded(written, closed, restocked)


def _refunded(written: Written, closed: dict[str, Any], restocked: dict[str, Any]) -> None:
    """Paid in another currency, with fees, and refunded."""
    order = written.orders["abroad"]
    written.returned("abroad", 9, "CLOSED", **closed, refund_id=order + 9, lines=restocked)
    written.shop.con.execute(
        "update main.returns set restocking_fee = 5.01, return_shipping_fee = 4 where return_id = 9"
    )
    written.add("refunds", refund_id=order + 9, order_id=order, processed_at=written.after(7),
                note="Return", total_refunded=10)  # fmt: skip
    for place, line in enumerate(written.lines["abroad"][:2]):
        number = order * 10 + place
        written.add("refund_lines", refund_line_id=number, refund_id=order + 9, order_id=order,
                    line_id=line, quantity=1, restock_type="RETURN", subtotal=5, tax_amount=0,
                    location_id=STORE)  # fmt: skip
        written.shop.con.execute(
            "update main.return_lines set refund_line_id = ? where return_line_id = ?",
            [number, 90 + place],
        )
