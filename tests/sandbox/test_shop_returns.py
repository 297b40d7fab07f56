"""The made-up shop's returns fit its orders, its refunds and its goods."""

import pytest

from tests.sandbox.small_shops import ordinary_shop, rows, value

KEYS = {
    "returns": "return_id",
    "return_lines": "return_line_id",
    "exchange_lines": "exchange_line_id",
    "return_reasons": "handle",
}

REFERENCES = [
    ("returns", "order_id", "orders", "order_id"),
    ("returns", "refund_id", "refunds", "refund_id"),
    ("return_lines", "return_id", "returns", "return_id"),
    ("return_lines", "line_id", "order_lines", "line_id"),
    ("return_lines", "refund_line_id", "refund_lines", "refund_line_id"),
    ("return_lines", "location_id", "locations", "location_id"),
    ("return_lines", "reason_handle", "return_reasons", "handle"),
    ("exchange_lines", "return_id", "returns", "return_id"),
    ("exchange_lines", "variant_id", "variants", "variant_id"),
]

ODDITIES = {
    "requests nobody answered yet": "select count(*) from returns where status = 'REQUESTED'",
    "open returns": "select count(*) from returns where status = 'OPEN'",
    "closed returns": "select count(*) from returns where status = 'CLOSED'",
    "canceled returns": "select count(*) from returns where status = 'CANCELED'",
    "returns declined because they came late": """
        select count(*) from returns
        where status = 'DECLINED' and decline_reason = 'RETURN_PERIOD_ENDED'
        and decline_note is not null""",
    "returns for store credit": """
        select count(*) from returns
        where return_type = 'store_credit' and refund_id is not null""",
    "exchanges without money": """
        select count(*) from returns
        where return_type = 'exchange' and status = 'CLOSED' and refund_id is null""",
    "exchanges for something cheaper": """
        select count(*) from returns where return_type = 'exchange' and refund_id is not null""",
    "exchanges for something dearer": """
        select count(*) from exchange_lines where additional_payment > 0""",
    "returned units without a return": """
        select count(*) from refund_lines anti join return_lines using (refund_line_id)
        where restock_type = 'RETURN'""",
    "returns from the counter": """
        select count(*) from returns join orders using (order_id) where source_name = 'pos'""",
    "parcels brought back to the store": """
        select count(*) from refund_lines join orders using (order_id) join locations
            using (location_id)
        where source_name = 'web' and is_retail""",
    "returns of guests": """
        select count(*) from returns join orders using (order_id) where customer_id is null""",
    "returns of several lines": """
        select count(*) from (select return_id from return_lines group by all having count(*) > 1)
        """,
    "returns for several reasons": """
        select count(*) from (
            select return_id from return_lines
            group by all having count(distinct reason_handle) > 1
        )""",
    "some units of a line": """
        select count(*) from return_lines join order_lines using (line_id)
        where return_lines.quantity < order_lines.quantity""",
    "two returns of one order": """
        select count(*) from (select order_id from returns group by all having count(*) > 1)""",
    "goods that were lost": """
        select count(*) from return_lines where disposition = 'MISSING' and condition is null""",
    "goods for the bin": "select count(*) from return_lines where disposition = 'NOT_RESTOCKED'",
    "restocking fees": "select count(*) from returns where restocking_fee > 0",
    "fees for the way back": "select count(*) from returns where return_shipping_fee > 0",
    "returns that cost no carrier": "select count(*) from returns where shipping_cost = 0",
    "no words from the customer": "select count(*) from return_lines where customer_note is null",
    "long words from the customer": """
        select count(*) from return_lines where length(customer_note) > 150""",
    "words from the shop": "select count(*) from return_lines where reason_note <> ''",
    "inspection notes": "select count(*) from returns where inspection_notes is not null",
    "returns more than 30 days after the order": """
        select count(*) from returns join orders using (order_id)
        where status = 'CLOSED' and requested_at > orders.created_at + interval 30 day""",
}


@pytest.mark.parametrize(("table", "key"), KEYS.items())
def test_a_key_comes_once(table, key):
    query = f"select count(*) - count(distinct {key}) from {table}"
    assert value(ordinary_shop(), query) == 0


@pytest.mark.parametrize(("table", "column", "target", "key"), REFERENCES)
def test_a_reference_leads_to_a_row(table, column, target, key):
    query = f"""
        select count(*), count(*) filter (where not exists (
            select 1 from {target} as parent where parent.{key} = child.{column}
        ))
        from {table} as child where child.{column} is not null"""
    count, lost = rows(ordinary_shop(), query)[0]
    assert count > 0
    assert lost == 0


@pytest.mark.parametrize("oddity", ODDITIES)
def test_the_shop_holds(oddity):
    assert value(ordinary_shop(), ODDITIES[oddity]) > 0


