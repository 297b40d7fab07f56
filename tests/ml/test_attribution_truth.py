"""The made-up shop knows which channels made its customers buy; the learned weights find it."""

from collections import defaultdict
from collections.abc import Callable
from functools import cache

from ml.attribution import attribution_weights
from tests.ml.journeys import sets, steps
from tests.sandbox.small_ads import small_world

# Whose touches and orders are whose, as core.touchpoints tells it: visitors are customers once a
# visit, a touch or the order of a visit names both.
JOURNEYS = """
    with named as (
        select visitor_id, customer_id from touchpoints
        union all
        select visitor_id, coalesce(orders.customer_id, web_sessions.customer_id)
        from web_sessions left join orders using (order_id)
    ),
    visitors as (
        select visitor_id, min(customer_id) as customer_id from named
        where customer_id is not null group by visitor_id
    ),
    visits as (
        select order_id, max(visitor_id) as visitor_id from web_sessions
        where order_id is not null group by order_id
    ),
    touches as (
        select
            coalesce(cast(coalesce(touchpoints.customer_id, visitors.customer_id) as varchar),
                visitor_id) as who,
            touched_at, channel, interaction
        from touchpoints left join visitors using (visitor_id)
    ),
    placed as (
        select
            order_id, processed_at,
            coalesce(cast(coalesce(orders.customer_id, visitors.customer_id) as varchar),
                visitor_id) as who
        from orders left join visits using (order_id) left join visitors using (visitor_id)
        where not is_test and cancelled_at is null and deleted_at is null
    ),
    bought as (
        select *, lag(processed_at) over (partition by who order by processed_at) as before
        from placed where who is not null
    )
    select cast(order_id as varchar), true as converts, touched_at, channel, interaction
    from bought inner join touches using (who)
    where
        touched_at <= processed_at
        and touched_at >= processed_at - interval 30 day
        and (before is null or touched_at > before)
    union all
    select who, false, touched_at, channel, interaction
    from touches where who not in (select who from bought)
    order by all
"""
Touch = tuple[str, bool]


@cache
def journeys() -> list[tuple[list[Touch], bool]]:
    """Each journey's channels, and which of them were clicked; whether it led to an order."""
    found: dict[tuple[str, bool], list[Touch]] = {}
    for key, converts, _, channel, interaction in (
        small_world().shop.con.execute(JOURNEYS).fetchall()
    ):
        found.setdefault((key, converts), []).append((channel, interaction == "click"))
    return [(touches, converts) for (_, converts), touches in found.items()]


@cache
def learned(model: str) -> dict[str, float]:
    """What a touch of each channel weighs."""
    paths = [(tuple(name for name, _ in touches), converts) for touches, converts in journeys()]
    made = attribution_weights(steps(paths), sets(paths))
    own = made[made["model"] == model]
    return dict(zip(own["channel"], own["touch_weight"], strict=True))


def last_click(touches: list[Touch]) -> list[float]:
    clicks = [place for place, (_, is_click) in enumerate(touches) if is_click]
    last = clicks[-1] if clicks else len(touches) - 1
    return [float(place == last) for place in range(len(touches))]


def by_weights(model: str) -> Callable[[list[Touch]], list[float]]:
    weights = learned(model)
    return lambda touches: [weights[name] for name, _ in touches]


def distance_to_the_truth(weigh: Callable[[list[Touch]], list[float]]) -> float:
    """How far the channels' shares of the orders are from the true ones, added up."""
    shares: defaultdict[str, float] = defaultdict(float)
    for touches, converts in journeys():
        weights = weigh(touches)
        for (name, _), weight in zip(touches if converts else (), weights, strict=False):
            shares[name] += weight / sum(weights)
    truth = dict(small_world().shop.con.execute("from truth_attribution").fetchall())
    orders = sum(shares.values())
    return sum(abs(shares[name] / orders - truth.get(name, 0)) for name in truth | shares)


def test_the_data_driven_model_is_closer_to_the_truth_than_last_click():
    assert distance_to_the_truth(by_weights("markov")) < distance_to_the_truth(last_click) / 2


def test_shapley_values_are_closer_to_the_truth_than_last_click():
    assert distance_to_the_truth(by_weights("shapley")) < distance_to_the_truth(last_click) / 2


def test_knowing_what_converts_beats_sharing_alike():
    alike = distance_to_the_truth(lambda touches: [1.0] * len(touches))
    assert distance_to_the_truth(by_weights("markov")) < alike
