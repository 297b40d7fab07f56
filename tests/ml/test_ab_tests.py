"""Ads of one ad group against the one that began first."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from ml.ab_tests import compare_ads, holm, newcombe, z_test

COLUMNS = [
    *("store_id", "campaign_id", "ad_group_id", "ad_id"),
    *("date", "impressions", "clicks", "conversions"),
]


def days(*rows: tuple[str, str, int, int, float], group: str = "g") -> pd.DataFrame:
    """Rows of ad, day of March, impressions, clicks, conversions."""
    told = [("s", "c", group, ad, f"2026-03-{day}", *figures) for ad, day, *figures in rows]
    return pd.DataFrame(told, columns=COLUMNS)


def of(found: pd.DataFrame, measure: str, ad: str = "b") -> dict[str, object]:
    (row,) = found[(found["measure"] == measure) & (found["ad_id"] == ad)].to_dict("records")
    return row


def test_a_clear_difference_is_told_by_hand_worked_numbers():
    """2 % against 3 % of 10,000: pooled 2.5 %, z = 0.01 / sqrt(0.025 * 0.975 / 5,000) = 4.529."""
    row = of(compare_ads(days(("a", "01", 10_000, 200, 0), ("b", "01", 10_000, 300, 0))),
             "click_through_rate")  # fmt: skip
    assert row["control_ad_id"] == "a"
    assert row["control_rate"] == pytest.approx(0.02)
    assert row["difference"] == pytest.approx(0.01)
    assert row["p_value"] == pytest.approx(5.93e-6, rel=0.01)
    assert 0 < row["difference_low"] < 0.01 < row["difference_high"]
    assert row["verdict"] == "better"


def test_the_formulas_agree_with_statsmodels():
    dice = np.random.default_rng(3)
    for _ in range(30):
        trials, others = dice.integers(50, 5_000, 2)
        hits, other_hits = dice.integers(1, trials), dice.integers(1, others)
        sides = [np.array([float(x)]) for x in (hits, trials, other_hits, others)]
        _, p_value = proportions_ztest([hits, other_hits], [trials, others])
        low, high = confint_proportions_2indep(hits, trials, other_hits, others, method="newcomb")
        assert z_test(*sides)[0] == pytest.approx(p_value)
        assert [x[0] for x in newcombe(*sides)] == pytest.approx([low, high])


def test_holm_agrees_with_statsmodels_and_leaves_nulls_out():
    values = pd.Series([0.04, 0.001, np.nan, 0.03, 0.8])
    _, wanted, *_ = multipletests(values.dropna(), method="holm")
    assert holm(values).dropna().tolist() == pytest.approx(wanted.tolist())
    assert holm(values).isna().tolist() == [False, False, True, False, False]


def test_only_days_that_both_ran_count():
    found = compare_ads(
        days(
            ("a", "01", 9_000, 9_000, 0),
            ("a", "02", 2_000, 40, 4),
            ("b", "02", 2_000, 40, 4),
            ("b", "03", 9_000, 0, 0),
            ("a", "03", 0, 0, 0),
        )
    )
    row = of(found, "click_through_rate")
    assert (row["days"], row["trials"], row["control_trials"]) == (1, 2_000, 2_000)
    assert (row["difference"], row["p_value"], row["verdict"]) == (0, 1, "no_difference")


def test_little_data_gets_no_verdict():
    found = compare_ads(days(("a", "01", 999, 10, 1), ("b", "01", 5_000, 150, 9)))
    assert of(found, "click_through_rate")["verdict"] == "too_little_data"
    assert of(found, "conversion_rate")["verdict"] == "too_little_data"


def test_fractional_conversions_and_none_are_no_error():
    found = compare_ads(
        days(("a", "01", 5_000, 500, 12.5), ("b", "01", 5_000, 500, 40.25), ("d", "01", 9, 0, 0))
    )
    assert of(found, "conversion_rate")["verdict"] == "better"
    nothing = of(found, "conversion_rate", "d")
    assert np.isnan(nothing["p_value"])
    assert nothing["verdict"] == "too_little_data"


def test_the_ad_that_began_first_is_the_control_in_each_group():
    found = compare_ads(
        pd.concat(
            [
                days(("b", "01", 10, 1, 0), ("a", "02", 10, 1, 0), ("b", "02", 10, 1, 0)),
                days(("x", "01", 10, 1, 0), ("y", "01", 10, 1, 0), group="h"),
            ]
        )
    )
    pairs = found[["ad_group_id", "control_ad_id", "ad_id"]].drop_duplicates()
    assert pairs.to_numpy().tolist() == [["g", "b", "a"], ["h", "x", "y"]]


def test_old_days_and_lone_ads_give_no_rows():
    assert compare_ads(days(("a", "01", 10, 1, 0))).empty
    assert compare_ads(days()).empty
    old = days(("a", "01", 10, 1, 0), ("b", "01", 10, 1, 0)).assign(date="2025-01-01")
    assert compare_ads(pd.concat([old, days(("z", "01", 10, 1, 0), group="h")])).empty
