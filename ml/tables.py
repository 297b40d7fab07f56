"""What the tasks write to raw_ml; `python -m dlt_pipelines prepare` makes the tables, empty.

Every row bears the run's day, `as_of_date`; `_dlt_load_id` is that day as text.
"""

from dlt_pipelines.tables import table
from ml.forecast import tables as forecast

ALLOCATION = table(
    "allocation", "store_id", "sku", "from_location", "to_location",
    store_id="text", sku="text", from_location="text", to_location="text", units="bigint",
    transfer_cost="money", as_of_date="date",
)  # fmt: skip

REASON_TEXTS = table(
    "reason_texts", "store_id", "return_item_id",
    store_id="text", return_id="text", return_item_id="text", sentiment="double",
    sentiment_label="text", as_of_date="date",
)  # fmt: skip

REASON_KEYWORDS = table(
    "reason_keywords", "store_id", "return_reason_category", "phrase",
    store_id="text", return_reason_category="text", phrase="text", texts="bigint", share="double",
    score="double", average_sentiment="double", phrase_rank="bigint", as_of_date="date",
)  # fmt: skip

PRODUCT_KEYWORDS = table(
    "product_keywords", "store_id", "sku", "phrase",
    store_id="text", sku="text", phrase="text", texts="bigint", share="double", score="double",
    average_sentiment="double", phrase_rank="bigint", as_of_date="date",
)  # fmt: skip

ATTRIBUTION_WEIGHTS = table(
    "attribution_weights", "store_id", "model", "channel",
    store_id="text", model="text", channel="text", effect="double", weight="double",
    touch_weight="double", as_of_date="date",
)  # fmt: skip

RESPONSE_CURVES = table(
    "response_curves", "store_id", "platform",
    store_id="text", platform="text", status="text", days="bigint", first_day="date",
    last_day="date", daily_spend="double", maximum_revenue="double", maximum_revenue_low="double",
    maximum_revenue_high="double", half_spend="double", half_spend_low="double",
    half_spend_high="double", marginal_return="double", marginal_return_low="double",
    marginal_return_high="double", explained_share="double", as_of_date="date",
)  # fmt: skip

BUDGET_SPLIT = table(
    "budget_split", "store_id", "platform",
    store_id="text", platform="text", current_daily_spend="double",
    recommended_daily_spend="double", minimum_daily_spend="double", maximum_daily_spend="double",
    current_revenue="double", recommended_revenue="double", revenue_change="double",
    revenue_change_low="double", revenue_change_high="double", current_marginal_return="double",
    recommended_marginal_return="double", last_month_spend="double",
    last_month_recommended_spend="double", last_month_revenue_change="double", as_of_date="date",
)  # fmt: skip

AB_TESTS = table(
    "ab_tests", "store_id", "campaign_id", "ad_group_id", "ad_id", "measure",
    store_id="text", campaign_id="text", ad_group_id="text", control_ad_id="text", ad_id="text",
    measure="text", first_day="date", last_day="date", days="bigint", control_trials="double",
    control_successes="double", trials="double", successes="double", control_rate="double",
    rate="double", difference="double", difference_low="double", difference_high="double",
    p_value="double", adjusted_p_value="double", verdict="text", as_of_date="date",
)  # fmt: skip

CREATIVE_FATIGUE = table(
    "creative_fatigue", "store_id", "campaign_id", "ad_group_id", "ad_id",
    store_id="text", campaign_id="text", ad_group_id="text", ad_id="text", first_day="date",
    last_day="date", days="bigint", impressions="bigint", clicks="bigint", slope_per_day="double",
    slope_low="double", slope_high="double", first_rate="double", last_rate="double",
    p_value="double", as_of_date="date",
)  # fmt: skip

AD_COPY = table(
    "ad_copy", "store_id", "campaign_id", "ad_group_id", "ad_id",
    store_id="text", campaign_id="text", ad_group_id="text", ad_id="text", sentiment="double",
    sentiment_label="text", as_of_date="date",
)  # fmt: skip

TABLES = (
    ALLOCATION,
    REASON_TEXTS,
    REASON_KEYWORDS,
    PRODUCT_KEYWORDS,
    RESPONSE_CURVES,
    BUDGET_SPLIT,
    AB_TESTS,
    CREATIVE_FATIGUE,
    AD_COPY,
    ATTRIBUTION_WEIGHTS,
    *forecast.TABLES,
)
