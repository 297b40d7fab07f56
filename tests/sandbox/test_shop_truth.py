"""What the made-up shop was made from can be found in its data."""

import numpy as np
import pytest

from tests.sandbox.small_shops import narrow_shop, ordinary_shop, rows, value

LOCAL_DAY = "cast(timezone('America/New_York', timezone('UTC', {})) as date)"

# Units of each variant at each price that customers saw, on days on which it was in stock, and
# how much the other categories sold on those days: what is wanted of everything cancels out.
# Days on which everything was on sale are left out: that would cancel out, too.
PRICE_POINTS = f"""
with

lines as (
    select variant_id, {LOCAL_DAY.format("processed_at")} as day, sum(quantity) as units
    from order_lines join orders using (order_id)
    where variant_id is not null
    group by all
),

days as (
    select sums.day, categories.category, sums.units - coalesce(own.units, 0) as others
    from (select day, sum(units) as units from lines group by day) as sums
    cross join (select distinct category from products) as categories
    left join (
        select day, category, sum(units) as units
        from lines join variants using (variant_id) join products using (product_id)
        group by all
    ) as own on sums.day = own.day and categories.category = own.category
),

prices as (
    select variant_id, timestamp '2000-01-01' as effective_at,
        arg_min(old_price, effective_at) as price
    from price_changes group by variant_id
    union all
    select variant_id, effective_at, new_price from price_changes
),

offers as (
    select variants.variant_id, days.day, days.others,
        coalesce(max_by(percent_off, promotion_id), 0) as percent_off
    from variants
    join products using (product_id)
    join days using (category)
    left join promotions
        on promotions.code is null
        and coalesce(promotions.category, days.category) = days.category
        and days.day >= {LOCAL_DAY.format("starts_at")}
        and days.day < {LOCAL_DAY.format("ends_at")}
    where products.created_at < timestamp '2024-04-01' and products.status = 'ACTIVE'
    and products.deleted_at is null and not products.is_gift_card
    group by all
    having coalesce(not bool_or(promotions.category is null and promotions.title is not null), true)
)

select
    offers.variant_id,
    cast(prices.price * (1 - percent_off / 100) as double) as price,
    sum(others) as others,
    sum(coalesce(units, 0)) as units
from offers
asof join prices
    on offers.variant_id = prices.variant_id
    and cast(offers.day as timestamp) + interval 12 hour >= prices.effective_at
left join lines on offers.variant_id = lines.variant_id and offers.day = lines.day
anti join truth_stockouts as outs
    on offers.variant_id = outs.variant_id and offers.day between outs.first_day and outs.last_day
group by all
having sum(coalesce(units, 0)) > 0
"""


def slope(points: list[tuple[float, float, float]]) -> float:
    """Of log(units / others) on log(price), each price point as heavy as its units."""
    price, others, units = np.array(points, dtype=float).T
    return float(np.polyfit(np.log(price), np.log(units / others), 1, w=np.sqrt(units))[0])


def test_a_regression_of_units_on_prices_recovers_the_elasticities():
    points: dict[int, list[tuple[float, float, float]]] = {}
    for variant_id, *point in rows(narrow_shop(), PRICE_POINTS):
        points.setdefault(variant_id, []).append(tuple(point))
    sold = {variant_id: sum(point[2] for point in each) for variant_id, each in points.items()}
    best = sorted(sold, key=sold.__getitem__)[-20:]
    truth = dict(rows(narrow_shop(), "select * from truth_elasticities"))
    found = np.array([slope(points[variant_id]) for variant_id in best])
    true = np.array([truth[variant_id] for variant_id in best])
    assert (found < 0).all()
    assert np.abs(found - true).mean() < 0.4
    assert found.mean() == pytest.approx(true.mean(), abs=0.25)


