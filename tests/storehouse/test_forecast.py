"""`storehouse forecast`, with steps that only pretend."""

import sys
from datetime import date

import pytest
from typer.testing import CliRunner

from storehouse import cli
from storehouse import forecast as forecast_run
from storehouse.settings import Settings
from storehouse.steps import Run, Step, forecast_steps
from tests.small_warehouse import duckdb_settings, put

runner = CliRunner()
AS_OF = date(2026, 3, 31)


@pytest.fixture
def shop(settings: Settings, monkeypatch) -> Settings:
    """A warehouse that was built for a day, and a forecast that has been made of it."""
    for name, value in {
        "WAREHOUSE": "duckdb",
        "DUCKDB_PATH": settings.duckdb_path,
        "STATE_DIR": settings.state_dir,
        "EXPORTS_DIR": settings.exports_dir,
        "FORECAST_LEVEL": "85",
    }.items():
        monkeypatch.setenv(name, str(value))
    put(settings, "core.orders", order_id=["1"])
    put(settings, "core.periods", period_type=["today", "month"], period_start=[AS_OF, AS_OF])
    put_forecast(settings)
    return settings


def put_forecast(settings: Settings, **changes):
    measures = ["revenue", "revenue", "orders", "units"]
    columns = {
        "store_id": ["main"] * 4,
        "level": ["store"] * 4,
        "measure": measures,
        "period_type": ["horizon"] * 4,
        "days": [30, 90, 30, 30],
        "forecast": [3000.4, 9000.0, 40.0, 70.0],
        "lower_80": [2500.0, 8000.0, 30.0, 60.0],
        "upper_80": [3500.0, 10000.0, 50.0, 80.0],
        "as_of_date": [AS_OF] * 4,
    }
    put(settings, "sales.forecast", **(columns | changes))
    put(
        settings,
        "ops.forecast_accuracy",
        store_id=["main"] * 5,
        level=["store"] * 5,
        measure=["revenue"] * 5,
        model=["regression", "seasonal_naive", "reconciled", "regression", "seasonal_naive"],
        horizon_days=[90, 90, 90, 30, 30],
        wape=[20.0, 31.24, 19.96, 1.0, 2.0],
        is_chosen=[True, False, False, True, False],
        is_published=[False, False, True, False, False],
        as_of_date=[AS_OF] * 5,
    )


@pytest.fixture
def plan(monkeypatch):
    """Put a step that only pretends in the place of the real ones; tells what was asked."""
    asked = []

    def use(code: str):
        step = Step("forecast", "learn", "Forecast", (sys.executable, "-c", code))
        monkeypatch.setattr(
            forecast_run, "forecast_steps", lambda *given: asked.append(given) or [step]
        )
        return asked

    return use


def lines(result) -> list[str]:
    return [" ".join(line.split()) for line in result.output.splitlines()]


def test_a_forecast_ends_with_what_each_store_expects_and_how_well_models_did(shop, plan):
    plan("print('forecast: 1 of 2 series')")
    charts = shop.exports_dir / "2026-03-31" / "charts"
    charts.mkdir(parents=True)
    (charts / "revenue_forecast_main.png").touch()
    result = runner.invoke(cli.app, ["forecast"])
    assert result.exit_code == 0
    assert (
        "main Revenue 3,000 (2,500 to 3,500) 9,000 (8,000 to 10,000) regression 20.0 31.2"
        in lines(result)
    )
    assert "main Orders 40 (30 to 50)" in lines(result)
    assert f"Charts {charts / 'revenue_forecast_main.png'}" in lines(result)


def test_without_a_terminal_its_progress_stands_in_plain_lines(shop, plan):
    plan("print('forecast: 120 of 640 series')\nprint('read the days')")
    said = lines(runner.invoke(cli.app, ["forecast"]))
    assert "forecast forecast: 120 of 640 series" in said
    assert "forecast read the days" not in said


def test_a_forecast_that_fails_returns_1_and_says_why(shop, plan):
    plan("print('no series'); raise SystemExit(1)")
    result = runner.invoke(cli.app, ["forecast"])
    assert result.exit_code == 1
    assert "forecast failed: no series" in result.output
    assert "What stores expect" not in result.output


def test_without_a_store_among_the_levels_it_says_so(shop, plan):
    plan("print('done')")
    put_forecast(shop, level=["category"] * 4)
    result = runner.invoke(cli.app, ["forecast", "--only", "category"])
    assert result.exit_code == 0
    assert "No store has a forecast as of 2026-03-31." in result.output


def test_the_options_reach_the_steps(shop, plan):
    asked = plan("print('done')")
    options = ["--horizon", "45", "--level", "75", "--only", "store, sku", "--as-of", "2026-02-28"]
    runner.invoke(cli.app, ["forecast", *options])
    runner.invoke(cli.app, ["forecast"])
    ((_, first, given), (_, second, usual)) = asked
    assert (first.as_of, second.as_of) == ("2026-02-28", "2026-03-31")
    assert given == ["--horizon", "45", "--level", "75", "--only", "store,sku"]
    assert usual == ["--horizon", "90", "--level", "85"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--horizon", "0"], "--horizon is 0; it must be from 1 to 365 days."),
        (["--horizon", "366"], "--horizon is 366; it must be from 1 to 365 days."),
        (["--level", "100"], "--level is '100'; it must look like 90"),
        (["--only", "store,fish"], "--only is 'store,fish'; it takes store, category, channel"),
        (["--as-of", "tomorrow"], "--as-of is 'tomorrow'; it must be a day such as 2026-03-31."),
        (
            ["--as-of", "2026-04-01"],
            "--as-of is 2026-04-01, but the warehouse was built for 2026-03-31: "
            "storehouse run --as-of 2026-04-01 comes first.",
        ),
    ],
)
def test_options_that_cannot_be_used_return_1_with_one_line(shop, plan, options, says):
    asked = plan("print('done')")
    result = runner.invoke(cli.app, ["forecast", *options])
    assert result.exit_code == 1
    assert says in result.output
    assert len(result.output.splitlines()) == 1
    assert asked == []


def test_without_a_warehouse_it_says_what_comes_first(shop, plan):
    plan("print('done')")
    shop.duckdb_path.unlink()
    result = runner.invoke(cli.app, ["forecast"])
    assert result.exit_code == 1
    assert result.output == f"There is no warehouse at {shop.duckdb_path} yet: storehouse run\n"


def test_where_nothing_has_landed_it_says_what_comes_first(shop, plan):
    plan("print('done')")
    put(shop, "core.orders", order_id=[])
    result = runner.invoke(cli.app, ["forecast"])
    assert result.exit_code == 1
    assert result.output == f"No order has landed in {shop.duckdb_path} yet: storehouse run\n"


def test_a_forecast_by_hand_makes_its_series_its_tables_and_its_charts(tmp_path):
    run = Run("2026-03-31", ("shopify",))
    made = forecast_steps(duckdb_settings(tmp_path), run, ["--horizon", "45"])
    assert [step.name for step in made] == [
        *("build_forecast_series", "forecast", "build_forecast", "charts")
    ]
    assert made[1].shell == "python -m ml.forecast --as-of 2026-03-31 --horizon 45"
    assert made[3].shell == "python -m reports charts --as-of 2026-03-31"
