"""How many people a number of impressions comes to: reach never adds up."""

from __future__ import annotations

import numpy as np

from sandbox.shop.streams import Ints

REPORT_REACH = frozenset({"facebook_ads", "tiktok_ads"})
EXPONENT = 0.93


def reach(impressions: Ints) -> Ints:
    """People who saw that many impressions."""
    return np.ceil(impressions.astype(float) ** EXPONENT).astype(np.int64)
