-- A row is a store whose week does not add up to its revenue and orders, or whose hours are not
-- 168 with at most 17 peaks.
with

metrics as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'all_time'
),

stores as (
    select * from {{ ref('core__stores') }}
    where first_order_date is not null
),

hours as (
    select
        store_id,
        count(*) as cells_count,
        sum(case when is_peak then 1 else 0 end) as peaks_count,
        sum(revenue) as revenue,
        sum(orders) as orders
    from {{ ref('sales__revenue_by_hour') }}
    group by store_id
),

weekdays as (
    select
        store_id,
        sum(revenue) as revenue,
        sum(orders) as orders
    from {{ ref('sales__revenue_by_weekday') }}
    group by store_id
),

final as (
    select
        stores.store_id,
        metrics.total_revenue,
        hours.revenue as revenue_of_hours,
        weekdays.revenue as revenue_of_weekdays,
        hours.cells_count,
        hours.peaks_count
    from stores
    left join metrics on stores.store_id = metrics.store_id
    left join hours on stores.store_id = hours.store_id
    left join weekdays on stores.store_id = weekdays.store_id
    where
        coalesce(hours.cells_count, 0) <> 168
        or hours.peaks_count > 17
        or metrics.total_revenue <> hours.revenue
        or metrics.orders_count <> hours.orders
        or metrics.total_revenue <> weekdays.revenue
        or metrics.orders_count <> weekdays.orders
)

select * from final
