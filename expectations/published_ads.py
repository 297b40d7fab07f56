"""What we promise readers of the ads tables: one spend and one revenue, however they are told."""

from datetime import date

import great_expectations.expectations as gxe

from expectations.suite import PERIOD_KEY, WARNING, Suite, differences, key, not_negative, shares

# What is learned anew on every run, from core tables of the same day.
LEARNED = (
    *("ab_tests", "ad_copy", "attribution_weights", "budget_split"),
    *("creative_fatigue", "response_curves"),
)

METRICS = Suite(
    table="ads.metrics",
    expectations=[
        *key(*PERIOD_KEY),
        gxe.ExpectColumnValuesToNotBeNull(column="total_ad_spend"),
        *not_negative("total_ad_spend", "impressions", "clicks", "budget", "sessions"),
        *not_negative("cost_per_click", "cost_per_impression", "daily_average_spend"),
        *shares("bounce_rate", "bounce_rate_paid"),
        # A platform may count a click on one day and what was clicked on the day before.
        gxe.ExpectColumnValuesToBeBetween(
            column="click_through_rate", min_value=0, max_value=100, severity=WARNING
        ),
    ],
)

BY_PLATFORM = Suite(
    table="ads.metrics_by_platform",
    where="period_type <> 'day'",
    expectations=[
        *key(*PERIOD_KEY, "platform"),
        *not_negative("total_ad_spend", "impressions", "clicks", "cost_per_click"),
    ],
)

BY_CAMPAIGN = Suite(
    table="ads.metrics_by_campaign",
    where="period_type <> 'day'",
    expectations=[
        *key(*PERIOD_KEY, "platform", "campaign_id"),
        *not_negative("total_ad_spend", "impressions", "clicks", "budget"),
    ],
)

BY_CHANNEL = Suite(
    table="ads.attribution_by_channel",
    where="period_type <> 'day'",
    expectations=[
        *key(*PERIOD_KEY, "model", "channel"),
        *not_negative("conversions", "new_customers", "spend"),
    ],
)

CREATIVE_FATIGUE = Suite(
    table="ads.creative_fatigue",
    expectations=[
        *key("store_id", "campaign_id", "ad_group_id", "ad_id"),
        gxe.ExpectColumnValuesToBeBetween(column="p_value", min_value=0, max_value=1),
    ],
)

AB_TESTS = Suite(
    table="ads.ab_tests",
    expectations=[
        *key("store_id", "campaign_id", "ad_group_id", "ad_id", "measure"),
        gxe.ExpectColumnValuesToBeBetween(column="p_value", min_value=0, max_value=1),
    ],
)

RESPONSE_CURVES = Suite(
    table="ads.response_curves",
    expectations=[
        *key("store_id", "platform"),
        *not_negative("maximum_revenue", "half_spend", "marginal_return"),
    ],
)

KPIS = Suite(
    table="metrics.kpis",
    topic="ads",
    query="""
        select catalog.metric_id
        from {metrics.catalog} as catalog
        cross join (select count(*) as periods from {ads.metrics}) as metrics
        left join {metrics.kpis} as kpis
            on catalog.metric_id = kpis.metric_id
            and kpis.period_type = 'all_time'
            and kpis.store_id = 'all'
        where catalog.module = 'ads' and metrics.periods > 0 and kpis.metric_id is null
    """,
    expectations=[gxe.ExpectTableRowCountToEqual(value=0)],
)

LEVELS = Suite(
    table="core.ad_breakdowns",
    topic="levels",
    query="""
        with days as (
            select
                store_id, source, campaign_id, date, level,
                coalesce(audience_type, '') as audience_type,
                sum(impressions) as impressions,
                sum(clicks) as clicks,
                sum(spend) as spend
            from {core.ad_breakdowns}
            group by store_id, source, campaign_id, date, level, coalesce(audience_type, '')
        )

        select
            count(
                case when campaigns.impressions <> levels.impressions then 1 end
            ) as days_whose_impressions_differ,
            count(case when campaigns.clicks <> levels.clicks then 1 end)
                as days_whose_clicks_differ,
            count(case when abs(campaigns.spend - levels.spend) > 0.005 then 1 end)
                as days_whose_spend_differs,
            count(case when campaigns.campaign_id is null then 1 end) as days_without_campaign
        from days as levels
        left join days as campaigns
            on levels.store_id = campaigns.store_id
            and levels.source = campaigns.source
            and levels.campaign_id = campaigns.campaign_id
            and levels.date = campaigns.date
            and campaigns.level = 'campaign'
        where levels.level <> 'campaign'
    """,
    expectations=[
        gxe.ExpectColumnMaxToBeBetween(column=column, max_value=0)
        for column in (
            "days_whose_impressions_differ",
            "days_whose_clicks_differ",
            "days_whose_spend_differs",
            "days_without_campaign",
        )
    ],
)

