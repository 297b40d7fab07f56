-- From which channel journeys go on to which, from `(start)` to `(conversion)` or
-- `(no conversion)`, over the last `journey_analysis_days`.
with

daily_steps as (
    select * from {{ ref('int_touches__steps') }}
    where journey_day > {{ add_days(-var('journey_analysis_days'), as_of_date()) }}
),

store_steps as (
    select
        store_id,
        from_step,
        to_step,
        sum(steps) as steps
    from daily_steps
    group by store_id, from_step, to_step
),

steps as (
    {{ plus_all_stores('store_steps', ['from_step', 'to_step'], ['steps']) }}
),

summed as (
    select
        *,
        sum(steps) over (partition by store_id, from_step) as steps_from,
        sum(steps) over (partition by store_id, to_step) as steps_to
    from steps
),

final as (
    select
        store_id,
        from_step,
        to_step,
        {{ count_of('steps') }} as steps,
        {{ percent('steps', 'steps_from') }} as share_of_from_pct,
        {{ percent('steps', 'steps_to') }} as share_of_to_pct
    from summed
)

select * from final
