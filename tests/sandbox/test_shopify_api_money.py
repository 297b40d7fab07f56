"""Amounts of one order, worked out by hand, in the shop's currency and in the customer's."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.shop import Shop
from sandbox.shopify_api import ShopifySandbox
from tests.sandbox.shopify_client import MONEY, all_nodes, data
from tests.sandbox.small_shops import new_shop, rows, value

ORDER = 11


def insert(shop: Shop, table: str, **values: object) -> None:
    """A row of a table that has nothing but these values."""
    places = ", ".join("?" for _ in values)
    shop.con.execute(
        f"insert into main.{table} ({', '.join(values)}) values ({places})", list(values.values())
    )


def add_order(shop: Shop) -> None:
    """3 x 10.00 and 1 x 20.00; 10 % off both (code, across), 2.00 off the second (automatic).

    Tax 8.00 on top; shipping 5.00 of which 1.00 is off, taxed 0.40. One unit of the first line
    comes back: 9.00 and 1.44 tax, with 4.00 for shipping. Paid in yen, 150 for a dollar.
    """
    at = shop.spec.end_at - timedelta(days=2)
    insert(shop, "orders", order_id=ORDER, name="#by-hand", created_at=at, processed_at=at,
           is_test=False, presentment_currency="JPY", presentment_rate=Decimal(150),
           taxes_included=False, financial_status="PAID", fulfillment_status="FULFILLED",
           source_name="web", app_name="Online Store", country_code="JP", discount_code="TEN",
           journey_ready=True)  # fmt: skip
    code = {"kind": "CODE", "code": "TEN", "target_selection": "ALL", "value_type": "PERCENTAGE",
            "allocation_method": "ACROSS", "value": 10, "target_type": "LINE_ITEM"}  # fmt: skip
    two_off = {"kind": "AUTOMATIC", "title": "Two off", "target_selection": "ENTITLED",
               "allocation_method": "EACH", "value_type": "FIXED", "value": 2,
               "target_type": "LINE_ITEM"}  # fmt: skip
    insert(shop, "discount_applications", order_id=ORDER, application_index=0, **code)
    insert(shop, "discount_applications", order_id=ORDER, application_index=1, **two_off)
    for line, quantity, price, tax in ((21, 3, "10.00", "4.80"), (22, 1, "20.00", "3.20")):
        insert(shop, "order_lines", line_id=line, order_id=ORDER, position=line, title=f"L{line}",
               quantity=quantity, unit_price=Decimal(price), is_gift_card=False,
               tax_rate=Decimal("0.16"), tax_amount=Decimal(tax))  # fmt: skip
    for line, index, amount in ((21, 0, "3.00"), (22, 1, "2.00"), (22, 0, "1.80")):
        insert(shop, "line_discounts", line_id=line, order_id=ORDER, position=index,
               application_index=index, amount=Decimal(amount))  # fmt: skip
    insert(shop, "shipping_lines", shipping_line_id=31, order_id=ORDER, title="Air",
           original_price=5, discounted_price=4, tax_amount=Decimal("0.40"))  # fmt: skip
    insert(shop, "transactions", transaction_id=41, order_id=ORDER, kind="SALE", status="SUCCESS",
           amount=Decimal("55.60"), fee_amount=Decimal("1.91"), processed_at=at)  # fmt: skip
    add_refund(shop)


def add_refund(shop: Shop) -> None:
    at = shop.spec.end_at - timedelta(days=1)
    insert(shop, "refunds", refund_id=51, order_id=ORDER, processed_at=at,
           total_refunded=Decimal("14.84"))  # fmt: skip
    insert(shop, "refund_lines", refund_line_id=61, refund_id=51, order_id=ORDER, line_id=21,
           quantity=1, restock_type="RETURN", subtotal=9, tax_amount=Decimal("1.44"))  # fmt: skip
    insert(shop, "refund_adjustments", adjustment_id=71, refund_id=51, order_id=ORDER,
           reason="SHIPPING_REFUND", amount=-4, tax_amount=Decimal("-0.40"))  # fmt: skip


@pytest.fixture(scope="module")
def by_hand() -> Iterator[ShopifySandbox]:
    shop = new_shop()
    add_order(shop)
    shop.at(shop.now)
    with ShopifySandbox(shop) as running:
        yield running


def amounts(bag: dict) -> tuple[str, str]:
    assert bag["shopMoney"]["currencyCode"] == "USD"
    assert bag["presentmentMoney"]["currencyCode"] == "JPY"
    return bag["shopMoney"]["amount"], bag["presentmentMoney"]["amount"]


def order(sandbox: ShopifySandbox, fields: str) -> dict:
    query = f"query ($id: ID!) {{ order(id: $id) {{ {fields} }} }}"
    return data(sandbox, query, id=f"gid://shopify/Order/{ORDER}")["order"]


@pytest.mark.parametrize(
    ("field", "dollars", "yen"),
    [
        ("subtotalPriceSet", "43.2", "6480"),  # 50.00 - 3.00 - 2.00 - 1.80
        ("totalDiscountsSet", "7.8", "1170"),  # and 1.00 off shipping
        ("totalShippingPriceSet", "4.0", "600"),
        ("totalTaxSet", "8.4", "1260"),
        ("totalPriceSet", "55.6", "8340"),  # 43.20 + 4.00 + 8.40
        ("totalReceivedSet", "55.6", "8340"),
        ("totalRefundedSet", "14.84", "2226"),  # 9.00 + 1.44 + 4.00 + 0.40
        ("totalRefundedShippingSet", "4.0", "600"),
        ("currentSubtotalPriceSet", "34.2", "5130"),
        ("currentTotalTaxSet", "6.56", "984"),
        ("currentTotalPriceSet", "40.76", "6114"),  # 34.20 + 0.00 + 6.56
        ("netPaymentSet", "40.76", "6114"),
        ("totalTipReceivedSet", "0.0", "0"),
    ],
)
def test_an_orders_amounts_add_up(by_hand, field, dollars, yen):
    assert amounts(order(by_hand, f"{field} {MONEY}")[field]) == (dollars, yen)


def test_lines_tell_their_discounts_by_level(by_hand):
    fields = f"""quantity currentQuantity originalUnitPriceSet {MONEY} originalTotalSet {MONEY}
        discountedTotalSet {MONEY} withCodes: discountedTotalSet(withCodeDiscounts: true) {MONEY}
        discountedUnitPriceAfterAllDiscountsSet {MONEY}
        discountAllocations {{ allocatedAmountSet {MONEY} discountApplication {{ index }} }}"""
    first, second = order(by_hand, f"lineItems(first: 5) {{ nodes {{ {fields} }} }}")["lineItems"][
        "nodes"
    ]
    assert (first["quantity"], first["currentQuantity"]) == (3, 2)
    assert amounts(first["originalUnitPriceSet"]) == ("10.0", "1500")
    assert amounts(first["originalTotalSet"]) == ("30.0", "4500")
    assert amounts(first["discountedTotalSet"]) == ("30.0", "4500")  # the code is the order's
    assert amounts(first["discountedUnitPriceAfterAllDiscountsSet"]) == ("9.0", "1350")
    assert amounts(second["discountedTotalSet"]) == ("18.0", "2700")
    assert amounts(second["withCodes"]) == ("18.0", "2700")
    allocated = [
        (one["discountApplication"]["index"], *amounts(one["allocatedAmountSet"]))
        for one in second["discountAllocations"]
    ]
    assert allocated == [(0, "1.8", "270"), (1, "2.0", "300")]


def test_a_refund_has_lines_and_shipping(by_hand):
    fields = f"""refunds {{
        totalRefundedSet {MONEY}
        refundLineItems(first: 5) {{ nodes {{
            quantity restockType lineItem {{ id }} subtotalSet {MONEY} totalTaxSet {MONEY}
        }} }}
        refundShippingLines(first: 5) {{ nodes {{
            shippingLine {{ id }} subtotalAmountSet {MONEY} taxAmountSet {MONEY}
        }} }}
        orderAdjustments(first: 5) {{ nodes {{ id }} }}
    }}"""
    (refund,) = order(by_hand, fields)["refunds"]
    (line,) = refund["refundLineItems"]["nodes"]
    (shipping,) = refund["refundShippingLines"]["nodes"]
    assert amounts(refund["totalRefundedSet"]) == ("14.84", "2226")
    assert (line["quantity"], line["restockType"]) == (1, "RETURN")
    assert line["lineItem"] == {"id": "gid://shopify/LineItem/21"}
    assert amounts(line["subtotalSet"]) == ("9.0", "1350")
    assert amounts(line["totalTaxSet"]) == ("1.44", "216")
    assert shipping["shippingLine"] == {"id": "gid://shopify/ShippingLine/31"}
    assert amounts(shipping["subtotalAmountSet"]) == ("4.0", "600")
    assert amounts(shipping["taxAmountSet"]) == ("0.4", "60")
    assert refund["orderAdjustments"]["nodes"] == []


def test_discount_applications_tell_their_kind(by_hand):
    fields = """discountApplications(first: 5) { nodes { __typename index value {
            ... on MoneyV2 { amount currencyCode } ... on PricingPercentageValue { percentage }
        }
        ... on DiscountCodeApplication { code } ... on AutomaticDiscountApplication { title }
    } } discountCodes"""
    found = order(by_hand, fields)
    assert found["discountCodes"] == ["TEN"]
    assert found["discountApplications"]["nodes"] == [
        {"__typename": "DiscountCodeApplication", "index": 0, "value": {"percentage": 10.0},
         "code": "TEN"},
        {"__typename": "AutomaticDiscountApplication", "index": 1, "title": "Two off",
         "value": {"amount": "2.0", "currencyCode": "USD"}},
    ]  # fmt: skip


def test_shipping_without_a_line_is_refunded_as_an_adjustment(by_hand):
    """Nothing that was paid back may vanish."""
    shop = by_hand.shop
    fields = """refunds { orderAdjustments(first: 9) { nodes { id } }
        refundShippingLines(first: 9) { nodes { id } } }"""
    orders = all_nodes(by_hand, "orders", fields, 250)
    refunds = [refund for order in orders for refund in order["refunds"]]
    given = sum(
        len(refund[name]["nodes"])
        for refund in refunds
        for name in ("orderAdjustments", "refundShippingLines")
    )
    assert given == value(shop, "select count(*) from live.refund_adjustments") > 0


def test_the_orders_of_all_pages_add_up_to_what_the_shop_sold(by_hand):
    fields = "test totalPriceSet { shopMoney { amount } } totalRefundedSet { shopMoney { amount } }"
    orders = all_nodes(by_hand, "orders", fields, 250)
    refunded = sum(Decimal(o["totalRefundedSet"]["shopMoney"]["amount"]) for o in orders)
    ((paid_back,),) = rows(by_hand.shop, "select sum(total_refunded) from live.refunds")
    assert refunded == paid_back