CREDITS = Suite(
    table="ads.attribution",
    topic="credits",
    query="""
        with shared as (
            select
                store_id, order_id, model,
                sum(credit) as credit,
                sum(revenue) as revenue,
                min(credit) as least
            from {ads.attribution}
            group by store_id, order_id, model
        ),

        sold as (
            select store_id, order_id, sum(total_amount) as revenue
            from {core.order_items}
            where is_valid and not is_gift_card
            group by store_id, order_id
        )

        select
            count(case when abs(shared.credit - 1) > 0.000001 then 1 end)
                as orders_whose_credits_are_not_1,
            count(case when abs(shared.revenue - coalesce(sold.revenue, 0)) > 0.005 then 1 end)
                as orders_whose_revenue_differs,
            count(case when shared.least < 0 then 1 end) as orders_with_negative_credits
        from shared
        left join sold
            on shared.store_id = sold.store_id
            and shared.order_id = sold.order_id
    """,
    expectations=[
        gxe.ExpectColumnMaxToBeBetween(column=column, max_value=0)
        for column in (
            "orders_whose_credits_are_not_1",
            "orders_whose_revenue_differs",
            "orders_with_negative_credits",
        )
    ],
)


def totals(as_of: date) -> Suite:
    """Ads by platform = by campaign = by day = those of core = the total."""
    compared = {
        "platforms": _sums("ads.metrics_by_platform", "period_type = 'all_time'"),
        "campaigns": _sums("ads.metrics_by_campaign", "period_type = 'all_time'"),
        "days": _sums("ads.metrics", "period_type = 'day'"),
        "core": (
            "select sum(spend) as spend, sum(clicks) as clicks, sum(revenue) as revenue "
            f"from {{core.ad_performance}} where date <= date '{as_of}'"
        ),
    }
    figures = ("spend", "clicks", "revenue")
    columns = ",\n".join(
        f"coalesce(total.{figure}, 0) - coalesce({name}.{figure}, 0) as {name}_{figure}_differs_by"
        for name in compared
        for figure in figures
    )
    parts = "\n".join(f"cross join ({query}) as {name}" for name, query in compared.items())
    return Suite(
        table="ads.metrics",
        topic="totals",
        query=f"""
            select {columns}
            from ({_sums("ads.metrics", "period_type = 'all_time'")}) as total
            {parts}
        """,
        expectations=differences(
            *(f"{name}_{figure}_differs_by" for name in compared for figure in figures)
        ),
    )


def _sums(table: str, condition: str) -> str:
    return (
        "select sum(total_ad_spend) as spend, sum(clicks) as clicks, "
        f"sum(revenue_from_ads) as revenue from {{{table}}} "
        f"where store_id = 'all' and {condition}"
    )


def spend_of_channels(as_of: date) -> Suite:
    """Beside every model stands all spend: of the platforms, and of touches of no ad campaign."""
    return Suite(
        table="ads.attribution_by_channel",
        topic="spend",
        query=f"""
            with known as (
                select distinct store_id, campaign_id from {{core.ad_campaigns}}
            ),

            spent as (
                select store_id, spend
                from {{core.ad_performance}}
                where date <= date '{as_of}'
                union all
                select touchpoints.store_id, touchpoints.cost as spend
                from {{core.touchpoints}} as touchpoints
                left join known
                    on touchpoints.store_id = known.store_id
                    and touchpoints.campaign_id = known.campaign_id
                where known.campaign_id is null and touchpoints.touch_day <= date '{as_of}'
            ),

            stores as (
                select store_id, sum(spend) as spend from spent group by store_id
            ),

            models as (
                select store_id, model, sum(spend) as spend
                from {{ads.attribution_by_channel}}
                where period_type = 'all_time' and store_id <> 'all'
                group by store_id, model
            )

            select
                models.store_id,
                models.model,
                models.spend - coalesce(stores.spend, 0) as spend_differs_by
            from models
            left join stores on models.store_id = stores.store_id
        """,
        expectations=differences("spend_differs_by"),
    )


def learned(as_of: date) -> list[Suite]:
    """Warnings: what is told was learned before the day of the run, from other figures."""
    return [
        Suite(
            table=f"raw_ml.{name}",
            topic="freshness",
            query=f"""
                select count(case when as_of_date < date '{as_of}' then 1 end) as older_rows
                from {{raw_ml.{name}}}
            """,
            expectations=[
                gxe.ExpectColumnMaxToBeBetween(
                    column="older_rows",
                    max_value=0,
                    severity=WARNING,
                    description=f"raw_ml.{name} was learned before {as_of}: run python -m ml",
                )
            ],
        )
        for name in LEARNED
    ]


def suites(as_of: date) -> list[Suite]:
    """All suites of the ads tables for a run of that day."""
    return [
        METRICS,
        BY_PLATFORM,
        BY_CAMPAIGN,
        BY_CHANNEL,
        CREATIVE_FATIGUE,
        AB_TESTS,
        RESPONSE_CURVES,
        KPIS,
        LEVELS,
        CREDITS,
        totals(as_of),
        spend_of_channels(as_of),
        *learned(as_of),
    ]
