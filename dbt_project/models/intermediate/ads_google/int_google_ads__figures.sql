-- Report rows with what they count as and whether the fetch is the day's latest.
with

report_rows as (
    select * from {{ ref('int_google_ads__rows') }}
),

counted as (
    select * from {{ ref('int_google_ads__counted') }}
),

counting as (
    select * from {{ ref('int_google_ads__counting') }}
),

campaigns as (
    select * from {{ ref('stg_google_ads__campaigns') }}
),

countries as (
    select * from {{ ref('stg_google_ads__countries') }}
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
    from {{ ref('stg_google_ads__fetches') }}
),

final as (
    select
        report_rows.store_id,
        'google' as platform,
        report_rows.account_id,
        report_rows.level,
        report_rows.date,
        report_rows.campaign_id,
        report_rows.ad_group_id,
        report_rows.ad_id,
        report_rows.keyword,
        report_rows.match_type,
        report_rows.search_term,
        report_rows.audience_type,
        report_rows.audience,
        coalesce(countries.country_code, report_rows.country_id) as location,
        report_rows.device_type,
        report_rows.placement,
        report_rows.hour,
        report_rows.currency,
        report_rows.attribution_window,
        report_rows.fetched_on,
        report_rows.impressions,
        report_rows.clicks,
        report_rows.spend,
        cast(
            coalesce(counted.conversions, case when counting.has_purchases then 0 end)
            as {{ type_ratio() }}
        ) as conversions,
        {{ decimal('coalesce(counted.revenue, case when counting.has_purchases then 0 end)') }}
            as revenue,
        case
            when campaigns.channel_type in ('VIDEO', 'DEMAND_GEN', 'PERFORMANCE_MAX')
                then report_rows.video_views
        end as video_views,
        report_rows.engagements,
        cast(
            coalesce(counted.add_to_carts, case when counting.has_add_to_carts then 0 end)
            as {{ type_ratio() }}
        ) as add_to_carts,
        report_rows.view_through_conversions,
        coalesce(fetches.is_partial, false) as is_partial,
        coalesce(report_rows.fetched_on = fetches.last_fetched_on, true) as is_latest
    from report_rows
    left join counted on report_rows.row_key = counted.row_key
    left join counting
        on report_rows.store_id = counting.store_id
        and report_rows.account_id = counting.account_id
    left join campaigns
        on report_rows.store_id = campaigns.store_id
        and report_rows.account_id = campaigns.account_id
        and report_rows.campaign_id = campaigns.campaign_id
    left join countries
        on report_rows.store_id = countries.store_id
        and report_rows.account_id = countries.account_id
        and report_rows.country_id = countries.country_id
    left join fetches
        on report_rows.store_id = fetches.store_id
        and report_rows.account_id = fetches.account_id
        and report_rows.report = fetches.report
        and report_rows.date = fetches.date
        and report_rows.fetched_on = fetches.fetched_on
)

select * from final
