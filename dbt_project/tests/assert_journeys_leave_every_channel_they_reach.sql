-- A row is a channel that journeys come to more or less often than they go on from it.
with

steps as (
    select * from {{ ref('int_touches__steps') }}
),

moves as (
    select
        store_id,
        to_step as channel,
        steps
    from steps
    union all
    select
        store_id,
        from_step as channel,
        -steps as steps
    from steps
),

final as (
    select
        store_id,
        channel,
        sum(steps) as difference
    from moves
    where channel not in ('(start)', '(conversion)', '(no conversion)')
    group by store_id, channel
    having sum(steps) <> 0
)

select * from final
