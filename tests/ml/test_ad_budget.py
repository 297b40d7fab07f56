"""How the same ad budget is best split between platforms."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from ml.ad_budget import Limits, last_whole_month, recommend, split
from ml.response_curves import Curve, fit_curves

FREE = Limits(np.zeros(2), np.full(2, np.inf))
ANY = {"platform": "*", "minimum_daily_spend": None, "maximum_daily_spend": None}


def curve(maximum: float, half: float) -> Curve:
    return Curve(maximum, half, np.array([[maximum, half]]))


def limits(*rows: dict[str, object]) -> pd.DataFrame:
    columns = [
        *("platform", "minimum_daily_spend", "maximum_daily_spend"),
        *("most_cut_pct", "most_rise_pct"),
    ]
    return pd.DataFrame(rows, columns=columns)


def platform(name: str, maximum: float, half: float, last: float) -> pd.DataFrame:
    """Days on a curve without noise; the last 28 of them at the same spend."""
    spend = np.concatenate([np.linspace(20, 600, 60), np.full(28, last)])
    return pd.DataFrame(
        {
            "store_id": "s",
            "platform": name,
            "date": pd.date_range(end="2026-03-31", periods=len(spend)),
            "spend": spend,
            "revenue": maximum * spend / (half + spend),
        }
    )


def test_the_next_unit_of_money_brings_the_same_everywhere():
    """(s2 + 100) / (s1 + 100) = sqrt(400 / 100) and s1 + s2 = 200, so s1 = 33.3, s2 = 166.7."""
    best = split([curve(100, 100), curve(400, 100)], FREE, 200)
    assert best == pytest.approx([100 / 3, 500 / 3])


def test_a_platform_that_brings_too_little_gets_nothing():
    """At nothing spent the first brings 10 / 100 a unit; the second still 90,000 / 400^2 = 0.56."""
    best = split([curve(10, 100), curve(900, 100)], FREE, 300)
    assert best == pytest.approx([0, 300])


def test_limits_hold_and_the_budget_is_spent():
    bounded = Limits(np.array([60.0, 0.0]), np.array([500.0, 500.0]))
    best = split([curve(100, 100), curve(400, 100)], bounded, 200)
    assert best == pytest.approx([60, 140])


def test_the_split_is_the_best_of_all_that_were_tried():
    curves = [curve(900, 300), curve(500, 80), curve(700, 900)]
    bounded = Limits(np.array([50.0, 20, 0]), np.array([400.0, 150, 600]))
    best = split(curves, bounded, 500)
    revenue = sum(float(c.revenue(s)) for c, s in zip(curves, best, strict=True))
    tried = [
        (a, b, 500 - a - b)
        for a in range(50, 401, 5)
        for b in range(20, 151, 5)
        if 0 <= 500 - a - b <= 600
    ]
    tops = [sum(float(c.revenue(s)) for c, s in zip(curves, each, strict=True)) for each in tried]
    assert best.sum() == pytest.approx(500)
    assert max(tops) <= revenue + 1e-9
    assert max(tops) == pytest.approx(revenue, rel=1e-3)


def test_a_recommendation_moves_money_to_where_it_brings_more_within_the_limits():
    table, curves = fit_curves(
        pd.concat([platform("google", 4_000, 100, 300), platform("tiktok", 4_000, 400, 100)])
    )
    told = recommend(
        table, curves, limits(ANY | {"most_cut_pct": 20, "most_rise_pct": 90}), pd.DataFrame({
            "store_id": [], "platform": [], "date": [], "spend": [],
        })
    ).set_index("platform")  # fmt: skip
    # Freely: (t + 400) / (g + 100) = 2 and g + t = 400, so g = 200; the limit stops it at 240.
    assert told["recommended_daily_spend"].to_dict() == pytest.approx(
        {"google": 240.0, "tiktok": 160.0}, rel=0.001
    )
    # 4,000 * (240 / 340 - 300 / 400) = -176.5 and 4,000 * (160 / 560 - 100 / 500) = 342.9.
    assert told["revenue_change"].to_dict() == pytest.approx(
        {"google": -176.47, "tiktok": 342.86}, rel=0.02
    )
    assert (told["revenue_change_low"] <= told["revenue_change"] + 1e-9).all()
    assert (told["revenue_change_high"] >= told["revenue_change"] - 1e-9).all()
    assert told["last_month_spend"].isna().all()


def test_a_platforms_own_limits_go_before_those_of_all():
    table, curves = fit_curves(
        pd.concat([platform("google", 4_000, 100, 300), platform("tiktok", 4_000, 400, 100)])
    )
    bounded = limits(
        ANY | {"most_cut_pct": 50, "most_rise_pct": 90},
        {"platform": "tiktok", "maximum_daily_spend": 120},
    )
    told = recommend(table, curves, bounded, last_whole_month(platform("google", 1, 1, 1)[:0]))
    assert told["recommended_daily_spend"].sum() == pytest.approx(400)
    assert told["recommended_daily_spend"].tolist() == pytest.approx([280, 120])


def test_last_month_is_split_day_by_day():
    frame = pd.concat([platform("google", 4_000, 100, 300), platform("tiktok", 4_000, 400, 100)])
    table, curves = fit_curves(frame)
    bounded = limits(ANY | {"most_cut_pct": 20, "most_rise_pct": 90})
    told = recommend(table, curves, bounded, last_whole_month(frame)).set_index("platform")
    march = frame[frame["date"] >= "2026-03-01"]
    assert told["last_month_spend"].to_dict() == pytest.approx(
        march.groupby("platform")["spend"].sum().to_dict()
    )
    spent = march.pivot_table(index="date", columns="platform", values="spend")
    change = 0.0
    for day in spent.itertuples():
        total = day.google + day.tiktok
        for name, share, half in (("google", 0.6, 100), ("tiktok", 0.4, 400)):
            after, before = share * total, getattr(day, name)
            change += 4_000 * (after / (half + after) - before / (half + before))
    assert told["last_month_revenue_change"].sum() == pytest.approx(change, rel=0.02)
    assert told["last_month_recommended_spend"].sum() == pytest.approx(march["spend"].sum())


@pytest.mark.parametrize(
    ("last", "first_day", "last_day"),
    [
        ("2026-03-31", "2026-03-01", "2026-03-31"),
        ("2026-03-30", "2026-02-01", "2026-02-28"),
        ("2026-01-15", "2025-12-01", "2025-12-31"),
    ],
)
def test_the_last_whole_month_is_one_that_is_over(last, first_day, last_day):
    frame = pd.DataFrame({"date": pd.date_range("2025-11-01", last)})
    found = last_whole_month(frame)["date"]
    assert [str(found.min().date()), str(found.max().date())] == [first_day, last_day]
    assert all((after - before).days == 1 for before, after in pairwise(found))


def test_without_a_curve_nothing_is_recommended():
    table, curves = fit_curves(platform("google", 4_000, 100, 300)[:10])
    assert recommend(table, curves, limits(ANY), pd.DataFrame()).empty
