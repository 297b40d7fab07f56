"""Two made-up stores, small enough to work every figure out by hand, full of what breaks pipelines.

`ny` is a Shopify shop in New York that sells in dollars, which is the reporting currency as its id
comes first; `uk` brings files, in pounds and once in yen. The day of the run is 2024-03-31.

Sold in ny, worked out line by line (quantity x price - discount):

| order | day | revenue | why it is here |
|---|---|---|---|
| S1 | 02-29 | 2x10 - 2.00 + 1x5 - 0.50 = 22.50 | leap day; an order-level discount on two lines |
| S2 | 03-10 | 1x10 = 10 | a guest whose e-mail a customer has, before the clock changes |
| S3 | 03-11 | 2x5 = 10 | 00:15 in summer time, the day before in winter time; an unknown guest |
| S4 to S7 | 03-12 | none | cancelled, a test, voided, deleted |
| S8 | 03-15 | 1x10 = 10 | a gift card of 50 beside it |
| S9 | 03-16 | 2x10 - 2.00 = 18 | 3 for 27, one removed before shipping; one returned later |
| S10 | 03-18 | 2x10 = 20 | 2x12 with 4 of tax included; nobody's order |
| S11 | 03-19 | 0 | no lines |
| S12 | 03-21 | 1x3 = 3 | a line without product or SKU, from a marketplace |
| S13 | 03-31 | 1x5 = 5 | April in UTC |
| S14 | 04-01 | none | after the run |

In uk, a pound is 1.25 dollars until 03-09 (before the first rate, too) and 1.30 from 03-10; a
dollar is 150 yen and the other way round is not given:

| order | day | revenue in dollars | why it is here |
|---|---|---|---|
| U1 | 03-01 | 2x10x1.25 = 25.00 | before any rate; brings its own cost of 4.00 |
| U2 | 03-12 | (1x10 - 1)x1.30 = 11.70 | no cost: the nearest known is that of U1, 5 dollars |
| U3 | 03-31 | 1x20x1.30 = 26.00 | 00:30, an hour before the clock changes; no cost at all |
| U4 | 03-20 | 3x5000/150 = 100.00 | yen |
| U5 | 03-31 | 1x10x1.30 = 13.00 | 23:30 in summer time |
| U6, U7 | 03-20 | none | cancelled, a test |

Who came to uk before, and what was learned of it, stands in small_visits.py.
"""

from typing import Any

from tests.dbt_project.raw_rows import Row
from tests.dbt_project.small_visits import VISITS, WEIGHTS

AS_OF = "2024-03-31"


def _shopify(**values: Any) -> Row:
    return {"store_id": "ny", **values}


def _order(key: str, processed_at: str, **changes: Any) -> Row:
    values = {
        "id": key,
        "name": f"#{key}",
        "created_at": "2024-06-01T00:00:00Z",
        "processed_at": processed_at,
        "is_test": False,
        "taxes_included": False,
        "currency_code": "USD",
        "presentment_currency_code": "USD",
        "financial_status": "PAID",
        "source_name": "web",
        "total_tax_amount": "0",
    }
    return _shopify(**values | changes)


def _line(order: str, number: int, quantity: int, price: str, **changes: Any) -> Row:
    values = {"id": f"{order}-{number}", "order_id": order, "position": number, "title": "Thing"}
    prices = {"quantity": quantity, "original_unit_price_amount": price}
    return _shopify(**values | prices | changes)


def _discount(order: str, number: int, amount: str) -> Row:
    line = f"{order}-{number}"
    return _shopify(order_line_id=line, order_id=order, position=1, allocated_amount=amount)


def _refund_line(refund: str, line: str, kind: str, subtotal: str) -> Row:
    order = line.split("-")[0]
    keys = {"refund_id": refund, "order_id": order, "order_line_id": line, "position": 1}
    return _shopify(**keys, quantity=1, restock_type=kind, subtotal_amount=subtotal, tax_amount="0")


def _refund(key: str, order: str, processed_at: str) -> Row:
    return _shopify(id=key, order_id=order, processed_at=processed_at, created_at=processed_at)


def _file(**values: Any) -> Row:
    return {"store_id": "uk", "_file": "rows.csv", "_line": 1} | values


def _file_order(key: str, order_date: str, customer: str | None = None, **changes: Any) -> Row:
    values = {"order_id": key, "order_date": order_date, "customer_id": customer}
    return _file(**values | {"order_status": "completed", "channel": "web"} | changes)


def _item(order: str, sku: str, quantity: int, price: str, **changes: Any) -> Row:
    values = {"order_item_id": f"{order}-{sku}", "order_id": order, "sku": sku}
    return _file(**values | {"quantity": quantity, "unit_price": price} | changes)


def _returned(key: str, of: str, sku: str, **changes: Any) -> Row:
    return _file(return_item_id=key, return_id=of, sku=sku, quantity_returned=1, **changes)


def _product(key: str, title: str, **changes: Any) -> Row:
    return _shopify(**{"id": key, "title": title, "status": "ACTIVE"} | changes)


