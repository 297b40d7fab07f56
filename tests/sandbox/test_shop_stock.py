"""The stock ledger of the made-up shop agrees with its orders, its papers and its levels."""

import pytest

from tests.sandbox.small_shops import new_shop, ordinary_shop, rows, value

REMOVED = """
    select line_id, sum(quantity) as units from refund_lines
    where restock_type = 'CANCEL' group by line_id"""


def test_each_order_that_was_closed_shipped_unless_nothing_of_it_was_left():
    query = f"""
        select count(*)
        from (
            select orders.order_id, closed_at,
                sum(quantity - coalesce(removed.units, 0)) as units
            from orders
            join order_lines using (order_id)
            left join ({REMOVED}) as removed using (line_id)
            group by all
        ) as orders
        full join fulfillments using (order_id)
        where (closed_at is not null and units > 0) <> (fulfillment_id is not null)
        or closed_at <> fulfillments.created_at"""
    assert value(ordinary_shop(), query) == 0
    assert value(ordinary_shop(), "select count(*) from fulfillments") > 7_000


def test_what_is_sold_at_the_counter_leaves_the_store_at_once():
    query = """
        select
            count(*),
            count(*) filter (where fulfillments.location_id = retail_location_id),
            max(epoch(fulfillments.created_at - orders.created_at))
        from fulfillments join orders using (order_id)
        where source_name = 'pos'"""
    at_counter, from_store, longest = rows(ordinary_shop(), query)[0]
    assert at_counter == from_store > 0
    assert longest <= 2


def test_other_orders_ship_from_two_warehouses_hours_or_days_after_they_are_paid():
    query = """
        select locations.name, count(*) > 0,
            min(fulfillments.created_at - paid.at) > interval '59 minutes'
        from fulfillments
        join orders using (order_id)
        join locations on fulfillments.location_id = locations.location_id
        join (
            select order_id, min(processed_at) as at from transactions
            where kind in ('SALE', 'CAPTURE') and status = 'SUCCESS' group by order_id
        ) as paid using (order_id)
        where source_name <> 'pos'
        group by locations.name order by locations.name"""
    assert rows(ordinary_shop(), query) == [
        ("Warehouse", True, True),
        ("West Warehouse", True, True),
    ]


def test_sales_in_the_ledger_are_the_tracked_units_that_shipped():
    query = f"""
        with shipped as (
            select variants.inventory_item_id, fulfillments.location_id, cast(order_id as text)
                as reference_id, fulfillments.created_at as moved_at,
                sum(quantity - coalesce(removed.units, 0)) as units
            from fulfillments
            join order_lines using (order_id)
            join variants using (variant_id)
            left join ({REMOVED}) as removed using (line_id)
            where tracked and not is_gift_card
            group by all
            having units > 0
        ), sold as (
            select inventory_item_id, location_id, reference_id, moved_at, -sum(quantity) as units
            from stock_movements where kind = 'SALE' group by all
        )
        select (select count(*) from sold), (select count(*) from (from sold except from shipped)),
            (select count(*) from (from shipped except from sold))"""
    sold, only_in_ledger, only_in_orders = rows(ordinary_shop(), query)[0]
    assert sold > 10_000
    assert (only_in_ledger, only_in_orders) == (0, 0)


def test_goods_come_back_where_and_when_their_return_was_looked_at():
    query = """
        with restocked as (
            select order_lines.variant_id, return_lines.location_id, disposed_at as moved_at,
                return_lines.quantity as units
            from return_lines join order_lines using (line_id)
            where disposition = 'RESTOCKED'
            union all
            select order_lines.variant_id, refund_lines.location_id, refunds.processed_at,
                refund_lines.quantity
            from refund_lines
            join refunds using (refund_id)
            join order_lines using (line_id)
            anti join return_lines on return_lines.refund_line_id = refund_lines.refund_line_id
            where restock_type = 'RETURN'
        ), expected as (
            select inventory_item_id, location_id, moved_at, sum(units) as units
            from restocked join variants using (variant_id) where tracked group by all
        ), booked as (
            select inventory_item_id, location_id, moved_at, sum(quantity) as units
            from stock_movements where kind = 'RETURN' group by all
        )
        select (select count(*) from booked),
            (select count(*) from (from booked except from expected)),
            (select count(*) from (from expected except from booked))"""
    booked, *differing = rows(ordinary_shop(), query)[0]
    assert booked > 100
    assert differing == [0, 0]


def test_each_refund_line_that_restocks_is_in_the_ledger_once():
    """With the exchanges and what is not refunded yet on top, which have no such line."""
    query = """
        select
            (select sum(quantity) from stock_movements where kind = 'RETURN'),
            (select sum(refund_lines.quantity)
            from refund_lines join order_lines using (line_id) join variants using (variant_id)
            where restock_type = 'RETURN' and tracked),
            (select sum(return_lines.quantity)
            from return_lines join order_lines using (line_id) join variants using (variant_id)
            where disposition = 'RESTOCKED' and tracked
            and return_lines.return_line_id not in (select refund_line_id from refund_lines))"""
    booked, refunded, others = rows(ordinary_shop(), query)[0]
    assert booked == refunded + others


