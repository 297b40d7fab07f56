"""The whole of a forecast, from frames to frames.

History is mended, each series put into a class, its models tried on the past and the best chosen;
what the chosen say is published.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ml.forecast import classes, history, trials
from ml.forecast.models import Drivers
from ml.forecast.tables import SERIES

KEY = list(SERIES)


@dataclass(frozen=True)
class Inputs:
    """Frames as the warehouse holds them: `days` of each of the `series`."""

    series: pd.DataFrame
    days: pd.DataFrame


@dataclass(frozen=True)
class Options:
    """How many days ahead, the level of the adjustable interval, and how many SKUs get it all."""

    horizon: int = 90
    level: float = 90.0
    full_skus: int = classes.FULL_SKUS


def forecast(inputs: Inputs, as_of: date, options: Options) -> dict[str, pd.DataFrame]:
    """The rows of each table of raw_ml that a forecast writes, but for the day of the run."""
    series = inputs.series.rename(columns={"series_id": "unique_id"})
    days, mended = history.prepare(
        inputs.days.rename(columns={"series_id": "unique_id", "day": "ds"}), as_of
    )
    told = classes.classify(series, days, options.horizon, options.full_skus)
    plan = trials.planned(told.merge(mended, on="unique_id"), options.horizon)
    drivers = Drivers(series, pd.DataFrame(columns=["store_id", "ds"]))
    trial = trials.try_out(days, plan, drivers, options.horizon)
    return {
        "forecasts": _forecasts(trial.future, series),
        "forecast_accuracy": _accuracy(trial, series),
        "forecast_choices": _choices(plan, trial.choices),
    }


def _forecasts(future: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    rows = future.merge(series[["unique_id", *KEY]], on="unique_id")
    return rows.assign(period_type="day", period_start=rows["ds"], period_end=rows["ds"], days=1)


def _accuracy(trial: trials.Trial, series: pd.DataFrame) -> pd.DataFrame:
    chosen = trial.choices.set_index("unique_id")["model"]
    is_chosen = trial.accuracy["model"] == trial.accuracy["unique_id"].map(chosen)
    rows = trial.accuracy.assign(is_chosen=is_chosen, is_published=is_chosen)
    return rows.merge(series[["unique_id", *KEY]], on="unique_id")


def _choices(plan: pd.DataFrame, choices: pd.DataFrame) -> pd.DataFrame:
    rows = plan.drop(columns=["candidates", "tested", "origins"]).merge(choices, on="unique_id")
    has_model = rows["model"].notna()
    notes = [history.note(row) for row in rows.itertuples()]
    return rows.assign(
        status=has_model.map({True: "forecast", False: "no_forecast"}),
        reason=[
            "; ".join(part for part in (reason, note) if part)
            for reason, note in zip(rows["reason"], notes, strict=True)
        ],
    )