def _variant(key: str, product: str, sku: str | None, item: str, price: str) -> Row:
    keys = {"id": key, "product_id": product, "inventory_item_id": item, "sku": sku}
    return _shopify(**keys, title="Default Title", price_amount=price)


def _customer(key: str, email: str, created_at: str) -> Row:
    return _shopify(id=key, email=email, display_name=key, created_at=created_at)


SHOPIFY = {
    "raw_shopify.shop": [
        _shopify(
            id="1", name="New York", currency_code="USD", iana_timezone="America/New_York",
            country_code="US",
        )
    ],
    "raw_shopify.products": [
        _product("pA", "Apple", vendor="Orchard", product_type="Fruit"),
        _product("pB", "book", vendor="press", product_type="Paper"),
        _product("pG", "Gift card", is_gift_card=True),
    ],
    "raw_shopify.product_variants": [
        _variant("vA", "pA", "A", "iA", "10"),
        _variant("vB", "pB", "b", "iB", "5"),
        _variant("vG", "pG", None, "iG", "50"),
    ],
    "raw_shopify.inventory_items": [
        _shopify(id="iA", unit_cost_amount="6"),
        _shopify(id="iB"),
        _shopify(id="iG"),
    ],
    "raw_shopify.customers": [
        _customer("c1", "ann@shop.test", "2023-01-01T00:00:00Z"),
        _customer("c1-twin", "ann@shop.test", "2023-06-01T00:00:00Z"),
        _customer("c2", "bob@shop.test", "2023-01-02T00:00:00Z"),
    ],
    "raw_shopify.orders": [
        _order(
            "S1", "2024-03-01T04:30:00Z", customer_id="c1", email="ann@shop.test",
            total_tax_amount="2.00", last_visit_at="2024-02-28T00:00:00Z",
            last_visit_source="Google", last_visit_utm_medium="CPC", country_code="US",
        ),
        _order(
            "S2", "2024-03-10T06:30:00Z", email=" Ann@Shop.test",
            last_visit_at="2024-03-09T00:00:00Z", last_visit_source="Google", country_code="US",
        ),
        _order("S3", "2024-03-11T04:15:00Z", email="new@shop.test", source_name="pos"),
        _order("S4", "2024-03-12T12:00:00Z", cancelled_at="2024-03-13T00:00:00Z"),
        _order("S5", "2024-03-12T12:00:00Z", is_test=True),
        _order("S6", "2024-03-12T12:00:00Z", financial_status="VOIDED"),
        _order("S7", "2024-03-12T12:00:00Z"),
        _order("S8", "2024-03-15T16:00:00Z", customer_id="c2"),
        _order("S9", "2024-03-16T16:00:00Z", customer_id="c1", email="ann@shop.test"),
        _order("S10", "2024-03-18T16:00:00Z", taxes_included=True, total_tax_amount="5.00"),
        _order("S11", "2024-03-19T16:00:00Z", customer_id="c2"),
        _order("S12", "2024-03-21T16:00:00Z", source_name="4711"),
        _order("S13", "2024-04-01T03:30:00Z", customer_id="c2"),
        _order("S14", "2024-04-01T12:00:00Z", customer_id="c2"),
    ],
    "raw_shopify.order_lines": [
        _line("S1", 1, 2, "10", sku="A", variant_id="vA"),
        _line("S1", 2, 1, "5", sku="b", variant_id="vB"),
        _line("S2", 1, 1, "10", sku="A", variant_id="vA"),
        _line("S3", 1, 2, "5", sku="b", variant_id="vB"),
        *(_line(order, 1, 1, "99", sku="A", variant_id="vA") for order in ("S4", "S5", "S6", "S7")),
        _line("S8", 1, 1, "10", sku="A", variant_id="vA"),
        _line("S8", 2, 1, "50", variant_id="vG", is_gift_card=True),
        _line("S9", 1, 3, "10", sku="A", variant_id="vA"),
        _line("S10", 1, 2, "12", sku="A", variant_id="vA"),
        _line("S12", 1, 1, "3", title="Gift wrap"),
        _line("S13", 1, 1, "5", sku="b", variant_id="vB"),
        _line("S14", 1, 1, "10", sku="A", variant_id="vA"),
    ],
    "raw_shopify.order_line_discounts": [
        _discount("S1", 1, "2.00"),
        _discount("S1", 2, "0.50"),
        _discount("S9", 1, "3.00"),
    ],
    "raw_shopify.order_line_taxes": [
        _shopify(order_line_id="S10-1", order_id="S10", position=1, rate="0.2", tax_amount="4.00")
    ],
    "raw_shopify.order_shipping_lines": [
        _shopify(
            id="sh1", order_id="S1", title="Post", is_removed=False,
            discounted_price_amount="7.00", tax_amount="0",
        ),
        _shopify(
            id="sh2", order_id="S10", title="Post", is_removed=False,
            discounted_price_amount="6.00", tax_amount="1.00",
        ),
        _shopify(
            id="sh3", order_id="S10", title="Courier", is_removed=True,
            discounted_price_amount="20.00", tax_amount="0",
        ),
    ],
    "raw_shopify.refunds": [
        _refund("R1", "S9", "2024-03-17T16:00:00Z"),
        _refund("R2", "S9", "2024-03-20T16:00:00Z"),
        _refund("R3", "S4", "2024-03-20T16:00:00Z"),
    ],
    "raw_shopify.refund_lines": [
        _refund_line("R1", "S9-1", "CANCEL", "9.00"),
        _refund_line("R2", "S9-1", "RETURN", "9.00"),
        _refund_line("R3", "S4-1", "RETURN", "99.00"),
    ],
    "raw_shopify.refund_adjustments": [
        _shopify(
            id="ra1", refund_id="R2", order_id="S9", reason="REFUND_DISCREPANCY",
            adjustment_amount="-4.00", tax_amount="0",
        )
    ],
    "raw_shopify.deletions": [
        _shopify(subject_type="ORDER", subject_id="S7", deleted_at="2024-03-14T00:00:00Z")
    ],
}  # fmt: skip

