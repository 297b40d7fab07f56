"""The made-up shop holds what breaks naive pipelines."""

import pytest

from tests.sandbox.small_shops import new_shop, ordinary_shop, rows, value

LOCAL = "timezone('America/New_York', timezone('UTC', processed_at))"

ON_HAND = """
    select sum(quantity) over (
        partition by inventory_item_id, location_id order by movement_id
    ) as on_hand
    from stock_movements
"""

ODDITIES = {
    "test orders": "select count(*) from orders where is_test",
    "cancelled orders with their units restocked": """
        select count(distinct order_id) from orders join refund_lines using (order_id)
        where cancelled_at is not null and restock_type = 'CANCEL'""",
    "cancelled orders without a refund": """
        select count(*) from orders anti join refunds using (order_id)
        where cancelled_at is not null""",
    "voided orders": "select count(*) from orders where financial_status = 'VOIDED'",
    "orders that wait for money": """
        select count(*) from orders
        where financial_status = 'PENDING' and cancelled_at is null""",
    "deleted orders": """
        select count(*) from orders
        join deletions on subject_id = order_id and subject_type = 'ORDER'""",
    "lines added by an order edit": """
        select count(*) from order_lines join orders using (order_id) where added_at = edited_at""",
    "units removed by an order edit": """
        select count(*) from refund_lines join orders using (order_id)
        where edited_at is not null and cancelled_at is null and restock_type = 'CANCEL'""",
    "guests with an e-mail": """
        select count(*) from orders where customer_id is null and email is not null""",
    "guests without an e-mail": """
        select count(*) from orders where customer_id is null and email is null""",
    "an order's e-mail in another case": """
        select count(*) from orders join customers using (customer_id)
        where orders.email <> customers.email and lower(orders.email) = lower(customers.email)""",
    "customers who differ by the case of their e-mail": """
        select count(*) from (
            select lower(email) from customers group by all having count(*) > 1
        )""",
    "customers who never ordered": """
        select count(*) from customers anti join orders using (customer_id)""",
    "gift card lines": "select count(*) from order_lines where is_gift_card",
    "orders paid by gift card": "select count(*) from orders where payment_gateway = 'gift_card'",
    "orders paid in two ways": """
        select count(*) from (
            select order_id from transactions
            where kind = 'SALE' and status = 'SUCCESS'
            group by order_id having count(distinct gateway) > 1
        )""",
    "partial refunds": "select count(*) from orders where financial_status = 'PARTIALLY_REFUNDED'",
    "two refunds of one order": """
        select count(*) from (select order_id from refunds group by all having count(*) > 1)""",
    "refunds without lines": """
        select count(*) from refunds anti join refund_lines using (refund_id)""",
    "refunds of shipping": """
        select count(*) from refund_adjustments where reason = 'SHIPPING_REFUND' and amount < 0""",
    "part of a refund withheld": """
        select count(*) from refund_adjustments
        where reason = 'REFUND_DISCREPANCY' and amount > 0""",
    "goods that are not restocked": """
        select count(*) from refund_lines where restock_type = 'NO_RESTOCK'""",
    "orders in euros": "select count(*) from orders where presentment_currency = 'EUR'",
    "orders in yen": "select count(*) from orders where presentment_currency = 'JPY'",
    "prices that include tax": "select count(*) from orders where taxes_included",
    "prices without tax": "select count(*) from orders where not taxes_included",
    "taxed shipping": "select count(*) from shipping_lines where tax_amount > 0",
    "discounted shipping": """
        select count(*) from shipping_lines where discounted_price < original_price""",
    "orders without shipping": """
        select count(*) from orders anti join shipping_lines using (order_id)""",
    "orders that cost nothing": """
        select count(*) from orders anti join transactions using (order_id)
        where financial_status = 'PAID'""",
    "two discounts on one line": "select count(*) from line_discounts where position = 1",
    "deleted products that were sold": """
        select count(*) from order_lines join products using (product_id)
        where deleted_at is not null""",
    "lines without a product": "select count(*) from order_lines where product_id is null",
    "lines of products without a SKU": """
        select count(*) from order_lines where sku is null and product_id is not null""",
    "SKUs of two products": """
        select count(*) from (
            select sku from variants group by all having count(distinct product_id) > 1
        )""",
    "lines with an earlier title": """
        select count(*) from order_lines join products using (product_id)
        where order_lines.title <> products.title""",
    "drafts and archived products": """
        select count(*) from products where status = 'DRAFT'""",
    "orders from the counter": "select count(*) from orders where source_name = 'pos'",
    "draft orders": "select count(*) from orders where source_name = 'shopify_draft_order'",
    "orders from a marketplace": "select count(*) from orders where source_name = '2329312'",
    "journeys that are not ready": "select count(*) from orders where not journey_ready",
    "web orders without visits": """
        select count(*) from orders
        where source_name = 'web' and journey_ready and last_visit_at is null""",
    "imported orders": "select count(*) from orders where created_at > processed_at",
    "orders created at one instant": """
        select count(*) from (select created_at from orders group by all having count(*) > 2)""",
    "captures": "select count(*) from transactions where kind = 'CAPTURE'",
    "failed payments": "select count(*) from transactions where status = 'FAILURE'",
    "oversold stock": "select count(*) from inventory_levels where available < 0",
    "less than nothing on hand": f"""
        select count(*) from ({ON_HAND}) where on_hand < 0""",
    "items that are not tracked": """
        select count(*) from variants join products using (product_id)
        where not tracked and not is_gift_card""",
    "stock of products that are sold no more": """
        select count(*) from inventory_levels
        join variants using (inventory_item_id) join products using (product_id)
        where status = 'ARCHIVED' and on_hand > 0""",
    "stock that nobody has bought for half a year": """
        select count(*) from (
            select inventory_item_id, sum(on_hand) as on_hand
            from inventory_levels group by inventory_item_id
        )
        anti join (
            select * from stock_movements
            where kind = 'SALE' and moved_at > timestamp '2026-01-01'
        ) as sold using (inventory_item_id)
        where on_hand > 10""",
    "stock for more than a year": """
        select count(*) from (
            select inventory_item_id, sum(on_hand) as on_hand
            from inventory_levels group by inventory_item_id
        )
        join (
            select inventory_item_id, -sum(quantity) as sold
            from stock_movements
            where kind = 'SALE' and moved_at > timestamp '2025-07-01' group by inventory_item_id
        ) using (inventory_item_id)
        where sold >= 10 and on_hand > sold""",
    "stock that is set aside": """
        select least(max(reserved), max(damaged), max(safety_stock)) from inventory_levels""",
    "units put back for an order that waited": """
        select count(*) from stock_movements where note = 'Put back for an order'""",
    "late and open deliveries": """
        select count(*) from purchase_orders
        where delivered_on is null and expected_on < date '2026-06-30'""",
    "orders at local midnight": f"""
        select count(*) from orders where strftime({LOCAL}, '%H:%M:%S') = '00:00:00'""",
    "orders in a local day's last second": f"""
        select count(*) from orders where strftime({LOCAL}, '%H:%M:%S') = '23:59:59'""",
    "orders on another day in UTC": f"""
        select count(*) from orders where cast({LOCAL} as date) <> cast(processed_at as date)""",
}


