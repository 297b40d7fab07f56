"""The dimensions and metrics that the replica knows, as SQL over the made-up shop's sessions.

Sessions have a row each; events have a row for each session and kind of event, with a count.
"""

SESSIONS = """
    select
        session_id,
        coalesce(visitor_id, cast(customer_id as text)) as user_id,
        started_at,
        cast(timezone($zone, timezone('UTC', started_at)) as date) as day,
        utm_source, utm_medium, utm_campaign, device_type, location, landing_page,
        page_views, add_to_carts, sign_ups, purchases, revenue,
        row_number() over (
            partition by coalesce(visitor_id, cast(customer_id as text))
            order by started_at, session_id
        ) = 1 as is_new
    from main.web_sessions
    where started_at < $now
"""

EVENTS = f"""
    with sessions as ({SESSIONS})
    select * from (
        select *, 'session_start' as event_name, 1 as event_count, 0 as event_value from sessions
        union all
        select *, 'page_view', page_views, 0 from sessions
        union all
        select *, 'add_to_cart', add_to_carts, 0 from sessions
        union all
        select *, 'sign_up', sign_ups, 0 from sessions
        union all
        select *, 'purchase', purchases, revenue from sessions
    ) as told
    where event_count > 0
"""

CHANNEL_GROUP = """
    case
        when utm_source is null then 'Direct'
        when utm_medium in ('cpc', 'ppc') and utm_source in ('google', 'bing') then 'Paid Search'
        when utm_medium in ('paid_social', 'cpc', 'ppc') then 'Paid Social'
        when utm_medium in ('display', 'cpm') then 'Display'
        when utm_medium = 'organic' then 'Organic Search'
        when utm_medium = 'social' then 'Organic Social'
        when utm_medium = 'email' then 'Email'
        when utm_medium = 'affiliate' then 'Affiliates'
        when utm_medium = 'referral' then 'Referral'
        else 'Unassigned'
    end
"""

DIMENSIONS = {
    "date": "strftime(day, '%Y%m%d')",
    "sessionSource": "coalesce(utm_source, '(direct)')",
    "sessionMedium": "coalesce(utm_medium, '(none)')",
    "sessionCampaignName": "coalesce(utm_campaign, '(not set)')",
    "sessionDefaultChannelGroup": CHANNEL_GROUP,
    "deviceCategory": "coalesce(device_type, '(not set)')",
    "countryId": "coalesce(location, '(not set)')",
    "landingPage": "coalesce(landing_page, '(not set)')",
    "eventName": "event_name",
}

SESSION_METRICS = {
    "sessions": ("TYPE_INTEGER", "count(*)"),
    "engagedSessions": (
        "TYPE_INTEGER",
        "count(*) filter (where page_views > 1 or purchases > 0)",
    ),
    "totalUsers": ("TYPE_INTEGER", "count(distinct user_id)"),
    "newUsers": ("TYPE_INTEGER", "count(*) filter (where is_new)"),
    "screenPageViews": ("TYPE_INTEGER", "coalesce(sum(page_views), 0)"),
    "addToCarts": ("TYPE_INTEGER", "coalesce(sum(add_to_carts), 0)"),
    "ecommercePurchases": ("TYPE_INTEGER", "coalesce(sum(purchases), 0)"),
    "purchaseRevenue": ("TYPE_CURRENCY", "coalesce(sum(revenue), 0)"),
}

EVENT_METRICS = {
    "eventCount": ("TYPE_INTEGER", "sum(event_count)"),
    "eventValue": ("TYPE_CURRENCY", "sum(event_value)"),
    "totalUsers": ("TYPE_INTEGER", "count(distinct user_id)"),
}

MOST_DIMENSIONS, MOST_METRICS = 9, 10
