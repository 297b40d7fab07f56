-- The touches that led to each valid order: those of its customer within the lookback up to the
-- order and after the customer's order before. Whoever never ordered has one journey too: the
-- touches within the lookback up to the last one. Touches of one instant go by their key.
with

order_keys as (
    select * from {{ ref('int_touches__order_keys') }}
    where is_valid and order_day <= {{ as_of_date() }}
),

touchpoints as (
    select * from {{ ref('core__touchpoints') }}
    where touch_day <= {{ as_of_date() }}
),

orders as (
    select
        *,
        lag(order_date) over (
            partition by store_id, customer_key order by order_date, {{ by_text('order_id') }}
        ) as previous_order_date
    from order_keys
),

converting as (
    select
        touchpoints.*,
        {{ dbt.concat(["'order-'", 'orders.order_id']) }} as journey_key,
        orders.order_id,
        orders.order_day as journey_day,
        orders.order_date as ended_at
    from orders
    inner join touchpoints
        on orders.store_id = touchpoints.store_id
        and orders.customer_key = touchpoints.customer_key
    where
        touchpoints.touched_at <= orders.order_date
        and (
            orders.previous_order_date is null
            or touchpoints.touched_at > orders.previous_order_date
        )
),

customers as (
    select distinct
        store_id,
        customer_key
    from orders
),

last_touches as (
    select
        touchpoints.store_id,
        touchpoints.customer_key,
        max(touchpoints.touched_at) as ended_at,
        max(touchpoints.touch_day) as journey_day
    from touchpoints
    left join customers
        on touchpoints.store_id = customers.store_id
        and touchpoints.customer_key = customers.customer_key
    where customers.customer_key is null
    group by touchpoints.store_id, touchpoints.customer_key
),

open_ended as (
    select
        touchpoints.*,
        touchpoints.customer_key as journey_key,
        cast(null as {{ dbt.type_string() }}) as order_id,
        last_touches.journey_day,
        last_touches.ended_at
    from last_touches
    inner join touchpoints
        on last_touches.store_id = touchpoints.store_id
        and last_touches.customer_key = touchpoints.customer_key
),

unioned as (
    select * from converting
    union all
    select * from open_ended
),

aged as (
    select
        *,
        {{ dbt.datediff('touched_at', 'ended_at', 'second') }} as seconds_before_end
    from unioned
),

final as (
    select
        store_id,
        journey_key,
        row_number() over (
            partition by store_id, journey_key order by touched_at, {{ by_text('touchpoint_id') }}
        ) as touch_number,
        touchpoint_id,
        order_id,
        customer_key,
        visitor_id,
        channel,
        campaign_id,
        interaction,
        device_type,
        touched_at,
        seconds_before_end,
        count(*) over (partition by store_id, journey_key) as touch_count,
        journey_day
    from aged
    where seconds_before_end <= 86400 * {{ var('attribution_lookback_days') }}
)

select * from final
