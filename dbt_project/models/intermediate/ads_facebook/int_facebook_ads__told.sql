-- Every report row with its figures, and whether it is of the latest fetch of its day. An action
-- that Meta does not list did not happen; but it tells no purchase by the hour, and what followed a
-- view of campaigns by publisher and of ads alone.
with

report_rows as (
    select * from {{ ref('int_facebook_ads__rows') }}
),

figures as (
    select * from {{ ref('int_facebook_ads__figures') }}
),

latest_fetches as (
    select
        store_id,
        account_id,
        report,
        date,
        max(fetched_on) as fetched_on
    from {{ ref('stg_facebook_ads__fetches') }}
    group by store_id, account_id, report, date
),

final as (
    select
        report_rows.report,
        report_rows.store_id,
        report_rows.account_id,
        report_rows.date,
        report_rows.fetched_on,
        report_rows.campaign_id,
        report_rows.ad_group_id,
        report_rows.ad_id,
        report_rows.publisher_platform,
        report_rows.part,
        report_rows.row_id,
        report_rows.currency,
        report_rows.attribution_window,
        report_rows.impressions,
        report_rows.clicks,
        report_rows.spend,
        report_rows.reach,
        {{ told_by_facebook('conversions', "report_rows.report <> 'hour_daily'") }},
        {{ told_by_facebook('revenue', "report_rows.report <> 'hour_daily'") }},
        {{ told_by_facebook('add_to_carts', "report_rows.report <> 'hour_daily'") }},
        {{ told_by_facebook(
            'view_through_conversions', "report_rows.report in ('campaign_daily', 'ad_daily')"
        ) }},
        figures.video_views,
        {{ told_by_facebook('engagements', 'true') }},
        report_rows.fetched_on = latest_fetches.fetched_on as is_latest,
        report_rows.fetched_on = report_rows.date as is_partial
    from report_rows
    inner join latest_fetches
        on report_rows.store_id = latest_fetches.store_id
        and report_rows.account_id = latest_fetches.account_id
        and report_rows.report = latest_fetches.report
        and report_rows.date = latest_fetches.date
    left join figures on report_rows.row_id = figures.row_id
)

select * from final
