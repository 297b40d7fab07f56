"""When sales events are: rules from a country and a year to days.

Events whose day is announced anew each year (Prime Day) are not here: no rule knows them ahead.
Where a country is not known, or has no rule of its own, the rule of most countries holds.
"""

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter  # type: ignore[import-untyped]

Rule = Callable[[str | None, int], list[date]]

THURSDAY, SUNDAY = 3, 6
LAST = -1
ORTHODOX = {"BG", "BY", "CY", "GE", "GR", "MD", "ME", "MK", "RO", "RS", "RU", "UA"}
SOUTHERN = {"AR", "AU", "BO", "BR", "CL", "NA", "NZ", "PE", "PY", "UY", "ZA"}
# Month and day, the same each year.
MOTHERS_DAYS = {
    "AE": (3, 21), "EG": (3, 21), "GT": (5, 10), "JO": (3, 21), "KR": (5, 8), "LB": (3, 21),
    "MX": (5, 10), "PL": (5, 26), "SA": (3, 21), "SV": (5, 10), "TH": (8, 12),
}  # fmt: skip
FATHERS_DAYS = {
    "DK": (6, 5), "ES": (3, 19), "HR": (3, 19), "IT": (3, 19), "KR": (5, 8), "PL": (6, 23),
    "PT": (3, 19), "TH": (12, 5),
}  # fmt: skip
# Month, and which of its Sundays.
MOTHERS_SUNDAYS = {
    "AR": (10, 3), "ES": (5, 1), "HU": (5, 1), "LT": (5, 1), "NO": (2, 2), "PT": (5, 1),
    "RO": (5, 1), "SE": (5, LAST),
}  # fmt: skip
FATHERS_SUNDAYS = {
    "AU": (9, 1), "BR": (8, 2), "EE": (11, 2), "FI": (11, 2), "IS": (11, 2), "NO": (11, 2),
    "NZ": (9, 1), "SE": (11, 2),
}  # fmt: skip
MOST_MOTHERS_SUNDAYS = (5, 2)
MOST_FATHERS_SUNDAYS = (6, 3)
# Days from Easter Sunday.
MOTHERS_IN_LENT = {"GB": -21, "IE": -21, "NG": -21}
FATHERS_AFTER_EASTER = {"DE": 39}
PENTECOST = 49


def dates(event: str, country: str | None, year: int) -> list[date]:
    """The days of an event in a year; none where the country does not have it."""
    return EVENTS[event](country, year)


def easter_sunday(country: str | None, year: int) -> date:
    return easter(year, EASTER_ORTHODOX if country in ORTHODOX else EASTER_WESTERN)


def thanksgiving(year: int) -> date:
    """The fourth Thursday of November, which sets Black Friday everywhere."""
    return weekday_of_month(year, 11, THURSDAY, 4)


def mothers_day(country: str | None, year: int) -> date:
    if country in MOTHERS_IN_LENT:
        return easter_sunday(country, year) + timedelta(days=MOTHERS_IN_LENT[country])
    if country in MOTHERS_DAYS:
        return date(year, *MOTHERS_DAYS[country])
    if country == "FR":
        return _french_mothers_day(year)
    month, number = MOTHERS_SUNDAYS.get(country or "", MOST_MOTHERS_SUNDAYS)
    return weekday_of_month(year, month, SUNDAY, number)


def fathers_day(country: str | None, year: int) -> date:
    if country in FATHERS_AFTER_EASTER:
        return easter_sunday(country, year) + timedelta(days=FATHERS_AFTER_EASTER[country])
    if country in FATHERS_DAYS:
        return date(year, *FATHERS_DAYS[country])
    month, number = FATHERS_SUNDAYS.get(country or "", MOST_FATHERS_SUNDAYS)
    return weekday_of_month(year, month, SUNDAY, number)


def weekday_of_month(year: int, month: int, weekday: int, number: int) -> date:
    """The first, second ... or last (-1) such weekday of a month; Monday is 0."""
    if number == LAST:
        following = date(year + month // 12, month % 12 + 1, 1)
        return weekday_of_month(following.year, following.month, weekday, 1) - timedelta(days=7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _french_mothers_day(year: int) -> date:
    """The last Sunday of May; where that is Pentecost, the Sunday after."""
    day = weekday_of_month(year, 5, SUNDAY, LAST)
    is_pentecost = day == easter(year) + timedelta(days=PENTECOST)
    return day + timedelta(days=7) if is_pentecost else day


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _each_year(first: tuple[int, int], last: tuple[int, int] | None = None) -> Rule:
    return lambda _, year: _span(date(year, *first), date(year, *(last or first)))


def _from_thanksgiving(first: int, last: int) -> Rule:
    def rule(_: str | None, year: int) -> list[date]:
        day = thanksgiving(year)
        return _span(day + timedelta(days=first), day + timedelta(days=last))

    return rule


def _week_up_to(day_of: Callable[[str | None, int], date]) -> Rule:
    def rule(country: str | None, year: int) -> list[date]:
        day = day_of(country, year)
        return _span(day - timedelta(days=6), day)

    return rule


def _thanksgiving(country: str | None, year: int) -> list[date]:
    return [thanksgiving(year)] if country == "US" else []


def _easter(country: str | None, year: int) -> list[date]:
    """Good Friday to Easter Monday."""
    sunday = easter_sunday(country, year)
    return _span(sunday - timedelta(days=2), sunday + timedelta(days=1))


def _back_to_school(country: str | None, year: int) -> list[date]:
    if country in SOUTHERN:
        return _span(date(year, 1, 15), date(year, 2, 7))
    return _span(date(year, 8, 10), date(year, 9, 7))


EVENTS: dict[str, Rule] = {
    "new_years_day": _each_year((1, 1)),
    "valentines_week": _each_year((2, 8), (2, 14)),
    "easter": _easter,
    "mothers_day_week": _week_up_to(mothers_day),
    "fathers_day_week": _week_up_to(fathers_day),
    "back_to_school": _back_to_school,
    "halloween_week": _each_year((10, 25), (10, 31)),
    "singles_day": _each_year((11, 11)),
    "black_week": _from_thanksgiving(-3, -1),
    "thanksgiving": _thanksgiving,
    "black_friday": _from_thanksgiving(1, 1),
    "black_friday_weekend": _from_thanksgiving(2, 3),
    "cyber_monday": _from_thanksgiving(4, 4),
    "christmas_rush": _each_year((12, 10), (12, 19)),
    "christmas_eve": _each_year((12, 24)),
    "christmas_day": _each_year((12, 25)),
    "boxing_day": _each_year((12, 26)),
}
