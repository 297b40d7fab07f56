"""The list of tasks: what each reads, the function that learns from it, and what it writes.

The modules of tasks are imported when a task runs, for some load large libraries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from dlt_pipelines.tables import Table
from ml import tables

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Source:
    """A relation, the columns to read, and which rows; `{as_of}` stands for the run's day."""

    relation: str
    columns: tuple[str, ...]
    where: str | None = None


@dataclass(frozen=True)
class Task:
    """`learn` takes the frames of `reads` by name and returns those of `writes`."""

    reads: Mapping[str, Source]
    learn: Callable[[Frames], Frames]
    writes: tuple[Table, ...]


def _allocation(frames: Frames) -> Frames:
    from ml.allocation import allocate

    return {"allocation": allocate(frames["needs"], frames["costs"])}


def _attribution(frames: Frames) -> Frames:
    from ml.attribution import attribution_weights

    return {"attribution_weights": attribution_weights(frames["steps"], frames["sets"])}


def _reason_keywords(frames: Frames) -> Frames:
    from ml.reason_keywords import key_phrases
    from ml.sentiment import sentiments

    scored = sentiments(frames["texts"], "reason_text")
    return {
        "reason_texts": scored,
        "reason_keywords": key_phrases(scored, "return_reason_category"),
        "product_keywords": key_phrases(scored, "sku"),
    }


def _ad_budget(frames: Frames) -> Frames:
    from ml.ad_budget import last_whole_month, recommend
    from ml.response_curves import fit_curves, platform_days

    days = platform_days(frames["performance"])
    table, curves = fit_curves(days[days["is_settled"]])
    month = last_whole_month(days)
    return {
        "response_curves": table,
        "budget_split": recommend(table, curves, frames["limits"], month),
    }


def _creatives(frames: Frames) -> Frames:
    from ml.ab_tests import compare_ads
    from ml.creative_fatigue import fatigue
    from ml.sentiment import sentiments

    ads = frames["ads"]
    copy = ads["headline"].fillna("") + ". " + ads["body"].fillna("")
    return {
        "ab_tests": compare_ads(frames["days"]),
        "creative_fatigue": fatigue(frames["days"]),
        "ad_copy": sentiments(ads.assign(copy=copy.astype("str")), "copy"),
    }


TASKS = {
    "allocation": Task(
        reads={
            "needs": Source(
                "int_stock.location_needs",
                ("store_id", "sku", "warehouse_location", "surplus_units", "shortage_units"),
                "surplus_units > 0 or shortage_units > 0",
            ),
            "costs": Source(
                "int_stock.transfer_costs",
                ("store_id", "from_location", "to_location", "unit_cost"),
            ),
        },
        learn=_allocation,
        writes=(tables.ALLOCATION,),
    ),
    "attribution": Task(
        reads={
            "steps": Source("int_touches.steps", ("store_id", "from_step", "to_step", "steps")),
            "sets": Source(
                "int_touches.channel_sets", ("store_id", "channel_set", "channel", "conversions")
            ),
        },
        learn=_attribution,
        writes=(tables.ATTRIBUTION_WEIGHTS,),
    ),
    "reason_keywords": Task(
        reads={
            "texts": Source(
                "core.return_items",
                (
                    *("store_id", "return_id", "return_item_id", "sku"),
                    *("return_reason_category", "reason_text"),
                ),
                "is_counted and reason_text is not null and return_date <= date '{as_of}'",
            ),
        },
        learn=_reason_keywords,
        writes=(tables.REASON_TEXTS, tables.REASON_KEYWORDS, tables.PRODUCT_KEYWORDS),
    ),
    "ad_budget": Task(
        reads={
            "performance": Source(
                "core.ad_performance",
                ("store_id", "platform", "date", "spend", "revenue", "is_settled"),
                "date <= date '{as_of}'",
            ),
            "limits": Source(
                "seeds.ad_budget_limits",
                (
                    *("platform", "minimum_daily_spend", "maximum_daily_spend"),
                    *("most_cut_pct", "most_rise_pct"),
                ),
            ),
        },
        learn=_ad_budget,
        writes=(tables.RESPONSE_CURVES, tables.BUDGET_SPLIT),
    ),
    "creatives": Task(
        reads={
            "days": Source(
                "core.ad_performance",
                (
                    *("store_id", "campaign_id", "ad_group_id", "ad_id"),
                    *("date", "impressions", "clicks", "conversions"),
                ),
                "ad_id is not null and not is_unallocated and date <= date '{as_of}'",
            ),
            "ads": Source(
                "core.ads",
                ("store_id", "campaign_id", "ad_group_id", "ad_id", "headline", "body"),
                "headline is not null or body is not null",
            ),
        },
        learn=_creatives,
        writes=(tables.AB_TESTS, tables.CREATIVE_FATIGUE, tables.AD_COPY),
    ),
}
