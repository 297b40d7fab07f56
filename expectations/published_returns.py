"""What we promise readers of the returns tables: reasons, products and days add up to the total."""

from datetime import date

import great_expectations.expectations as gxe

from expectations.suite import PERIOD_KEY, Suite, differences, key, not_negative, shares

REASONS = ("product_quality", "size_fit", "wrong_product", "changed_mind", "delivery", "other")
SHARES = ("defect_rate", "wrong_item_rate", "size_fit_returns", "exchange_rate")

METRICS = Suite(
    table="returns.metrics",
    expectations=[
        *key(*PERIOD_KEY),
        *not_negative("total_returns", "returned_units", "return_rate", "return_value"),
        *not_negative("average_processing_time", "processing_cost", "shipping_cost"),
        *shares(*SHARES, "restocking_rate", "cohort_maturity_pct"),
    ],
)

BY_PRODUCT = Suite(
    table="returns.metrics_by_product",
    where="period_type <> 'day'",
    expectations=[
        *key(*PERIOD_KEY, "sku"),
        *not_negative("total_returns", "returned_units", "return_rate"),
        *shares(*SHARES, "restocking_rate"),
    ],
)

BY_REASON = Suite(
    table="returns.metrics_by_reason",
    where="period_type <> 'day' and return_reason_detail is null",
    expectations=[
        *key(*PERIOD_KEY, "return_reason_category"),
        gxe.ExpectColumnValuesToBeInSet(column="return_reason_category", value_set=list(REASONS)),
        *not_negative("returns_count", "returned_units"),
    ],
)

RECONCILIATION = Suite(
    table="returns.reconciliation",
    where="period_type <> 'day'",
    expectations=[
        *key(*PERIOD_KEY),
        *differences("unexplained"),
    ],
)

DAILY_REPORT = Suite(
    table="reports.daily_return_summary",
    topic="totals",
    query="""
        select
            summary.store_id,
            summary.returns_received - metrics.total_returns as returns_differ_by,
            summary.refund_amount - metrics.refund_amount as refunds_differ_by
        from {reports.daily_return_summary} as summary
        left join {returns.metrics} as metrics
            on summary.store_id = metrics.store_id
            and metrics.period_type = 'day'
            and metrics.period_start = summary.as_of_date
    """,
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="returns_differ_by"),
        *differences("returns_differ_by"),
        *differences("refunds_differ_by", by=0.01),
    ],
)


def totals(as_of: date) -> Suite:
    """Returns by reason = by product = by day = those of core = the total."""
    return Suite(
        table="returns.metrics",
        topic="totals",
        query=f"""
            select
                coalesce(total.units, 0) - coalesce(reasons.units, 0) as reasons_differ_by,
                coalesce(total.units, 0) - coalesce(products.units, 0) as products_differ_by,
                coalesce(total.units, 0) - coalesce(days.units, 0) as days_differ_by,
                coalesce(total.units, 0) - coalesce(items.units, 0) as core_differs_by,
                coalesce(total.amount, 0) - coalesce(reasons.amount, 0)
                    as reason_values_differ_by,
                coalesce(total.amount, 0) - coalesce(products.amount, 0)
                    as product_values_differ_by,
                coalesce(total.amount, 0) - coalesce(days.amount, 0) as day_values_differ_by,
                coalesce(total.amount, 0) - coalesce(items.amount, 0) as core_values_differ_by
            from ({_sums("returns.metrics", "period_type = 'all_time'")}) as total
            cross join (
                {
            _sums(
                "returns.metrics_by_reason",
                "period_type = 'all_time' and return_reason_detail is null",
            )
        }
            ) as reasons
            cross join (
                {_sums("returns.metrics_by_product", "period_type = 'all_time'")}
            ) as products
            cross join ({_sums("returns.metrics", "period_type = 'day'")}) as days
            cross join (
                select sum(quantity_returned) as units, sum(refund_amount) as amount
                from {{core.return_items}}
                where is_counted and return_date <= date '{as_of}'
            ) as items
        """,
        expectations=differences(
            "reasons_differ_by",
            "products_differ_by",
            "days_differ_by",
            "core_differs_by",
            "reason_values_differ_by",
            "product_values_differ_by",
            "day_values_differ_by",
            "core_values_differ_by",
        ),
    )


def _sums(table: str, condition: str) -> str:
    return (
        "select sum(returned_units) as units, sum(return_value) as amount "
        f"from {{{table}}} where store_id = 'all' and {condition}"
    )


def suites(as_of: date) -> list[Suite]:
    """All suites of the returns tables for a run of that day."""
    return [METRICS, BY_PRODUCT, BY_REASON, RECONCILIATION, DAILY_REPORT, totals(as_of)]
