-- How often each channel came last before an order, and how often it only helped, over the last
-- `journey_analysis_days`.
with

journey_channels as (
    select * from {{ ref('int_attribution__journey_channels') }}
),

store_channels as (
    select
        store_id,
        channel,
        count(*) as conversions,
        sum(revenue) as revenue,
        sum(case when is_first then 1 else 0 end) as first_touch_conversions,
        sum(case when is_last then 1 else 0 end) as last_touch_conversions,
        sum(case when is_last then revenue else 0 end) as last_touch_revenue,
        sum(case when is_last then 0 else 1 end) as assisted_conversions,
        sum(case when is_last then 0 else revenue end) as assisted_revenue
    from journey_channels
    group by store_id, channel
),

channels as (
    {{ plus_all_stores('store_channels', ['channel'], [
        'conversions', 'revenue', 'first_touch_conversions', 'last_touch_conversions',
        'last_touch_revenue', 'assisted_conversions', 'assisted_revenue',
    ]) }}
),

final as (
    select
        store_id,
        channel,
        {{ count_of('conversions') }} as conversions,
        {{ decimal('revenue') }} as revenue,
        {{ count_of('first_touch_conversions') }} as first_touch_conversions,
        {{ count_of('last_touch_conversions') }} as last_touch_conversions,
        {{ decimal('last_touch_revenue') }} as last_touch_revenue,
        {{ count_of('assisted_conversions') }} as assisted_conversions,
        {{ decimal('assisted_revenue') }} as assisted_revenue,
        {{ safe_divide('assisted_conversions', 'last_touch_conversions') }} as assist_ratio
    from channels
)

select * from final