FILES = {
    "raw_files.stores": [_file(store_name="London", currency="GBP", time_zone="Europe/London")],
    "raw_files.customers": [_file(customer_id="k1", customer_name="Kim", customer_segment="vip")],
    "raw_files.products": [_file(sku="M1", product_name="Mug", category="Home", brand="Potter")],
    "raw_files.orders": [
        _file_order("U1", "2024-03-01 12:00:00", "k1", traffic_source="email", country="UK"),
        _file_order("U2", "2024-03-12T23:30:00Z", "k1", device_type="phone"),
        _file_order("U3", "2024-03-31 00:30:00"),
        _file_order("U4", "2024-03-20 09:00:00", "k2", currency="JPY"),
        _file_order("U5", "2024-03-31 23:30:00", "k2", order_status="refunded"),
        _file_order("U6", "2024-03-20 09:00:00", "k3", order_status="cancelled"),
        _file_order("U7", "2024-03-20 09:00:00", "k3", is_test=True),
    ],
    "raw_files.order_items": [
        _item("U1", "M1", 2, "10", unit_cost="4"),
        _item("U2", "M1", 1, "10", discount_amount="1"),
        _item("U3", "M2", 1, "20", product_name="Unnamed jug"),
        _item("U4", "M3", 3, "5000"),
        _item("U5", "M2", 1, "10", total_amount="10"),
        _item("U6", "M1", 1, "99"),
        _item("U7", "M1", 1, "99"),
    ],
    "raw_files.returns": [
        _file(return_id="R1", order_id="U1", return_date="2024-03-15", total_refund_amount="9"),
        _file(return_id="R2", order_id="U2", return_date="2024-03-16", return_status="rejected"),
        _file(return_id="R3", return_date="2024-02-20"),
    ],
    "raw_files.return_items": [
        _returned("1", "R1", "M1", order_item_id="U1-M1"),
        _returned("2", "R2", "M1", refund_amount="5"),
        _returned("3", "R3", "M9", refund_amount="2"),
    ],
    "raw_files.cost_data": [
        _file(store_id="ny", sku="A", cost_of_goods="4", cost_date="2024-03-01"),
        _file(store_id="ny", sku="A", cost_of_goods="5", cost_date="2024-03-15"),
    ],
    "raw_files.exchange_rates": [
        _file(date="2024-03-05", from_currency="GBP", to_currency="USD", rate="1.25"),
        _file(date="2024-03-10", from_currency="GBP", to_currency="USD", rate="1.30"),
        _file(date="2024-03-05", from_currency="USD", to_currency="JPY", rate="150"),
    ],
    "raw_files.ad_campaigns": [_file(campaign_id="ad1", platform="google_ads", currency="GBP")],
    "raw_files.ad_performance": [
        _file(campaign_id="ad1", date="2024-03-12", impressions=100, clicks=5, spend="10"),
        _file(
            campaign_id="ad1", date="2024-03-12", impressions=100, clicks=5, spend="20",
            revenue="60", engagements=8, device_type="phone", ad_group_id="g1", ad_id="a1",
        ),
        _file(campaign_id="ad2", date="2024-03-13", impressions=50, clicks=0, spend="0"),
    ],
    "raw_files.marketing_expenses": [
        _file(store_id="ny", expense_date="2024-03-10", amount="30", kind="flyers")
    ],
    "raw_files.targets": [
        _file(period_type="month", period_start="2024-03-01", revenue_target="200")
    ],
    "raw_files.promotions": [
        _file(
            promotion_id="p1", discount_type="percent_off", discount_value="10",
            start_date="2024-03-12", end_date="2024-03-14",
        ),
        _file(promotion_id="p2", start_date="2024-04-05", end_date="2024-04-06"),
    ],
    "raw_files.seasons": [
        _file(
            season_id="spring", season_name="Spring", start_date="2024-03-01",
            end_date="2024-05-31", peak_dates="2024-03-31;2024-05-12",
        )
    ],
    **VISITS,
}  # fmt: skip

ROWS = {**SHOPIFY, **FILES, **WEIGHTS}
