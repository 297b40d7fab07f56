"""How a store's sales may go: well or badly, or under other prices, discounts or ad spend.

A scenario is a row of the seed `forecast_scenarios`. Of kind `range` it is the horizon's total at a
quantile, its days in proportion to the published ones; the quantiles are the ends of the published
intervals, and the 50 % one is the forecast itself. Of kind `what_if` the published days are
multiplied by what the regression says that the changes do (`effects.py`); where it cannot tell, or
no interval ends at the quantile, there is no figure but a reason.
"""

import numpy as np
import pandas as pd

from ml.forecast.effects import Effects, effects

LEVEL = "store"
MEASURES = ("revenue", "orders", "units")
CHANGES = {
    "price_change_pct": "log_price_index",
    "discount_change_pct": "discount_rate",
    "ad_spend_change_pct": "log_ad_spend",
}
FIXED_INTERVALS = (80.0, 95.0)
NO_REGRESSION = "the history is too short or too even for the regression"
COLUMNS = [
    *("store_id", "measure", "scenario", "kind", "day"),
    *("forecast", "base_forecast", *CHANGES, "effect_pct", "reason"),
]

Told = tuple[np.ndarray | None, str | None]


def scenarios(
    rows: pd.DataFrame,
    templates: pd.DataFrame,
    history: pd.DataFrame,
    series: pd.DataFrame,
    features: pd.DataFrame,
) -> pd.DataFrame:
    """A row for each store, measure, scenario and day.

    `rows` are forecasts as raw_ml.forecasts holds them, `templates` the rows of the seed.
    """
    published = rows[(rows["level"] == LEVEL) & rows["measure"].isin(MEASURES)]
    wanted = series[(series["level"] == LEVEL) & series["measure"].isin(MEASURES)]
    known = history[history["unique_id"].isin(wanted["unique_id"])]
    days = published[published["period_type"] == "day"].sort_values("period_start")
    horizon = int(days.groupby(["store_id", "measure"]).size().max()) if len(days) else 0
    found = effects(known, wanted, features, horizon) if horizon else {}
    ids = wanted.set_index(["store_id", "measure"])["unique_id"]
    numbers = templates.astype(dict.fromkeys([*CHANGES, "quantile_pct"], float))
    parts = [
        _scenario(
            own,
            template,
            _factors(
                template, _total(published, store_id, measure), found.get(ids[store_id, measure])
            ),
        )
        for (store_id, measure), own in days.groupby(["store_id", "measure"], sort=True)
        for _, template in numbers.sort_values("scenario").iterrows()
    ]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _scenario(days: pd.DataFrame, template: pd.Series, told: Told) -> pd.DataFrame:
    factors, reason = told
    base = days["forecast"].to_numpy(float)
    forecast = base * factors if factors is not None else np.full(len(base), np.nan)
    total = base.sum()
    return pd.DataFrame(
        {
            "store_id": days["store_id"],
            "measure": days["measure"],
            "scenario": template["scenario"],
            "kind": template["kind"],
            "day": days["period_start"],
            "forecast": forecast,
            "base_forecast": base,
            **{change: template[change] for change in CHANGES},
            "effect_pct": 100 * (forecast.sum() / total - 1) if total > 0 else np.nan,
            "reason": reason,
        }
    )


def _factors(template: pd.Series, total: pd.Series, known: Effects | None) -> Told:
    """What the days are multiplied by, or why there is nothing."""
    if template["kind"] == "range":
        return _range(template["quantile_pct"], total)
    if known is None:
        return None, NO_REGRESSION
    shifts = _shifts(template)
    reason = known.doubt(shifts)
    return (None, reason) if reason else (known.ratio(shifts), None)


def _range(quantile: float, total: pd.Series) -> Told:
    """The total at the quantile over the forecast, the same for all days."""
    if quantile == 50:
        return np.ones(1), None
    level = round(2 * abs(quantile - 50), 6)
    side = "upper" if quantile > 50 else "lower"
    ends = {own: total[f"{side}_{own:g}"] for own in FIXED_INTERVALS}
    end = {float(total["interval_pct"]): total[side], **ends}.get(level)
    if end is None or pd.isna(end):
        return None, f"no interval ends at the {quantile:g} % quantile"
    return np.full(1, end / total["forecast"] if total["forecast"] > 0 else 1.0), None


def _shifts(template: pd.Series) -> dict[str, float]:
    """Of the drivers that change; prices and ad spend on a log scale."""
    changes = {
        driver: template[change] / 100
        for change, driver in CHANGES.items()
        if pd.notna(template[change]) and template[change] != 0
    }
    return {
        driver: change if driver == "discount_rate" else float(np.log1p(change))
        for driver, change in changes.items()
    }


def _total(published: pd.DataFrame, store_id: str, measure: str) -> pd.Series:
    """The longest horizon of the store's measure; where there is none, nothing is known of it."""
    own = published[
        (published["store_id"] == store_id)
        & (published["measure"] == measure)
        & (published["period_type"] == "horizon")
    ].sort_values("days")
    return own.iloc[-1] if len(own) else pd.Series(np.nan, index=published.columns)
