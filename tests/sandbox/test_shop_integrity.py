"""Everything in the made-up shop refers to something that is there, and nothing has two owners."""

import pytest

from tests.sandbox.small_shops import ordinary_shop, value

KEYS = {
    "products": "product_id",
    "variants": "variant_id",
    "customers": "customer_id",
    "orders": "order_id",
    "order_lines": "line_id",
    "shipping_lines": "shipping_line_id",
    "transactions": "transaction_id",
    "refunds": "refund_id",
    "refund_lines": "refund_line_id",
    "refund_adjustments": "adjustment_id",
    "promotions": "promotion_id",
    "locations": "location_id",
    "suppliers": "supplier_id",
    "order_locations": "order_id",
    "fulfillments": "order_id",
    "stock_movements": "movement_id",
    "inventory_levels": "inventory_item_id, location_id",
    "purchase_orders": "po_id, variant_id",
    "transfers": "transfer_id",
    "stock_counts": "count_id",
    "truth_elasticities": "variant_id",
    "truth_ledger_daily": "day",
    "discount_applications": "order_id, application_index",
    "line_discounts": "line_id, position",
}

REFERENCES = [
    ("products", "supplier_id", "suppliers", "supplier_id"),
    ("variants", "product_id", "products", "product_id"),
    ("price_changes", "variant_id", "variants", "variant_id"),
    ("cost_history", "variant_id", "variants", "variant_id"),
    ("inventory_levels", "inventory_item_id", "variants", "inventory_item_id"),
    ("stock_movements", "inventory_item_id", "variants", "inventory_item_id"),
    ("stock_movements", "location_id", "locations", "location_id"),
    ("stock_movements", "supplier_id", "suppliers", "supplier_id"),
    ("fulfillments", "order_id", "orders", "order_id"),
    ("fulfillments", "location_id", "locations", "location_id"),
    ("purchase_orders", "supplier_id", "suppliers", "supplier_id"),
    ("purchase_orders", "variant_id", "variants", "variant_id"),
    ("purchase_orders", "location_id", "locations", "location_id"),
    ("transfers", "variant_id", "variants", "variant_id"),
    ("stock_counts", "variant_id", "variants", "variant_id"),
    ("stock_counts", "location_id", "locations", "location_id"),
    ("truth_late_suppliers", "supplier_id", "suppliers", "supplier_id"),
    ("orders", "customer_id", "customers", "customer_id"),
    ("orders", "retail_location_id", "locations", "location_id"),
    ("order_lines", "order_id", "orders", "order_id"),
    ("order_lines", "variant_id", "variants", "variant_id"),
    ("order_lines", "product_id", "products", "product_id"),
    ("line_discounts", "line_id", "order_lines", "line_id"),
    ("discount_applications", "order_id", "orders", "order_id"),
    ("shipping_lines", "order_id", "orders", "order_id"),
    ("transactions", "order_id", "orders", "order_id"),
    ("transactions", "parent_id", "transactions", "transaction_id"),
    ("transactions", "refund_id", "refunds", "refund_id"),
    ("refunds", "order_id", "orders", "order_id"),
    ("refund_lines", "refund_id", "refunds", "refund_id"),
    ("refund_lines", "line_id", "order_lines", "line_id"),
    ("refund_lines", "location_id", "locations", "location_id"),
    ("refund_adjustments", "refund_id", "refunds", "refund_id"),
    ("order_touches", "order_id", "orders", "order_id"),
    ("truth_stockouts", "variant_id", "variants", "variant_id"),
]


@pytest.mark.parametrize(("table", "key"), KEYS.items())
def test_a_key_comes_once(table, key):
    query = f"select count(*) from (select {key} from {table} group by all having count(*) > 1)"
    assert value(ordinary_shop(), query) == 0


@pytest.mark.parametrize(("table", "column", "target", "key"), REFERENCES)
def test_a_reference_leads_to_a_row(table, column, target, key):
    query = f"""
        select count(*) from {table} as child
        where child.{column} is not null
        and not exists (select 1 from {target} as parent where parent.{key} = child.{column})"""
    assert value(ordinary_shop(), query) == 0


def test_a_refund_line_belongs_to_the_order_of_its_refund_and_of_its_line():
    query = """
        select count(*)
        from refund_lines
        join refunds using (refund_id)
        join order_lines using (line_id)
        where refund_lines.order_id <> refunds.order_id
        or refund_lines.order_id <> order_lines.order_id"""
    assert value(ordinary_shop(), query) == 0


def test_a_discount_on_a_line_names_an_application_of_its_order():
    query = """
        select count(*) from line_discounts
        anti join discount_applications using (order_id, application_index)"""
    assert value(ordinary_shop(), query) == 0


def test_order_ids_grow_with_the_instant_of_creation():
    query = """
        select count(*)
        from (select created_at, lag(created_at) over (order by order_id) as earlier from orders)
        where created_at < earlier"""
    assert value(ordinary_shop(), query) == 0


def test_nothing_is_sold_before_its_product_is_there_or_after_it_was_deleted():
    query = """
        select count(*)
        from order_lines join orders using (order_id) join products using (product_id)
        where not products.is_gift_card and (
            orders.processed_at < products.created_at
            or orders.processed_at > products.deleted_at
        )"""
    assert value(ordinary_shop(), query) == 0


def test_nothing_is_sold_while_it_is_out_of_stock():
    query = """
        select count(*)
        from order_lines join orders using (order_id) join truth_stockouts as out using (variant_id)
        where cast(timezone('America/New_York', timezone('UTC', orders.processed_at)) as date)
        between out.first_day and out.last_day"""
    assert value(ordinary_shop(), query) == 0


def test_a_line_is_sold_at_the_price_of_its_instant():
    query = """
        select count(*)
        from order_lines as lines
        join orders using (order_id)
        asof left join price_changes as changes
            on lines.variant_id = changes.variant_id
            and orders.processed_at >= changes.effective_at
        where lines.unit_price <> changes.new_price"""
    assert value(ordinary_shop(), query) == 0


def test_nothing_happens_after_the_last_day():
    shop = ordinary_shop()
    for table, column in (
        ("orders", "created_at"),
        ("orders", "closed_at"),
        ("orders", "cancelled_at"),
        ("orders", "edited_at"),
        ("refunds", "processed_at"),
        ("transactions", "processed_at"),
        ("order_touches", "touched_at"),
        ("deletions", "deleted_at"),
    ):
        assert value(shop, f"select max({column}) from {table}") < shop.spec.end_at
