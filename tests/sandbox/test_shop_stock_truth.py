"""What the stock of the made-up shop was made from can be found in its ledger."""

import pytest

from sandbox.shop import Shop
from tests.sandbox.small_shops import new_shop, ordinary_shop, rows, value

# Units on hand of each tracked variant, over all places, at the close of each local day.
CLOSINGS = """
with

moved as (
    select inventory_item_id,
        cast(timezone('America/New_York', timezone('UTC', moved_at)) as date) as day,
        sum(quantity) as units
    from stock_movements
    group by all
),

days as (
    select inventory_item_id, truth_ledger_daily.day
    from (select inventory_item_id, min(day) as first_day from moved group by all) as firsts
    join truth_ledger_daily on truth_ledger_daily.day >= first_day
)

select variant_id, inventory_policy, day,
    sum(coalesce(units, 0)) over (partition by inventory_item_id order by day) as on_hand
from days
join variants using (inventory_item_id)
left join moved using (inventory_item_id, day)
"""

OUT = """
    semi join truth_stockouts as outs
        on closings.variant_id = outs.variant_id and day between first_day and last_day"""

DELETED = """
    select variant_id from variants join products using (product_id)
    where deleted_at is not null
"""


@pytest.fixture(scope="module", params=["ordinary", "another seed"])
def shop(request: pytest.FixtureRequest) -> Shop:
    if request.param == "ordinary":
        return ordinary_shop()
    return new_shop(seed=11, orders=3_000, products=50, months=13)


def test_nothing_is_on_hand_on_the_days_of_a_stock_out(shop):
    query = f"""
        select count(*), count(*) filter (where on_hand <> 0)
        from ({CLOSINGS}) as closings {OUT}
        where inventory_policy = 'DENY'"""
    days, with_stock = rows(shop, query)[0]
    assert days > 200
    assert with_stock == 0


def test_on_all_other_days_something_is_there_to_be_sold(shop):
    query = f"""
        select count(*), count(*) filter (where on_hand <= 0)
        from ({CLOSINGS}) as closings {OUT.replace("semi", "anti")}
        where inventory_policy = 'DENY' and variant_id not in ({DELETED})"""
    days, without_stock = rows(shop, query)[0]
    assert days > 2_000
    assert without_stock == 0


def test_nothing_is_left_of_a_product_that_was_deleted():
    query = f"""
        select count(*), count(*) filter (where on_hand <> 0) from (
            select inventory_item_id, sum(quantity) as on_hand
            from stock_movements join variants using (inventory_item_id)
            where variant_id in ({DELETED}) group by inventory_item_id
        )"""
    items, with_stock = rows(ordinary_shop(), query)[0]
    assert items > 0
    assert with_stock == 0


def test_what_may_be_oversold_runs_below_zero():
    query = f"""
        select count(*) from ({CLOSINGS}) where inventory_policy = 'CONTINUE' and on_hand < 0"""
    assert value(ordinary_shop(), query) > 20


def test_one_supplier_is_late_more_often_than_not():
    query = """
        select
            orders.supplier_id = truth.supplier_id as is_it,
            avg(cast(delivered_on > expected_on as integer)) as late_share,
            avg(delivered_on - expected_on) filter (where delivered_on > expected_on) as days,
            any_value(truth.late_share) as true_share,
            any_value(truth.mean_delay_days) as true_days,
            count(*) as orders
        from (
            select distinct po_id, supplier_id, expected_on, delivered_on
            from purchase_orders where delivered_on is not null
        ) as orders
        cross join truth_late_suppliers as truth
        group by is_it order by is_it"""
    others, late = rows(ordinary_shop(), query)
    _, share, days, true_share, true_days, orders = late
    assert orders > 100
    assert share == pytest.approx(
        true_share, abs=4 * (true_share * (1 - true_share) / orders) ** 0.5
    )
    assert days == pytest.approx(true_days, rel=0.25)
    assert others[1] < 0.2


def test_no_other_supplier_is_late_as_often():
    query = """
        select supplier_id
        from (
            select distinct po_id, supplier_id, expected_on, delivered_on
            from purchase_orders where delivered_on is not null
        )
        group by supplier_id having count(*) >= 20
        order by avg(cast(delivered_on > expected_on as integer)) desc limit 1"""
    truth = "select supplier_id from truth_late_suppliers"
    assert value(ordinary_shop(), query) == value(ordinary_shop(), truth)


def test_lead_times_vary_around_what_the_supplier_promises():
    query = """
        select
            count(distinct lead_time_days) > 10,
            bool_and(expected_on - ordered_on = lead_time_days),
            avg(spread) between 1 and 15
        from (
            select supplier_id, stddev(delivered_on - ordered_on) as spread
            from purchase_orders where delivered_on is not null
            group by supplier_id having count(*) >= 20
        )
        join suppliers using (supplier_id)
        join purchase_orders using (supplier_id)"""
    assert rows(ordinary_shop(), query) == [(True, True, True)]


def test_some_deliveries_fall_short_and_the_others_are_whole():
    query = """
        select
            status,
            bool_and(quantity_received = quantity_ordered),
            bool_and(quantity_received < quantity_ordered),
            bool_and(delivered_on is null and quantity_received is null),
            count(*) / sum(count(*)) over ()
        from purchase_orders group by status order by status"""
    found = {status: facts for status, *facts in rows(ordinary_shop(), query)}
    assert found["received"][:2] == [True, False]
    assert found["short"][:2] == [False, True]
    assert found["open"][2]
    assert 0.04 < found["short"][3] < 0.1


def test_what_counts_find_missing_is_the_shrinkage(shop):
    query = """
        with found as (
            select inventory_item_id, location_id, counted_at,
                system_quantity - counted_quantity as units
            from stock_counts join variants using (variant_id)
            where system_quantity <> counted_quantity
        )
        select (select count(*) from found),
            (select count(*) from (from found except from truth_shrinkage)),
            (select count(*) from (from truth_shrinkage except from found)),
            (select sum(units) from truth_shrinkage)"""
    differing, *unexplained, missing = rows(shop, query)[0]
    assert differing > 10
    assert unexplained == [0, 0]
    assert missing > 0


def test_what_is_counted_has_a_code_of_its_own():
    query = """
        select count(*) from stock_counts
        where sku is null
        or sku in (select sku from variants group by sku having count(*) > 1)"""
    assert value(ordinary_shop(), query) == 0
