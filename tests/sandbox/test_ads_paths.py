"""Visits and contacts: they lead to the shop's orders as often as their channels say."""

from collections.abc import Iterator
from math import exp, log

import pytest

from tests.sandbox.small_ads import truth


def _strengths() -> dict[str, float]:
    """What each channel adds to -log(1 - probability)."""
    return {
        channel: -log(1 - probability)
        for channel, probability in truth("select * from truth_channel_strength")
    }


def _paths() -> Iterator[tuple[bool, list[str]]]:
    """Whether a path led to an order, and the channels of its contacts."""
    yield from truth(
        "select any_value(order_id) is not null, list(channel) from touchpoints "
        "inner join truth_paths using (path_id) group by path_id"
    )


def test_the_true_shares_are_the_channels_parts_of_what_made_people_buy():
    strengths, credit = _strengths(), dict.fromkeys(_strengths(), 0.0)
    for led_to_order, channels in _paths():
        whole = sum(strengths[channel] for channel in channels)
        for channel in channels if led_to_order else ():
            credit[channel] += strengths[channel] / whole
    orders = sum(credit.values())
    shares = dict(truth("select channel, share from truth_attribution"))
    assert shares == pytest.approx({name: each / orders for name, each in credit.items()})
    assert sum(shares.values()) == pytest.approx(1)


def test_paths_lead_to_orders_as_often_as_their_contacts_say():
    strengths = _strengths()
    paths = list(_paths())
    for channel in ("paid_social", "direct", "email", "organic_search"):
        own = [path for path in paths if channel in path[1]]
        orders = sum(led for led, _ in own)
        expected = sum(1 - exp(-sum(strengths[each] for each in channels)) for _, channels in own)
        assert orders == pytest.approx(expected, rel=0.06)


def test_weak_channels_come_last_and_strong_ones_first():
    last = dict(
        truth(
            "select channel, count(*) / sum(count(*)) over () from (select "
            "arg_max(channel, touched_at) as channel from touchpoints inner join truth_paths "
            "using (path_id) where order_id is not null and interaction = 'click' "
            "group by path_id) group by channel"
        )
    )
    shares = dict(truth("select channel, share from truth_attribution"))
    for weak in ("direct", "email", "paid_search"):
        assert last[weak] > 1.3 * shares[weak]
    for strong in ("paid_social", "video"):
        assert last.get(strong, 0) < 0.5 * shares[strong]


def test_every_order_with_visits_has_its_first_and_its_last_one():
    for which in ("first", "last"):
        ((orders, found),) = truth(
            f"select count(*), count(touchpoints.touched_at) from (select * from orders "
            f"where not is_test and last_visit_at >= (select min(touched_at) + interval 60 day "
            f"from touchpoints)) as orders left join (select distinct touched_at, customer_id "
            f"from touchpoints where interaction = 'click') as touchpoints "
            f"on touchpoints.touched_at = orders.{which}_visit_at "
            f"and touchpoints.customer_id is not distinct from orders.customer_id"
        )
        assert orders == found > 500


def test_an_orders_visit_tells_its_order_and_what_it_came_to():
    ((visits, orders, revenue, late),) = truth(
        "select count(*), count(distinct order_id), sum(revenue), "
        "count(*) filter (started_at > processed_at) "
        "from web_sessions inner join orders using (order_id)"
    )
    ((expected,),) = truth(
        "select sum(unit_price * quantity) - coalesce(sum(discount), 0) from order_lines left "
        "join (select line_id, sum(amount) as discount from line_discounts group by line_id) "
        "using (line_id) where order_id in (select order_id from web_sessions)"
    )
    assert visits == orders > 500
    assert revenue == expected
    assert late == 0


def test_there_are_not_too_many_visits_and_each_is_a_click():
    ((orders, visits, bounced),) = truth(
        "select count(order_id), count(*), count(*) filter (page_views = 1) from web_sessions"
    )
    assert 2 < visits / orders < 4
    assert 0.2 < bounced / visits < 0.5
    ((clicks,),) = truth("select count(*) from touchpoints where interaction = 'click'")
    assert clicks == visits


def test_some_customers_use_two_devices_and_a_device_is_one_visitor():
    ((customers, most),) = truth(
        "select count(*) filter (visitors = 2), max(visitors) from (select "
        "count(distinct visitor_id) as visitors from touchpoints group by customer_id "
        "having customer_id is not null)"
    )
    assert customers > 20
    assert most == 2
    ((devices,),) = truth(
        "select max(devices) from (select count(distinct device_type) as devices "
        "from touchpoints group by visitor_id)"
    )
    assert devices == 1


def test_contacts_name_campaigns_only_while_they_run():
    ((outside,),) = truth(
        "select count(*) from touchpoints inner join ad_campaigns using (campaign_id) "
        "where cast(touched_at as date) < start_date or cast(touched_at as date) >= "
        "coalesce(deleted_on, paused_on, end_date + 1, date '9999-12-31')"
    )
    ((named,),) = truth("select count(campaign_id) from touchpoints")
    assert outside == 0
    assert named > 100


def test_visits_name_only_customers_of_the_shop():
    assert not truth(
        "select customer_id from web_sessions anti join customers using (customer_id) "
        "where customer_id is not null"
    )
