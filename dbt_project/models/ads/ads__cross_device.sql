-- On which device journeys that led to an order began and ended, over the last
-- `journey_analysis_days`. A customer who came as several visitors used several devices.
with

journeys as (
    select * from {{ ref('int_attribution__whole_journeys') }}
    where is_converted
),

store_devices as (
    select
        store_id,
        first_device,
        last_device,
        count(*) as conversions,
        sum(case when is_cross_device then 1 else 0 end) as cross_device_conversions,
        sum(revenue) as revenue,
        sum(case when is_cross_device then revenue else 0 end) as cross_device_revenue,
        sum(touch_count) as touches
    from journeys
    group by store_id, first_device, last_device
),

devices as (
    {{ plus_all_stores('store_devices', ['first_device', 'last_device'], [
        'conversions', 'cross_device_conversions', 'revenue', 'cross_device_revenue', 'touches',
    ]) }}
),

summed as (
    select
        *,
        sum(conversions) over (partition by store_id) as store_conversions
    from devices
),

final as (
    select
        store_id,
        first_device,
        last_device,
        {{ count_of('conversions') }} as conversions,
        {{ percent('conversions', 'store_conversions') }} as conversions_pct,
        {{ count_of('cross_device_conversions') }} as cross_device_conversions,
        {{ percent('cross_device_conversions', 'conversions') }} as cross_device_pct,
        {{ decimal('revenue') }} as revenue,
        {{ decimal('cross_device_revenue') }} as cross_device_revenue,
        {{ safe_divide('touches', 'conversions') }} as average_touches
    from summed
)

select * from final
