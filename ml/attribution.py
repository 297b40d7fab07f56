"""How much each channel contributes to conversions: int_touches -> raw_ml.attribution_weights.

Two ways, both exact and without chance:

* `markov`: journeys are a Markov chain over channels, from a start to a conversion or none. The
  removal effect of a channel is the share of conversions that vanish when every journey that
  reaches the channel ends there without one (Anderl, Becker, von Wangenheim, Schumann 2016,
  "Mapping the customer journey", first order). The probabilities of absorption come from the
  chain's linear equations, not from simulated walks.
* `shapley`: channels play a game in which a set of channels is worth the conversions of all
  journeys that touched nothing outside the set. The Shapley value of that game is that each
  journey's conversions are shared out equally over its channels (Zhao, Mahboobi, Bagheri 2018,
  "Shapley value methods for attribution modeling in online advertising", the simplified form),
  so that it needs no sum over orders of channels, however many there are.

A channel's weight is its effect as a part of all effects: its share of the conversions. An order is
shared out by touch weights: what a single touch of the channel contributes, the effect for each
touch of any journey. By the weights themselves frequent channels would count twice, for they have
more touches too. Run: python -m ml attribution
"""

import numpy as np
import pandas as pd

START, CONVERSION, NO_CONVERSION = "(start)", "(conversion)", "(no conversion)"
WEIGHTS = ["store_id", "model", "channel", "effect", "weight", "touch_weight"]
DECIMALS = 9


def attribution_weights(steps: pd.DataFrame, sets: pd.DataFrame) -> pd.DataFrame:
    """The weights of both models for each store; none for a store without conversions.

    `steps`: store_id, from_step, to_step, steps (counts add up). `sets`: store_id, channel_set,
    channel, conversions; a row for each channel of each set.
    """
    parts = []
    for store_id, own_steps in steps.groupby("store_id", sort=True):
        touches = own_steps.groupby("to_step")["steps"].sum().astype(float)
        own_sets = sets[sets["store_id"] == store_id]
        effects = {"markov": removal_effects(own_steps), "shapley": shapley_values(own_sets)}
        parts += [
            _weights(str(store_id), model, found, touches)
            for model, found in effects.items()
            if found
        ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=WEIGHTS)


def removal_effects(steps: pd.DataFrame) -> dict[str, float]:
    """The share of conversions that each channel's removal takes away; empty without any."""
    channels, moves, conversions = _chain(steps)
    whole = _conversion_probability(moves, conversions)
    if whole == 0:
        return {}
    return {
        channel: 1 - _conversion_probability(_without(moves, number), conversions) / whole
        for number, channel in enumerate(channels, start=1)
    }


def shapley_values(sets: pd.DataFrame) -> dict[str, float]:
    """Each channel's share of the conversions, counted in conversions; empty without any."""
    if not sets["conversions"].astype(float).sum():
        return {}
    sizes = sets.groupby("channel_set")["channel"].transform("count")
    shares = sets["conversions"].astype(float) / sizes
    return {
        str(name): float(value) for name, value in shares.groupby(sets["channel"]).sum().items()
    }


def _chain(steps: pd.DataFrame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Channels in the order of names; probabilities between start and channels; to a conversion.

    State 0 is the start. What is missing of a row's sum to 1 ends without a conversion.
    """
    names = set(steps["from_step"]) | set(steps["to_step"])
    channels = sorted(names - {START, CONVERSION, NO_CONVERSION})
    places = {name: place for place, name in enumerate((START, *channels, CONVERSION))}
    counts = np.zeros((len(places), len(places)))
    left = np.zeros(len(places))
    for origin, target, number in zip(
        steps["from_step"], steps["to_step"], steps["steps"].astype(float), strict=True
    ):
        left[places[origin]] += number
        if target != NO_CONVERSION:
            counts[places[origin], places[target]] += number
    shares = counts[:-1] / np.maximum(left[:-1, None], 1)
    return channels, shares[:, :-1], shares[:, -1]


def _without(moves: np.ndarray, state: int) -> np.ndarray:
    """The chain in which whoever comes to the state goes nowhere from there."""
    removed = moves.copy()
    removed[:, state] = 0
    return removed


def _conversion_probability(moves: np.ndarray, conversions: np.ndarray) -> float:
    """The probability to be absorbed by a conversion from the start: x = moves x + conversions."""
    return float(np.linalg.solve(np.eye(len(moves)) - moves, conversions)[0])


def _weights(
    store_id: str, model: str, effects: dict[str, float], touches: pd.Series
) -> pd.DataFrame:
    values = np.array(list(effects.values()))
    of_a_touch = values / touches[list(effects)].to_numpy()
    return pd.DataFrame(
        {
            "store_id": store_id,
            "model": model,
            "channel": list(effects),
            "effect": values.round(DECIMALS),
            "weight": (values / values.sum()).round(DECIMALS),
            "touch_weight": (of_a_touch / of_a_touch.sum()).round(DECIMALS),
        },
        columns=WEIGHTS,
    )
