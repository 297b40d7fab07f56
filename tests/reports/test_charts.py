"""Charts of the forecast, beside the export."""

import hashlib
import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from reports import drawing
from reports.export import export, export_charts
from reports.manifest import Report
from tests.small_warehouse import put

AS_OF = date(2026, 3, 31)
SVG = "charts/revenue_forecast_main.svg"
BANDS = {"lower_80": 0.8, "upper_80": 1.2, "lower_95": 0.6, "upper_95": 1.5}


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


def put_history(settings, days):
    put(
        settings,
        "sales.metrics",
        store_id=["main"] * len(days),
        period_type=["day"] * len(days),
        period_start=days,
        total_revenue=[Decimal(9000 + 100 * day.day) for day in days],
    )


def put_forecast(settings, as_of=AS_OF, **changes):
    """Thirty days of 10,000 each, and their sum."""
    expected = days(as_of + timedelta(days=1), 30)
    count = [1] * 30 + [30]
    columns = {
        "store_id": ["main"] * 31,
        "level": ["store"] * 31,
        "measure": ["revenue"] * 31,
        "as_of_date": [as_of] * 31,
        "period_type": ["day"] * 30 + ["horizon"],
        "period_start": [*expected, expected[0]],
        "days": count,
        "forecast": [10_000.0 * number for number in count],
        **{name: [10_000.0 * part * number for number in count] for name, part in BANDS.items()},
    }
    put(settings, "sales.forecast", **(columns | changes))


@pytest.fixture
def shop(settings):
    put(
        settings,
        "core.stores",
        store_id=["all", "main"],
        store_name=["All stores", "Tea & Co"],
        reporting_currency=["GBP", "GBP"],
    )
    put_history(settings, days(AS_OF - timedelta(days=399), 400))
    put_forecast(settings)
    return settings


def chart(settings, to):
    export_charts(settings, AS_OF, to)
    return to / "2026-03-31" / SVG


def test_an_export_has_the_chart_of_each_store_and_lists_it(shop, tmp_path):
    put(shop, "reports.sales", revenue=[1])
    export(shop, [Report("sales", "Sales", "daily", ("csv",))], AS_OF, tmp_path)
    folder = tmp_path / "2026-03-31"
    (listed,) = json.loads((folder / "manifest.json").read_text())["charts"]
    assert listed["title"] == "Revenue of Tea & Co: forecast of the next 30 days, as of 2026-03-31"
    assert [file["file"] for file in listed["files"]] == [SVG, SVG.replace("svg", "png")]
    for file in listed["files"]:
        content = (folder / file["file"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_chart_says_what_it_shows_as_of_when_and_in_which_currency(shop, tmp_path):
    texts = re.findall(r">([^<>]+)</text>", chart(shop, tmp_path).read_text())
    assert "Revenue of Tea &amp; Co: forecast of the next 30 days, as of 2026-03-31" in texts
    assert (
        "300,000 GBP expected in 30 days; 80 % certain to lie between 240,000 and 360,000" in texts
    )
    assert {"Revenue a day, GBP", "0", "10,000", "Forecast", "80 % interval"} <= set(texts)


def test_the_same_forecast_gives_the_same_bytes(shop, tmp_path):
    first, second = chart(shop, tmp_path / "one"), chart(shop, tmp_path / "two")
    assert first.read_bytes() == second.read_bytes()
    assert first.with_suffix(".png").read_bytes() == second.with_suffix(".png").read_bytes()
    assert first.with_suffix(".png").read_bytes().startswith(b"\x89PNG")


def test_the_lines_are_180_days_of_history_the_forecast_and_52_weeks_before():
    history = pd.DataFrame({"day": pd.to_datetime(days(AS_OF - timedelta(days=499), 500))})
    history["value"] = range(500)
    expected = pd.DataFrame({"day": pd.to_datetime(days(date(2026, 4, 1), 30)), "forecast": 7.0})
    expected = expected.assign(**{name: 7.0 * part for name, part in BANDS.items()})
    figure = drawing.draw(drawing.Forecast("Tea & Co", "GBP", AS_OF, history, expected))
    lines = {line.get_label(): list(line.get_ydata()) for line in figure.axes[0].get_lines()}
    assert lines["So far"] == list(range(320, 500))
    assert lines["Forecast"] == [7.0] * 30
    # 52 weeks before the last day, 2026-04-30, is 334 days before the last of the 500.
    assert lines["52 weeks before"] == list(range(499 - 334 + 1))


def test_without_a_forecast_of_the_day_there_is_no_chart_and_one_line(shop, tmp_path, caplog):
    caplog.set_level("INFO", "reports")
    put_forecast(shop, as_of=date(2026, 2, 28))
    assert export_charts(shop, AS_OF, tmp_path) == []
    assert caplog.messages == ["No chart: sales.forecast holds no forecast as of 2026-03-31."]


def test_without_history_there_is_no_chart_and_one_line(shop, tmp_path, caplog):
    caplog.set_level("INFO", "reports")
    put_history(shop, days(date(2026, 4, 1), 1))
    assert export_charts(shop, AS_OF, tmp_path) == []
    assert caplog.messages == ["No chart of main: nothing was sold up to 2026-03-31."]


def test_charts_drawn_alone_leave_the_days_tables_and_renew_the_list(shop, tmp_path):
    put(shop, "reports.sales", revenue=[1])
    export(shop, [Report("sales", "Sales", "daily", ("csv",))], AS_OF, tmp_path)
    manifest = tmp_path / "2026-03-31" / "manifest.json"
    before = json.loads(manifest.read_text())
    put_forecast(shop, forecast=[20_000.0] * 30 + [600_000.0])
    svg = chart(shop, tmp_path)
    after = json.loads(manifest.read_text())
    assert after["reports"] == before["reports"]
    digest = hashlib.sha256(svg.read_bytes()).hexdigest()
    assert after["charts"][0]["files"][0]["sha256"] == digest
    assert before["charts"][0]["files"][0]["sha256"] != digest
    assert (tmp_path / "2026-03-31" / "sales.csv").exists()


def test_a_stores_name_cannot_lead_out_of_the_folder(shop, tmp_path):
    put_forecast(shop, store_id=["../a b"] * 31)
    put(shop, "core.stores", store_id=["../a b"], store_name=[None], reporting_currency=["GBP"])
    put(
        shop, "sales.metrics", store_id=["../a b"], period_type=["day"],
        period_start=[AS_OF], total_revenue=[Decimal(1)],
    )  # fmt: skip
    export_charts(shop, AS_OF, tmp_path)
    found = sorted(path.name for path in (tmp_path / "2026-03-31" / "charts").iterdir())
    assert found == ["revenue_forecast_..%2Fa%20b.png", "revenue_forecast_..%2Fa%20b.svg"]
