"""Which model publishes a series, by a rule that has a name.

`lowest_wape` and `lowest_rmse` look at the longest horizon that was tested; models within 1 % of
the lowest WAPE, or 0.1 % of the lowest RMSE, are equal, and the simplest of them is taken: most of
a sparse series' RMSE is chance, so that models which forecast its sum well and badly lie close.
`lowest_rmse` also serves where nothing was sold in the tested days, for there WAPE is no number.
`only_model` is a class of one model; `untested` takes the simplest, where stock was out on every
tested day.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from ml.forecast.classes import CLASSES

SIMPLEST_FIRST = (
    *("window_average", "long_average", "seasonal_naive", "ses", "seasonal_es", "croston", "tsb"),
    *("theta", "ets", "regression", "arima", "mstl", "prophet", "random_forest", "xgboost"),
)
TIES = {"lowest_wape": 1.0, "lowest_rmse": 0.1}  # in percent
MEASURE = {"lowest_wape": "wape", "lowest_rmse": "rmse"}
COLUMNS = ["unique_id", "model", "rule", "reason"]


def choose(accuracy: pd.DataFrame, classes: pd.DataFrame) -> pd.DataFrame:
    """One row for each series that can be forecast: its model, the rule, and the reason in words.

    `classes` has unique_id, series_class and `tried`, the models that gave figures.
    """
    longest = accuracy[
        accuracy["horizon_days"] == accuracy.groupby("unique_id")["horizon_days"].transform("max")
    ]
    measured = dict(iter(longest.groupby("unique_id")))
    rows = [
        (
            row.unique_id,
            *_chosen(CLASSES[row.series_class].rule, row.tried, measured, row.unique_id),
        )
        for row in classes.itertuples()
        if row.tried
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _chosen(
    rule: str, tried: Iterable[str], measured: Mapping[str, pd.DataFrame], name: str
) -> tuple[str, str, str]:
    models = _simplest_first(tried)
    if rule == "only_model":
        return models[0], rule, CLASSES["new"].why
    table = measured.get(name)
    if table is None:
        return models[0], "untested", "stock was out on every tested day: the simplest model"
    return _lowest(rule, table[table["model"].isin(models)])


def _lowest(rule: str, table: pd.DataFrame) -> tuple[str, str, str]:
    """The simplest of the models that are as good as the best."""
    note = ""
    if rule == "lowest_wape" and table["wape"].isna().all():
        rule, note = "lowest_rmse", "; nothing was sold in the tested days, so that WAPE is none"
    measure = MEASURE[rule]
    errors = table.set_index("model")[measure]
    equal = errors.index[errors <= errors.min() * (1 + TIES[rule] / 100)]
    model = _simplest_first(equal)[0]
    first, standing = table.iloc[0], _standing(errors, model, TIES[rule])
    reason = (
        f"{_figure(measure, errors[model])} over {first['horizon_days']} days from "
        f"{first['origins']} origins, the {standing} of {len(errors)} models"
    )
    return model, rule, reason + note


def _figure(measure: str, error: float) -> str:
    return f"{measure.upper()} {error:.4g}{' %' if measure == 'wape' else ''}"


def _standing(errors: pd.Series, model: str, tie: float) -> str:
    best = errors.idxmin()
    if errors[model] <= errors[best]:
        return "lowest"
    return f"simplest within {tie:g} % of the lowest ({best}, {errors[best]:.4g})"


def _simplest_first(models: Iterable[str]) -> list[str]:
    return sorted(models, key=SIMPLEST_FIRST.index)
