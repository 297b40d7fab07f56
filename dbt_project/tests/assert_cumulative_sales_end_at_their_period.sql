-- A row is a month or year whose revenue, added up day by day, does not end at that of the metrics.
with

days as (
    select
        store_id,
        period_type,
        period_start,
        sum(revenue) as revenue,
        max(day) as last_day
    from {{ ref('sales__cumulative_vs_target') }}
    group by store_id, period_type, period_start
),

running as (
    select * from {{ ref('sales__cumulative_vs_target') }}
),

metrics as (
    select * from {{ ref('sales__metrics') }}
),

final as (
    select
        metrics.store_id,
        metrics.period_type,
        metrics.period_start,
        metrics.total_revenue,
        running.cumulative_revenue
    from metrics
    left join days
        on metrics.store_id = days.store_id
        and metrics.period_type = days.period_type
        and metrics.period_start = days.period_start
    left join running
        on days.store_id = running.store_id
        and days.period_type = running.period_type
        and days.period_start = running.period_start
        and days.last_day = running.day
    where
        metrics.period_type in ('month', 'year')
        and (
            running.cumulative_revenue is null
            or metrics.total_revenue <> days.revenue
            or metrics.total_revenue <> running.cumulative_revenue
        )
)

select * from final
