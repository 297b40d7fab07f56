-- How often journeys that ended on a day went from one channel to the next, from their start to
-- their end.
with

journeys as (
    select * from {{ ref('int_touches__journeys') }}
),

moves as (
    select
        store_id,
        journey_day,
        coalesce(
            lag(channel) over (partition by store_id, journey_key order by touch_number),
            '(start)'
        ) as from_step,
        channel as to_step
    from journeys
    union all
    select
        store_id,
        journey_day,
        channel as from_step,
        case when order_id is null then '(no conversion)' else '(conversion)' end as to_step
    from journeys
    where touch_number = touch_count
),

final as (
    select
        store_id,
        journey_day,
        from_step,
        to_step,
        count(*) as steps
    from moves
    group by store_id, journey_day, from_step, to_step
)

select * from final
