-- Sessions as web analytics counts them, by day, source, device and country. They are not the
-- sessions of core.sessions, which are single visits.
with

sessions as (
    select * from {{ ref('stg_ga4__sessions') }}
    where date <= {{ as_of_date() }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

final as (
    select
        sessions.store_id,
        sessions.property_id,
        sessions.date as day,
        sessions.session_default_channel_group as channel_group,
        sessions.session_source as source,
        sessions.session_medium as medium,
        sessions.session_campaign_name as campaign,
        sessions.device_category as device_type,
        sessions.country_id as country,
        sessions.sessions,
        sessions.engaged_sessions,
        sessions.new_users,
        sessions.screen_page_views as page_views,
        sessions.add_to_carts,
        sessions.ecommerce_purchases as purchases,
        {{ at_rate(
            'sessions.purchase_revenue',
            rate_to_reporting('sessions.currency_code', 'stores.reporting_currency')
        ) }} as revenue,
        sessions.purchase_revenue as original_revenue,
        sessions.currency_code as currency,
        sessions.has_other_row,
        sessions.is_thresholded
    from sessions
    inner join stores on sessions.store_id = stores.store_id
    {{ rate_join('sessions.currency_code', 'stores.reporting_currency', 'sessions.date') }}
)

select * from final
