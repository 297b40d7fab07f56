-- Report rows with what they count as and whether the fetch is the day's latest.
with

report_rows as (
    select * from {{ ref('int_tiktok_ads__rows') }}
),

counted as (
    select * from {{ ref('int_tiktok_ads__counted') }}
),

fetches as (
    select
        store_id,
        account_id,
        report,
        date,
        fetched_on,
        is_partial,
        max(fetched_on) over (partition by store_id, account_id, report, date)
            as last_fetched_on
    from {{ ref('stg_tiktok_ads__fetches') }}
),

final as (
    select
        report_rows.store_id,
        'tiktok' as platform,
        report_rows.account_id,
        report_rows.level,
        report_rows.date,
        report_rows.campaign_id,
        report_rows.ad_group_id,
        report_rows.ad_id,
        report_rows.audience_type,
        report_rows.audience,
        report_rows.location,
        case
            when report_rows.device_type in ('ANDROID', 'IPHONE', 'IOS') then 'mobile'
            when report_rows.device_type = 'IPAD' then 'tablet'
            when report_rows.device_type = 'PC' then 'desktop'
            when report_rows.device_type is not null then 'other'
        end as device_type,
        report_rows.placement,
        report_rows.hour,
        report_rows.currency,
        report_rows.attribution_window,
        report_rows.fetched_on,
        report_rows.impressions,
        report_rows.clicks,
        report_rows.spend,
        counted.conversions,
        counted.revenue,
        counted.video_views,
        counted.engagements,
        counted.add_to_carts,
        report_rows.reach,
        coalesce(
            report_rows.web_view_purchases + report_rows.app_view_purchases,
            report_rows.web_view_purchases,
            report_rows.app_view_purchases
        ) as view_through_conversions,
        coalesce(fetches.is_partial, false) as is_partial,
        coalesce(report_rows.fetched_on = fetches.last_fetched_on, true) as is_latest
    from report_rows
    left join counted on report_rows.row_key = counted.row_key
    left join fetches
        on report_rows.store_id = fetches.store_id
        and report_rows.account_id = fetches.account_id
        and report_rows.report = fetches.report
        and report_rows.date = fetches.date
        and report_rows.fetched_on = fetches.fetched_on
)

select * from final
