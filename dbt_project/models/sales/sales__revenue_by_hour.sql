-- Sales in each of the week's 168 hours; a tenth of them, rounded to 17, is the peak.
with

orders as (
    select * from {{ ref('int_sales__orders') }}
),

stores as (
    select * from {{ ref('core__stores') }}
    where first_order_date is not null
),

weekdays as (
    select distinct weekday as day_of_week
    from {{ ref('core__calendar') }}
),

numbers as (
    {{ dbt.generate_series(24) }}
),

hours as (
    select cast(generated_number as integer) - 1 as hour
    from numbers
),

store_cells as (
    select
        store_id,
        order_weekday as day_of_week,
        order_hour as hour,
        count(*) as orders,
        sum(revenue) as revenue
    from orders
    group by store_id, order_weekday, order_hour
),

all_cells as (
    select * from store_cells
    union all
    select
        'all' as store_id,
        day_of_week,
        hour,
        sum(orders) as orders,
        sum(revenue) as revenue
    from store_cells
    group by day_of_week, hour
),

cells as (
    select
        stores.store_id,
        weekdays.day_of_week,
        hours.hour,
        coalesce(all_cells.orders, 0) as orders,
        coalesce(all_cells.revenue, 0) as revenue
    from stores
    cross join weekdays
    cross join hours
    left join all_cells
        on stores.store_id = all_cells.store_id
        and weekdays.day_of_week = all_cells.day_of_week
        and hours.hour = all_cells.hour
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id order by revenue desc, day_of_week, hour
        ) as revenue_rank
    from cells
),

final as (
    select
        store_id,
        day_of_week,
        hour,
        {{ decimal('revenue') }} as revenue,
        {{ count_of('orders') }} as orders,
        revenue_rank,
        revenue_rank <= 17 and revenue > 0 as is_peak
    from ranked
)

select * from final
