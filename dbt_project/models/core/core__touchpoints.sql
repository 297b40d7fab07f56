-- One row a contact of a customer or visitor with marketing, from the richest source that the store
-- has: its own list of touches, else its visits, else the visits that its orders tell of.
with

from_files as (
    select * from {{ ref('int_touches__from_files') }}
),

from_sessions as (
    select * from {{ ref('int_touches__from_sessions') }}
),

from_orders as (
    select * from {{ ref('int_touches__from_orders') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

stores_with_touches as (
    select distinct store_id from from_files
),

stores_with_sessions as (
    select distinct store_id from from_sessions
),

unioned as (
    select * from from_files
    union all
    select from_sessions.*
    from from_sessions
    left join stores_with_touches on from_sessions.store_id = stores_with_touches.store_id
    where stores_with_touches.store_id is null
    union all
    select from_orders.*
    from from_orders
    left join stores_with_touches on from_orders.store_id = stores_with_touches.store_id
    left join stores_with_sessions on from_orders.store_id = stores_with_sessions.store_id
    where stores_with_touches.store_id is null and stores_with_sessions.store_id is null
),

dated as (
    select
        unioned.*,
        {{ shop_date('unioned.touched_at', 'stores.time_zone') }} as touch_day,
        stores.currency,
        stores.reporting_currency
    from unioned
    inner join stores on unioned.store_id = stores.store_id
),

final as (
    select
        dated.store_id,
        dated.touchpoint_id,
        {{ customer_key(
            'dated.customer_id', 'dated.visitor_id', 'dated.order_id', 'dated.touchpoint_id'
        ) }} as customer_key,
        dated.customer_id,
        dated.visitor_id,
        dated.touched_at,
        dated.touch_day,
        dated.channel,
        dated.campaign_id,
        dated.interaction,
        dated.device_type,
        {{ at_rate('dated.cost', rate_to_reporting('dated.currency', 'dated.reporting_currency')) }}
            as cost,
        dated.source
    from dated
    {{ rate_join('dated.currency', 'dated.reporting_currency', 'dated.touch_day') }}
)

select * from final
