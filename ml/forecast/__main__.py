"""Forecasts sales, demand and ads; progress in lines such as `forecast: 120 of 640 series`.

Run: python -m ml.forecast [--as-of DATE] [--horizon 90] [--level 90] [--only store,category]

Reads the views of int_forecast and writes raw_ml in one transaction: forecasts and scenarios of
other days stay, those of the same day are replaced, accuracy and choices are those of this run;
levels that are not asked for keep what they have. A run that is killed leaves all as it was.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from dlt_pipelines.tables import Table
from ml.forecast.run import Inputs, Options, forecast
from ml.forecast.tables import ACCURACY, CHOICES, FORECASTS, SCENARIOS
from storehouse import settings as settings_module
from storehouse import warehouse
from storehouse.settings import Settings, SettingsError
from storehouse.warehouse import Frame, WarehouseError

log = logging.getLogger("ml.forecast")

LEVELS = ("store", "category", "channel", "sku", "platform")
HORIZONS = (1, 365)


def main(arguments: list[str] | None = None) -> int:
    """Forecast every series; 0 when every table was written."""
    given = _parser().parse_args(arguments)
    log.setLevel(logging.INFO)
    settings_module.export_dotenv()
    try:
        settings = settings_module.load()
        as_of = given.as_of or datetime.now(ZoneInfo(settings.store_time_zone)).date()
        told = forecast(read(settings, as_of, given.only), as_of, _options(settings, given))
        write(settings, as_of, told, given.only)
    except (SettingsError, WarehouseError) as error:
        log.error("%s", error)
        return 1
    log.info(
        "%s forecasts of %s series to %d days after %s",
        f"{len(told['forecasts']):,}",
        f"{(told['forecast_choices']['status'] == 'forecast').sum():,}",
        given.horizon,
        as_of,
    )
    return 0


def read(settings: Settings, as_of: date, levels: Sequence[str]) -> Inputs:
    """The series of these levels, their days up to the day of the run, and what moves them."""
    series = _read(settings, "int_forecast.series", where=_among(levels))
    days = _read(settings, "int_forecast.days", where=f"day <= date '{as_of}'")
    return Inputs(
        series,
        days[days["series_id"].isin(series["series_id"])],
        _read(settings, "int_forecast.regressors"),
        _read(settings, "int_forecast.location_shares"),
        _read(settings, "core.stores", ("store_id", "country")),
        _read(settings, "seeds.forecast_scenarios"),
    )


def _read(
    settings: Settings, name: str, columns: Sequence[str] | None = None, where: str | None = None
) -> pd.DataFrame:
    return warehouse.read_table(settings, name, columns, where).to_pandas()


def write(
    settings: Settings, as_of: date, told: dict[str, pd.DataFrame], levels: Sequence[str]
) -> None:
    """Put the rows in the place of those of these levels: of the same day, or of any if not kept.

    Locations go with their SKUs, scenarios with their store.
    """
    of_day = f"as_of_date = date '{as_of}'"
    of_levels = _among((*levels, *(("location",) if "sku" in levels else ())))
    let_go = f"level = 'location' and period_type <> 'horizon' and as_of_date < date '{as_of}'"
    places = [
        (FORECASTS, f"{of_levels} and ({of_day} or {let_go})"),
        *((SCENARIOS, of_day) for level in levels if level == "store"),
        (ACCURACY, of_levels),
        (CHOICES, of_levels),
    ]
    warehouse.write_frames(
        settings,
        [
            Frame(
                f"raw_ml.{table.name}", _columns(table, told[table.name], as_of), "replace", where
            )
            for table, where in places
        ],
    )


def _among(levels: Sequence[str]) -> str:
    return f"level in ({', '.join(repr(level) for level in levels)})"


def _columns(table: Table, frame: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The declared columns in the declared order; days without a time."""
    dated = frame.assign(as_of_date=pd.Timestamp(as_of))
    for name, kind in table.columns.items():
        if kind == "date" and name in dated:
            dated[name] = pd.to_datetime(dated[name]).astype("date32[pyarrow]")
    return dated[list(table.columns)].assign(_dlt_load_id=str(as_of))


def _options(settings: Settings, given: argparse.Namespace) -> Options:
    return Options(given.horizon, given.level or settings.forecast_level, given.full_skus)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ml.forecast", description=__doc__)
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--horizon", type=_horizon, default=90, help="days ahead, 1 to 365")
    parser.add_argument("--level", type=_level, help="of the interval in per cent, 50 to 99")
    parser.add_argument("--only", type=_levels, default=LEVELS, metavar=",".join(LEVELS))
    parser.add_argument(
        "--full-skus", type=int, default=Options.full_skus, help="beyond them, cheap models only"
    )
    return parser


def _horizon(text: str) -> int:
    fewest, most = HORIZONS
    if not text.isdigit() or not fewest <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days, {fewest} to {most}")
    return int(text)


def _level(text: str) -> int:
    try:
        return settings_module.parse_level(text, "the level")
    except SettingsError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _levels(text: str) -> tuple[str, ...]:
    names = tuple(word.strip() for word in text.split(","))
    unknown = [name for name in names if name not in LEVELS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(LEVELS)}")
    return names


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stdout)
    sys.exit(main())
