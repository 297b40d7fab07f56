"""Which location should send how many units to which, cheapest first.

A location gives what it can spare above its reorder point and takes what it lacks up to it. As many
units as surplus and routes allow are sent, and of all such plans the one that costs least is taken:
a transport problem for each SKU, all solved at once, since they share nothing but the solver.
"""

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

ROUTE = ["store_id", "sku", "from_location", "to_location"]
PLAN = [*ROUTE, "units", "transfer_cost"]
# Of plans that cost the same the one is taken that pairs locations in the order of their names.
TIE = 1e-6


def allocate(needs: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Units to send by SKU and route, with what that costs.

    `needs` holds store_id, sku, warehouse_location, surplus_units, shortage_units; `costs` the cost
    of a unit by store_id, from_location, to_location. A route that `costs` lacks is not used.
    """
    routes = _routes(needs, costs)
    if routes.empty:
        return routes.reindex(columns=PLAN)
    routes["units"] = np.rint(_cheapest(routes)).astype("int64")
    routes["transfer_cost"] = (routes["units"] * routes["unit_cost"]).round(4)
    return routes.loc[routes["units"] > 0, PLAN].reset_index(drop=True)


def _routes(needs: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Every pair of a giver and a taker of one SKU that a route joins."""
    surplus = _side(needs, "surplus_units", "from_location")
    shortage = _side(needs, "shortage_units", "to_location")
    pairs = surplus.merge(shortage, on=["store_id", "sku"])
    routes = pairs.merge(costs, on=["store_id", "from_location", "to_location"])
    routes["unit_cost"] = routes["unit_cost"].astype(float)
    return routes.sort_values(ROUTE, ignore_index=True)


def _side(needs: pd.DataFrame, measure: str, location: str) -> pd.DataFrame:
    """Locations with whole units on one side of their reorder point."""
    units = np.floor(needs[measure].astype(float).fillna(0)).astype("int64")
    side = needs[["store_id", "sku", "warehouse_location"]].assign(**{measure: units})
    return side[units > 0].rename(columns={"warehouse_location": location})


def _cheapest(routes: pd.DataFrame) -> np.ndarray:
    """Units on each route. A dual simplex ends in a corner, and corners here are whole numbers."""
    giver = routes.groupby(["store_id", "sku", "from_location"]).ngroup()
    taker = routes.groupby(["store_id", "sku", "to_location"]).ngroup()
    limits = vstack([_sums(giver), _sums(taker)]).tocsr()
    most = np.concatenate(
        [
            routes.groupby(giver)["surplus_units"].first(),
            routes.groupby(taker)["shortage_units"].first(),
        ]
    )
    solved = linprog(_weights(routes), A_ub=limits, b_ub=most, method="highs-ds")
    if solved.x is None:
        raise ArithmeticError(f"No allocation was found: {solved.message}")
    units: np.ndarray = solved.x
    return units


def _sums(group: pd.Series) -> coo_array:
    """A row for each group that adds up its members."""
    return coo_array((np.ones(len(group)), (group, np.arange(len(group)))))


def _weights(routes: pd.DataFrame) -> pd.Series:
    """What a unit on a route counts: its cost, less more than any re-routing could cost.

    Sending one unit more may move units on as many routes as there are locations.
    """
    by_sku = routes.groupby(["store_id", "sku"])
    givers = by_sku["from_location"].rank("dense") - 1
    takers = by_sku["to_location"].rank("dense") - 1
    size = by_sku["from_location"].transform("size")
    tie = size * (givers + takers) - givers * takers
    worth = (1 + by_sku["unit_cost"].transform("max")) * (size + 1)
    return routes["unit_cost"] + TIE * tie - worth
