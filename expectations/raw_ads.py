"""What ad platforms and web analytics promise: figures that can be, and days without gaps.

Platforms leave out rows of days on which nothing happened; `fetches` tells those from days that
nobody asked for.
"""

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from expectations.suite import WARNING, Suite

# The table that tells what each platform's campaigns did, and its columns of counts and costs.
REPORTS = {
    "google_ads": ("campaign_daily", ("impressions", "clicks", "cost_micros")),
    "facebook_ads": ("campaign_daily", ("impressions", "clicks", "spend")),
    "amazon_ads": ("campaign_daily", ("impressions", "clicks", "cost")),
    "tiktok_ads": ("campaign_daily", ("impressions", "clicks", "spend")),
    "custom_api": ("performance", ("impressions", "clicks", "spend")),
    "ga4": ("sessions", ("sessions", "engaged_sessions", "screen_page_views")),
}


def _none(column: str, description: str | None = None) -> Expectation:
    return gxe.ExpectColumnMaxToBeBetween(column=column, max_value=0, description=description)


def _figures(source: str) -> Suite:
    """No negative figure; a currency and a zone in every row."""
    name, columns = REPORTS[source]
    negative = " or ".join(f"{column} < 0" for column in columns)
    return Suite(
        table=f"raw_{source}.{name}",
        topic="figures",
        query=f"""
            select
                count(case when {negative} then 1 end) as negative_rows,
                count(case when currency_code is null or time_zone is null then 1 end)
                    as rows_without_currency_or_zone
            from {{raw_{source}.{name}}}
        """,
        expectations=[_none("negative_rows"), _none("rows_without_currency_or_zone")],
    )


def _days(source: str) -> Suite:
    """Warnings: days between the first and the last that were never asked for; accounts that are
    behind the others of their source.
    """
    return Suite(
        table=f"raw_{source}.fetches",
        topic="days",
        query=f"""
            with spans as (
                select
                    account_id,
                    report,
                    count(distinct date) as days,
                    min(date) as first_day,
                    max(date) as last_day,
                    max(fetched_on) as last_fetch
                from {{raw_{source}.fetches}}
                group by account_id, report
            ),

            accounts as (
                select
                    account_id,
                    max(last_fetch) as last_fetch
                from spans
                group by account_id
            ),

            latest as (
                select max(last_fetch) as last_fetch from accounts
            )

            select
                (
                    select count(*) from spans
                    where days < (last_day - first_day) + 1
                ) as reports_with_gaps,
                (
                    select count(*) from accounts
                    cross join latest
                    where (latest.last_fetch - accounts.last_fetch) > 1
                ) as accounts_behind
        """,
        expectations=[
            gxe.ExpectColumnMaxToBeBetween(
                column=column, max_value=0, severity=WARNING, description=description
            )
            for column, description in (
                ("reports_with_gaps", f"{source}: days between others were never read"),
                ("accounts_behind", f"{source}: an account is not read any more; see ops.loads"),
            )
        ],
    )


SUITES = {source: [_figures(source), _days(source)] for source in REPORTS}
