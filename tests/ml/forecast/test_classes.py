"""Which class a series falls into, and which models that gives it."""

import numpy as np
import pandas as pd
import pytest

from ml.forecast.classes import CLASSES, candidates, classify
from ml.forecast.univariate import MODELS
from tests.ml.forecast.made_days import history_of, regular, sparse

LEVELS = {"total": ("store", "revenue"), "group": ("category", "revenue")}


def class_of(full_skus=2_000, horizon=90, **values):
    """The class of each series; those whose names say no level are SKUs."""
    history = history_of(**values)
    keys = [(name, "s", *LEVELS.get(name.split("_")[0], ("sku", "units"))) for name in values]
    series = pd.DataFrame(keys, columns=["unique_id", "store_id", "level", "measure"])
    rows = classify(series, history, horizon, full_skus)
    return rows.set_index("unique_id")["series_class"].to_dict()


def test_level_decides_of_a_long_series():
    found = class_of(total=regular(400), group=regular(400), group_b=sparse(400), sku=regular(400))
    assert found == {
        "total": "store", "group": "group", "group_b": "group_sparse", "sku": "sku_regular"
    }  # fmt: skip


def test_a_sku_is_sparse_when_more_than_half_of_the_days_of_a_year_are_zero():
    half = np.tile([0, 1], 200)  # 182 of the last 365 are zero
    more = np.append(half, [0, 0])
    before = np.append([0] * 400, [1] * 365)
    assert class_of(half=half, more=more, before=before) == {
        "half": "sku_regular", "more": "sku_sparse", "before": "sku_regular"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("days", "expected"),
    [(7, "too_short"), (13, "too_short"), (14, "new"), (57, "new"), (58, "young"),
     (145, "young"), (146, "sku_regular")],
)  # fmt: skip
def test_short_histories_fall_into_classes_of_their_own(days, expected):
    assert class_of(a=regular(days)) == {"a": expected}


def test_with_a_horizon_below_thirty_days_there_is_no_shorter_test():
    assert class_of(horizon=7, a=regular(62)) == {"a": "new"}
    assert class_of(horizon=7, a=regular(63)) == {"a": "sku_regular"}


def test_a_series_of_zeros_only_is_told_apart():
    assert class_of(a=[0] * 400) == {"a": "all_zero"}


def test_beyond_the_best_sellers_skus_get_the_cheap_models():
    values = {f"sku{size}": [size] * 400 for size in range(1, 6)}
    found = class_of(full_skus=2, **values)
    assert [name for name, own in found.items() if own == "sku_tail"] == ["sku1", "sku2", "sku3"]
    assert set(CLASSES["sku_tail"].models) <= set(MODELS)


def test_of_the_full_classes_at_least_six_models_are_tried():
    for name in ("store", "group", "sku_regular", "sku_sparse"):
        assert len(candidates(name, 730, 90)) >= 6


def test_a_model_is_tried_only_where_the_history_feeds_it():
    assert "mstl" in candidates("store", 728, 90)  # 548 days before the first origin
    assert "mstl" not in candidates("store", 727, 90)
    assert "ses" in candidates("sku_sparse", 280, 90)
    assert "ses" not in candidates("sku_sparse", 279, 90)
    assert "xgboost" in candidates("sku_regular", 236, 90)
    assert "xgboost" not in candidates("sku_regular", 235, 90)


def test_every_class_says_why_it_has_its_models():
    assert all(one.why and one.rule for one in CLASSES.values())
