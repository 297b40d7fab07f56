"""Forecasts of a SKU shared out over its locations."""

import numpy as np
import pandas as pd
import pytest

from ml.forecast.locations import shared_out
from ml.forecast.sums import BOUNDS, COLUMNS


def row(
    entity: str, forecast: float, lower: float, upper: float, level: str = "sku"
) -> dict[str, object]:
    sides = {name: lower if name.startswith("lower") else upper for name in BOUNDS}
    key = dict.fromkeys(COLUMNS, "") | {"store_id": "s", "level": level, "entity": entity}
    return key | {"forecast": forecast, "days": 7, "interval_pct": 90.0} | sides


def held(*places: tuple[str, str, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(places, columns=["sku", "warehouse_location", "share"])
    return frame.assign(store_id="s")


def shared(*rows: dict[str, object], by: pd.DataFrame) -> pd.DataFrame:
    found = shared_out(pd.DataFrame(list(rows), columns=COLUMNS), by)
    assert list(found.columns) == COLUMNS
    return found.sort_values("warehouse_location", ignore_index=True)


def test_bounds_lie_the_root_of_the_share_as_far_away():
    found = shared(row("k", 100, 50, 170), by=held(("k", "east", 0.64), ("k", "west", 0.36)))
    assert found["level"].tolist() == ["location", "location"]
    assert found["warehouse_location"].tolist() == ["east", "west"]
    assert found["forecast"].tolist() == pytest.approx([64, 36])
    # 0.8 and 0.6 of 50 below and of 70 above
    assert found["lower_95"].tolist() == pytest.approx([24, 6])
    assert found["upper_80"].tolist() == pytest.approx([120, 78])
    assert found["days"].tolist() == [7, 7]


def test_no_bound_is_below_zero():
    found = shared(row("k", 10, 0, 30), by=held(("k", "east", 0.99), ("k", "west", 0.01)))
    assert found["forecast"].tolist() == pytest.approx([9.9, 0.1])
    assert found["lower"].tolist() == [0, 0]  # 9.9 - 9.95 and 0.1 - 1


def test_locations_add_up_to_the_sku_whatever_the_shares_are():
    dice = np.random.default_rng(2)
    places = [("k", f"w{n}", float(dice.gamma(1))) for n in range(7)]
    found = shared(row("k", 123.456, 1, 200), by=held(*places))
    assert found["forecast"].sum() == pytest.approx(123.456, abs=1e-9)


def test_a_sku_that_one_location_holds_is_left_to_itself():
    rows = [row("k", 10, 5, 20), row("other", 3, 1, 9), row("k", 7, 1, 9, level="category")]
    assert shared(*rows, by=held(("k", "east", 1.0))).empty


@pytest.mark.parametrize("share", [0.0, None])
def test_shares_that_tell_nothing_are_equal(share):
    found = shared(row("k", 10, 10, 10), by=held(("k", "east", share), ("k", "west", share)))
    assert found["forecast"].tolist() == [5, 5]


def test_a_location_without_a_share_gets_nothing():
    found = shared(row("k", 10, 5, 20), by=held(("k", "east", 1.0), ("k", "west", None)))
    assert found["forecast"].tolist() == [10, 0]
    assert found["upper_95"].tolist() == [20, 0]


def test_bounds_that_are_unknown_stay_so():
    rows = row("k", 10, float("nan"), float("nan"))
    found = shared(rows, by=held(("k", "east", 0.5), ("k", "west", 0.5)))
    assert found["forecast"].tolist() == [5, 5]
    assert found[BOUNDS].isna().all(axis=None)


def test_an_empty_shop_has_no_locations():
    assert shared(by=held()).empty
