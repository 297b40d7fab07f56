-- The revenue target of each store and day: the day's own; else an even share of what the day
-- targets leave of the month's; else a seventh of the week's.
with

targets as (
    select * from {{ ref('core__targets') }}
    where revenue_target is not null
),

calendar as (
    select * from {{ ref('core__calendar') }}
),

stores as (
    select distinct store_id from targets
),

placed as (
    select
        stores.store_id,
        calendar.day,
        calendar.month_start,
        day_targets.revenue_target as day_target,
        month_targets.revenue_target as month_target,
        week_targets.revenue_target as week_target
    from stores
    cross join calendar
    left join targets as day_targets
        on stores.store_id = day_targets.store_id
        and calendar.day = day_targets.period_start
        and day_targets.period_type = 'day'
    left join targets as month_targets
        on stores.store_id = month_targets.store_id
        and calendar.month_start = month_targets.period_start
        and month_targets.period_type = 'month'
    left join targets as week_targets
        on stores.store_id = week_targets.store_id
        and calendar.week_start = week_targets.period_start
        and week_targets.period_type = 'week'
),

left_over as (
    select
        *,
        month_target - coalesce(sum(day_target) over of_month, 0) as month_remainder,
        sum(case when day_target is null then 1 else 0 end) over of_month as open_days
    from placed
    window of_month as (partition by store_id, month_start)
),

store_days as (
    select
        store_id,
        day,
        coalesce(
            day_target,
            {{ safe_divide(
                'case when month_remainder < 0 then 0 else month_remainder end', 'open_days'
            ) }},
            {{ safe_divide('week_target', '7') }}
        ) as revenue_target
    from left_over
),

targeted as (
    select * from store_days
    where revenue_target is not null
),

all_stores as (
    select * from targeted
    union all
    select
        'all' as store_id,
        day,
        sum(revenue_target) as revenue_target
    from targeted
    group by day
),

final as (
    select
        store_id,
        day,
        cast(revenue_target as {{ type_ratio() }}) as revenue_target
    from all_stores
)

select * from final
