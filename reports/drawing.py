"""Draws one store's forecast: history, expected days, bands, and the same days a year before.

The same frames give the same bytes: no clock, no random names in the SVG.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import StrMethodFormatter

HISTORY_DAYS = 180
YEAR = 364  # days: weekdays stay where they are
SIZE, DPI = (12.0, 5.6), 110
HISTORY, EXPECTED, YEAR_BEFORE = "#1d3f5e", "#c4511b", "#8f8f8f"
BANDS = ((95, "#f9dfcd"), (80, "#f0b68f"))
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "storehouse",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Helvetica", "Arial"],
    "font.size": 10,
    "text.parse_math": False,
}
# What would tell when and by what a file was made.
UNDATED = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
}


@dataclass(frozen=True)
class Forecast:
    """A store's revenue on the days up to the as-of day, and those expected after it.

    `history` has day and value; `expected` day, forecast, lower_80, upper_80, lower_95, upper_95.
    """

    store_name: str
    unit: str
    as_of: date
    history: pd.DataFrame
    expected: pd.DataFrame
    total: str = ""


def title(forecast: Forecast) -> str:
    """What the chart shows, and as of when."""
    return (
        f"Revenue of {forecast.store_name}: forecast of the next {len(forecast.expected)} days, "
        f"as of {forecast.as_of}"
    )


def draw(forecast: Forecast) -> Figure:
    """The whole chart."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=SIZE, layout="constrained")
        axes = figure.add_subplot()
        _year_before(axes, forecast)
        _expected(axes, forecast)
        shown = _recent(forecast)
        axes.plot(shown["day"], shown["value"], color=HISTORY, linewidth=1.3, label="So far")
        axes.axvline(pd.Timestamp(forecast.as_of), color="#555555", linewidth=0.8, linestyle=":")
        _titles(axes, forecast)
        _finish(axes, forecast)
        figure.legend(*_keys(axes), loc="outside lower center", ncols=5, frameon=False)
    return figure


def save(figure: Figure, path: Path) -> None:
    """Write the chart in the format of the path's ending."""
    kind = path.suffix.removeprefix(".")
    with mpl.rc_context(STYLE):
        figure.savefig(path, format=kind, dpi=DPI, metadata=UNDATED[kind])


def _recent(forecast: Forecast) -> pd.DataFrame:
    first = pd.Timestamp(forecast.as_of - timedelta(days=HISTORY_DAYS - 1))
    return forecast.history[forecast.history["day"] >= first]


def _year_before(axes: Axes, forecast: Forecast) -> None:
    """What the days that are drawn brought 52 weeks before, as far as it is known."""
    first, last = _recent(forecast)["day"].min(), forecast.expected["day"].max()
    moved = forecast.history.assign(day=forecast.history["day"] + pd.Timedelta(days=YEAR))
    shown = moved[moved["day"].between(first, last)]
    if len(shown):
        axes.plot(
            shown["day"], shown["value"], color=YEAR_BEFORE, linewidth=0.9, zorder=1,
            label="52 weeks before",
        )  # fmt: skip


def _expected(axes: Axes, forecast: Forecast) -> None:
    days = forecast.expected
    for level, colour in BANDS:
        axes.fill_between(
            days["day"], days[f"lower_{level}"], days[f"upper_{level}"], color=colour,
            linewidth=0, zorder=0.5, label=f"{level} % interval",
        )  # fmt: skip
    axes.plot(days["day"], days["forecast"], color=EXPECTED, linewidth=1.6, label="Forecast")


def _titles(axes: Axes, forecast: Forecast) -> None:
    axes.set_title(
        title(forecast), loc="left", fontsize=13, fontweight="bold",
        pad=26 if forecast.total else 10,
    )  # fmt: skip
    if forecast.total:
        axes.text(0, 1.025, forecast.total, transform=axes.transAxes, color="#444444")


def _keys(axes: Axes) -> tuple[list[Artist], list[str]]:
    """What the legend explains, in the order in which one reads the chart."""
    handles, labels = axes.get_legend_handles_labels()
    order = ("So far", "Forecast", "80 % interval", "95 % interval", "52 weeks before")
    pairs = sorted(zip(handles, labels, strict=True), key=lambda pair: order.index(pair[1]))
    return [handle for handle, _ in pairs], [label for _, label in pairs]


def _finish(axes: Axes, forecast: Forecast) -> None:
    locator = AutoDateLocator(minticks=6, maxticks=12)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.set_ylabel(f"Revenue a day, {forecast.unit}")
    axes.set_ylim(bottom=0)
    axes.margins(x=0.01)
    axes.grid(axis="y", color="#e6e6e6", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
