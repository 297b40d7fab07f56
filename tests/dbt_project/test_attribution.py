"""The touches and visits of the small shop share its orders out as worked out by hand."""

from typing import Any

from storehouse import warehouse
from tests.dbt_project.conftest import Built


def rows(built: Built, sql: str) -> list[tuple[Any, ...]]:
    """What the warehouse answers, null as None."""
    frame = warehouse.query(built.settings, sql)
    frame = frame.astype(object).where(frame.notna(), None)
    return list(frame.itertuples(index=False, name=None))


def shares(built: Built, model: str) -> dict[str, dict[str, float]]:
    """The revenue of each order by channel."""
    found: dict[str, dict[str, float]] = {}
    for order_id, channel, revenue in rows(
        built,
        "select order_id, channel, cast(revenue as double precision) from ads.attribution "
        f"where model = '{model}' and store_id = 'uk'",
    ):
        found.setdefault(order_id, {})[channel] = revenue
    return found


def test_last_clicks_have_the_whole_order(on_duckdb: Built):
    """U5 was only seen, U4 not even that; U6 and U7 are no sales."""
    assert shares(on_duckdb, "last_click") == {
        "U1": {"email": 25.0},
        "U2": {"direct": 11.7},
        "U3": {"organic_search": 26.0},
        "U4": {"unattributed": 100.0},
        "U5": {"paid_social": 13.0},
    }


def test_touches_before_a_visitor_is_known_are_the_customers(on_duckdb: Built):
    """The first third of 25 dollars belongs to what the phone saw before it signed in."""
    linear = shares(on_duckdb, "linear")
    assert linear["U1"] == {"display": 8.333333, "paid_search": 8.333333, "email": 8.333334}
    assert linear["U2"] == {"email": 5.85, "direct": 5.85}


def test_learned_weights_share_orders_out(on_duckdb: Built):
    """25 x 0.2, 0.3 and 0.5. Nothing was learned of direct, which mail leaves nothing, nor of
    organic search, which is alone. Shapley values were not learned."""
    learned = shares(on_duckdb, "data_driven")
    assert learned["U1"] == {"display": 5.0, "paid_search": 7.5, "email": 12.5}
    assert learned["U2"] == {"email": 11.7}
    assert learned["U3"] == {"organic_search": 26.0}
    assert shares(on_duckdb, "shapley") == {}


def test_orders_of_shopify_are_touched_by_their_visits(on_duckdb: Built):
    found = rows(
        on_duckdb,
        "select order_id, channel from ads.attribution "
        "where store_id = 'ny' and model = 'linear' and channel <> 'unattributed' order by 1",
    )
    assert found == [("S1", "paid_search"), ("S2", "organic_search")]


def test_channels_keep_their_cost(on_duckdb: Built):
    """Search cost 30 pounds at 1.30 and sold nothing last; the mail cost 2 at 1.25.

    `ad2`, which nobody describes, was shown for nothing.
    """
    found = rows(
        on_duckdb,
        "select channel, cast(conversions as double precision), "
        "cast(new_customers as double precision), cast(revenue as double precision), "
        "cast(spend as double precision) from ads.attribution_by_channel where store_id = 'uk' "
        "and model = 'last_click' and period_type = 'all_time' order by channel",
    )
    assert found == [
        ("direct", 1, 0, 11.7, 0),
        ("email", 1, 1, 25, 2.5),
        ("organic_search", 1, 0, 26, 0),
        ("other", 0, 0, 0, 0),
        ("paid_search", 0, 0, 0, 39),
        ("paid_social", 1, 0, 13, 0),
        ("unattributed", 1, 1, 100, 0),
    ]


def test_journeys_end_in_an_order_or_nowhere(on_duckdb: Built):
    """U1 on a laptop and a phone; k3, whose order was cancelled, and v10 do not buy."""
    found = rows(
        on_duckdb,
        "select path, journeys, conversions from ads.conversion_paths where store_id = 'uk' "
        "order by path",
    )
    assert found == [
        ("display", 2, 0),
        ("display > paid_search > email", 1, 1),
        ("email > direct", 1, 1),
        ("organic_search", 1, 1),
        ("paid_social", 1, 1),
    ]
    devices = rows(
        on_duckdb,
        "select first_device, last_device, cross_device_conversions from ads.cross_device "
        "where store_id = 'uk' order by first_device",
    )
    assert devices == [("mobile", "mobile", 1), ("unknown", "unknown", 0)]


def test_a_visit_is_of_the_campaign_that_its_words_name(on_duckdb: Built):
    found = rows(
        on_duckdb,
        "select session_id, customer_id, channel, campaign_id, is_paid, is_single_page "
        "from core.sessions order by session_id",
    )
    assert found == [
        ("w1", "k1", "paid_search", "ad1", True, True),
        ("w2", None, "direct", None, False, True),
        ("w3", None, "direct", None, False, False),
    ]
