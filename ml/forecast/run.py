"""The whole of a forecast, from frames to frames.

History is mended, each series put into a class, its models tried on the past and the best chosen.
What the chosen say is made to add up, of the past as of the days to come, so that the intervals and
the errors that are told are those of what is published.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ml.forecast import classes, history, trials
from ml.forecast.accuracy import accuracy
from ml.forecast.calendar import features
from ml.forecast.intervals import LEVEL, coverage, with_intervals
from ml.forecast.locations import shared_out
from ml.forecast.models import Drivers
from ml.forecast.reconcile import DIVISIONS, error_variances, reconcile
from ml.forecast.scenarios import scenarios
from ml.forecast.sums import forecast_rows
from ml.forecast.tables import FORECASTS, SERIES, TABLES
from ml.forecast.trials import Trial

KEY = list(SERIES)
IDENTITY = ["unique_id", *KEY, "category"]
RECONCILED = "reconciled"
LEVELS_THAT_ADD_UP = ("store", "category", "channel", "sku")


@dataclass(frozen=True)
class Inputs:
    """The relations of int_forecast, the stores with their country, and the seed of scenarios."""

    series: pd.DataFrame
    days: pd.DataFrame
    regressors: pd.DataFrame
    location_shares: pd.DataFrame
    stores: pd.DataFrame
    scenarios: pd.DataFrame


@dataclass(frozen=True)
class Options:
    """How many days ahead, the level of the adjustable interval, and how many SKUs get it all."""

    horizon: int = 90
    level: float = LEVEL
    full_skus: int = classes.FULL_SKUS


def forecast(inputs: Inputs, as_of: date, options: Options) -> dict[str, pd.DataFrame]:
    """The rows of each table of raw_ml that a forecast writes, but for the day of the run."""
    if inputs.days.empty:
        return {table.name: pd.DataFrame(columns=list(table.columns)) for table in TABLES}
    series = inputs.series.rename(columns={"series_id": "unique_id"})[IDENTITY]
    days, mended = history.prepare(
        inputs.days.rename(columns={"series_id": "unique_id", "day": "ds"}), as_of
    )
    told = classes.classify(series, days, options.horizon, options.full_skus)
    plan = trials.planned(told.merge(mended, on="unique_id"), options.horizon)
    drivers = _drivers(inputs, series, options)
    trial = trials.try_out(days, plan, drivers, options.horizon)
    future, past = _added_up(trial, days, series)
    rows = _rows(future, past, days, series, inputs.location_shares, options)
    return {
        "forecasts": rows,
        "forecast_accuracy": _accuracy(trial, past, days, series),
        "forecast_choices": _choices(plan, trial.choices),
        "forecast_scenarios": scenarios(rows, inputs.scenarios, days, series, drivers.features),
    }


def _drivers(inputs: Inputs, series: pd.DataFrame, options: Options) -> Drivers:
    countries = dict(zip(inputs.stores["store_id"], inputs.stores["country"], strict=True))
    return Drivers(series, features(inputs.series, inputs.regressors, countries, options.horizon))


def _added_up(
    trial: Trial, days: pd.DataFrame, series: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is published of the days to come, and what would have been at each origin."""
    variances = error_variances(trial.backtest, days, series)
    return (
        reconcile(trial.future, series, variances),
        reconcile(trial.backtest, series, variances),
    )


def _rows(
    future: pd.DataFrame,
    past: pd.DataFrame,
    days: pd.DataFrame,
    series: pd.DataFrame,
    shares: pd.DataFrame,
    options: Options,
) -> pd.DataFrame:
    """Days, weeks, months and horizons, of locations too.

    Series that were tested on fewer days stand by themselves: their intervals are told by those
    days, also where the horizon goes further.
    """
    if future.empty:
        return pd.DataFrame(columns=list(FORECASTS.columns))
    reach = (past["ds"] - past["cutoff"]).dt.days.groupby(past["unique_id"]).max()
    tested = future["unique_id"].map(reach).fillna(0)
    parts = []
    for _, some in future.groupby(tested):
        told = past[past["unique_id"].isin(some["unique_id"])]
        bounded = with_intervals(some, told, days, series, options.level)
        parts.append(forecast_rows(bounded, told, days, series, options.level))
    rows = pd.concat(parts, ignore_index=True)
    return pd.concat([rows, shared_out(rows, shares)], ignore_index=True)


def _accuracy(
    trial: Trial, past: pd.DataFrame, days: pd.DataFrame, series: pd.DataFrame
) -> pd.DataFrame:
    """Every tried model's errors; what is published bears the share of days in its intervals."""
    chosen = trial.choices.set_index("unique_id")["model"]
    adds_up = series.loc[
        series["level"].isin(LEVELS_THAT_ADD_UP) & series["measure"].isin(DIVISIONS), "unique_id"
    ]
    tried = trial.accuracy.assign(
        is_chosen=trial.accuracy["model"] == trial.accuracy["unique_id"].map(chosen)
    )
    tried["is_published"] = tried["is_chosen"] & ~tried["unique_id"].isin(adds_up)
    together = past[past["unique_id"].isin(adds_up)].assign(model=RECONCILED)
    published = accuracy(together, days).assign(is_chosen=False, is_published=True)
    rows = pd.concat([tried, published], ignore_index=True)
    rows = rows.merge(coverage(past, days, series), on=["unique_id", "horizon_days"], how="left")
    rows.loc[~rows["is_published"], ["coverage_80", "coverage_95"]] = None
    return rows.merge(series[["unique_id", *KEY]], on="unique_id")


def _choices(plan: pd.DataFrame, choices: pd.DataFrame) -> pd.DataFrame:
    rows = plan.drop(columns=["candidates", "tested", "origins"]).merge(choices, on="unique_id")
    notes = [history.note(row) for row in rows.itertuples()]
    return rows.assign(
        status=rows["model"].notna().map({True: "forecast", False: "no_forecast"}),
        reason=[
            "; ".join(part for part in (reason, note) if part)
            for reason, note in zip(rows["reason"], notes, strict=True)
        ],
    )