def test_each_step_follows_the_one_before():
    query = """
        select count(*) from (
            select list_filter([
                orders.closed_at, requested_at, coalesce(approved_at, declined_at), received_at,
                inspected_at, refunds.processed_at, coalesce(returns.closed_at, canceled_at)
            ], lambda step: step is not null) as steps
            from returns
            join orders using (order_id)
            left join refunds using (refund_id)
        )
        where steps <> list_sort(steps) or len(steps) < 2"""
    assert value(ordinary_shop(), query) == 0


def test_a_step_is_not_taken_before_the_one_it_needs():
    query = """
        select count(*) from returns
        where received_at is not null and approved_at is null
        or inspected_at is not null and received_at is null
        or closed_at is not null and inspected_at is null
        or refund_id is not null and inspected_at is null"""
    assert value(ordinary_shop(), query) == 0


def test_the_status_tells_which_steps_were_taken():
    query = """
        select status, bool_and(approved_at is null), bool_and(closed_at is not null),
            bool_and(canceled_at is not null), bool_and(declined_at is not null),
            count(refund_id) > 0
        from returns group by status order by status"""
    assert rows(ordinary_shop(), query) == [
        ("CANCELED", False, False, True, False, False),
        ("CLOSED", False, True, False, False, True),
        ("DECLINED", True, False, False, True, False),
        ("OPEN", False, False, False, False, False),
        ("REQUESTED", True, False, False, False, False),
    ]


def test_nothing_is_returned_of_orders_that_never_left_the_shop():
    query = """
        select count(*) from returns join orders using (order_id)
        where orders.closed_at is null or is_test or cancelled_at is not null"""
    assert value(ordinary_shop(), query) == 0


def test_the_lines_of_a_refund_are_those_of_its_return():
    """All of them, in the same quantity, back on the shelf or not."""
    query = """
        select count(*), count(*) filter (where
            mine.line_id is distinct from theirs.line_id
            or mine.quantity is distinct from theirs.quantity
            or (mine.disposition = 'RESTOCKED') is distinct from (theirs.restock_type = 'RETURN')
            or mine.disposition = 'RESTOCKED' and mine.location_id <> theirs.location_id
        )
        from (
            select return_lines.*, returns.refund_id
            from return_lines join returns using (return_id)
            where refund_id is not null and return_type <> 'exchange'
        ) as mine
        full join (
            select refund_lines.* from refund_lines join returns using (refund_id)
        ) as theirs using (refund_line_id, refund_id)"""
    count, differing = rows(ordinary_shop(), query)[0]
    assert count > 500
    assert differing == 0


def test_most_returned_units_have_a_return_and_some_have_only_a_refund():
    query = """
        select avg(cast(return_line_id is not null as int))
        from refund_lines left join return_lines using (refund_line_id)
        where restock_type <> 'CANCEL'"""
    assert value(ordinary_shop(), query) == pytest.approx(0.87, abs=0.04)


def test_an_exchange_takes_no_units_into_a_refund():
    query = """
        select count(*) from returns
        left join refund_lines using (refund_id)
        where return_type = 'exchange' and refund_line_id is not null"""
    assert value(ordinary_shop(), query) == 0


def test_no_more_units_come_back_than_were_sold():
    query = """
        select count(*) from (
            select line_id, sum(quantity) as quantity from (
                select line_id, quantity from refund_lines
                union all
                select line_id, quantity from return_lines where refund_line_id is null
            )
            group by line_id
        ) as back
        join order_lines using (line_id)
        where back.quantity > order_lines.quantity"""
    assert value(ordinary_shop(), query) == 0


def test_the_fees_of_a_return_are_withheld_from_its_refund():
    query = """
        select count(*), count(*) filter (where fees <> coalesce(withheld, 0)), sum(fees) > 0
        from (
            select refund_id, restocking_fee + return_shipping_fee as fees
            from returns where return_type <> 'exchange' and refund_id is not null
        )
        left join (
            select refund_id, sum(amount) as withheld
            from refund_adjustments where reason = 'REFUND_DISCREPANCY' group by refund_id
        ) using (refund_id)"""
    count, differing, has_fees = rows(ordinary_shop(), query)[0]
    assert count > 500
    assert differing == 0
    assert has_fees


def test_store_credit_is_what_returns_for_store_credit_get():
    query = """
        select gateway = 'store_credit', coalesce(return_type, 'none') = 'store_credit', count(*)
        from transactions left join returns using (refund_id)
        where kind = 'REFUND'
        group by all order by 1"""
    (no, not_returned, _), (yes, returned, _) = rows(ordinary_shop(), query)
    assert (no, not_returned, yes, returned) == (False, False, True, True)


