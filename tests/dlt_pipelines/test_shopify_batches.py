"""From Shopify's JSON to rows, by hand-made records."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from dlt_pipelines.load_log import Tally
from dlt_pipelines.shopify import records
from dlt_pipelines.shopify.batches import Batcher
from dlt_pipelines.shopify.tables import TABLES

AT = "2026-03-07T10:00:00Z"
ORDER_ID = "gid://shopify/Order/1"
LINE_ID = "gid://shopify/LineItem/11"


def gid(kind: str, number: int) -> str:
    return f"gid://shopify/{kind}/{number}"


def bag(shop: str, presentment: str | None = None) -> dict[str, Any]:
    return {
        "shopMoney": {"amount": shop},
        "presentmentMoney": {"amount": presentment or shop},
    }


def order(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "__typename": "Order", "id": gid("Order", number), "name": f"#{number}",
        "createdAt": AT, "processedAt": AT, "updatedAt": AT, "test": False, "edited": False,
        "taxesIncluded": False, "currencyCode": "USD", "presentmentCurrencyCode": "USD",
        "paymentGatewayNames": ["visa", "gift_card"], "discountCodes": [], "tags": ["a", "b"],
        "totalShippingPriceSet": bag("4.0"), "totalTipReceivedSet": bag("0.0"),
        "totalPriceSet": bag("10.0"), "currentTotalPriceSet": bag("10.0"),
        "totalRefundedSet": bag("0.0"), "transactions": [], "refunds": [], **changes,
    }  # fmt: skip


def customer(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "__typename": "Customer", "id": gid("Customer", number), "displayName": "Ann",
        "state": "ENABLED", "tags": [], "numberOfOrders": "3",
        "amountSpent": {"amount": "9.5", "currencyCode": "USD"}, "createdAt": AT, "updatedAt": AT,
        **changes,
    }  # fmt: skip


def line(number: int = 11, **changes: Any) -> dict[str, Any]:
    return {
        "__typename": "LineItem", "id": gid("LineItem", number), "__parentId": ORDER_ID,
        "title": "Mug", "quantity": 2, "currentQuantity": 2, "isGiftCard": False,
        "requiresShipping": True, "taxable": True, "originalUnitPriceSet": bag("5.0"),
        "originalTotalSet": bag("10.0"), "discountedTotalSet": bag("10.0"),
        "discountAllocations": [], "taxLines": [], **changes,
    }  # fmt: skip


def payment(number: int = 21, **changes: Any) -> dict[str, Any]:
    return {
        "id": gid("OrderTransaction", number), "kind": "SALE", "status": "SUCCESS", "test": False,
        "createdAt": AT, "amountSet": bag("10.0"), "fees": [], **changes,
    }  # fmt: skip


def refund(number: int = 31, **changes: Any) -> dict[str, Any]:
    return {
        "id": gid("Refund", number), "processedAt": AT, "updatedAt": AT,
        "totalRefundedSet": bag("3.0"), **changes,
    }  # fmt: skip


def tax(amount: str, rate: float | None = None) -> dict[str, Any]:
    return {"title": "VAT", "rate": rate, "priceSet": bag(amount)}


class Made:
    """What a Batcher made of some records, as rows by table."""

    def __init__(self, *found: dict[str, Any] | bytes, markers: bool = False) -> None:
        self.tally = Tally()
        batcher = Batcher("north", self.tally)
        lines = [item if isinstance(item, bytes) else json.dumps(item).encode() for item in found]
        batch = batcher.batch(records.decode_lines(b"\n".join(lines)))
        if markers:
            batch = batcher.with_cleared(batch)
        self.rows = {name: table.to_pylist() for name, table in batch.items()}

    def only(self, table: str) -> dict[str, Any]:
        (row,) = self.rows[table]
        return row


def test_ids_are_the_number_at_the_end_and_instants_are_utc():
    row = Made(order(7, customer={"id": gid("Customer", 70)})).only("orders")
    assert (row["store_id"], row["id"], row["customer_id"]) == ("north", "7", "70")
    assert row["processed_at"] == datetime(2026, 3, 7, 10, tzinfo=UTC)
    assert (row["payment_gateways"], row["tags"]) == ("visa, gift_card", "a, b")


def test_every_amount_of_an_order_stands_in_both_currencies_exactly():
    amounts = {
        "subtotalPriceSet": ("subtotal", "10.01", "1503"),
        "totalDiscountsSet": ("total_discounts", "0.10", "15"),
        "totalTaxSet": ("total_tax", "0.07", "11"),
        "totalShippingPriceSet": ("total_shipping", "4.99", "749"),
        "totalTipReceivedSet": ("total_tip", "0.001", "1"),
        "originalTotalDutiesSet": ("total_duties", "1.23", "185"),
        "totalPriceSet": ("total_price", "999999999999.999999", "150000000000000"),
        "currentTotalPriceSet": ("current_total_price", "16.20", "2433"),
        "totalRefundedSet": ("total_refunded", "0.0", "0"),
    }
    bags = {name: bag(dollars, yen) for name, (_, dollars, yen) in amounts.items()}
    row = Made(order(presentmentCurrencyCode="JPY", **bags)).only("orders")
    for column, dollars, yen in amounts.values():
        assert row[f"{column}_amount"] == Decimal(dollars), column
        assert row[f"{column}_presentment_amount"] == Decimal(yen), column


def test_what_an_order_does_not_have_is_null():
    row = Made(order(subtotalPriceSet=None)).only("orders")
    assert row["subtotal_amount"] is None
    assert row["customer_id"] is None
    assert row["city"] is None
    assert row["first_visit_utm_source"] is None


def test_empty_texts_and_lists_are_null():
    row = Made(order(email="", tags=[], discountCodes=["A", "B"])).only("orders")
    assert (row["email"], row["tags"], row["discount_codes"]) == (None, None, "A, B")


def test_an_order_without_a_shipping_address_has_the_billing_address():
    row = Made(order(billingAddress={"city": "Graz", "countryCodeV2": "AT"})).only("orders")
    assert (row["city"], row["country_code"]) == ("Graz", "AT")


def test_a_visit_tells_its_campaign():
    visit = {
        "occurredAt": AT, "source": "Google", "sourceType": "SEO", "landingPage": "/",
        "utmParameters": {"source": "g", "medium": "cpc", "campaign": "spring"},
    }  # fmt: skip
    journey = {"ready": True, "customerOrderIndex": 2, "daysToConversion": 0, "lastVisit": visit}
    row = Made(order(customerJourneySummary=journey)).only("orders")
    assert (row["journey_is_ready"], row["customer_order_index"]) == (True, 2)
    assert row["last_visit_utm_campaign"] == "spring"
    assert row["first_visit_at"] is None


def test_a_lines_discounts_and_taxes_know_their_line_and_order():
    allocations = [
        {"allocatedAmountSet": bag("1.0"), "discountApplication": {"index": 0}},
        {"allocatedAmountSet": bag("0.5"), "discountApplication": {"index": 2}},
    ]
    made = Made(line(discountAllocations=allocations, taxLines=[tax("0.71", 0.08875)]))
    discounts = made.rows["order_line_discounts"]
    assert [(row["position"], row["application_index"], row["allocated_amount"])
            for row in discounts] == [(1, 0, Decimal("1.0")), (2, 2, Decimal("0.5"))]  # fmt: skip
    assert {(row["order_line_id"], row["order_id"]) for row in discounts} == {("11", "1")}
    assert made.only("order_line_taxes")["rate"] == Decimal("0.08875")


def test_kinds_of_discounts_are_told_apart():
    rest = {"allocationMethod": "ACROSS", "targetSelection": "ALL", "targetType": "LINE_ITEM",
            "__parentId": ORDER_ID}  # fmt: skip
    made = Made(
        {"__typename": "DiscountCodeApplication", "index": 0, "code": "TEN",
         "value": {"percentage": 10.0}, **rest},
        {"__typename": "ManualDiscountApplication", "index": 1, "title": "Sorry",
         "value": {"amount": "2.5"}, **rest},
    )  # fmt: skip
    first, second = made.rows["order_discount_applications"]
    assert (first["kind"], first["code"], first["percentage"]) == ("CODE", "TEN", Decimal(10))
    assert (second["kind"], second["title"], second["fixed_amount"]) == (
        "MANUAL", "Sorry", Decimal("2.5"))  # fmt: skip


def test_fees_and_shipping_taxes_are_added_up_exactly():
    fees = [{"amount": {"amount": "0.30"}}, {"amount": {"amount": "0.29"}}]
    shipping = {
        "__typename": "ShippingLine", "id": gid("ShippingLine", 41), "__parentId": ORDER_ID,
        "title": "Post", "isRemoved": False, "originalPriceSet": bag("4.0"),
        "discountedPriceSet": bag("4.0"), "taxLines": [tax("0.1"), tax("0.2")],
    }  # fmt: skip
    made = Made(order(transactions=[payment(fees=fees), payment(22)]), shipping)
    fee_amounts = [row["fee_amount"] for row in made.rows["order_transactions"]]
    assert fee_amounts == [Decimal("0.59"), None]
    assert made.only("order_shipping_lines")["tax_amount"] == Decimal("0.3")


def test_a_child_finds_its_parent_wherever_it_stands():
    made = Made(line(12), order(2), line(11), order(1))
    assert {row["order_id"] for row in made.rows["order_lines"]} == {"1"}
    assert [row["id"] for row in made.rows["orders"]] == ["2", "1"]


def test_parts_of_a_refund_know_the_order():
    batcher = Batcher("north", Tally())
    batcher.batch([records.decode(json.dumps(order(5, refunds=[refund(31)])).encode())])
    assert batcher.new_refunds() == [gid("Refund", 31)]
    part = {
        "__typename": "RefundLineItem", "__parentId": gid("Refund", 31),
        "lineItem": {"id": LINE_ID}, "quantity": 1, "restockType": "RETURN",
        "subtotalSet": bag("3.0"), "totalTaxSet": bag("0.2"),
    }  # fmt: skip
    batch = batcher.batch([records.decode(json.dumps(part).encode())] * 2)
    rows = batch["refund_lines"].to_pylist()
    assert [(row["order_id"], row["refund_id"], row["position"]) for row in rows] == [
        ("5", "31", 1), ("5", "31", 2)]  # fmt: skip


def test_an_amount_that_is_no_number_rejects_its_row_alone():
    made = Made(order(1, totalPriceSet=bag("ten")), order(2), order(3, totalTipReceivedSet=bag("")))
    assert [row["id"] for row in made.rows["orders"]] == ["2"]
    first, second = made.rows["rejected"]
    assert first["table_name"] == second["table_name"] == "orders"
    assert first["reason"].startswith("total_price_amount: ")
    assert json.loads(first["record"])["totalPriceSet"]["shopMoney"]["amount"] == "ten"
    assert made.tally.rejected == {"orders": 2}


@pytest.mark.parametrize(
    "changes",
    [{"id": None}, {"quantity": "two"}, {"originalTotalSet": {"shopMoney": {"amount": 5}}}],
    ids=["no id", "quantity in words", "amount as a number"],
)
def test_a_malformed_record_is_rejected_with_its_json_and_the_rest_lands(changes):
    made = Made(line(11), line(12, **changes), order())
    assert [row["id"] for row in made.rows["order_lines"]] == ["11"]
    assert len(made.rows["orders"]) == 1
    rejected = made.only("rejected")
    assert rejected["table_name"] == "order_lines"
    assert json.loads(rejected["record"])["title"] == "Mug"


def test_a_count_that_is_no_number_rejects_its_row_alone():
    made = Made(customer(1, numberOfOrders="many"), customer(2), customer(3, numberOfOrders=4))
    counts = [(row["id"], row["order_count"]) for row in made.rows["customers"]]
    assert counts == [("2", 3), ("3", 4)]
    assert made.only("rejected")["reason"].startswith("order_count: ")


def test_a_quantity_beyond_all_bounds_rejects_its_row():
    made = Made(line(11, quantity=10**30), line(12))
    assert [row["id"] for row in made.rows["order_lines"]] == ["12"]


def test_an_id_of_an_unknown_form_stays_as_it_is():
    made = Made(order(1, id="plain"), order(2), order(3))
    assert [row["id"] for row in made.rows["orders"]] == ["plain", "2", "3"]


def test_a_line_that_is_no_json_is_rejected():
    made = Made(order(), b'{"__typename": "Order", "id"')
    assert len(made.rows["orders"]) == 1
    assert made.only("rejected")["record"] == '{"__typename": "Order", "id"'


def test_an_instant_that_is_none_rejects_its_row():
    made = Made(order(1, cancelledAt="yesterday"), order(2))
    assert [row["id"] for row in made.rows["orders"]] == ["2"]
    assert made.only("rejected")["reason"].startswith("cancelled_at: ")


def test_statuses_that_nobody_knew_survive():
    row = Made(order(displayFinancialStatus="PAID_IN_SHELLS")).only("orders")
    assert row["financial_status"] == "PAID_IN_SHELLS"


def test_tables_in_which_a_changed_order_has_no_rows_get_a_marker():
    made = Made(order(1), order(2), line(11), markers=True)
    lines = made.rows["order_lines"]
    assert [(row["order_id"], row["_cleared"]) for row in lines] == [("1", None), ("2", True)]
    assert [row["order_id"] for row in made.rows["refunds"]] == ["1", "2"]
    assert made.tally.cleared["order_lines"] == 1
    assert made.tally.cleared["refunds"] == 2


def test_every_declared_column_is_made():
    made = Made(order(), line(), markers=True)
    for table in TABLES:
        if table.name in made.rows and table.name != "rejected":
            assert list(table.columns) == [
                name for name in made.rows[table.name][0] if name != "_cleared"
            ]
