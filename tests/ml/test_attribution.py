"""What each channel contributes, on chains solved on paper and by other routes."""

import itertools
import math
import random
from collections import Counter

import pandas as pd
import pytest

from ml.attribution import (
    CONVERSION,
    NO_CONVERSION,
    START,
    WEIGHTS,
    attribution_weights,
    removal_effects,
    shapley_values,
)
from tests.ml.journeys import Journey, sets, steps

# Ads open, mail closes. From ads half go on to mail, from mail two of three buy: the chance from
# the start is 1/2 x 1/2 x 2/3 + 1/2 x 2/3 = 1/2.
TWO_CHANNELS: list[Journey] = [
    (("ads", "mail"), True),
    (("ads",), False),
    (("mail",), True),
    (("mail",), False),
]


def test_removing_a_channel_takes_the_conversions_that_went_through_it():
    """Without ads only those who begin with mail buy, 1/2 x 2/3 = 1/3: a third is lost. Without
    mail nobody does."""
    assert removal_effects(steps(TWO_CHANNELS)) == pytest.approx({"ads": 1 / 3, "mail": 1})


def test_weights_are_the_effects_divided_by_their_sum():
    """Ads have two touches and mail has three: a touch brings 1/3 / 2 = 1/6 and 1 / 3 = 2/6."""
    made = attribution_weights(steps(TWO_CHANNELS), sets([]))
    assert made.to_dict("list") == {
        "store_id": ["s", "s"],
        "model": ["markov", "markov"],
        "channel": ["ads", "mail"],
        "effect": [0.333333333, 1.0],
        "weight": [0.25, 0.75],
        "touch_weight": [0.333333333, 0.666666667],
    }


def test_a_channel_that_follows_itself_changes_nothing():
    """Mail may come twice: of three visits by mail two end, each way once; 1 of 2 journeys buys.
    Without ads, all of it remains but what began there: 1/2 x 1/2 of 1/2."""
    journeys: list[Journey] = [(("ads", "mail", "mail"), True), (("mail",), False)]
    assert removal_effects(steps(journeys)) == pytest.approx({"ads": 1 / 2, "mail": 1})


@pytest.mark.parametrize("seed", range(5))
def test_effects_are_those_of_following_everybody_step_by_step(seed: int):
    journeys = random_journeys(seed)
    made = removal_effects(steps(journeys))
    whole = converted_by_walking(journeys, removed=None)
    assert made == pytest.approx(
        {name: 1 - converted_by_walking(journeys, removed=name) / whole for name in made}, abs=1e-9
    )


def test_what_the_chain_converts_is_what_converted():
    """The chain of first order reproduces the share of journeys that bought."""
    journeys = random_journeys(7)
    share = sum(converts for _, converts in journeys) / len(journeys)
    assert converted_by_walking(journeys, removed=None) == pytest.approx(share)


def test_a_journeys_conversion_is_shared_out_over_the_channels_it_touched():
    """Two bought after ads and mail, one after mail alone: 2/2, and 2/2 + 1."""
    journeys: list[Journey] = [
        (("ads", "mail"), True),
        (("mail", "ads", "mail"), True),
        (("mail",), True),
        (("ads",), False),
    ]
    assert shapley_values(sets(journeys)) == pytest.approx({"ads": 1, "mail": 2})


@pytest.mark.parametrize("seed", range(5))
def test_shapley_values_are_the_mean_gain_over_every_order_of_channels(seed: int):
    journeys = random_journeys(seed)
    channels = sorted({name for path, _ in journeys for name in path})
    gains = dict.fromkeys(channels, 0.0)
    for order in itertools.permutations(channels):
        for place, name in enumerate(order):
            gains[name] += worth(journeys, set(order[: place + 1])) - worth(
                journeys, set(order[:place])
            )
    expected = {name: gain / math.factorial(len(channels)) for name, gain in gains.items()}
    assert shapley_values(sets(journeys)) == pytest.approx(expected)


def test_one_channel_alone_has_all_the_weight():
    journeys: list[Journey] = [(("ads",), True), (("ads", "ads"), False)]
    made = attribution_weights(steps(journeys), sets(journeys))
    assert made[["model", "channel", "weight"]].to_dict("split")["data"] == [
        ["markov", "ads", 1.0],
        ["shapley", "ads", 1.0],
    ]


@pytest.mark.parametrize("journeys", [[], [(("ads", "mail"), False)]])
def test_nothing_is_told_where_nothing_converted(journeys: list[Journey]):
    made = attribution_weights(steps(journeys), sets(journeys))
    assert list(made.columns) == WEIGHTS
    assert made.empty


def test_a_channel_that_nobody_bought_after_has_no_weight():
    journeys: list[Journey] = [(("ads",), True), (("mail",), False)]
    made = attribution_weights(steps(journeys), sets(journeys))
    assert made["weight"].tolist() == [1.0, 0.0, 1.0, 0.0]


def test_stores_and_days_do_not_mix_and_days_add_up():
    one_day = steps(TWO_CHANNELS)
    other: list[Journey] = [(("mail",), True)]
    told = pd.concat([one_day, one_day, steps(other, "t")])
    made = attribution_weights(told, sets([]))
    assert made[["store_id", "channel", "weight"]].to_dict("split")["data"] == [
        ["s", "ads", 0.25],
        ["s", "mail", 0.75],
        ["t", "mail", 1.0],
    ]


def random_journeys(seed: int) -> list[Journey]:
    dice = random.Random(seed)
    return [
        (tuple(dice.choices("abcd", k=dice.randint(1, 5))), dice.random() < 0.4) for _ in range(60)
    ]


def converted_by_walking(journeys: list[Journey], removed: str | None) -> float:
    """The share of a crowd that converts when all of it moves on, step by step."""
    counted = steps(journeys)
    left = counted.groupby("from_step")["steps"].sum().to_dict()
    moves = [
        (origin, target, number / left[origin])
        for origin, target, number in counted[["from_step", "to_step", "steps"]].itertuples(
            index=False
        )
    ]
    crowd, converted = {START: 1.0}, 0.0
    for _ in range(400):
        there: Counter[str] = Counter()
        for origin, target, share in moves:
            if target not in (removed, NO_CONVERSION):
                there[target] += crowd.get(origin, 0.0) * share
        converted += there.pop(CONVERSION, 0.0)
        crowd = dict(there)
    return converted


def worth(journeys: list[Journey], channels: set[str]) -> int:
    """The conversions of journeys that touched no other channel."""
    return sum(converts for path, converts in journeys if set(path) <= channels)