@pytest.mark.parametrize("oddity", ODDITIES)
def test_the_shop_holds(oddity):
    assert value(ordinary_shop(), ODDITIES[oddity]) > 0


def test_both_hours_that_come_twice_have_orders():
    """On 2025-11-02 the clock in New York goes from 01:59:59 back to 01:00:00, at 06:00 UTC."""
    query = """
        select
            count(*) filter (where hour(processed_at) = 5),
            count(*) filter (where hour(processed_at) = 6)
        from orders where cast(processed_at as date) = date '2025-11-02'"""
    first, second = rows(ordinary_shop(), query)[0]
    assert first > 0
    assert second > 0


def test_nobody_orders_in_the_hour_that_is_left_out():
    """On 2026-03-08 the clock in New York goes from 01:59:59 to 03:00:00; the day has 23 hours."""
    query = f"""
        select count(*), count(*) filter (where hour({LOCAL}) = 2)
        from orders where cast({LOCAL} as date) = date '2026-03-08'"""
    whole_day, left_out = rows(ordinary_shop(), query)[0]
    assert whole_day > 0
    assert left_out == 0


@pytest.mark.parametrize("time_zone", ["Asia/Kolkata", "America/Sao_Paulo", "Australia/Sydney"])
def test_orders_of_a_day_lie_within_it_in_any_zone(time_zone):
    """As many valid orders a day in the zone as the books say."""
    query = f"""
        select count(*) from truth_ledger_daily as books
        left join (
            select cast(timezone('{time_zone}', timezone('UTC', processed_at)) as date) as day,
                count(*) as orders
            from orders
            where not is_test and cancelled_at is null and deleted_at is null
            group by all
        ) as counted using (day)
        where books.orders <> coalesce(counted.orders, 0)"""
    assert value(new_shop(time_zone=time_zone), query) == 0