def test_purchases_in_the_ledger_are_what_purchase_orders_brought():
    query = """
        select count(*), count(movement_id), count(po_id)
        from (select * from stock_movements where kind = 'PURCHASE') as moves
        full join (
            select purchase_orders.*, inventory_item_id
            from purchase_orders join variants using (variant_id)
            where received_at is not null
        ) as bought
            on moves.reference_id = bought.po_id
            and moves.inventory_item_id = bought.inventory_item_id
            and moves.location_id = bought.location_id
            and moves.moved_at = bought.received_at
            and moves.quantity = bought.quantity_received
            and moves.unit_cost = bought.unit_cost
            and moves.supplier_id = bought.supplier_id"""
    both, booked, on_paper = rows(ordinary_shop(), query)[0]
    assert both == booked == on_paper > 1_000


def test_a_transfer_leaves_one_place_and_comes_to_another():
    query = """
        select
            count(*),
            count(*) filter (where went.moved_at = shipped_at and came.moved_at = received_at),
            min(received_at - shipped_at) > interval '6 hours',
            bool_and(from_location_id <> to_location_id and transfer_cost > 0)
        from transfers
        join variants using (variant_id)
        left join stock_movements as went
            on went.kind = 'TRANSFER_OUT' and went.reference_id = transfer_id
            and went.inventory_item_id = variants.inventory_item_id
            and went.location_id = from_location_id and went.quantity = -transfers.quantity
        left join stock_movements as came
            on came.kind = 'TRANSFER_IN' and came.reference_id = transfer_id
            and came.inventory_item_id = variants.inventory_item_id
            and came.location_id = to_location_id and came.quantity = transfers.quantity"""
    transfers, moved, takes_time, is_sound = rows(ordinary_shop(), query)[0]
    assert transfers == moved > 100
    assert takes_time
    assert is_sound
    kinds = "select count(*) from stock_movements where kind like 'TRANSFER%'"
    assert value(ordinary_shop(), kinds) == 2 * transfers


def test_a_count_sees_what_the_ledger_says_or_is_adjusted_next_morning():
    query = """
        with system as (
            select count_id, coalesce(sum(moves.quantity), 0) as units
            from stock_counts
            join variants using (variant_id)
            left join stock_movements as moves
                on moves.inventory_item_id = variants.inventory_item_id
                and moves.location_id = stock_counts.location_id
                and moves.moved_at <= counted_at
            group by count_id
        ), adjusted as (
            select reference_id as count_id, quantity, moved_at
            from stock_movements where note = 'Counted'
        )
        select
            count(*),
            count(*) filter (where system.units = system_quantity and counted_quantity >= 0),
            count(*) filter (
                where coalesce(adjusted.quantity, 0) = counted_quantity - system_quantity
            ),
            count(adjusted.quantity),
            bool_and(moved_at between counted_at and counted_at + interval '8 hours')
        from stock_counts
        join system using (count_id)
        left join adjusted using (count_id)"""
    counts, agreeing, put_right, adjusted, soon = rows(ordinary_shop(), query)[0]
    assert counts == agreeing == put_right > 1_000
    assert soon
    notes = "select count(*) from stock_movements where note = 'Counted'"
    assert 0 < adjusted == value(ordinary_shop(), notes)


def test_only_tracked_items_move():
    query = """
        select count(*) from stock_movements join variants using (inventory_item_id)
        where not tracked"""
    assert value(ordinary_shop(), query) == 0
    assert value(ordinary_shop(), "select count(*) from variants where not tracked") > 3


def test_stock_moves_within_the_life_of_the_shop_and_of_its_products():
    query = """
        select
            min(moved_at) >= timestamp '2024-05-01 04:00:00',
            max(moved_at),
            count(*) filter (where moved_at < variants.created_at)
        from stock_movements join variants using (inventory_item_id)"""
    after_the_first_day, last, before_the_product = rows(ordinary_shop(), query)[0]
    assert after_the_first_day
    assert last < ordinary_shop().spec.end_at
    assert before_the_product == 0


def test_movements_are_numbered_by_time():
    query = """
        select count(*) from (
            select moved_at < lag(moved_at) over (order by movement_id) as is_back
            from stock_movements
        ) where is_back"""
    assert value(ordinary_shop(), query) == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_on_hand_is_never_negative_where_nothing_may_be_oversold(seed):
    query = """
        select count(*)
        from (
            select inventory_policy, sum(quantity) over (
                partition by inventory_item_id, location_id order by movement_id
            ) as on_hand
            from stock_movements join variants using (inventory_item_id)
        ) where on_hand < 0 and inventory_policy = 'DENY'"""
    assert value(new_shop(seed=seed, orders=4_000, products=60, months=14), query) == 0


def test_another_seed_gives_another_ledger():
    query = "select sum(hash(moves)) from stock_movements as moves"
    assert value(new_shop(), query) == value(new_shop(), query)
    assert value(new_shop(), query) != value(new_shop(seed=7), query)


@pytest.mark.parametrize("spec", [{"orders": 0}, {"orders": 0, "products": 0}, {"products": 1}])
def test_a_shop_of_next_to_nothing_has_a_ledger(spec):
    shop = new_shop(**spec)
    assert value(shop, "select count(*) from fulfillments") <= value(
        shop, "select count(*) from orders"
    )
    assert value(shop, "select coalesce(min(on_hand), 0) from inventory_levels") >= 0
