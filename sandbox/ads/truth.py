"""What the ad world was made from -> tables, so that analyses can be held against it."""

from __future__ import annotations

import duckdb

from sandbox.ads import words
from sandbox.ads.entities import Entities
from sandbox.ads.figures import curve_parameters
from sandbox.ads.known import SETTLED_DAYS
from sandbox.ads.plans import CURVES, PLATFORMS
from sandbox.ads.spend import Spend
from sandbox.ads.write_entities import append_rows


def write_truth(con: duckdb.DuckDBPyConnection, entities: Entities, spend: Spend) -> None:
    most, half = curve_parameters(spend)
    curves = [
        {"platform": name, "maximum_revenue": float(top), "half_spend": float(middle)}
        for name, top, middle in zip(CURVES, most, half, strict=True)
    ]
    lags = [
        {"platform_source": name, "tau_days": each.lag_days, "settled_days": SETTLED_DAYS}
        for name, each in PLATFORMS.items()
    ]
    tiring = [{"ad_id": ad.id, "daily_ctr_decay": ad.decay} for ad in entities.ads if ad.decay > 0]
    better = [{"ad_group_id": group, "winner_ad_id": ad} for group, ad in entities.better.items()]
    wasted = [
        {"keyword_id": each.id, "keyword": each.text}
        for each in entities.keywords
        if each.is_wasted
    ]
    terms = [
        {"keyword_id": each.id, "search_term": pattern.format(each.text)}
        for each in entities.keywords
        for pattern, (_, purchases) in words.TERMS.items()
        if not purchases
    ]
    append_rows(con, "truth_response_curves", curves)
    append_rows(con, "truth_conversion_lag", lags)
    append_rows(con, "truth_fatigue", tiring)
    append_rows(con, "truth_ab", better)
    append_rows(con, "truth_wasted_keywords", wasted)
    append_rows(con, "truth_wasted_terms", terms)
