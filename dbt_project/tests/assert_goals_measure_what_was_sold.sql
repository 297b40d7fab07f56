-- A row is a goal of a period that the metrics know, with other revenue or orders than they have.
with

goals as (
    select * from {{ ref('sales__goal_progress') }}
),

metrics as (
    select * from {{ ref('sales__metrics') }}
),

final as (
    select
        goals.store_id,
        goals.period_type,
        goals.period_start,
        goals.revenue_actual,
        metrics.total_revenue
    from goals
    inner join metrics
        on goals.store_id = metrics.store_id
        and goals.period_type = metrics.period_type
        and goals.period_start = metrics.period_start
    where
        goals.revenue_actual <> metrics.total_revenue
        or goals.orders_actual <> metrics.orders_count
)

select * from final
