-- Sales by day of week, from the first day of each store's data to the run.
with

days as (
    select * from {{ ref('sales__metrics') }}
    where period_type = 'day'
),

calendar as (
    select * from {{ ref('core__calendar') }}
),

weekdays as (
    select
        days.store_id,
        calendar.weekday as day_of_week,
        count(*) as days_count,
        sum(days.total_revenue) as revenue,
        sum(days.orders_count) as orders,
        sum(days.total_units_sold) as units
    from days
    inner join calendar on days.period_start = calendar.day
    group by days.store_id, calendar.weekday
),

averaged as (
    select
        *,
        {{ safe_divide('revenue', 'days_count') }} as average_revenue,
        sum(revenue) over (partition by store_id) as store_revenue,
        sum(days_count) over (partition by store_id) as store_days_count
    from weekdays
),

final as (
    select
        store_id,
        day_of_week,
        case day_of_week
            when 1 then 'Monday'
            when 2 then 'Tuesday'
            when 3 then 'Wednesday'
            when 4 then 'Thursday'
            when 5 then 'Friday'
            when 6 then 'Saturday'
            else 'Sunday'
        end as day_name,
        {{ count_of('days_count') }} as days_count,
        {{ decimal('revenue') }} as revenue,
        {{ count_of('orders') }} as orders,
        {{ count_of('units') }} as units,
        average_revenue,
        {{ safe_divide('orders', 'days_count') }} as average_orders,
        {{ percent('revenue', 'store_revenue') }} as revenue_pct,
        {{ percent('average_revenue * store_days_count', 'store_revenue') }} as weekday_index,
        row_number() over (
            partition by store_id order by average_revenue desc, day_of_week
        ) as revenue_rank
    from averaged
)

select * from final
