"""What is known of days to come: public holidays, sales events, and the shop's own plans.

Public holidays are those of the store's country, by the `holidays` library. Sales events follow the
rules of `events.py`. `features` puts them beside what `int_forecast.regressors` tells, one row a
store and day, for the models that learn from them. A day may be of several events.
"""

import re
from collections.abc import Mapping
from functools import cache

import holidays
import numpy as np
import pandas as pd
from holidays.registry import COUNTRIES

from ml.forecast.events import EVENTS, dates

PUBLIC_HOLIDAY = "public_holiday"
EVENT_PREFIX = "event_"
SEASON_PREFIX = "season_"
# Public holidays that are sales events of their own count as these alone.
OWN_EVENTS = {
    "new_years_day",
    "easter",
    "thanksgiving",
    "christmas_eve",
    "christmas_day",
    "boxing_day",
}
COLUMNS = ["ds", "event"]


def country_code(country: str | None) -> str | None:
    """The two letters of a country given by code or English name; none where unknown."""
    given = re.sub(r"[^a-z]+", "_", (country or "").replace(".", "").strip().lower())
    return _codes().get(given)


def event_days(country: str | None, days: pd.DatetimeIndex) -> pd.DataFrame:
    """The events of these days in a country (`ds`, `event`), by day and name."""
    code = country_code(country)
    years = range(days.min().year, days.max().year + 1) if len(days) else range(0)
    found = [(day, name) for year in years for name in EVENTS for day in dates(name, code, year)]
    own = {day for day, name in found if name in OWN_EVENTS}
    public = holidays.country_holidays(code, years=years) if code and years else {}
    found += [(day, PUBLIC_HOLIDAY) for day in public if day not in own]
    frame = pd.DataFrame(found, columns=COLUMNS).astype({"event": "str"})
    frame["ds"] = pd.to_datetime(frame["ds"]).astype("datetime64[ns]")
    frame = frame[frame["ds"].isin(days)].drop_duplicates()
    return frame.sort_values(COLUMNS, ignore_index=True)


def features(
    series: pd.DataFrame,
    regressors: pd.DataFrame,
    countries: Mapping[str, str | None],
    horizon: int,
) -> pd.DataFrame:
    """Numbers of each store's days (`store_id`, `ds`), up to the horizon after the run.

    `series` and `regressors` are the relations of these names in int_forecast. Every event has a
    column, whether the days know it or not; ad spend is zero before ads are known.
    """
    last = pd.to_datetime(series["last_day"]).max() + pd.Timedelta(days=horizon)
    frame = regressors.assign(ds=pd.to_datetime(regressors["day"]).astype("datetime64[ns]"))
    frame = frame[frame["ds"] <= last].sort_values(["store_id", "ds"], ignore_index=True)
    parts = [
        frame[["store_id", "ds"]],
        _positions(pd.DatetimeIndex(frame["ds"])),
        _events(frame, countries),
        _drivers(frame),
        _seasons(frame["season_plan"]),
    ]
    return pd.concat(parts, axis=1)


@cache
def _codes() -> dict[str, str]:
    """Codes of two and three letters and English names, in small letters, to the two letters."""
    named = {name: (names[0], *names[1:]) for name, names in COUNTRIES.items()}
    return {
        alias: next(code for code in names if len(code) == 2)
        for name, names in named.items()
        for alias in (name, *(code.lower() for code in names))
    }


def _positions(days: pd.DatetimeIndex) -> pd.DataFrame:
    """Where days lie in week, month and year."""
    angle = 2 * np.pi * days.dayofyear.to_numpy() / 365.25
    christmas = pd.to_datetime(pd.DataFrame({"year": days.year, "month": 12, "day": 25}))
    ahead = (pd.DatetimeIndex(christmas) - days).days.to_numpy()
    return pd.DataFrame(
        {
            "weekday": days.dayofweek.to_numpy(dtype=float),
            "day_of_month": days.day.to_numpy(dtype=float),
            "year_sine": np.sin(angle),
            "year_cosine": np.cos(angle),
            # After Christmas the next one is a year away.
            "days_to_christmas": np.where(ahead < 0, ahead + 365.0, ahead),
        }
    )


def _events(frame: pd.DataFrame, countries: Mapping[str, str | None]) -> pd.DataFrame:
    """A column of zeros and ones for each event."""
    names = sorted({*EVENTS, PUBLIC_HOLIDAY})
    columns = pd.DataFrame(0.0, index=frame.index, columns=[EVENT_PREFIX + name for name in names])
    for store, rows in frame.groupby("store_id")["ds"]:
        found = event_days(countries.get(str(store)), pd.DatetimeIndex(rows))
        for event, days in found.groupby("event")["ds"]:
            columns.loc[rows.index[rows.isin(days)], EVENT_PREFIX + str(event)] = 1.0
    return columns


def _drivers(frame: pd.DataFrame) -> pd.DataFrame:
    """Price, discount, ads and promotions; without a sense of money's unit."""
    return pd.DataFrame(
        {
            "log_price_index": np.log(frame["price_index"].astype(float).clip(lower=0.01)),
            "discount_rate": frame["discount_rate"].astype(float),
            "log_ad_spend": np.log1p(frame["ad_spend"].astype(float).fillna(0).clip(lower=0)),
            "is_promotion": frame["is_promotion"].astype(float),
            "is_peak": frame["is_peak"].astype(float),
        }
    )


def _seasons(plans: pd.Series) -> pd.DataFrame:
    """A column for each season, `Summer 2025` and `Summer 2026` being the same one."""
    words = plans.astype("str").str.lower().where(plans.notna(), "")
    names = words.str.replace(r"[^a-z]+", "_", regex=True).str.strip("_")
    names = names.where(plans.isna() | (names != ""), "planned")
    found = sorted(set(names) - {""})
    return pd.DataFrame(
        {SEASON_PREFIX + name: (names == name).astype(float) for name in found}, index=plans.index
    )
