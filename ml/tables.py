"""What the tasks write to raw_ml; `python -m dlt_pipelines prepare` makes the tables, empty.

Every row bears the run's day, `as_of_date`; `_dlt_load_id` is that day as text.
"""

from dlt_pipelines.tables import table

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

TABLES = (ALLOCATION, REASON_TEXTS, REASON_KEYWORDS, PRODUCT_KEYWORDS)
