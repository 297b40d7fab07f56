"""What makes goods come back in the made-up shop can be found by counting what came back."""

import pytest

from tests.sandbox.small_shops import narrow_shop, new_shop, rows, value

# Lines that shipped early enough to have come back by now: how many of their units did, and why.
# Refunds without a return tell the reason in their note.
LINES = """
select
    lines.line_id,
    lines.variant_id,
    lines.sku,
    lines.quantity,
    products.category,
    orders.customer_id,
    cast(timezone('America/New_York', timezone('UTC', orders.processed_at)) as date) as day,
    coalesce(back.units, 0) as returned,
    coalesce(back.defective, 0) as defective,
    coalesce(back.misfits, 0) as misfits
from order_lines as lines
join orders using (order_id)
join products using (product_id)
left join (
    select
        line_id,
        sum(quantity) as units,
        sum(quantity) filter (where reason = 'product_quality') as defective,
        sum(quantity) filter (where reason = 'size_fit') as misfits
    from (
        select line_id, quantity, reason
        from return_lines
        join returns using (return_id)
        join return_reasons on reason_handle = handle
        where status = 'CLOSED'
        union all
        select line_id, quantity, case note
            when 'Does not fit' then 'size_fit'
            when 'Defective or damaged' then 'product_quality'
        end
        from refund_lines
        join refunds using (refund_id)
        anti join return_lines using (refund_line_id)
        where restock_type <> 'CANCEL'
    )
    group by line_id
) as back using (line_id)
where orders.closed_at < timestamp '2026-04-01' and not is_test and not products.is_gift_card
"""


def test_the_defective_batch_is_the_product_and_week_with_most_defects():
    variant_id, first_day, last_day = rows(
        narrow_shop(), "select variant_id, first_day, last_day from truth_defective_batches"
    )[0]
    query = f"""
        select variant_id, min(day), max(day)
        from ({LINES})
        group by variant_id, date_trunc('week', day)
        having sum(quantity) >= 8 and sum(defective) > 0.25 * sum(quantity)"""
    found = rows(narrow_shop(), query)
    assert len(found) >= 4
    for found_id, first, last in found:
        assert found_id == variant_id
        assert last >= first_day
        assert first <= last_day


def test_the_batch_fails_as_often_as_it_tells():
    query = f"""
        select sum(defective) / sum(quantity), any_value(rate), sum(quantity)
        from ({LINES}) as lines join truth_defective_batches as bad
            on lines.variant_id = bad.variant_id and day between first_day and last_day"""
    share, rate, units = rows(narrow_shop(), query)[0]
    assert units > 40
    assert share == pytest.approx(rate, abs=3 * (rate * (1 - rate) / units) ** 0.5)


def test_the_size_problem_is_where_most_goods_do_not_fit():
    query = f"""
        select category, sum(misfits) / sum(quantity) as share, sum(quantity)
        from ({LINES}) as lines anti join truth_serial_returners using (customer_id)
        group by category order by share desc"""
    (worst, share, units), (_, second, _), *_ = rows(narrow_shop(), query)
    category, rate = rows(narrow_shop(), "select category, rate from truth_size_problems")[0]
    assert worst == category
    assert share > 2 * second
    assert share == pytest.approx(rate, abs=4 * (rate / units) ** 0.5)


def test_wrong_sizes_are_mostly_too_small():
    query = """
        select category = (select category from truth_size_problems),
            avg(cast(reason_handle = 'too-small' as int))
        from return_lines join return_reasons on reason_handle = handle
        join order_lines using (line_id) join products using (product_id)
        where reason = 'size_fit'
        group by all order by 1"""
    (_, elsewhere), (_, there) = rows(narrow_shop(), query)
    assert elsewhere < 0.5
    assert there > 0.65


def test_serial_returners_are_those_who_send_back_most():
    query = f"""
        select is_serial, avg(cast(share > 0.3 as int)), count(*)
        from (
            select customer_id, truth.customer_id is not null as is_serial,
                sum(returned) / sum(quantity) as share
            from ({LINES}) as lines
            left join truth_serial_returners as truth using (customer_id)
            where customer_id is not null
            group by all
            having sum(quantity) >= 8 and count(distinct day) >= 4
        )
        group by is_serial order by is_serial"""
    (_, others, _), (_, serial, count) = rows(narrow_shop(), query)
    assert count > 20
    assert serial > 0.9
    assert others < 0.06


def test_serial_returners_send_back_as_often_as_they_tell():
    query = f"""
        select sum(returned) / sum(quantity), any_value(rate), sum(quantity)
        from ({LINES}) join truth_serial_returners using (customer_id)"""
    share, rate, units = rows(narrow_shop(), query)[0]
    assert share == pytest.approx(rate, abs=4 * (rate * (1 - rate) / units) ** 0.5)


@pytest.mark.parametrize("orders", [0, 1])
def test_a_shop_with_hardly_any_orders_has_no_serial_returners(orders):
    assert value(new_shop(orders=orders), "select count(*) from truth_serial_returners") == 0


def test_a_shop_that_sells_nothing_has_no_defective_batch():
    assert value(new_shop(orders=0), "select count(*) from truth_defective_batches") == 0


def test_a_shop_of_gift_cards_takes_nothing_back():
    shop = new_shop(products=1)
    assert value(shop, "select count(*) from order_lines") > 0
    assert value(shop, "select count(*) from returns") == 0
    assert value(shop, "select count(*) from truth_defective_batches") == 0


def test_two_products_are_enough_for_returns():
    shop = new_shop(orders=1_000, products=3)
    assert value(shop, "select count(*) from returns where status = 'CLOSED'") > 50
    assert value(shop, "select count(*) from truth_defective_batches") == 1