# The price of a variant on the day of an order.
EXCHANGES = """
with prices as (
    select variant_id, timestamp '2000-01-01' as effective_at,
        arg_min(old_price, effective_at) as price
    from price_changes group by variant_id
    union all
    select variant_id, effective_at, new_price from price_changes
)

select
    exchanged.*,
    exchanged.quantity * (
        coalesce(prices.price, variants.price) - order_lines.unit_price
    ) as difference,
    order_lines.product_id = variants.product_id as is_same_product,
    return_lines.quantity = exchanged.quantity as is_same_quantity
from exchange_lines as exchanged
join return_lines on exchanged.exchange_line_id = return_lines.return_line_id
join order_lines using (line_id)
join orders on exchanged.order_id = orders.order_id
join variants on exchanged.variant_id = variants.variant_id
asof left join prices
    on exchanged.variant_id = prices.variant_id and orders.processed_at >= prices.effective_at
"""


def test_every_line_of_an_exchange_is_exchanged_within_its_product():
    query = f"""
        select
            (select count(*) from return_lines join returns using (return_id)
                where return_type = 'exchange'),
            count(*), bool_and(is_same_product), bool_and(is_same_quantity)
        from ({EXCHANGES})"""
    expected, found, same_product, same_quantity = rows(ordinary_shop(), query)[0]
    assert expected == found > 50
    assert same_product
    assert same_quantity


def test_something_dearer_costs_the_difference():
    query = f"""
        select count(*) from ({EXCHANGES})
        where additional_payment <> greatest(difference, 0)"""
    assert value(ordinary_shop(), query) == 0


def test_something_cheaper_pays_the_difference_back():
    """As far as the goods were paid for: discounts may have taken more than the difference."""
    query = f"""
        select count(*), count(*) filter (where total_refunded = rebate),
            count(*) filter (where total_refunded > rebate)
        from (
            select return_id, sum(greatest(-difference, 0)) as rebate
            from ({EXCHANGES}) group by return_id
        )
        join returns using (return_id)
        join refunds using (refund_id)"""
    count, equal, more = rows(ordinary_shop(), query)[0]
    assert count > 10
    assert equal >= 0.9 * count
    assert more == 0


def test_what_goes_back_on_the_shelf_is_worth_its_cost():
    query = """
        select count(*) from return_lines join order_lines using (line_id)
        where restocked_value is distinct from case
            when disposition = 'RESTOCKED' then return_lines.quantity * unit_cost
            when disposition is not null then 0
        end"""
    assert value(ordinary_shop(), query) == 0


def test_costs_are_known_once_the_goods_are_there():
    query = """
        select count(*) from returns
        where (shipping_cost is null) <> (received_at is null)
        or (processing_cost is null) <> (inspected_at is null)
        or processing_cost <= 0"""
    assert value(ordinary_shop(), query) == 0


def test_faulty_goods_rarely_go_back_on_the_shelf():
    query = """
        select condition, avg(cast(disposition = 'RESTOCKED' as int))
        from return_lines where condition is not null group by condition"""
    shares = dict(rows(ordinary_shop(), query))
    assert shares.keys() == {"new", "opened", "damaged", "defective"}
    assert shares["defective"] < 0.1 < shares["damaged"] < 0.35
    assert shares["opened"] > 0.8
    assert shares["new"] > 0.95


def test_notes_are_as_short_as_the_platform_wants_them():
    query = """
        select max(length(customer_note)), max(length(reason_note)), bool_or(reason_note is null)
        from return_lines"""
    longest, longest_of_staff, is_missing = rows(ordinary_shop(), query)[0]
    assert longest <= 300
    assert longest_of_staff <= 255
    assert not is_missing


def test_customers_find_many_words_for_a_reason():
    query = """
        select reason_handle, count(distinct customer_note), count(*)
        from return_lines where customer_note is not null
        group by reason_handle having count(*) > 100"""
    found = rows(ordinary_shop(), query)
    assert found
    for handle, wordings, notes in found:
        assert wordings > 0.4 * notes, handle


def test_a_refund_tells_the_reason_of_its_only_line():
    query = """
        select distinct refunds.note, reason
        from returns
        join refunds using (refund_id)
        join return_lines using (return_id)
        join return_reasons on reason_handle = handle
        where return_type <> 'exchange' and return_id in (
            select return_id from return_lines group by return_id having count(*) = 1
        )
        order by reason"""
    assert rows(ordinary_shop(), query) == [
        ("Changed mind", "changed_mind"),
        ("Arrived too late", "delivery"),
        ("Other", "other"),
        ("Defective or damaged", "product_quality"),
        ("Does not fit", "size_fit"),
        ("Wrong item received", "wrong_product"),
    ]


def test_nothing_happens_after_the_last_day():
    shop = ordinary_shop()
    steps = "requested_at, approved_at, declined_at, canceled_at, received_at, inspected_at"
    latest = value(shop, f"select max(greatest({steps}, closed_at)) from returns")
    assert latest < shop.spec.end_at
