-- One row a journey of the last `journey_analysis_days`: its channels in a row, each once however
-- often it came in succession, its devices, and the order it led to.
with

touches as (
    select * from {{ ref('int_touches__journeys') }}
    where journey_day > {{ add_days(-var('journey_analysis_days'), as_of_date()) }}
),

orders as (
    select * from {{ ref('int_attribution__orders') }}
),

followed as (
    select
        *,
        lag(channel) over (partition by store_id, journey_key order by touch_number)
            as previous_channel
    from touches
),

paths as (
    select
        store_id,
        journey_key,
        {{ dbt.listagg('channel', "' > '", 'order by touch_number') }} as path
    from followed
    where previous_channel is null or previous_channel <> channel
    group by store_id, journey_key
),

summed as (
    select
        store_id,
        journey_key,
        max(order_id) as order_id,
        max(journey_day) as journey_day,
        count(*) as touch_count,
        sum(case when interaction = 'click' then 1 else 0 end) as click_count,
        max(seconds_before_end) as seconds_to_conversion,
        max(case when touch_number = 1 then channel end) as first_channel,
        max(case when touch_number = touch_count then channel end) as last_channel,
        coalesce(max(case when touch_number = 1 then device_type end), 'unknown') as first_device,
        coalesce(max(case when touch_number = touch_count then device_type end), 'unknown')
            as last_device,
        count(distinct device_type) as device_count,
        count(distinct visitor_id) as visitor_count
    from touches
    group by store_id, journey_key
),

final as (
    select
        summed.store_id,
        summed.journey_key,
        summed.order_id,
        paths.path,
        summed.first_channel,
        summed.last_channel,
        summed.first_device,
        summed.last_device,
        summed.touch_count,
        summed.click_count,
        cast(
            cast(summed.seconds_to_conversion as {{ type_ratio() }}) / 86400
            as {{ type_ratio() }}
        ) as days_to_conversion,
        summed.order_id is not null as is_converted,
        summed.device_count > 1 or summed.visitor_count > 1 as is_cross_device,
        case when summed.order_id is null then 0 else 1 end as conversions,
        {{ decimal('coalesce(orders.revenue, 0)') }} as revenue,
        summed.journey_day
    from summed
    inner join paths
        on summed.store_id = paths.store_id
        and summed.journey_key = paths.journey_key
    left join orders
        on summed.store_id = orders.store_id
        and summed.order_id = orders.order_id
)

select * from final
