"""From Shopify's JSON to rows, by hand-made records."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from dlt_pipelines.load_log import Tally
from dlt_pipelines.shopify import records
from dlt_pipelines.shopify.batches import Batcher
from dlt_pipelines.shopify.layout import LAYOUT
from dlt_pipelines.shopify.tables import TABLES

AT = "2026-03-07T10:00:00Z"
ORDER_ID = "gid://shopify/Order/1"
LINE_ID = "gid://shopify/LineItem/11"
NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)
CONSTANTS = {
    "store_id": "north",
    "observed_on": date(2026, 3, 8),
    "snapshot_date": date(2026, 3, 8),
    "captured_at": NOON,
}
ORDER_PARTS = ("order_lines", "refunds", "returns")


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


def returned(number: int = 51, **changes: Any) -> dict[str, Any]:
    return {
        "__typename": "Return", "__parentId": ORDER_ID, "id": gid("Return", number),
        "name": "#1-R1", "status": "CLOSED", "createdAt": AT, **changes,
    }  # fmt: skip


def return_line(number: int = 61, **changes: Any) -> dict[str, Any]:
    return {
        "__typename": "ReturnLineItem", "__parentId": gid("Return", 51),
        "id": gid("ReturnLineItem", number), "quantity": 2, "refundedQuantity": 1,
        "processedQuantity": 2, "fulfillmentLineItem": {"lineItem": {"id": LINE_ID}}, **changes,
    }  # fmt: skip


def level(number: int = 71, *, tracked: bool = True, **changes: Any) -> dict[str, Any]:
    quantities = [
        {"name": "available", "quantity": -2, "updatedAt": AT},
        {"name": "on_hand", "quantity": 5},
    ]
    return {
        "__typename": "InventoryLevel", "quantities": quantities,
        "item": {"id": gid("InventoryItem", number), "tracked": tracked},
        "location": {"id": gid("Location", 81)}, **changes,
    }  # fmt: skip


def item(number: int = 71, **changes: Any) -> dict[str, Any]:
    return {
        "__typename": "InventoryItem", "id": gid("InventoryItem", number), "tracked": True,
        "createdAt": AT, "updatedAt": AT, **changes,
    }  # fmt: skip


def tax(amount: str, rate: float | None = None) -> dict[str, Any]:
    return {"title": "VAT", "rate": rate, "priceSet": bag(amount)}


class Made:
    """What a Batcher made of some records, as rows by table."""

    def __init__(self, *found: dict[str, Any] | bytes, markers: bool = False) -> None:
        self.tally = Tally()
        batcher = Batcher(CONSTANTS, self.tally, ORDER_PARTS)
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
    batcher = Batcher(CONSTANTS, Tally(), ORDER_PARTS)
    batcher.batch([records.decode(json.dumps(order(5, refunds=[refund(31)])).encode())])
    assert batcher.to_ask() == {"Refund": [gid("Refund", 31)]}
    assert batcher.to_ask() == {}
    part = {
        "__typename": "RefundLineItem", "__parentId": gid("Refund", 31),
        "lineItem": {"id": LINE_ID}, "quantity": 1, "restockType": "RETURN",
        "subtotalSet": bag("3.0"), "totalTaxSet": bag("0.2"),
    }  # fmt: skip
    batch = batcher.batch([records.decode(json.dumps(part).encode())] * 2)
    rows = batch["refund_lines"].to_pylist()
    assert [(row["order_id"], row["refund_id"], row["position"]) for row in rows] == [
        ("5", "31", 1), ("5", "31", 2)]  # fmt: skip


def test_the_parts_of_a_return_are_asked_for_by_its_id():
    batcher = Batcher(CONSTANTS, Tally(), ORDER_PARTS)
    batcher.batch([records.decode(json.dumps(returned(51)).encode())])
    assert batcher.to_ask() == {"Return": [gid("Return", 51)]}


def test_a_fulfillment_knows_its_order_and_location():
    shipped = {
        "id": gid("Fulfillment", 91), "status": "SUCCESS", "createdAt": AT,
        "location": {"id": gid("Location", 81)},
    }  # fmt: skip
    row = Made(order(5, fulfillments=[shipped])).only("fulfillments")
    assert (row["order_id"], row["location_id"], row["id"]) == ("5", "81", "91")


def test_a_return_tells_why_it_was_declined_and_what_its_shipping_costs_the_customer():
    fees = [{"amountSet": bag("4.00", "600")}, {"amountSet": bag("0.50", "75")}]
    decline = {"reason": "FINAL_SALE", "note": "Sorry"}
    first, second = Made(returned(51, decline=decline, returnShippingFees=fees), returned(52)).rows[
        "returns"
    ]
    assert (first["order_id"], first["decline_reason"], first["decline_note"]) == (
        "1", "FINAL_SALE", "Sorry")  # fmt: skip
    assert first["return_shipping_fee_amount"] == Decimal("4.5")
    assert first["return_shipping_fee_presentment_amount"] == Decimal("675")
    assert (second["decline_reason"], second["return_shipping_fee_amount"]) == (None, None)


def test_lines_of_a_return_know_order_and_order_line_where_shopify_does():
    reason = {"handle": "defective", "name": "Defective"}
    unverified = {"__typename": "UnverifiedReturnLineItem", "fulfillmentLineItem": None}
    first, second = Made(
        returned(),
        return_line(61, returnReasonDefinition=reason, restockingFee={"amountSet": bag("1.5")}),
        return_line(62, **unverified, returnReasonNote=""),
    ).rows["return_lines"]
    assert (first["order_id"], first["return_id"], first["order_line_id"]) == ("1", "51", "11")
    assert (first["reason_handle"], first["restocking_fee_amount"]) == ("defective", Decimal("1.5"))
    assert (second["order_id"], second["order_line_id"]) == ("1", None)
    assert (second["reason_handle"], second["reason_note"]) == (None, None)
    assert second["restocking_fee_amount"] is None


def test_what_became_of_goods_is_known_by_return_and_order_line():
    disposition = {"id": gid("Disposition", 1), "type": "MISSING", "quantity": 1, "createdAt": AT}
    reverse = {"__typename": "ReverseFulfillmentOrder", "id": gid("ReverseFulfillmentOrder", 8)}
    goods = {
        "__typename": "ReverseFulfillmentOrderLineItem", "id": gid("Line", 9),
        "fulfillmentLineItem": {"lineItem": {"id": LINE_ID}}, "dispositions": [disposition] * 2,
    }  # fmt: skip
    made = Made(
        returned(),
        {**reverse, "__parentId": gid("Return", 51)},
        {**goods, "__parentId": gid("ReverseFulfillmentOrder", 8)},
    )
    first, second = made.rows["return_dispositions"]
    assert (first["order_id"], first["return_id"], first["order_line_id"]) == ("1", "51", "11")
    assert (first["kind"], first["location_id"]) == ("MISSING", None)
    assert first == second


def test_stock_is_a_row_for_each_state_on_the_day_of_the_reading():
    available, on_hand = Made(level()).rows["inventory_levels"]
    assert available == {
        "store_id": "north", "inventory_item_id": "71", "location_id": "81", "state": "available",
        "quantity": -2, "snapshot_date": date(2026, 3, 8), "captured_at": NOON,
        "updated_at": datetime(2026, 3, 7, 10, tzinfo=UTC),
    }  # fmt: skip
    assert (on_hand["state"], on_hand["quantity"], on_hand["updated_at"]) == ("on_hand", 5, None)


def test_items_that_are_not_tracked_have_no_stock():
    made = Made(level(71), level(72, tracked=False))
    assert {row["inventory_item_id"] for row in made.rows["inventory_levels"]} == {"71"}


def test_a_cost_is_noted_for_the_day_where_there_is_one():
    cost = {"amount": "4.25", "currencyCode": "USD"}
    made = Made(item(71, unitCost=cost), item(72))
    assert len(made.rows["inventory_items"]) == 2
    assert made.only("inventory_item_costs") == {
        "store_id": "north", "inventory_item_id": "71", "observed_on": date(2026, 3, 8),
        "unit_cost_amount": Decimal("4.25"), "unit_cost_currency": "USD",
    }  # fmt: skip


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


def test_a_new_snapshot_of_a_day_clears_the_day():
    batcher = Batcher(CONSTANTS, Tally(), ORDER_PARTS)
    (marker,) = batcher.new_snapshot()["inventory_levels"].to_pylist()
    assert {name: value for name, value in marker.items() if value is not None} == {
        "store_id": "north", "snapshot_date": date(2026, 3, 8), "_cleared": True,
    }  # fmt: skip


def test_every_declared_column_is_made():
    for table in TABLES:
        assert set(table.columns) - set(CONSTANTS) == set(LAYOUT[table.name]), table.name


def test_columns_stand_in_the_order_in_which_they_are_declared():
    made = Made(order(), line(), level(), item(), returned(), return_line())
    for table in TABLES:
        for row in made.rows.get(table.name, []):
            assert list(row) == list(table.columns)
