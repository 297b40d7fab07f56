-- Report rows of every source in reporting currency. A row's own currency goes before that of its
-- campaign, that before the account's, and that before the store's.
with

reports as (
    select * from {{ ref('int_ads__reports') }}
),

campaigns as (
    select * from {{ ref('int_ads__campaigns') }}
),

accounts as (
    select * from {{ ref('int_ads__accounts') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

owned as (
    select
        reports.*,
        coalesce(reports.currency, campaigns.currency, accounts.currency, stores.currency)
            as own_currency,
        stores.reporting_currency
    from reports
    inner join stores on reports.store_id = stores.store_id
    left join campaigns
        on reports.store_id = campaigns.store_id
        and reports.source = campaigns.source
        and reports.campaign_id = campaigns.campaign_id
    left join accounts
        on reports.store_id = accounts.store_id
        and reports.source = accounts.source
        and reports.account_id = accounts.account_id
),

rated as (
    select
        owned.*,
        {{ rate_to_reporting('owned.own_currency', 'owned.reporting_currency') }} as rate
    from owned
    {{ rate_join('owned.own_currency', 'owned.reporting_currency', 'owned.date') }}
),

final as (
    select
        source,
        store_id,
        platform,
        account_id,
        level,
        date,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword,
        match_type,
        search_term,
        audience_type,
        audience,
        location,
        device_type,
        placement,
        hour,
        own_currency as currency,
        attribution_window,
        impressions,
        clicks,
        {{ at_rate('spend', 'rate') }} as spend,
        conversions,
        {{ at_rate('revenue', 'rate') }} as revenue,
        video_views,
        engagements,
        add_to_carts,
        reach,
        view_through_conversions,
        spend as spend_original,
        revenue as revenue_original,
        is_partial
    from rated
)

select * from final
