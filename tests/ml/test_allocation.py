"""Which location sends how many units to which."""

import itertools
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from ml.allocation import PLAN, allocate

NEEDS = ["store_id", "sku", "warehouse_location", "surplus_units", "shortage_units"]
COSTS = ["store_id", "from_location", "to_location", "unit_cost"]


def needs(balances: dict[str, int], sku: str = "A", store_id: str = "s") -> pd.DataFrame:
    """Locations with what they can spare (positive) or lack (negative)."""
    rows = [
        (store_id, sku, location, max(units, 0), max(-units, 0))
        for location, units in balances.items()
    ]
    return pd.DataFrame(rows, columns=NEEDS)


def costs(of_a_unit: dict[str, float], store_id: str = "s") -> pd.DataFrame:
    """`{"x>y": 1.5}`."""
    rows = [(store_id, *route.split(">"), cost) for route, cost in of_a_unit.items()]
    return pd.DataFrame(rows, columns=COSTS)


def plan(*frames: pd.DataFrame) -> dict[str, int]:
    made = allocate(*frames)
    routes = zip(made["from_location"], made["to_location"], made["units"], strict=True)
    return {f"{giver}>{taker}": units for giver, taker, units in routes}


def test_a_surplus_fills_a_shortage_and_no_more():
    made = allocate(needs({"x": 10, "y": -4}), costs({"x>y": 1.5}))
    assert made.to_dict("records") == [
        {
            "store_id": "s",
            "sku": "A",
            "from_location": "x",
            "to_location": "y",
            "units": 4,
            "transfer_cost": 6.0,
        }
    ]


def test_the_cheaper_location_sends_first_and_the_dearer_one_the_rest():
    routes = costs({"near>y": 1, "far>y": 3})
    assert plan(needs({"near": 3, "far": 9, "y": -5}), routes) == {"near>y": 3, "far>y": 2}


def test_the_cheapest_plan_is_not_the_cheapest_route_first():
    """Taking x>y at 1 first would cost 1 + 9 = 10; sending both ways round costs 2 + 2 = 4."""
    routes = costs({"x>y": 1, "x>z": 2, "w>y": 2, "w>z": 9})
    assert plan(needs({"x": 1, "w": 1, "y": -1, "z": -1}), routes) == {"x>z": 1, "w>y": 1}


def test_as_much_is_filled_as_surplus_reaches_even_over_a_dear_route():
    routes = costs({"x>y": 1, "x>z": 1, "w>y": 500})
    assert plan(needs({"x": 1, "w": 1, "y": -1, "z": -1}), routes) == {"x>z": 1, "w>y": 1}


def test_too_little_surplus_goes_where_sending_costs_least():
    routes = costs({"x>y": 4, "x>z": 3})
    assert plan(needs({"x": 2, "y": -5, "z": -5}), routes) == {"x>z": 2}


def test_a_route_without_a_cost_is_not_used():
    assert plan(needs({"x": 5, "y": -5}), costs({"y>x": 1})) == {}


def test_skus_and_stores_do_not_help_each_other():
    both = pd.concat(
        [needs({"x": 5}), needs({"y": -5}, sku="B"), needs({"y": -5}, store_id="other")]
    )
    routes = pd.concat([costs({"x>y": 1}), costs({"x>y": 1}, store_id="other")])
    assert plan(both, routes) == {}


@pytest.mark.parametrize("balances", [{}, {"x": 5}, {"x": 5, "y": 5}, {"x": -5, "y": -5}])
def test_nothing_is_sent_where_nobody_can_give_or_nobody_lacks(balances):
    made = allocate(needs(balances), costs({"x>y": 1, "y>x": 1}))
    assert list(made.columns) == PLAN
    assert made.empty


def test_of_equally_dear_plans_the_one_in_the_order_of_names_is_taken():
    level = costs({f"{giver}>{taker}": 2 for giver in "abc" for taker in "xyz"})
    given = needs({"a": 4, "b": 4, "c": 4, "x": -3, "y": -3, "z": -3})
    expected = {"a>x": 3, "a>y": 1, "b>y": 2, "b>z": 2, "c>z": 1}
    assert plan(given, level) == expected
    assert plan(given.sample(frac=1, random_state=1), level[::-1]) == expected


def test_decimals_as_the_warehouse_gives_them_are_understood():
    given = needs({"x": 2, "y": -2}).map(
        lambda cell: Decimal(cell) if isinstance(cell, int) else cell
    )
    routes = costs({"x>y": 1}).assign(unit_cost=[Decimal("0.2500")])
    assert allocate(given, routes)["transfer_cost"].tolist() == [0.5]


def cheapest_by_trial(
    surplus: list[int], shortage: list[int], cost: np.ndarray
) -> tuple[int, float]:
    """The most units that can be sent and the least that costs, by trying every plan."""
    cells = list(itertools.product(range(len(surplus)), range(len(shortage))))
    tries = itertools.product(*(range(min(surplus[i], shortage[j]) + 1) for i, j in cells))
    best = (0, 0.0)
    for units in tries:
        sent = np.zeros(cost.shape)
        for cell, number in zip(cells, units, strict=True):
            sent[cell] = number
        if (sent.sum(axis=1) <= surplus).all() and (sent.sum(axis=0) <= shortage).all():
            found = (int(sent.sum()), float((sent * cost).sum()))
            best = min(best, found, key=lambda each: (-each[0], each[1]))
    return best


def test_no_plan_of_small_random_shops_fills_more_or_costs_less():
    dice = np.random.default_rng(7)
    frames, expected = [], {}
    cost = dice.integers(1, 30, (3, 2)) / 4
    for number in range(60):
        surplus, shortage = dice.integers(0, 4, 3).tolist(), dice.integers(0, 4, 2).tolist()
        balances = dict(zip("abc", surplus, strict=True))
        balances |= {taker: -units for taker, units in zip("xy", shortage, strict=True)}
        frames.append(needs(balances, sku=f"k{number}"))
        expected[f"k{number}"] = cheapest_by_trial(surplus, shortage, cost)
    routes = costs(
        {f"{a}>{b}": cost[i, j] for i, a in enumerate("abc") for j, b in enumerate("xy")}
    )
    made = allocate(pd.concat(frames), routes).groupby("sku")[["units", "transfer_cost"]].sum()
    found = dict.fromkeys(expected, (0, 0.0)) | {
        sku: (row.units, row.transfer_cost) for sku, row in made.iterrows()
    }
    assert len(made) > 30
    assert found == expected  # quarters add up exactly
