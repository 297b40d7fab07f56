-- The current state of every report row, in the shape that all sources share: of campaigns the
-- latest fetch of each day counts, all other rows are replaced when they land.
with

figures as (
    select * from {{ ref('int_amazon_ads__figures') }}
),

latest_fetches as (
    select
        store_id,
        account_id,
        report,
        date,
        max(fetched_on) as fetched_on
    from {{ ref('stg_amazon_ads__fetches') }}
    group by store_id, account_id, report, date
),

purchase_windows as (
    select
        store_id,
        account_id,
        is_sponsored_products,
        min(attribution_window) as attribution_window
    from {{ ref('int_amazon_ads__counted') }}
    where figure = 'purchase' and priority = 1
    group by store_id, account_id, is_sponsored_products
),

current_figures as (
    select
        figures.*,
        purchase_windows.attribution_window
    from figures
    left join latest_fetches
        on figures.store_id = latest_fetches.store_id
        and figures.account_id = latest_fetches.account_id
        and figures.report = latest_fetches.report
        and figures.date = latest_fetches.date
    left join purchase_windows
        on figures.store_id = purchase_windows.store_id
        and figures.account_id = purchase_windows.account_id
        and (figures.report like 'sp%') = purchase_windows.is_sponsored_products
    where figures.level <> 'campaign' or figures.fetched_on = latest_fetches.fetched_on
),

-- A keyword that was made anew has another key and the same text.
final as (
    select
        store_id,
        'amazon' as platform,
        account_id,
        level,
        date,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword,
        match_type,
        search_term,
        cast(null as {{ dbt.type_string() }}) as audience_type,
        cast(null as {{ dbt.type_string() }}) as audience,
        cast(null as {{ dbt.type_string() }}) as location,
        cast(null as {{ dbt.type_string() }}) as device_type,
        placement,
        cast(null as {{ dbt.type_int() }}) as hour,
        currency,
        attribution_window,
        {{ count_of('sum(impressions)') }} as impressions,
        {{ count_of('sum(clicks)') }} as clicks,
        {{ decimal('sum(spend)') }} as spend,
        cast(sum(conversions) as {{ type_ratio() }}) as conversions,
        {{ decimal('sum(revenue)') }} as revenue,
        {{ count_of('sum(video_views)') }} as video_views,
        cast(null as {{ dbt.type_bigint() }}) as engagements,
        cast(sum(add_to_carts) as {{ type_ratio() }}) as add_to_carts,
        cast(null as {{ dbt.type_bigint() }}) as reach,
        cast(sum(view_through_conversions) as {{ type_ratio() }}) as view_through_conversions,
        date = fetched_on as is_partial
    from current_figures
    group by
        store_id,
        account_id,
        level,
        date,
        fetched_on,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword,
        match_type,
        search_term,
        placement,
        currency,
        attribution_window
)

select * from final
