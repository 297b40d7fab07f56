"""What we promise readers of forecasts: levels that add up, wider bounds around narrower ones."""

from datetime import date

import great_expectations.expectations as gxe

from expectations.suite import WARNING, Suite, differences, key, not_negative, shares

PERIOD = ("period_type", "period_start", "period_end")

SALES = Suite(
    table="sales.forecast",
    where="is_latest",
    expectations=[
        *key("store_id", "level", "measure", "entity", *PERIOD),
        gxe.ExpectColumnValuesToNotBeNull(column="forecast"),
        *not_negative("forecast", "lower_80", "lower_95"),
    ],
)

SCENARIOS = Suite(
    table="sales.forecast_scenarios",
    where="is_latest",
    expectations=[
        *key("store_id", "measure", "scenario", "day"),
        *not_negative("forecast", "base_forecast"),
    ],
)

VS_ACTUAL = Suite(
    table="sales.forecast_vs_actual",
    where="level <> 'sku' and period_type <> 'day'",
    expectations=[
        *key("as_of_date", "store_id", "level", "measure", "entity", *PERIOD),
        gxe.ExpectColumnValuesToNotBeNull(column="actual"),
        gxe.ExpectColumnValuesToBeBetween(column="days_ahead", min_value=1),
    ],
)

DEMAND = Suite(
    table="inventory.demand_forecast",
    where="days_ahead <= 30",
    expectations=[
        *key("store_id", "sku", "warehouse_location", "day"),
        gxe.ExpectColumnValuesToNotBeNull(column="forecast_units"),
        *not_negative("forecast_units", "lower_80", "lower_95"),
    ],
)

ADS = Suite(
    table="ads.forecast",
    expectations=[
        *key("store_id", "platform", "period_type", "period_start"),
        *not_negative("spend", "conversions", "revenue", "projected_roas"),
    ],
)

GOALS = Suite(
    table="ads.goal_budget",
    expectations=[
        *key("store_id", "platform", "goal"),
        *not_negative("expected_value", "goal_value", "needed_daily_budget"),
    ],
)

ACCURACY = Suite(
    table="ops.forecast_accuracy",
    expectations=[
        *key(
            *("store_id", "level", "measure", "entity", "warehouse_location"),
            *("model", "horizon_days"),
        ),
        *not_negative("mae", "rmse", "mape", "wape", "mase"),
        *shares("smape", "coverage_80", "coverage_95"),
    ],
)

MODELS = Suite(
    table="ops.forecast_models",
    expectations=[
        *key("store_id", "level", "measure", "entity", "warehouse_location"),
        gxe.ExpectColumnValuesToBeInSet(column="status", value_set=["forecast", "no_forecast"]),
        gxe.ExpectColumnValuesToNotBeNull(column="reason"),
    ],
)

# A run of some levels alone says nothing of the others: those of one run are compared.
LEVELS = Suite(
    table="sales.forecast",
    topic="levels",
    query="""
        with days as (
            select store_id, level, measure, period_start, as_of_date, sum(forecast) as forecast
            from {sales.forecast}
            where is_latest and period_type = 'day'
            group by store_id, level, measure, period_start, as_of_date
        ),

        skus as (
            select store_id, day, as_of_date, sum(forecast_units) as forecast
            from {inventory.demand_forecast}
            where level = 'sku'
            group by store_id, day, as_of_date
        )

        select
            stores.forecast - parts.forecast as parts_differ_by,
            case when stores.measure = 'units' then stores.forecast - skus.forecast end
                as skus_differ_by
        from days as stores
        left join days as parts
            on stores.store_id = parts.store_id
            and stores.measure = parts.measure
            and stores.period_start = parts.period_start
            and stores.as_of_date = parts.as_of_date
            and parts.level <> 'store'
        left join skus
            on stores.store_id = skus.store_id
            and stores.period_start = skus.day
            and stores.as_of_date = skus.as_of_date
        where stores.level = 'store'
    """,
    expectations=differences("parts_differ_by", "skus_differ_by"),
)

BOUNDS = Suite(
    table="sales.forecast",
    topic="bounds",
    query="""
        select
            count(case when lower_80 > upper_80 then 1 end) as reversed_intervals,
            count(case when lower_95 > lower_80 or upper_95 < upper_80 then 1 end)
                as wider_intervals_within
        from {sales.forecast}
        where is_latest
    """,
    expectations=[
        gxe.ExpectColumnMaxToBeBetween(column=column, max_value=0)
        for column in ("reversed_intervals", "wider_intervals_within")
    ],
)


def freshness(as_of: date) -> Suite:
    """A warning: what is told of the days to come was forecast before the day of the run."""
    return Suite(
        table="sales.forecast",
        topic="freshness",
        query=f"""
            select count(case when is_latest and as_of_date < date '{as_of}' then 1 end)
                as older_rows
            from {{sales.forecast}}
        """,
        expectations=[
            gxe.ExpectColumnMaxToBeBetween(
                column="older_rows",
                max_value=0,
                severity=WARNING,
                description=f"sales.forecast was made before {as_of}: run python -m ml.forecast",
            )
        ],
    )


def suites(as_of: date) -> list[Suite]:
    """All suites of the tables of forecasts for a run of that day."""
    return [
        SALES,
        SCENARIOS,
        VS_ACTUAL,
        DEMAND,
        ADS,
        GOALS,
        ACCURACY,
        MODELS,
        LEVELS,
        BOUNDS,
        freshness(as_of),
    ]
