"""What the suites of the forecasts say of rows that break promises, on small stand-in tables."""

from datetime import date
from decimal import Decimal

from expectations import published_forecasts
from expectations.run import validate
from tests.small_warehouse import put

AS_OF = date(2026, 3, 31)
DAY_BEFORE = date(2026, 3, 30)
TOMORROW = date(2026, 4, 1)


def messages(settings, *suites):
    """What fails, each without the table's name."""
    found = validate(settings, "published", suites)
    return [
        str(each.message).removeprefix(f"{each.table_name}.") for each in found if not each.success
    ]


def units(settings, *, store="10", categories=("4", "6"), skus=("9", "1"), made=AS_OF):
    """Tomorrow's units of a store, of its two categories, and of two SKUs, one at a location."""
    put(
        settings, "sales.forecast", store_id=["s"] * 3, level=["store", "category", "category"],
        measure=["units"] * 3, period_type=["day"] * 3, period_start=[TOMORROW] * 3,
        is_latest=[True] * 3, as_of_date=[AS_OF, made, made],
        forecast=list(map(Decimal, (store, *categories))),
    )  # fmt: skip
    put(
        settings, "inventory.demand_forecast", store_id=["s"] * 3, day=[TOMORROW] * 3,
        level=["sku", "sku", "location"], as_of_date=[AS_OF] * 3,
        forecast_units=list(map(Decimal, (*skus, "9"))),
    )  # fmt: skip


def test_levels_that_add_up_pass(settings):
    units(settings)
    assert messages(settings, published_forecasts.LEVELS) == []


def test_categories_that_do_not_make_up_their_store_are_told(settings):
    units(settings, categories=("4", "5"))
    assert [text.split(" ")[0] for text in messages(settings, published_forecasts.LEVELS)] == [
        "parts_differ_by"
    ]


def test_skus_that_do_not_make_up_their_store_are_told(settings):
    units(settings, skus=("9", "2"))
    assert [text.split(" ")[0] for text in messages(settings, published_forecasts.LEVELS)] == [
        "skus_differ_by"
    ]


def test_levels_of_different_runs_are_not_compared(settings):
    units(settings, categories=("1", "1"), made=DAY_BEFORE)
    assert messages(settings, published_forecasts.LEVELS) == []


def bounds(settings, lower_80, upper_80):
    put(
        settings, "sales.forecast", is_latest=[True, False], lower_95=[Decimal(1), Decimal(9)],
        lower_80=[Decimal(lower_80), Decimal(1)], upper_80=[Decimal(upper_80), Decimal(0)],
        upper_95=[Decimal(8), Decimal(1)],
    )  # fmt: skip


def test_a_narrower_interval_within_a_wider_one_passes(settings):
    bounds(settings, "2", "8")
    assert messages(settings, published_forecasts.BOUNDS) == []


def test_intervals_that_cross_are_told(settings):
    bounds(settings, "9", "8.5")
    assert messages(settings, published_forecasts.BOUNDS) == [
        "reversed_intervals is above 0: it is 1",
        "wider_intervals_within is above 0: it is 1",
    ]


def test_a_forecast_of_an_earlier_day_is_a_warning(settings):
    put(settings, "sales.forecast", is_latest=[True, False], as_of_date=[DAY_BEFORE, DAY_BEFORE])
    found = validate(settings, "published", [published_forecasts.freshness(AS_OF)])
    failed = [each for each in found if not each.success]
    assert [each.message for each in failed] == [
        "sales.forecast was made before 2026-03-31: run python -m ml.forecast"
    ]
    assert not failed[0].stops_the_run
