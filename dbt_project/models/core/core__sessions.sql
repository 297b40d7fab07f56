-- One row a visit to the shop. A visitor whom a visit, a touch or an order names is that customer
-- in every visit, also in those before. A visit that led to an order is its customer's.
with

web_sessions as (
    select * from {{ ref('stg_files__web_sessions') }}
),

identities as (
    select * from {{ ref('int_touches__identities') }}
),

visit_channels as (
    select * from {{ ref('int_touches__visit_channels') }}
),

paid_mediums as (
    select * from {{ ref('seeds__paid_mediums') }}
),

campaign_names as (
    select * from {{ ref('int_touches__campaign_names') }}
),

orders as (
    select * from {{ ref('core__orders') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

dated as (
    select
        web_sessions.*,
        coalesce(lower(trim(web_sessions.utm_source)), '') as source_key,
        coalesce(lower(trim(web_sessions.utm_medium)), '') as medium_key,
        {{ shop_date('web_sessions.started_at', 'stores.time_zone') }} as session_day,
        stores.currency,
        stores.reporting_currency
    from web_sessions
    inner join stores on web_sessions.store_id = stores.store_id
),

final as (
    select
        dated.store_id,
        dated.session_id,
        coalesce(orders.customer_id, dated.customer_id, identities.customer_id) as customer_id,
        dated.visitor_id,
        dated.started_at,
        dated.session_day,
        visit_channels.channel,
        dated.utm_source,
        dated.utm_medium,
        dated.utm_campaign,
        coalesce(campaign_names.campaign_id, dated.utm_campaign) as campaign_id,
        dated.landing_page,
        dated.device_type,
        dated.location,
        dated.page_views,
        coalesce(dated.page_views = 1, false) as is_single_page,
        paid_mediums.utm_medium is not null as is_paid,
        dated.add_to_carts,
        dated.sign_ups,
        dated.purchases,
        dated.order_id,
        {{ at_rate(
            'dated.revenue', rate_to_reporting('dated.currency', 'dated.reporting_currency')
        ) }} as revenue
    from dated
    left join orders
        on dated.store_id = orders.store_id
        and dated.order_id = orders.order_id
    left join identities
        on dated.store_id = identities.store_id
        and dated.visitor_id = identities.visitor_id
    left join visit_channels
        on dated.source_key = visit_channels.utm_source
        and dated.medium_key = visit_channels.utm_medium
    left join campaign_names
        on dated.store_id = campaign_names.store_id
        and lower(trim(dated.utm_campaign)) = campaign_names.utm_campaign
    left join paid_mediums on dated.medium_key = paid_mediums.utm_medium
    {{ rate_join('dated.currency', 'dated.reporting_currency', 'dated.session_day') }}
)

select * from final
