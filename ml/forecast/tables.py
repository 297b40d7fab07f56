"""What a forecast writes to raw_ml; `python -m dlt_pipelines prepare` makes the tables, empty.

Every row bears the run's day, `as_of_date`; `_dlt_load_id` is that day as text. Forecasts and
scenarios of earlier days are kept; accuracy and choices are those of the latest run.
"""

from dlt_pipelines.tables import table

SERIES = {
    "store_id": "text",
    "level": "text",
    "measure": "text",
    "entity": "text",
    "warehouse_location": "text",
}

FORECASTS = table(
    "forecasts", "as_of_date", *SERIES, "period_type", "period_start", "period_end",
    **SERIES,
    period_type="text", period_start="date", period_end="date", days="bigint", forecast="double",
    lower_80="double", upper_80="double", lower_95="double", upper_95="double", lower="double",
    upper="double", interval_pct="double", model="text", as_of_date="date",
)  # fmt: skip

ACCURACY = table(
    "forecast_accuracy", *SERIES, "model", "horizon_days",
    **SERIES,
    model="text", horizon_days="bigint", mae="double", rmse="double", mape="double",
    smape="double", wape="double", mase="double", bias="double", coverage_80="double",
    coverage_95="double", origins="bigint", days="bigint", is_chosen="bool", is_published="bool",
    as_of_date="date",
)  # fmt: skip

CHOICES = table(
    "forecast_choices", *SERIES,
    **SERIES,
    status="text", series_class="text", model="text", rule="text", reason="text", tried="text",
    history_days="bigint", first_day="date", last_day="date", zero_days_pct="double",
    censored_days="bigint", as_of_date="date",
)  # fmt: skip

SCENARIOS = table(
    "forecast_scenarios", "as_of_date", "store_id", "measure", "scenario", "day",
    store_id="text", measure="text", scenario="text", kind="text", day="date", forecast="double",
    base_forecast="double", price_change_pct="double", discount_change_pct="double",
    ad_spend_change_pct="double", effect_pct="double", reason="text", as_of_date="date",
)  # fmt: skip

TABLES = (FORECASTS, ACCURACY, CHOICES, SCENARIOS)
