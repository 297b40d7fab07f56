-- Events as web analytics counts them, by day, name, channel group and device.
with

events as (
    select * from {{ ref('stg_ga4__events') }}
    where date <= {{ as_of_date() }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

final as (
    select
        events.store_id,
        events.property_id,
        events.date as day,
        events.event_name,
        events.session_default_channel_group as channel_group,
        events.device_category as device_type,
        events.event_count,
        {{ at_rate(
            'events.event_value',
            rate_to_reporting('events.currency_code', 'stores.reporting_currency')
        ) }} as event_value,
        events.event_value as original_event_value,
        events.currency_code as currency
    from events
    inner join stores on events.store_id = stores.store_id
    {{ rate_join('events.currency_code', 'stores.reporting_currency', 'events.date') }}
)

select * from final
