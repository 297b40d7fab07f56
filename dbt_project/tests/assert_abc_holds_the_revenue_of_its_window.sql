-- A row is a store whose ABC classes do not add up to its revenue of the days they are made of.
with

abc as (
    select
        store_id,
        sum(revenue) as revenue
    from {{ ref('sales__abc') }}
    group by store_id
),

metrics as (
    select
        store_id,
        sum(total_revenue) as revenue
    from {{ ref('sales__metrics') }}
    where
        period_type = 'day'
        and period_start > {{ add_days(-var('abc_window_days'), as_of_date()) }}
    group by store_id
),

final as (
    select
        metrics.store_id,
        metrics.revenue as revenue_of_days,
        abc.revenue as revenue_of_classes
    from metrics
    left join abc on metrics.store_id = abc.store_id
    where metrics.revenue <> coalesce(abc.revenue, 0)
)

select * from final
