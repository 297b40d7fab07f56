"""ShopSpec -> the tables of the shop."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import duckdb

from sandbox.shop import schema
from sandbox.shop.shop import Shop
from sandbox.shop.spec import ShopSpec


def insert(con: duckdb.DuckDBPyConnection, table: str, **row: Any) -> None:
    """One row; columns not named are null."""
    marks = ", ".join("?" for _ in row)
    con.execute(f"insert into main.{table} ({', '.join(row)}) values ({marks})", list(row.values()))


def generate(spec: ShopSpec, path: str = ":memory:") -> Shop:
    """The shop of `spec`, in memory or in a DuckDB file, shown as of the end of its last day."""
    con = duckdb.connect(path)
    schema.create_tables(con)
    start = spec.end_at - timedelta(days=30)
    insert(con, "shop", shop_id=1, name=spec.name, myshopify_domain=spec.myshopify_domain,
           email="shop@sandbox.example", currency_code=spec.currency_code,
           time_zone=spec.time_zone, country_code=spec.country_code, created_at=start)  # fmt: skip
    insert(con, "locations", location_id=101, name="Warehouse", is_active=True, is_retail=False,
           city="Newark", province="New Jersey", country_code=spec.country_code)  # fmt: skip
    if spec.orders:
        _some_orders(con, spec)
    return Shop(con, spec).at()


def _some_orders(con: duckdb.DuckDBPyConnection, spec: ShopSpec) -> None:
    dice = random.Random(spec.seed)
    start = spec.end_at - timedelta(days=30)
    for number in range(20):
        insert(con, "products", product_id=1000 + number, title=f"Product {number}",
               category="Apparel", sub_category="Shirts", brand="Brand", status="ACTIVE",
               is_gift_card=False, tags="", created_at=start, updated_at=start)  # fmt: skip
        insert(con, "variants", variant_id=2000 + number, product_id=1000 + number,
               inventory_item_id=3000 + number, sku=f"SKU-{number}", title="Default Title",
               position=1, price=10 + number, unit_cost=5, tracked=True, inventory_policy="DENY",
               created_at=start, updated_at=start)  # fmt: skip
        insert(con, "customers", customer_id=7000 + number, first_name="Ada", last_name="Moss",
               email=f"ada{number}@example.com", city="Boston", province="Massachusetts",
               country_code="US", created_at=start, updated_at=start)  # fmt: skip
    for number in range(min(spec.orders, 300)):
        order_id, placed_at = 5_000_000 + number, start + timedelta(minutes=140 * number)
        insert(con, "orders", order_id=order_id, name=f"#{1001 + number}", created_at=placed_at,
               processed_at=placed_at, is_test=False, customer_id=7000 + number % 20,
               email="ada@example.com", presentment_currency=spec.currency_code,
               presentment_rate=1, taxes_included=False, financial_status="PAID",
               fulfillment_status="FULFILLED", source_name="web", app_name="Online Store",
               closed_at=placed_at + timedelta(days=2), payment_gateway="shopify_payments",
               country_code="US", tags="", journey_ready=True)  # fmt: skip
        total = 0
        for position in range(1, 1 + dice.choice([1, 2, 3])):
            item, quantity = dice.randrange(20), dice.choice([1, 1, 2])
            total += (10 + item) * quantity
            insert(con, "order_lines", line_id=order_id * 10 + position, order_id=order_id,
                   position=position, product_id=1000 + item, variant_id=2000 + item,
                   sku=f"SKU-{item}", title=f"Product {item}", variant_title="Default Title",
                   vendor="Brand", quantity=quantity, unit_price=10 + item, is_gift_card=False,
                   requires_shipping=True, tax_rate=0, tax_amount=0, unit_cost=5)  # fmt: skip
        insert(con, "transactions", transaction_id=9_000_000 + number, order_id=order_id,
               kind="SALE", status="SUCCESS", gateway="shopify_payments", amount=total,
               fee_amount=0, processed_at=placed_at)  # fmt: skip
