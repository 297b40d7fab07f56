"""Holidays, sales events and plans as numbers of each store's days."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ml.forecast.calendar import country_code, event_days, features
from ml.forecast.events import dates, fathers_day, mothers_day, weekday_of_month


def days_of(event: str, country: str | None, first: str, last: str) -> list[str]:
    """The days between two that are of an event, as ISO text."""
    found = event_days(country, pd.date_range(first, last))
    return [str(day.date()) for day in found.loc[found["event"] == event, "ds"]]


def regressors(first: str, days: int, store: str = "s", **columns: object) -> pd.DataFrame:
    """What int_forecast.regressors tells of days on which nothing is special."""
    usual: dict[str, object] = {
        "price_index": 1.0, "discount_rate": 0.0, "ad_spend": None, "season_plan": None,
        "is_promotion": False, "is_peak": False,
    }  # fmt: skip
    frame = pd.DataFrame({"store_id": store, "day": pd.date_range(first, periods=days)})
    return frame.assign(**{**usual, **columns})


def series(last: str) -> pd.DataFrame:
    return pd.DataFrame({"store_id": ["s"], "last_day": [pd.Timestamp(last)]})


@pytest.mark.parametrize(
    ("event", "year", "day"),
    [
        ("thanksgiving", 2024, "2024-11-28"),
        ("black_friday", 2024, "2024-11-29"),
        ("black_friday", 2025, "2025-11-28"),
        ("cyber_monday", 2024, "2024-12-02"),
        ("cyber_monday", 2025, "2025-12-01"),
        ("singles_day", 2025, "2025-11-11"),
        ("christmas_day", 2025, "2025-12-25"),
        ("boxing_day", 2025, "2025-12-26"),
        ("new_years_day", 2026, "2026-01-01"),
    ],
)
def test_an_event_of_one_day_is_where_it_was(event: str, year: int, day: str):
    assert days_of(event, "US", f"{year}-01-01", f"{year}-12-31") == [day]


def test_black_friday_is_the_day_after_the_fourth_thursday_not_the_last_friday():
    assert dates("black_friday", None, 2019) == [date(2019, 11, 29)]
    assert dates("black_friday", None, 2023) == [date(2023, 11, 24)]


def test_black_friday_is_everywhere_and_thanksgiving_in_the_united_states():
    assert days_of("black_friday", "DE", "2024-11-01", "2024-12-05") == ["2024-11-29"]
    assert days_of("thanksgiving", "DE", "2024-11-01", "2024-12-05") == []


def test_an_event_of_several_days_has_all_of_them():
    rush = days_of("christmas_rush", None, "2025-01-01", "2025-12-31")
    assert (rush[0], rush[-1], len(rush)) == ("2025-12-10", "2025-12-19", 10)
    weekend = days_of("black_friday_weekend", None, "2024-01-01", "2024-12-31")
    assert weekend == ["2024-11-30", "2024-12-01"]


@pytest.mark.parametrize(
    ("country", "year", "sunday"),
    [
        ("US", 2024, "2024-03-31"),
        ("US", 2025, "2025-04-20"),
        ("DE", 2026, "2026-04-05"),
        ("GR", 2024, "2024-05-05"),
        ("GR", 2025, "2025-04-20"),
    ],
)
def test_easter_is_that_of_the_countrys_church(country: str, year: int, sunday: str):
    found = days_of("easter", country, f"{year}-01-01", f"{year}-12-31")
    assert found[2] == sunday
    assert len(found) == 4


@pytest.mark.parametrize(
    ("country", "year", "day"),
    [
        ("US", 2025, date(2025, 5, 11)),
        ("DE", 2024, date(2024, 5, 12)),
        ("GB", 2024, date(2024, 3, 10)),
        ("GB", 2025, date(2025, 3, 30)),
        ("FR", 2025, date(2025, 5, 25)),
        # The last Sunday of May 2026 is the 31st, Pentecost the 24th; in 2023 both were the 28th.
        ("FR", 2026, date(2026, 5, 31)),
        ("FR", 2023, date(2023, 6, 4)),
        ("ES", 2025, date(2025, 5, 4)),
        ("SE", 2025, date(2025, 5, 25)),
        ("MX", 2025, date(2025, 5, 10)),
        (None, 2026, date(2026, 5, 10)),
    ],
)
def test_mothers_day_differs_by_country(country: str | None, year: int, day: date):
    assert mothers_day(country, year) == day


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("US", date(2025, 6, 15)),
        ("DE", date(2025, 5, 29)),
        ("AU", date(2025, 9, 7)),
        ("IT", date(2025, 3, 19)),
    ],
)
def test_fathers_day_differs_by_country(country: str, day: date):
    assert fathers_day(country, 2025) == day


def test_the_week_of_mothers_day_ends_with_it():
    week = days_of("mothers_day_week", "US", "2025-01-01", "2025-12-31")
    assert (week[0], week[-1], len(week)) == ("2025-05-05", "2025-05-11", 7)


def test_school_begins_in_the_summer_of_the_hemisphere():
    assert days_of("back_to_school", "US", "2025-01-01", "2025-12-31")[0] == "2025-08-10"
    assert days_of("back_to_school", "AU", "2025-01-01", "2025-12-31")[0] == "2025-01-15"


def test_the_last_weekday_of_a_month_is_found_at_the_end_of_the_year_too():
    assert weekday_of_month(2024, 12, 6, -1) == date(2024, 12, 29)
    assert weekday_of_month(2024, 2, 3, -1) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("country", "there", "not_there"),
    [
        ("US", "2025-07-04", "2025-05-01"),
        ("DE", "2025-10-03", "2025-07-04"),
        ("GB", "2025-05-05", "2025-10-03"),
        ("FR", "2025-07-14", "2025-07-04"),
    ],
)
def test_public_holidays_are_those_of_the_country(country: str, there: str, not_there: str):
    found = days_of("public_holiday", country, "2025-01-01", "2025-12-31")
    assert there in found
    assert not_there not in found


def test_a_public_holiday_that_is_a_sales_event_counts_as_that_alone():
    found = event_days("US", pd.date_range("2025-12-25", "2026-01-01"))
    assert list(found["event"]) == ["christmas_day", "boxing_day", "new_years_day"]


def test_a_public_holiday_does_not_hide_the_event_of_its_day():
    found = event_days("US", pd.date_range("2025-11-11", "2025-11-11"))
    assert list(found["event"]) == ["public_holiday", "singles_day"]


def test_without_a_country_there_are_sales_events_but_no_public_holidays():
    found = event_days(None, pd.date_range("2025-01-01", "2025-12-31"))
    assert "public_holiday" not in set(found["event"])
    assert "black_friday" in set(found["event"])


def test_no_days_have_no_events():
    assert event_days("US", pd.DatetimeIndex([])).empty


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("US", "US"), ("us", "US"), ("USA", "US"), ("U.S.", "US"), ("United States", "US"),
        ("UK", "GB"), ("Germany", "DE"), ("Atlantis", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_code_and_by_name(given: str | None, code: str | None):
    assert country_code(given) == code


def test_a_leap_day_is_a_day_and_moves_no_event():
    made = features(series("2024-02-29"), regressors("2024-02-28", 3), {"s": "US"}, 1)
    assert list(made["ds"].dt.day) == [28, 29, 1]
    # 29 February is day 60 of 2024, Christmas day 360.
    assert made["days_to_christmas"].tolist() == [301, 300, 299]


def test_after_christmas_the_next_one_is_a_year_away():
    made = features(series("2025-12-26"), regressors("2025-12-24", 3), {"s": None}, 0)
    assert made["days_to_christmas"].tolist() == [1, 0, 364]


def test_days_to_come_reach_to_the_horizon_and_no_further():
    made = features(series("2026-01-10"), regressors("2026-01-01", 376), {"s": None}, 30)
    assert made["ds"].max() == pd.Timestamp("2026-02-09")


def test_every_event_has_a_column_and_ones_on_its_days():
    made = features(series("2025-12-31"), regressors("2025-01-01", 365), {"s": "US"}, 0)
    assert made["event_christmas_rush"].sum() == 10
    on_black_friday = made.loc[made["event_black_friday"] == 1, "ds"]
    assert list(on_black_friday) == [pd.Timestamp("2025-11-28")]
    short = features(series("2025-03-01"), regressors("2025-03-01", 1), {"s": "US"}, 0)
    assert list(short.filter(like="event_")) == list(made.filter(like="event_"))


def test_each_store_has_the_events_of_its_country():
    both = pd.concat([regressors("2025-03-30", 1, "gb"), regressors("2025-03-30", 1, "us")])
    made = features(series("2025-03-30"), both, {"gb": "GB", "us": "US"}, 0)
    week = dict(zip(made["store_id"], made["event_mothers_day_week"], strict=True))
    assert week == {"gb": 1.0, "us": 0.0}


def test_prices_and_ads_are_told_as_logarithms_and_unknown_ads_as_none():
    rows = regressors("2026-01-01", 2, price_index=[1.0, 1.1], ad_spend=[None, 99.0])
    made = features(series("2026-01-02"), rows, {"s": None}, 0)
    assert made["log_price_index"].tolist() == pytest.approx([0, 0.0953102])
    assert made["log_ad_spend"].tolist() == pytest.approx([0, 4.6051702])


def test_seasons_of_a_name_are_the_same_season_whatever_their_year():
    rows = regressors(
        "2026-01-01", 4, season_plan=["Winter Sale 2025", None, "Winter sale 2026", "2026"]
    )
    made = features(series("2026-01-04"), rows, {"s": None}, 0)
    assert made["season_winter_sale"].tolist() == [1, 0, 1, 0]
    assert made["season_planned"].tolist() == [0, 0, 0, 1]


def test_all_that_models_learn_from_is_a_number():
    rows = regressors("2025-06-01", 400, ad_spend=10.0, is_promotion=True, season_plan="Summer")
    numbers = features(series("2026-06-01"), rows, {"s": "US"}, 60).drop(columns=["store_id", "ds"])
    assert {str(kind) for kind in numbers.dtypes} == {"float64"}
    assert bool(np.isfinite(numbers.to_numpy()).all())


def test_a_shop_without_any_day_has_no_features():
    empty = series("2026-01-01").iloc[:0]
    assert features(empty, regressors("2026-01-01", 0), {}, 90).empty