def test_units_come_back_as_often_as_their_category_tells():
    """Of what shipped early enough to have come back by now, for money or for other goods.

    Bad batches and serial returners have rates of their own.
    """
    query = f"""
        with lines as (
            select lines.line_id, lines.quantity, category
            from order_lines as lines
            join orders using (order_id)
            join products using (product_id)
            anti join truth_defective_batches as bad
                on lines.variant_id = bad.variant_id
                and {LOCAL_DAY.format("orders.processed_at")} between first_day and last_day
            anti join truth_serial_returners as serial
                on orders.customer_id = serial.customer_id
            where orders.closed_at < timestamp '2026-04-01' and not is_test
            and orders.deleted_at is null
        ), back as (
            select line_id, quantity from refund_lines where restock_type <> 'CANCEL'
            union all
            select line_id, quantity from return_lines join returns using (return_id)
            where return_type = 'exchange' and status = 'CLOSED'
        ), sold as (
            select category, sum(quantity) as units from lines group by category
        ), returned as (
            select category, sum(back.quantity) as units
            from back join lines using (line_id) group by category
        )
        select category, returned.units / sold.units, sum(rate), sold.units
        from sold join returned using (category) join truth_return_rates using (category)
        group by all"""
    found = rows(narrow_shop(), query)
    assert len(found) == 7
    for category, share, rate, units in found:
        assert share == pytest.approx(rate, abs=4 * (rate / units) ** 0.5), category


def test_the_note_of_a_return_tells_its_reason():
    """Clothes and shoes come back because they do not fit, electronics because they break."""
    query = """
        select category, mode(note)
        from refund_lines join refunds using (refund_id)
        join order_lines using (line_id) join products using (product_id)
        where restock_type <> 'CANCEL' and category in ('Apparel', 'Footwear', 'Electronics')
        group by category order by category"""
    assert rows(narrow_shop(), query) == [
        ("Apparel", "Does not fit"),
        ("Electronics", "Defective or damaged"),
        ("Footwear", "Does not fit"),
    ]


def test_channels_bring_their_share_of_the_orders_and_their_size_of_basket():
    query = """
        with baskets as (
            select
                case
                    when last_visit_utm_medium = 'cpc' then 'paid'
                    when last_visit_utm_medium is not null then last_visit_utm_medium
                    when last_visit_source in ('Google', 'Bing') then 'organic'
                    when last_visit_source = 'Facebook' then 'social'
                    when last_visit_source = 'direct' then 'direct'
                    else 'referral'
                end as channel,
                order_id,
                count(line_id) as lines
            from orders join order_lines using (order_id)
            where last_visit_at is not null
            group by all
        )
        select channel, count(*) / sum(count(*)) over (), avg(lines), share, aov_factor
        from baskets join truth_channel_effects using (channel)
        group by all"""
    found = {row[0]: row[1:] for row in rows(narrow_shop(), query)}
    assert len(found) == 6
    usual = found["organic"][1]
    for channel, (share, lines, true_share, factor) in found.items():
        assert share == pytest.approx(true_share, abs=0.015), channel
        assert lines / usual == pytest.approx(factor, rel=0.08), channel


def test_black_friday_and_december_stand_out():
    query = """
        select
            max(orders) filter (where day in ('2024-11-29', '2025-11-28')),
            median(orders) filter (where month(day) = 12),
            median(orders) filter (where month(day) = 1)
        from truth_ledger_daily where day between '2024-11-01' and '2026-01-31'"""
    black_friday, december, january = rows(narrow_shop(), query)[0]
    assert black_friday > 2 * december
    assert december > 1.2 * january


def test_the_shop_grows_by_a_quarter_a_year():
    query = """
        select sum(orders) filter (where day between '2025-05-01' and '2026-04-30')
            / sum(orders) filter (where day between '2024-05-01' and '2025-04-30')
        from truth_ledger_daily"""
    assert value(narrow_shop(), query) == pytest.approx(1.25, abs=0.15)


def test_most_customers_come_once_and_a_few_very_often():
    query = """
        select avg(cast(orders = 1 as int)), max(orders), quantile_cont(orders, 0.99)
        from (select count(*) as orders from orders where customer_id is not null
            group by customer_id)"""
    once, most, often = rows(ordinary_shop(), query)[0]
    assert 0.6 < once < 0.9
    assert most > 15
    assert often >= 5


def test_costs_and_prices_have_a_history():
    query = "select avg(n) from (select count(*) as n from {} group by variant_id)"
    assert value(ordinary_shop(), query.format("price_changes")) > 8
    assert value(ordinary_shop(), query.format("cost_history")) > 3


def test_goods_are_sold_above_their_cost_on_average():
    query = """
        select sum(quantity * unit_cost) / sum(quantity * unit_price)
        from order_lines where unit_cost is not null and not is_gift_card"""
    assert 0.4 < value(ordinary_shop(), query) < 0.6
